"""The recovery key: made by an administrator, printed, and used where none can open the store any longer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import passphrase as passphrases
from kvalitetsapp.domain import recovery_key, user_name
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.recovery_sheet import RecoverySheet
from kvalitetsapp.domain.rights import Right, Role
from kvalitetsapp.errors import InputError, StoreError, WrongPassphraseError
from kvalitetsapp.services import entrance, kept_files, key_changes
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, key_file, key_form, keys, meta, store_file, users
from kvalitetsapp.store.connection import Store
from kvalitetsapp.store.keys import AlteredError, Owner, WrongKeyError
from kvalitetsapp.store.lock import WriterLock
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.key_form import KeyFile
    from kvalitetsapp.store.keys import Slot
    from kvalitetsapp.store.users import User


@dataclass(frozen=True, slots=True)
class RecoveryOutcome:
    """The sheet that was written, in a sentence."""

    path: Path
    said: str
    changes: Changes = frozenset({Changed.USERS})


@needs(Right.MANAGE_KEYS)
def made(workspace: Workspace) -> str:
    """Return when and by whom the recovery key that counts was made, "" where there is none."""
    known = key_changes.standing(workspace.store, key_file.read(workspace.path).keys)
    return (meta.get(workspace.store, meta.RECOVERY_MADE) or "") if known.of(key_form.RECOVERY) else ""


@needs(Right.MANAGE_KEYS)
def make_key(workspace: Workspace, out: Path) -> RecoveryOutcome:
    """Make a recovery key in place of the one there may be, and write its sheet; the key is kept nowhere else.

    Raises:
        RefusedError: the sheet, the store or its keys cannot be written; an earlier recovery key still counts.
    """
    from kvalitetsapp.reports import recovery_sheet

    store, key = workspace.store, recovery_key.generated()
    key_changes.demand_writable(store)
    known = key_file.read(store.path).keys
    slot = keys.new_slot(known.store_id, key_form.RECOVERY, key, (key_changes.data_key(store),))
    today = workspace.today.isoformat()
    pdf = recovery_sheet.build(
        RecoverySheet(
            *(store.path.name, known.store_id, today, workspace.user, tuple(key.split("-")), workspace.is_sample)
        )
    )

    def record() -> None:
        meta.put(store, meta.RECOVERY_KEY, slot.public_key.hex())
        meta.put(store, meta.RECOVERY_MADE, _("{day} av {who}").format(day=today, who=workspace.user))
        audit.append(store, workspace.user, "recovery_key_made", target=store.path.name)

    with key_changes.beside(store, slot):
        kept_files.keep_all(workspace, {out: lambda path: path.write_bytes(pdf)}, record)
    return RecoveryOutcome(
        out,
        _(
            "Återställningsnyckeln står i {path}. Skriv ut arket, lås in det och radera filen. En tidigare "
            "återställningsnyckel gäller inte längre."
        ).format(path=out),
    )


def demand_fits(path: Path, typed: str) -> None:
    """Make sure that a recovery key is rightly typed and is that of the store's keys, before more is asked for.

    Raises:
        InputError: it is mistyped.
        StoreError: there is no store, it has no recovery key, or this is not the one that counts.
    """
    key = recovery_key.read(typed)
    _opened(path, _keys_of(path), key)


def recover(path: Path, typed: str, name: str, passphrase: str) -> str:
    """Give an administrator a new passphrase by the recovery key, which opens the store for nothing else.

    Raises:
        InputError: the key is mistyped, the passphrase cannot be used, or `name` is no administrator.
        StoreError: there is no store, it has no recovery key, or this is not the one that counts.
        RefusedError: somebody else has the store open for writing.
    """
    key = recovery_key.read(typed)
    _demand(passphrases.weakness(passphrase, name, path.stem))
    known = _keys_of(path)
    slot, private = _opened(path, known, key)
    lock = WriterLock(path)
    lock.acquire()
    try:
        data_key = key_file.key_of(known, slot, private, key_file.mark_of(path))
        with closing(Store.open(path, data_key)) as store:
            return _with_new_passphrase(store, known, slot, name, passphrase)
    finally:
        lock.release()


def _with_new_passphrase(store: Store, known: KeyFile, used: Slot, name: str, passphrase: str) -> str:
    if users.public_key_of(store, key_form.RECOVERY) != used.public_key:
        raise _no_longer(store.path)
    user = _administrator(store, name)
    slot = keys.new_slot(known.store_id, Owner(user.name), passphrase, (key_changes.data_key(store),))
    who = entrance.login()
    with key_changes.change(store, who, "recovered_by_key", slot, target=user.name):
        users.set_public_key(store, user.user, slot.public_key)
    return _(
        "{user} har en ny lösenfras. Det står i loggen. Ta fram en ny återställningsnyckel, för den här är använd."
    ).format(user=user.name)


def _keys_of(path: Path) -> KeyFile:
    store_file.demand_file(path)
    if not key_file.exists(path):
        raise entrance.without_keys(path)
    return key_file.read(path).keys


def _opened(path: Path, known: KeyFile, key: str) -> tuple[Slot, bytes]:
    slots = known.of(key_form.RECOVERY)
    if not slots:
        raise StoreError(
            _("Databasen {path} har ingen återställningsnyckel. En administratör kan ta fram en.").format(path=path)
        )
    for slot in slots:
        try:
            return slot, keys.private_key(slot, known.store_id, key)
        except (WrongKeyError, AlteredError):
            continue
    raise _no_longer(path)


def _no_longer(path: Path) -> WrongPassphraseError:
    return WrongPassphraseError(
        _(
            "Återställningsnyckeln är rätt skriven men passar inte till {path}. Hör arket till en annan databas, "
            "eller är nyckeln utbytt mot en nyare?"
        ).format(path=path)
    )


def _administrator(store: Store, name: str) -> User:
    administrators = [user for user in users.all_users(store) if Role.ADMINISTRATOR in user.roles]
    found = next((user for user in administrators if user_name.same(user.name, name)), None)
    if found is None:
        raise InputError(
            _(
                "{user} är inte administratör. Med återställningsnyckeln får bara en administratör ny "
                "lösenfras: {those}."
            ).format(user=name, those=", ".join(user.name for user in administrators))
        )
    return found


def _demand(fault: str) -> None:
    if fault:
        raise InputError(fault)
