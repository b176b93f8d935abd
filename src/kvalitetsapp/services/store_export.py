"""A whole store for another workstation: sealed with a passphrase for the journey, on arrival a store of its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.domain import passphrase as passphrases
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.rights import FOUNDER, Right
from kvalitetsapp.errors import InputError, StoreError
from kvalitetsapp.exchange import store_parcel
from kvalitetsapp.exchange.store_parcel import About
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import entrance
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import (
    audit,
    backup_making,
    backup_notes,
    control_totals,
    copying,
    key_file,
    key_form,
    keys,
    lock,
    meta,
    migrations,
    replacing,
    store_file,
    users,
)
from kvalitetsapp.store.connection import AtWork, Store
from kvalitetsapp.store.key_form import KeyFile
from kvalitetsapp.store.keys import Owner, StoreKey
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

EXPORTED: Final = "store_exported"
ARRIVED: Final = "store_arrived"
_TRAVELLER: Final = "export"


@dataclass(frozen=True, slots=True)
class Exported:
    """A whole store in one file."""

    path: Path
    size: int
    rows: int


@needs(Right.EXPORT_STORE)
def export_store(workspace: Workspace, target: Path, passphrase: str, progress: Progress | None = None) -> Exported:
    """Write all of the store, as it is now, into one file under a key of its own that `passphrase` opens; log it.

    The entry in the trace is written first: what could have left is told of.

    Raises:
        InputError: the passphrase is guessed too easily.
        RefusedError: there is a file already, or it could not be written; nothing of it remains.
        StoreError: the store is damaged.
        CancelledError: the user cancelled; nothing of it remains.
    """
    progress = progress or Progress()
    _demand(passphrases.weakness(passphrase, target.stem))
    if target.exists():
        raise store_file.taken(target)
    audit.note(workspace.store, workspace.user, EXPORTED, target=target.name)
    key, part = StoreKey.new(), target.with_name(target.name + backup_notes.PART_SUFFIX)
    try:
        with workspace.store.one_moment():
            totals = control_totals.read(workspace.store.conn)
            copying.copy(workspace.store.conn, part, key, progress)
        progress.step(0, None, _("Kontrollerar kopian"))
        backup_making.demand_same(part, key, totals, progress)
        store_parcel.write(target, part, _journey_keys(key, passphrase), _about(part, totals.fingerprint()))
    finally:
        with suppress(OSError):
            copying.take_away(part)
    return Exported(target, target.stat().st_size, sum(totals.rows.values()))


def import_store(
    source: Path,
    path: Path,
    passphrase: str,
    own_passphrase: str,
    *,
    user: str | None = None,
    unit: str = "",
    progress: Progress | None = None,
) -> None:
    """Make a new store at `path` of one that came in a file; whoever takes it in is its only user, with every role.

    The users of the store that it came from stay behind: their passphrases were for that one. It has a new data key,
    which the sender does not have, and goes on with the trace that it came with.

    Raises:
        InputError: the file is damaged or no exported store, the user's name cannot be used, or the new passphrase is
            guessed too easily.
        StoreError: the passphrase does not open it, or the store is newer than the program.
        RefusedError: something lies at `path` already, or it cannot be written to.
        CancelledError: the user cancelled; nothing has been made.
    """
    progress = progress or Progress()
    receiver = _Receiver(user, entrance.named(user), unit)
    _demand(passphrases.weakness(own_passphrase, receiver.name, unit, path.stem))
    if path.exists():
        raise store_file.taken(path)
    store_file.demand_folder(path)
    parcel = path.with_name(path.name + ".parcel")
    held = lock.WriterLock(path)
    held.acquire()
    try:
        _clear(path, parcel)
        _take_in(source, path, parcel, passphrase, own_passphrase, receiver, progress)
        replacing.finish(path)
    finally:
        _clear(path, parcel)
        held.release()


def _demand(weakness: str) -> None:
    if weakness:
        raise InputError(weakness)


@dataclass(frozen=True, slots=True)
class _Receiver:
    told: str | None
    name: str
    unit: str


def _take_in(
    source: Path,
    path: Path,
    parcel: Path,
    passphrase: str,
    own_passphrase: str,
    receiver: _Receiver,
    progress: Progress,
) -> None:
    progress.step(0, None, _("Packar upp"))
    store_parcel.unpack(source, parcel, key_file.path_of(parcel))
    key, store_id = StoreKey.new(), key_form.new_store_id()
    slot = keys.new_slot(store_id, Owner(receiver.name), own_passphrase, (key,))
    place = replacing.place_for(path)
    with Store.open(parcel, _journey_key(source, parcel, passphrase)) as arrived:
        if control_totals.read(arrived.conn).fingerprint() != store_parcel.read_about(source).totals:
            raise store_parcel.damaged(source)
        with arrived.one_moment():
            copying.copy(arrived.conn, place, key, progress)
    with Store.open(place, key) as made:
        with made.transaction():
            _settle_in(made, source, store_id, receiver, slot.public_key)
        copying.demand_alone(made)
    copying.demand_whole(place, key)
    replacing.decide(path, path.with_name(path.name + ".earlier"), key_form.as_bytes(KeyFile(store_id, (slot,))))


def _settle_in(store: Store, source: Path, store_id: str, receiver: _Receiver, public_key: bytes) -> None:
    """Make a store that came from elsewhere the receiver's."""
    came_from = meta.get(store, meta.STORE_ID) or ""
    for user in users.all_users(store):
        users.remove(store, user.user, receiver.name)
    meta.put(store, meta.STORE_ID, store_id)
    meta.put(store, meta.SHARED, "0" if receiver.told else "1")
    meta.put(store, meta.BACKUP_FOLDER, "")
    users.add(store, receiver.name, receiver.unit, FOUNDER, public_key, receiver.name)
    store.at_work = AtWork(receiver.unit, " ".join(sorted(FOUNDER)))
    audit.append(store, receiver.name, ARRIVED, target=source.name, detail=came_from)


def _journey_keys(key: StoreKey, passphrase: str) -> bytes:
    store_id = key_form.new_store_id()
    slot = keys.new_slot(store_id, Owner(_TRAVELLER), passphrase, (key,))
    return key_form.as_bytes(KeyFile(store_id, (slot,), count=1))


def _journey_key(source: Path, parcel: Path, passphrase: str) -> StoreKey:
    told = key_file.read(parcel).keys
    slot = next(iter(told.of(Owner(_TRAVELLER))), None)
    try:
        if slot is None:
            raise store_parcel.damaged(source)
        private = keys.private_key(slot, told.store_id, passphrase)
        return key_file.key_of(told, slot, private, key_file.mark_of(parcel))
    except keys.WrongKeyError as error:
        raise StoreError(
            _("Lösenfrasen öppnar inte exporten {path}. Fråga den som gjorde den.").format(path=source)
        ) from error


def _about(part: Path, totals: str) -> About:
    return About(
        form=store_parcel.FORM,
        made_at=this_moment(),
        program=kvalitetsapp.__version__,
        schema=migrations.NEWEST,
        size=part.stat().st_size,
        sha256=backup_notes.sha256_of(part),
        totals=totals,
    )


def _clear(path: Path, parcel: Path) -> None:
    """Take away what was on its way; a change that was decided on is not touched."""
    with suppress(OSError):
        copying.take_away(parcel)
        key_file.remove(parcel)
        replacing.give_up(path)
