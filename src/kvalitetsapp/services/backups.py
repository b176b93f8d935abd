"""Backups of an open store: made, listed, checked, thinned, and whether one is due."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.domain import backups as told
from kvalitetsapp.domain.backups import Backup, Reason
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.saved_copies import chosen, folder_warning, now, thin
from kvalitetsapp.store import audit, backup_making, backup_notes, meta, place
from kvalitetsapp.store.backup_making import Order
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace


BackupOrder = Order


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a store is backed up: its newest good backup, whether more has come since, and the latest drill."""

    newest: Backup | None
    is_changed: bool
    is_old: bool
    folder: Path
    is_elsewhere: bool
    warning: str
    is_sample: bool
    drilled_at: str
    drill: str

    @property
    def age(self) -> str:
        """Return how old the newest good backup is, in words; "" where there is none."""
        return "" if self.newest is None else told.age_in_words(self.newest.note.made_at, now())


@needs(Right.BACK_UP)
def make(workspace: Workspace, reason: Reason = Reason.BY_HAND, progress: Progress | None = None) -> Backup:
    """Make a backup, verified before it counts; then thin out the older ones.

    Raises:
        RefusedError: it could not be written; the store and earlier backups are as they were.
        StoreError: the store is damaged.
        CancelledError: the user cancelled.
    """
    conn, ordered = workspace.store.conn, order(workspace, reason)
    made = backup_making.of_connection(conn, ordered, backup_making.mark_of(conn), progress)
    _thin(ordered)
    if reason is Reason.BY_HAND:
        with suppress(RefusedError):  # from where the trace cannot be written the note beside the backup tells of it
            audit.note(workspace.store, workspace.user, "backup_made", target=made.name)
    return made


@needs(Right.BACK_UP)
def before(workspace: Workspace, reason: Reason, progress: Progress | None = None) -> Backup | None:
    """Make a backup of what is about to be changed, unless there is nothing that the newest one does not have.

    Stores of invented data are backed up by hand only. Raises as `make` does: then `reason` must wait.
    """
    return make(workspace, reason, progress) if is_due(workspace) else None


@needs(Right.BACK_UP)
def is_due(workspace: Workspace) -> bool:
    """Tell whether the store holds something that the newest good backup does not have."""
    if workspace.is_sample or not backup_making.holds_anything(workspace.store.conn):
        return False
    return _is_changed(workspace, told.newest_good(_of_store(workspace), now()))


@needs(Right.BACK_UP)
def order(workspace: Workspace, reason: Reason) -> Order:
    """Return what a backup needs, for `carry_out` in another thread while this one goes on."""
    store = workspace.store
    store_id = meta.get(store, meta.STORE_ID) or ""
    return Order(store.path, store.key, _folder(workspace), store_id, reason)


def carry_out(order: Order, progress: Progress | None = None) -> Backup:
    """Make a backup through a connection of its own, in any thread, and thin out the older ones; as `make`."""
    made = backup_making.carry_out(order, progress)
    _thin(order)
    return made


@needs(Right.BACK_UP)
def goes_on_meanwhile(workspace: Workspace) -> bool:
    """Tell whether the store can be backed up through another connection; one that is shared has its own alone."""
    return workspace.read_only or not place.of(workspace.path).is_shared


@needs(Right.BACK_UP)
def standing(workspace: Workspace) -> Standing:
    """Return how well the store is backed up."""
    newest = told.newest_good(_of_store(workspace), now())
    changed = backup_making.holds_anything(workspace.store.conn) and _is_changed(workspace, newest)
    old = told.is_old(None if newest is None else newest.note, now(), changed=changed) and not workspace.is_sample
    drill = audit.latest(workspace.store, "backup_drill")
    return Standing(
        newest,
        changed,
        old,
        _folder(workspace),
        _folder(workspace) != backup_notes.folder_beside(workspace.path),
        folder_warning(workspace.path, _folder(workspace)),
        workspace.is_sample,
        "" if drill is None else to_the_minute(drill.happened_at),
        "" if drill is None else drill.detail,
    )


@needs(Right.BACK_UP)
def found(workspace: Workspace) -> tuple[Backup, ...]:
    """Return the backups of the store, the newest first; what can be seen at once to be damaged is marked."""
    return _of_store(workspace)


@needs(Right.BACK_UP)
def listing(workspace: Workspace) -> Table:
    """Return the backups of the store as a table."""
    return told.backups_table(_of_store(workspace), now())


@needs(Right.BACK_UP)
def check(workspace: Workspace, name: str | None = None, progress: Progress | None = None) -> tuple[Backup, ...]:
    """Read all of one backup, or of every one, and return them as they are now known, the newest first.

    Raises:
        InputError: there is no such backup.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    wanted = _of_store(workspace) if name is None else (chosen(_of_store(workspace), name),)
    checked = []
    for number, one in enumerate(wanted):
        progress.step(number, len(wanted), _("Kontrollerar säkerhetskopior"))
        checked.append(backup_notes.checked(_folder(workspace), one, now()))
    return tuple(checked)


@needs(Right.RESTORE)
def choose_folder(workspace: Workspace, folder: Path | None) -> str:
    """Let backups lie in `folder`, `None` is beside the store; return what speaks against it, "" if nothing.

    Earlier backups stay where they are.

    Raises:
        InputError: there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(_("Mappen {folder} finns inte.").format(folder=folder))
    chosen_folder = None if folder is None else folder.absolute()
    with workspace.action("backup_folder", target="" if chosen_folder is None else str(chosen_folder)):
        meta.put(workspace.store, meta.BACKUP_FOLDER, "" if chosen_folder is None else str(chosen_folder))
        backup_notes.point_to(workspace.path, chosen_folder)
    return folder_warning(workspace.path, _folder(workspace))


def _thin(order: Order) -> None:
    with suppress(OSError):  # what cannot be removed now is removed the next time
        thin(order.folder, order.store_id)


def _folder(workspace: Workspace) -> Path:
    told_folder = meta.get(workspace.store, meta.BACKUP_FOLDER)
    return Path(told_folder) if told_folder else backup_notes.folder_beside(workspace.path)


def _of_store(workspace: Workspace) -> tuple[Backup, ...]:
    folder = _folder(workspace)
    store_id = meta.get(workspace.store, meta.STORE_ID) or ""
    return backup_notes.all_in(folder, store_id) if folder.is_dir() else ()


def _is_changed(workspace: Workspace, newest: Backup | None) -> bool:
    return newest is None or newest.note.mark != backup_making.mark_of(workspace.store.conn)
