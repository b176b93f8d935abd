"""What is done before files are taken in: a backup, without which one goes on only if the user says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.errors import CancelledError, RefusedError
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Failed = Callable[[BaseException], None]


def back_up(runner: StoreRunner, parent: QWidget, go_on: Callable[[], None], stop: Failed) -> Operation:
    """Back up what an import would change, and go on with it; stop where that fails and the user does not insist."""

    def made(backup: Backup | None) -> None:
        if operation.progress.is_cancelled:  # asked for when the backup was already made
            stop(CancelledError())
            return
        go_on()
        if backup is not None:
            runner.announce(frozenset({Changed.BACKUPS}))

    refused = partial(_refused, parent, go_on, stop)
    operation = runner.run(_before, made, label=_("Säkerhetskopierar"), on_failed=refused)
    return operation


def _refused(parent: QWidget, go_on: Callable[[], None], stop: Failed, error: BaseException) -> None:
    if isinstance(error, RefusedError):
        question = _("{why} Läsa in utan säkerhetskopia?").format(why=error.message)
        if messages.ask(parent, question, yes=_("Läs in ändå")):
            go_on()
            return
    stop(error)


def _before(workspace: Workspace, progress: Progress) -> Backup | None:
    from kvalitetsapp.services import backups

    return backups.before(workspace, Reason.IMPORT, progress)
