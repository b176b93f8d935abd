"""A backup taking the place of the store: also of one that is damaged, lost, or has a passphrase nobody remembers.

What lies at the store's place is kept beside it under another name. The backup is read whole before and after it has
been copied, the restoring is written into its trace, and only then does it take the place, in one step
(`store/replacing.py`).
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import DamageError, RefusedError, StoreError, UserError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access, backups, entrance, saved_copies
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.workspace import Workspace
from kvalitetsapp.store import (
    audit,
    backup_notes,
    control_totals,
    copying,
    dialect,
    lock,
    meta,
    replacing,
    restored_keys,
    store_file,
    users,
)
from kvalitetsapp.store import key_file as key_files
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.services.entrance import Entered
    from kvalitetsapp.store.audit import AuditEntry

RESTORED: Final = "store_restored"
_COUNTED: Final = {
    "import_batches": N_("Importer"),
    "persons": N_("Personer"),
    "episodes": N_("Vårdkontakter"),
    "verdicts": N_("Granskningsbeslut"),
    "review_answers": N_("Svar i granskningen"),
    "agreements": N_("Avtal"),
    "claims": N_("Krav"),
    "bases": N_("Underlag"),
    "payments": N_("Betalningar"),
    "final_reports": N_("Fastställda rapporter"),
    "users": N_("Användare"),
}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a restoring would undo: the entries of the trace since, and the rows of each table then and now.

    `then` is empty where the backup has another key than the store; `same_history` tells whether the store comes from
    the backup at all.
    """

    backup: Backup
    entries: int
    since: tuple[AuditEntry, ...]
    then: dict[str, int]
    now: dict[str, int]
    same_history: bool

    def differences(self) -> tuple[str, ...]:
        """Return what there would be less or more of, as people read it."""
        told = ((_(word), self.then.get(table, 0), self.now.get(table, 0)) for table, word in _COUNTED.items())
        if not self.then:
            return ()
        return tuple(
            _("{what}: {now} i dag, {then} i kopian").format(what=what, now=number(now), then=number(then))
            for what, then, now in told
            if then != now
        )


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of it: where the present store is kept, its last backup, and users who were removed since."""

    path: Path
    backup: str
    aside: Path | None
    saved: str
    returned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Present:
    """What the store told that is to be replaced: the name of its last backup, and its users."""

    saved: str
    users: frozenset[str]


@needs(Right.RESTORE)
def consequences(workspace: Workspace, folder: Path, name: str) -> Consequences:
    """Return what would be lost if a backup took the store's place.

    Raises:
        InputError: there is no such backup.
        StoreError: it is damaged.
        RefusedError: it is of another store.
    """
    backup = _whole(folder, name)
    store, note = workspace.store, backup.note
    _demand_of(store_id=meta.get(store, meta.STORE_ID) or "", backup=backup)
    now = control_totals.read(store.conn)
    head = store.value("SELECT hash FROM audit WHERE entry = ?", (note.entry,))
    since = tuple(audit.after(store, note.entry))
    then = _rows_of(folder / backup.name, workspace)
    return Consequences(backup, now.entry - note.entry, since, then, now.rows, head == note.head)


@needs(Right.RESTORE)
def proved(workspace: Workspace, passphrase: str) -> str | None:
    """Return the name that the user opens the store with, `None` where it need not be told, if the passphrase fits.

    Raises:
        StoreError: it does not.
    """
    name = None if meta.get(workspace.store, meta.SHARED) == "1" else workspace.user
    entrance.knock(workspace.path, passphrase, name)
    return name


def restore(
    path: Path,
    folder: Path,
    name: str,
    passphrase: str,
    *,
    user: str | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Let a backup take the place of the store at `path`, which nobody may have open.

    The present store is opened with the passphrase, and its user must be allowed to restore; where it does not open,
    passphrase and role are those of the backup.

    Raises:
        InputError: there is no such backup.
        StoreError: the backup is damaged, or the passphrase does not open it.
        RefusedError: not allowed, somebody has the store open, or there is no room; the store is as it was.
        CancelledError: the user cancelled; the store is as it was.
    """
    progress = progress or Progress()
    progress.step(0, None, _("Kontrollerar kopian"))
    backup = _whole(folder, name)
    store_file.demand_folder(path)
    with _alone(path):
        replacing.finish(path)
        replacing.give_up(path)
        aside = _aside(path) if path.exists() else None
        present = _leave(path, backup, passphrase, user, progress)
        try:
            returned = make_ready(path, folder / backup.name, passphrase, user, present=present, progress=progress)
            keys = restored_keys.content_beside(replacing.place_for(path))
            replacing.decide(path, aside or _aside(path), keys)
        except BaseException:
            replacing.give_up(path)
            raise
        replacing.finish(path)
    return Restored(path, backup.name, aside, present.saved if present else "", returned)


