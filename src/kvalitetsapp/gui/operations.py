"""What the window asks of the store: one thread that owns it, results back on the window's thread, in order.

A user action is `runner.run(work, on_done)`: `work` is a short function of the open store that calls one service.
Progress, cancel, errors and "what changed" are solved here once.
"""

from __future__ import annotations

import queue
import time
import traceback
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal

from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui import followed
from kvalitetsapp.gui.collecting import WindowCollector
from kvalitetsapp.gui.reopening import with_store_closed
from kvalitetsapp.gui.store_keeper import StoreKeeper, change_user, create_store, open_store
from kvalitetsapp.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.rights import Right
    from kvalitetsapp.gui.reopening import Reopened
    from kvalitetsapp.gui.store_keeper import OpenStore
    from kvalitetsapp.services.workspace import Workspace

    Failed = Callable[[BaseException], None]
    Done = Callable[[Any], None]

T = TypeVar("T")
SECONDS_BETWEEN_REPORTS: Final = 0.05


class Operation(QObject):
    """One piece of work on the store, as its caller sees it: a label, progress, and a way to cancel it."""

    progressed = Signal(object, object, str)  # done, total or None, what
    ended = Signal()

    def __init__(self, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self.progress = Progress()

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it remains."""
        self.progress.cancel()


@dataclass
class _Job:
    """A piece of work on its way to the store's thread and back."""

    operation: Operation
    work: Callable[[StoreKeeper, Progress], Any]
    on_done: Done
    on_failed: Failed | None
    result: Any = None
    error: BaseException | None = None

    def do(self, keeper: StoreKeeper) -> None:
        """Do the work, and keep what it gave or how it failed."""
        try:
            self.operation.progress.step(0, None, "")
            self.result = self.work(keeper, self.operation.progress)
        except BaseException as error:  # noqa: BLE001 - whatever went wrong is told to the window, not to the thread
            traceback.clear_frames(error.__traceback__)
            self.error = error


class _StoreThread(QThread):
    """The only thread that touches the store; takes jobs one after the other until it gets None."""

    told = Signal(object, object, object, str)
    done = Signal()  # a job lies in `ended`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.ended: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self.keeper = StoreKeeper()

    def run(self) -> None:
        """Work until told to stop, then close the store."""
        while (job := self.jobs.get()) is not None:
            job.do(self.keeper)
            self.ended.put(job)
            del job  # before anyone is told: the widgets that it names must not die here, as the last to hold them
            self.done.emit()
        self.keeper.close()


class StoreRunner(QObject):
    """Puts work on the store's thread and brings the results back, in the order in which the work was given."""

    changed = Signal(object)  # Changes
    failed = Signal(object)  # UserError
    crashed = Signal(object)  # any other exception
    operation_started = Signal(object)  # Operation, when it is put in line
    operation_ended = Signal(object)
    busy_changed = Signal(bool)
    about_to_close = Signal()  # for a work on the file of the store
    store_opened = Signal(object)  # OpenStore, None where the store that was open is no more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store: OpenStore | None = None
        self._waiting: list[_Job] = []
        self._thread = _StoreThread(self)
        self._thread.told.connect(self._tell)
        self._thread.done.connect(self._finish)
        self._collector = WindowCollector(self)
        self._closed = False

    @property
    def can_write(self) -> bool:
        """Tell whether a store is open, and open for writing."""
        return self.store is not None and not self.store.read_only

    def may(self, right: Right) -> bool:
        """Tell whether a store is open to someone who has a right."""
        return self.store is not None and right in self.store.rights

    @property
    def is_busy(self) -> bool:
        """Tell whether some work is under way or in line."""
        return bool(self._waiting)

    def run(
        self,
        work: Callable[[Workspace, Progress], T],
        on_done: Callable[[T], None],
        *,
        label: str = "",
        on_failed: Failed | None = None,
    ) -> Operation:
        """Do `work` on the store's thread and give its result to `on_done` on this one.

        A `UserError` goes to `on_failed`, or to the signal `failed` without one; a bug to `on_failed` and `crashed`; a
        cancelled work only to `on_failed`. Callbacks of widgets that are gone are dropped. What one user asked for is
        cancelled where another has come to the store before it could be begun.
        """
        return self._put(partial(_with_workspace, work, self._thread.keeper.hands), on_done, on_failed, label)

    def open(
        self,
        path: Path,
        passphrase: str,
        on_done: Callable[[OpenStore], None],
        on_failed: Failed | None = None,
        *,
        write: bool = True,
        user: str | None = None,
        take_over: bool = False,
    ) -> Operation:
        """Open a store in place of the one that is open."""
        return self._put(
            partial(open_store, path, passphrase, write, user, take_over), partial(self._opened, on_done), on_failed
        )

    def is_passphrase(self, passphrase: str) -> bool:
        """Tell whether a passphrase is that of whoever has the store open.

        It is answered here and now, since the store's thread may have work for minutes: an eighth of a second.

        Raises:
            StoreError: the file of keys cannot be read.
        """
        return self._thread.keeper.workspace.is_passphrase(passphrase)

    def change_user(
        self, user: str, passphrase: str, on_done: Callable[[OpenStore], None], on_failed: Failed | None = None
    ) -> Operation:
        """Let another user come to the open store; where that is refused, it stays with the one who has it."""
        return self._put(partial(change_user, user, passphrase), partial(self._opened, on_done), on_failed)

    def create(
        self,
        path: Path,
        passphrase: str,
        on_done: Callable[[OpenStore], None],
        on_failed: Failed | None = None,
        *,
        user: str | None = None,
    ) -> Operation:
        """Make a new store and open it in place of the one that is open."""
        return self._put(partial(create_store, path, passphrase, user), partial(self._opened, on_done), on_failed)

    def run_outside(
        self,
        work: Callable[[Progress], T],
        on_done: Callable[[T], None],
        *,
        label: str = "",
        on_failed: Failed | None = None,
    ) -> Operation:
        """Do `work` that needs no open store, such as making the sample store, on the same thread."""
        return self._put(partial(_without_workspace, work), on_done, on_failed, label)

    def run_closed(
        self,
        prove: Callable[[Workspace, Progress], str | None],
        work: Callable[[str | None, Progress], T],
        passphrase: str,
        on_done: Callable[[T], None],
        on_failed: Failed,
        *,
        label: str = "",
    ) -> Operation:
        """Do `work` with the store closed and open what lies there afterwards, as `reopening` tells."""
        self.about_to_close.emit()
        done = partial(self._opened_again, on_done, on_failed)
        return self._put(partial(with_store_closed, prove, work, passphrase), done, on_failed, label)

    def cancel_all(self) -> None:
        """Ask all work that is under way or in line to stop."""
        for job in self._waiting:
            job.operation.cancel()

    def announce(self, changes: Changes) -> None:
        """Tell everyone that something was changed."""
        if changes:
            self.changed.emit(changes)

    def tell(self, error: BaseException) -> None:
        """Pass on an error that an `on_failed` does not deal with itself; bugs have been told of already."""
        if isinstance(error, UserError):
            self.failed.emit(error)

    def close(self) -> None:
        """Cancel what is under way, close the store and wait until its thread has ended."""
        if self._closed:
            return
        self._closed = True
        self.cancel_all()
        self._waiting.clear()
        if self._thread.isRunning():
            self._thread.jobs.put(None)
            self._thread.wait()
        self._collector.end()
        self.store = None

    def _put(
        self,
        work: Callable[[StoreKeeper, Progress], Any],
        on_done: Done,
        on_failed: Failed | None,
        label: str = "",
    ) -> Operation:
        operation = Operation(label, self)
        operation.progress = Progress(_Reporter(self._thread, operation))
        job = _Job(operation, work, on_done, on_failed)
        if self._closed:
            return operation
        if not self._thread.isRunning():
            self._thread.start()
        self._waiting.append(job)
        if len(self._waiting) == 1:
            self.busy_changed.emit(True)  # noqa: FBT003 - a signal has no names
        self._thread.jobs.put(job)
        self.operation_started.emit(operation)
        return operation

    def _tell(self, operation: Operation, done: int, total: int | None, what: str) -> None:
        if not self._closed and shiboken6.isValid(operation):
            operation.progressed.emit(done, total, what)

    def _finish(self) -> None:
        job = self._thread.ended.get()
        if self._closed:
            return
        self._waiting.remove(job)
        try:
            self._hand_over(job)
        finally:
            job.operation.ended.emit()
            self.operation_ended.emit(job.operation)
            job.operation.deleteLater()
            if not self._waiting:
                self.busy_changed.emit(False)  # noqa: FBT003 - a signal has no names

    def _hand_over(self, job: _Job) -> None:
        if job.error is None:
            _call(job.on_done, job.result)
            self.announce(getattr(job.result, "changes", NOTHING_CHANGED))
            return
        if job.on_failed is not None:
            _call(job.on_failed, job.error)
        elif isinstance(job.error, UserError):
            self.failed.emit(job.error)
        if not isinstance(job.error, UserError | CancelledError):
            self.crashed.emit(job.error)

    def _opened_again(self, on_done: Done, on_failed: Failed, found: Reopened[T]) -> None:
        self._note(found.store)
        if found.error is None or found.store is None:
            self.store_opened.emit(found.store)
        _call(on_done if found.error is None else on_failed, found.error or found.result)
        if found.error is not None and not isinstance(found.error, UserError | CancelledError):
            self.crashed.emit(found.error)

    def _note(self, store: OpenStore | None) -> None:
        self.store = store
        followed.note(() if store is None else store.followed)

    def _opened(self, on_done: Callable[[OpenStore], None], store: OpenStore) -> None:
        self._note(store)
        self.store_opened.emit(store)
        _call(on_done, store)


class _Reporter:
    """Passes progress on from the store's thread, not more often than an eye can follow."""

    def __init__(self, thread: _StoreThread, operation: Operation) -> None:
        self._thread = thread
        self._operation = operation
        self._last = 0.0

    def __call__(self, done: int, total: int | None, what: str) -> None:
        now = time.monotonic()
        if what and (now - self._last >= SECONDS_BETWEEN_REPORTS or done == total):
            self._last = now
            self._thread.told.emit(self._operation, done, total, what)


def _with_workspace(
    work: Callable[[Workspace, Progress], T], hands: int, keeper: StoreKeeper, progress: Progress
) -> T:
    if keeper.hands != hands:
        raise CancelledError
    return work(keeper.workspace, progress)


def _without_workspace(work: Callable[[Progress], T], _keeper: StoreKeeper, progress: Progress) -> T:
    return work(progress)


def _call(callback: Done, value: object) -> None:
    """Call back, unless the widget whose method it is has been deleted meanwhile."""
    plain: object = callback
    while isinstance(plain, partial):
        plain = plain.func
    receiver = getattr(plain, "__self__", None)
    if isinstance(receiver, QObject) and not shiboken6.isValid(receiver):
        return
    callback(value)
