"""The restore drill: a backup opened as another computer would open it, checked and worked with, and taken away."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import UserError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access, linking, saved_copies, stores
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.backups import order
from kvalitetsapp.services.workspace import Workspace, open_workspace
from kvalitetsapp.store import audit, control_totals, key_file, migrations
from kvalitetsapp.texts import _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.backups import Backup

_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Drill:
    """How a drill went: `faults` is empty where everything could be done."""

    backup: Backup
    seconds: float
    rows: int
    events: int
    faults: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """Return the result as it is kept in the trace and shown."""
        told = _("{n} minuter").format(n=decimal(self.seconds / 60, 1))
        if self.seconds < _SHORT:
            told = _("{n} sekunder").format(n=decimal(self.seconds, 1))
        if self.faults:
            return _("Gick inte: {fault} ({time})").format(fault=self.faults[0], time=told)
        return _("Gick bra: {rows} rader, {events} händelser kopplade på nytt ({time})").format(
            rows=number(self.rows), events=number(self.events), time=told
        )


@needs(Right.BACK_UP)
def drill(
    workspace: Workspace,
    passphrase: str,
    name: str = saved_copies.NEWEST,
    *,
    user: str | None = None,
    progress: Progress | None = None,
) -> Drill:
    """Restore a backup into a folder of its own and try there whether the work could go on; log how that went.

    Raises:
        InputError: there is no such backup.
        RefusedError: it cannot be logged from here.
        CancelledError: the user cancelled.
    """
    progress, begun = progress or Progress(), time.monotonic()
    folder = order(workspace, Reason.BY_HAND).folder
    backup = saved_copies.chosen(saved_copies.in_folder(folder), name)
    rows, events = 0, 0
    faults: tuple[str, ...] = ()
    with TemporaryDirectory(prefix="kvalitetsapp-", ignore_cleanup_errors=True) as place:
        try:
            copy = _elsewhere(folder / backup.name, Path(place))
            rows, events, faults = _tried(copy, backup, passphrase, user, progress)
        except UserError as error:
            faults = (error.message,)
        except OSError:
            faults = (_("det finns inte plats eller rätt att skriva i datorns mapp för tillfälliga filer"),)
    done = Drill(backup, time.monotonic() - begun, rows, events, faults)
    audit.note(workspace.store, workspace.user, "backup_drill", target=backup.name, detail=done.in_words)
    return done


def _elsewhere(source: Path, place: Path) -> Path:
    """Copy a backup and its keys as someone would carry them to another computer."""
    copy = place / source.name
    shutil.copyfile(source, copy)
    copy.chmod(0o600)
    if key_file.exists(source):
        shutil.copyfile(key_file.path_of(source), key_file.path_of(copy))
    return copy


def _tried(
    copy: Path, backup: Backup, passphrase: str, user: str | None, progress: Progress
) -> tuple[int, int, tuple[str, ...]]:
    """Open a copy with the passphrase, check it, hold its totals against the note, and link everything anew."""
    with (
        open_workspace(copy, passphrase, write=True, user=user) as opened,
        access.authority(opened, Right.BACK_UP, "backup_drill.drill"),
    ):
        progress.step(0, None, _("Kontrollerar kopian"))
        totals = control_totals.read(opened.store.conn)
        faults = stores.check_store(opened)
        if backup.note.schema == migrations.NEWEST and totals.fingerprint() != backup.note.totals:
            faults.append(_("kontrollsummorna är inte de som skrevs när kopian gjordes"))
        linked = linking.run_links(opened, progress)
    return sum(totals.rows.values()), linked.events, tuple(faults)
