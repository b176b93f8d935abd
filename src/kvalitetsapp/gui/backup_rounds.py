"""Backups that nobody asks for: every half hour of work, through a connection of its own, and at closing time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.progress import Progress
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.backups import Backup
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.services.backups import BackupOrder
    from kvalitetsapp.services.workspace import Workspace

MINUTES_BETWEEN: Final = 30
BACKED_UP: Final = frozenset({Changed.BACKUPS})


class _Aside(QThread):
    """Makes one backup beside the store's own thread."""

    def __init__(self, order: BackupOrder, parent: QObject) -> None:
        super().__init__(parent)
        self._order = order
        self.progress = Progress()
        self.error: BaseException | None = None

    def run(self) -> None:
        """Make it, and keep how it failed."""
        from kvalitetsapp.services import backups

        try:
            backups.carry_out(self._order, self.progress)
        except BaseException as error:  # noqa: BLE001 - whatever went wrong is told to the window, not to the thread
            self.error = error


class BackupRounds(QObject):
    """Sees to it that what was done in the window is backed up, without anybody waiting for it."""

    failed = Signal(object)  # UserError
    crashed = Signal(object)  # any other exception

    def __init__(self, runner: StoreRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._aside: _Aside | None = None
        self._closing: Operation | None = None
        self._done_closing = False
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTES_BETWEEN * 60 * 1000)
        self.timer.timeout.connect(self.look)
        runner.store_opened.connect(self._start_over)
        runner.about_to_close.connect(self.give_way)

    @property
    def is_at_work(self) -> bool:
        """Tell whether a backup is being made just now."""
        return self._aside is not None

    def look(self) -> None:
        """Make a backup if there is something to make one of."""
        if self._runner.can_write and not self.is_at_work:
            self._runner.run(_ordered, self._make)

    def hold(self, close: Callable[[], object], ask: Callable[[UserError], bool]) -> bool:
        """Tell whether closing must wait for a last backup; `close` is called when it is made, or is not wanted.

        `ask` is asked whether to close without it where it cannot be made. Whoever closes again does not wait.
        """
        self.stop()
        if self._done_closing or not self._runner.can_write:
            return False
        if self._closing is not None:
            self._closing.cancel()
            return True
        self._runner.cancel_all()  # as closing always did
        told = _("Säkerhetskopierar innan fönstret stängs")
        done = partial(self._last_made, close)
        refused = partial(self._last_refused, close, ask)
        self._closing = self._runner.run(_last, done, label=told, on_failed=refused)
        return True

    def stop(self) -> None:
        """Give up what is being made, and wait until it has ended."""
        self.timer.stop()
        self.give_way()

    def give_way(self) -> None:
        """Give up what is being made just now: the store must be alone."""
        if self._aside is not None:
            self._aside.progress.cancel()
            self._aside.wait()

    def _start_over(self, store: object) -> None:
        self.stop()
        if store is not None:
            self.timer.start()

    def _make(self, order: BackupOrder | None) -> None:
        if order is None or self.is_at_work:
            self._runner.announce(BACKED_UP)  # the age that is shown has changed in any case
            return
        self._aside = _Aside(order, self)
        self._aside.finished.connect(self._made)
        self._aside.start(QThread.Priority.LowPriority)

    def _made(self) -> None:
        aside, self._aside = self._aside, None
        if aside is None:
            return
        error = aside.error
        aside.deleteLater()
        if isinstance(error, UserError):
            self.failed.emit(error)
        elif error is not None and not isinstance(error, CancelledError):
            self.crashed.emit(error)
        self._runner.announce(BACKED_UP)

    def _last_made(self, close: Callable[[], object], _made: Backup | None) -> None:
        self._done_closing = True
        close()

    def _last_refused(
        self, close: Callable[[], object], ask: Callable[[UserError], bool], error: BaseException
    ) -> None:
        self._closing = None
        self._done_closing = not isinstance(error, UserError) or ask(error)
        if self._done_closing:
            close()
        else:
            self.timer.start()


def _ordered(workspace: Workspace, progress: Progress) -> BackupOrder | None:
    """Return what to back up in another thread; what must be backed up in this one is."""
    from kvalitetsapp.services import backups

    if not backups.is_due(workspace):
        return None
    if backups.goes_on_meanwhile(workspace):
        return backups.order(workspace, Reason.TIMED)
    backups.make(workspace, Reason.TIMED, progress)
    return None


def _last(workspace: Workspace, progress: Progress) -> Backup | None:
    from kvalitetsapp.services import backups

    return backups.before(workspace, Reason.CLOSE, progress)
