"""Locks the program when nobody is at the desk, and lets its user back or another user in."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kvalitetsapp.errors import CancelledError, StoreError, UserError
from kvalitetsapp.gui import clipboard, theme
from kvalitetsapp.gui.desk import lock_time
from kvalitetsapp.gui.desk.idle_watch import IdleWatch
from kvalitetsapp.gui.desk.lock_window import LockWindow
from kvalitetsapp.gui.desk.session_watch import SessionWatch
from kvalitetsapp.gui.desk.windows import TakenWindows
from kvalitetsapp.services import desk
from kvalitetsapp.services.desk import Why
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.store_keeper import OpenStore
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

SECONDS_A_MINUTE: Final = 60


class DeskGuard(QObject):
    """Watches the desk while a store is open; while it is locked only the lock's window is there."""

    locked = Signal()
    unlocked = Signal()

    def __init__(self, window: QMainWindow, runner: StoreRunner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._taken: TakenWindows | None = None
        self._waiting: tuple[str, str] | None = None
        self.lock_window: LockWindow | None = None
        self.idle = IdleWatch(lambda: lock_time.lock_after_minutes() * SECONDS_A_MINUTE, self)
        self.session = SessionWatch(self)
        self.idle.idle.connect(partial(self.lock, Why.IDLE))
        self.session.left.connect(partial(self.lock, Why.SESSION))
        runner.store_opened.connect(self._begin)
        runner.busy_changed.connect(self._look_for_change)

    @property
    def is_locked(self) -> bool:
        """Tell whether the program is locked."""
        return self.lock_window is not None

    def lock(self, why: Why = Why.ASKED) -> None:
        """Take everything off the screen and ask for the passphrase; nothing to lock without an open store."""
        store = self._runner.store
        if store is None or self.is_locked:
            return
        self.idle.stop()
        clipboard.clear()
        self.lock_window = lock_window = LockWindow(store.account, _names(store))
        lock_window.unlock_wanted.connect(self._unlock)
        lock_window.change_wanted.connect(self._change)
        lock_window.waiting_given_up.connect(self._give_up)
        lock_window.closed.connect(self._window.close)
        theme.dress(lock_window, theme.tokens_of(QApplication.palette()))
        lock_window.restoreGeometry(self._window.saveGeometry())
        lock_window.show()
        self._taken = TakenWindows(lock_window, self)
        self._taken.take_away()
        lock_window.activateWindow()
        lock_window.passphrase.setFocus()
        self._runner.run(partial(_locked, why, _moment()), _nothing_more)
        self.locked.emit()

    def change_user(self) -> None:
        """Lock, and offer another user to come in."""
        self.lock(Why.USERS)
        if self.lock_window is not None:
            self.lock_window.offer_another()

    def stop(self) -> None:
        """Watch no longer, and leave nothing in the clipboard: the program ends."""
        self.idle.stop()
        self.session.stop()
        clipboard.clear()
        lock_window, taken = self._let_go()
        if lock_window is not None and taken is not None:
            taken.stop()
            lock_window.deleteLater()

    def _begin(self, _store: OpenStore) -> None:
        self.idle.start()
        self.session.start()

    # coming back

    def _unlock(self, passphrase: str) -> None:
        if self.lock_window is None:
            return
        try:
            fits = self._runner.is_passphrase(passphrase)
        except UserError as error:
            self.lock_window.refuse(error.message, wait=False)
            return
        except CancelledError:  # it was to be opened anew, and that failed
            self.lock_window.refuse(_("Databasen är inte öppen längre. Avsluta och öppna den igen."), wait=False)
            return
        if not fits:
            self.lock_window.refuse(_("Lösenfrasen passar inte. Kontrollera Caps Lock."))
            return
        wrong = self.lock_window.delay.wrong
        self._open_up()
        self._runner.run(partial(_unlocked, _moment(), wrong), _nothing_more)

    def _open_up(self, only: QMainWindow | None = None) -> None:
        lock_window, taken = self._let_go()
        if lock_window is None or taken is None:
            return
        taken.put_back(only)
        taken.deleteLater()
        lock_window.hide()
        lock_window.deleteLater()
        self.idle.start()
        self.unlocked.emit()

    def _let_go(self) -> tuple[LockWindow | None, TakenWindows | None]:
        lock_window, self.lock_window = self.lock_window, None
        taken, self._taken = self._taken, None
        return lock_window, taken

    # another user

    def _change(self, user: str, passphrase: str) -> None:
        """Let another user in as soon as nothing is being done: what one began must not go on in another's name."""
        self._waiting = (user, passphrase)
        if self._runner.is_busy and self.lock_window is not None:
            self.lock_window.wait_for_work()
        else:
            self._change_now()

    def _look_for_change(self, is_busy: bool) -> None:
        if self._waiting is not None and not is_busy:
            self._change_now()

    def _change_now(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self.lock_window is not None:
            self.lock_window.wait_for_store()
            self._runner.change_user(*waiting, self._changed, self._not_changed)

    def _changed(self, _store: OpenStore) -> None:
        self._open_up(self._window)

    def _not_changed(self, error: BaseException) -> None:
        if self.lock_window is None:
            return
        said = error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten.")
        self.lock_window.refuse(said, wait=isinstance(error, StoreError))

    def _give_up(self) -> None:
        self._waiting = None


def _names(store: OpenStore) -> tuple[str, ...]:
    """Return who can open the store; the one who has it open where its keys cannot be read just now."""
    from kvalitetsapp.services import entrance

    try:
        return entrance.names(store.path)
    except UserError:
        return (store.account,)


def _moment() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _locked(why: Why, moment: str, workspace: Workspace, _progress: Progress) -> None:
    desk.note_locked(workspace, why, moment)


def _unlocked(moment: str, wrong: int, workspace: Workspace, _progress: Progress) -> None:
    desk.note_unlocked(workspace, moment, wrong)


def _nothing_more(_done: None) -> None:
    """Take note that something was noted."""