def make_ready(
    path: Path,
    source: Path,
    passphrase: str,
    user: str | None,
    *,
    present: _Present | None,
    progress: Progress,
) -> tuple[str, ...]:
    """Make a backup ready beside the store, with its keys and its entry in the trace; return users who come back.

    Raises: as `restore`; what was begun lies there yet.
    """
    place = replacing.place_for(path)
    _copy(source, place, progress)
    entered = _entered(path, source, passphrase, user)
    with entered.store as store:
        if present is None:
            _demand_right(entered)
        standing = {one.name for one in users.all_users(store)}
        with store.transaction():
            meta.put(store, meta.BACKUP_FOLDER, _chosen_folder(path))
            audit.append(
                store, entered.signs_as, RESTORED, target=source.name, detail=present.saved if present else ""
            )
        faults = dialect.faults(store.conn)
        copying.demand_alone(store)
    if faults:
        raise DamageError(_("Kopian {path} är inte hel: {fault}.").format(path=source, fault=faults[0]))
    _sync(place)
    return tuple(sorted(standing - present.users)) if present else ()


# the store that is there


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    held = lock.WriterLock(path)
    held.acquire()
    try:
        yield
    finally:
        held.release()


def _leave(path: Path, backup: Backup, passphrase: str, user: str | None, progress: Progress) -> _Present | None:
    """Back up the present store and close it for good; `None` where it cannot be opened, which is no hindrance."""
    try:
        store_file.demand_file(path)
        entered = entrance.enter(path, entrance.knock(path, passphrase, user), write=True)
    except StoreError:
        return None
    with Workspace(entered.store, None, entered.signs_as, entered.user.roles, entered.user.unit) as workspace:
        access.demand(workspace, Right.RESTORE, "restoring.restore")
        _demand_of(store_id=meta.get(workspace.store, meta.STORE_ID) or "", backup=backup)
        names = frozenset(one.name for one in users.all_users(workspace.store))
        saved = _saved(workspace, progress)
        if saved:  # the log of a damaged one cannot be put away; it is kept aside with the rest
            copying.demand_alone(workspace.store)
    return _Present(saved, names)


def _saved(workspace: Workspace, progress: Progress) -> str:
    """Back up the store that is to be replaced, "" where it is too damaged for that; it is kept aside in any case."""
    try:
        return backups.make(workspace, Reason.RESTORE, progress).name
    except UserError as error:
        if isinstance(error, DamageError) or dialect.faults(workspace.store.conn):
            return ""
        raise


def _aside(path: Path) -> Path:
    """Return a name for the present store that nothing has."""
    stem, place = f"{path.stem}.{datetime.now().astimezone():%Y-%m-%dT%H%M%S}", 1
    while (aside := path.with_name(f"{stem}-{place:02}-before-restore{path.suffix}")).exists():
        place += 1
    return aside


# the backup


def _whole(folder: Path, name: str) -> Backup:
    """Return a backup, all of which was just read and is as it was written."""
    backup = saved_copies.chosen(saved_copies.in_folder(folder), name)
    checked = backup_notes.checked(folder, backup, saved_copies.now())
    if checked.fault:
        raise StoreError(
            _("Säkerhetskopian {name} är skadad: {fault}. Välj en annan.").format(
                name=backup.name, fault=checked.fault
            )
        )
    return checked


def _demand_of(*, store_id: str, backup: Backup) -> None:
    if backup.note.store_id not in ("", store_id):
        raise RefusedError(
            _("Säkerhetskopian {name} är av en annan databas. Återställ den under ett eget namn.").format(
                name=backup.name
            )
        )


def _rows_of(path: Path, workspace: Workspace) -> dict[str, int]:
    key = workspace.store.key
    if isinstance(key, str) or key_files.mark_of(path) != key.mark:
        return {}
    with closing(dialect.connect(path, key, mode=dialect.Mode.FROZEN)) as conn:
        return control_totals.read(conn).rows


def _copy(source: Path, place: Path, progress: Progress) -> None:
    """Copy a backup, through to the disk, and make sure that the copy is the same."""
    progress.step(0, None, _("Kopierar databasen"))
    try:
        with source.open("rb") as read, place.open("xb") as written:
            place.chmod(0o600)
            shutil.copyfileobj(read, written, 1 << 20)
            written.flush()
            os.fsync(written.fileno())
        is_same = backup_notes.sha256_of(place) == backup_notes.sha256_of(source)
    except OSError as error:
        raise RefusedError(
            _("Det går inte att skriva till {path}. Har du skrivrätt där, och finns det plats?").format(path=place)
        ) from error
    if not is_same:
        raise DamageError(
            _("Kopian {path} är inte hel: {fault}.").format(path=place, fault=_("innehållet skiljer sig"))
        )
    progress.heed()


def _entered(path: Path, source: Path, passphrase: str, user: str | None) -> Entered:
    """Open what was copied, with the keys that it is to have: today's passphrase goes before that of the backup."""
    place = replacing.place_for(path)
    refused: StoreError | None = None
    for keys in restored_keys.candidates(path, source) or (None,):
        try:
            if keys is not None:
                key_files.write(place, keys)
            return entrance.enter(place, entrance.knock(place, passphrase, user), write=True)
        except DamageError:
            raise
        except StoreError as error:
            refused = error
    raise StoreError(
        _(
            "Lösenfrasen öppnar inte säkerhetskopian {name}. Ange den som gällde när kopian gjordes, och vem du är."
        ).format(name=source.name)
    ) from refused


def _demand_right(entered: Entered) -> None:
    workspace = Workspace(entered.store, None, entered.signs_as, entered.user.roles, entered.user.unit)
    access.demand(workspace, Right.RESTORE, "restoring.restore")


def _chosen_folder(path: Path) -> str:
    folder = backup_notes.folder_of(path)
    return "" if folder == backup_notes.folder_beside(path) else str(folder)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
