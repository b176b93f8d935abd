"""The locked program: nothing of the content is there, work goes on, and everything comes back as it was."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.services.desk import Why
from kvalitetsapp.services.workspace import USER_SWITCHED
from kvalitetsapp.store import audit
from support import store_files, two_users
from support.keys import focused, press, type_text
from support.two_users import FINANCE, FINANCES, REVIEWER, REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.desk.lock_window import LockWindow
    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    Settle = Callable[[], None]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_users.make(tmp_path_factory.mktemp("two-users"))


@pytest.fixture
def store(_made: Path, tmp_path: Path) -> Path:
    """Return the store of two users, the test's own to change."""
    return store_files.copy(_made, tmp_path)


@pytest.fixture
def desk(window: MainWindow, runner: StoreRunner, store: Path, settle: Settle) -> MainWindow:
    """Return the window with the store open for its first user, at the list of contacts."""
    runner.open(store, REVIEWERS, lambda _store: window.go_to("episodes"), user=REVIEWER)
    settle()
    return window


@pytest.fixture
def locked(desk: MainWindow, settle: Settle) -> LockWindow:
    """Return what stands in the window's place once it is locked by its key."""
    QTest.keyClick(desk, Qt.Key.Key_L, CTRL)
    settle()
    return lock_of(desk)


def lock_of(window: MainWindow) -> LockWindow:
    assert window.guard.lock_window is not None, "not locked"
    return window.guard.lock_window


def shown() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def heard() -> list[str]:
    """Return every text that those who listen to the program can come to."""

    def walk(place: QAccessibleInterface | None) -> Iterator[str]:
        if place is not None and place.isValid():
            yield from (place.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value))
            yield from (text for number in range(place.childCount()) for text in walk(place.child(number)))

    application = QApplication.instance()
    assert application is not None
    return [text for text in walk(QAccessible.queryAccessibleInterface(application)) if text]


def trace(runner: StoreRunner, settle: Settle) -> list[tuple[str, str, str]]:
    """Return what the trace tells, newest first: who, what, and of what."""
    found: list[audit.AuditEntry] = []
    runner.run(lambda workspace, _progress: audit.entries(workspace.store), found.extend)
    settle()
    return [(entry.who, entry.action, entry.object) for entry in found]


def enter(lock: LockWindow, passphrase: str) -> None:
    type_text(lock.passphrase, passphrase)
    press(lock.passphrase, Qt.Key.Key_Return)


# locked


def test_locked_only_the_question_is_shown_and_heard(locked: LockWindow) -> None:
    assert shown() == [locked]
    assert locked.windowTitle() == "Kvalitetsapp – låst"
    assert "Kvalitetsapp är låst" in heard()
    assert not [text for text in heard() if "gemensam" in text or "Vårdkontakter" in text]
    assert focused() is locked.passphrase


def test_locked_the_keys_of_the_pages_are_dead(locked: LockWindow, desk: MainWindow) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_K, Qt.Key.Key_I, Qt.Key.Key_O, Qt.Key.Key_C, Qt.Key.Key_L):
        QTest.keyClick(locked, key, CTRL)
    QTest.keyClick(locked, Qt.Key.Key_F1)
    assert shown() == [locked]
    assert desk.navigation.current() == "episodes"


def test_the_passphrase_brings_everything_back_as_it_was(locked: LockWindow, desk: MainWindow, settle: Settle) -> None:
    page = desk.current_page()
    enter(locked, REVIEWERS)
    settle()
    assert shown() == [desk]
    assert desk.current_page() is page
    assert [text for text in heard() if "gemensam" in text], "the window is heard again"
    QTest.keyClick(desk, Qt.Key.Key_1, CTRL)
    settle()
    assert desk.navigation.current() == "overview", "and its keys live"


def test_a_half_filled_form_is_kept_with_the_focus_where_it_was(desk: MainWindow, settle: Settle) -> None:
    form = QDialog(desk)
    first, second = QLineEdit("halv"), QLineEdit("ifylld")
    column = QVBoxLayout(form)
    column.addWidget(first)
    column.addWidget(second)
    form.setWindowModality(Qt.WindowModality.WindowModal)
    form.show()
    second.setFocus()
    desk.guard.lock()
    assert shown() == [lock_of(desk)]
    enter(lock_of(desk), REVIEWERS)
    settle()
    assert {*shown()} == {desk, form}
    assert (first.text(), second.text()) == ("halv", "ifylld")
    assert form.focusWidget() is second
    form.close()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_help_menus_and_lists_go_too(desk: MainWindow, settle: Settle) -> None:
    desk.open_help()
    page = desk.current_page()
    assert page is not None
    box = next(box for box in page.findChildren(QComboBox))
    box.addItem("hemligt")
    box.showPopup()
    desk.guard.lock()
    assert shown() == [lock_of(desk)]
    enter(lock_of(desk), REVIEWERS)
    settle()
    assert {*shown()} == {desk, desk.dialogs[-1]}
    desk.dialogs[-1].close()


def test_a_window_that_comes_while_it_is_locked_waits_out_of_sight(
    locked: LockWindow, desk: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    late = QDialog(desk)
    late.setModal(True)
    late.show()
    assert late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen), "it never comes on the screen"
    qtbot.waitUntil(lambda: shown() == [locked])
    enter(locked, REVIEWERS)
    settle()
    assert {*shown()} == {desk, late}
    late.close()


def test_a_question_that_waits_for_a_yes_is_answered_with_no(desk: MainWindow, settle: Settle) -> None:
    QTimer.singleShot(50, desk, desk.guard.lock)
    assert messages.ask(desk, "Ska det göras?", yes="Ja") is False
    assert shown() == [lock_of(desk)]
    settle()


def test_work_goes_on_behind_the_lock_and_one_comes_back_while_it_does(
    desk: MainWindow, runner: StoreRunner, settle: Settle
) -> None:
    may_end, done = threading.Event(), list[bool]()
    runner.run(lambda _workspace, _progress: may_end.wait(30), done.append)
    desk.guard.lock()
    enter(lock_of(desk), REVIEWERS)
    assert shown() == [desk]
    assert done == []
    may_end.set()
    settle()
    assert done == [True]


def test_a_wrong_passphrase_waits_longer_each_time_and_writes_nothing(
    locked: LockWindow, runner: StoreRunner, settle: Settle, qtbot: QtBot
) -> None:
    before, waits = trace(runner, settle), []
    for _ in range(2):
        enter(locked, "fel")
        waits.append(locked.wrong.text().partition("Caps Lock. ")[2])
        enter(locked, "fel igen, utan att vänta")
        locked.passphrase.clear()
        qtbot.waitUntil(locked.enter.isEnabled, timeout=5_000)
    assert waits == ["Vänta 1 sekund.", "Vänta 2 sekunder."]
    assert trace(runner, settle) == before
    enter(locked, REVIEWERS)
    assert trace(runner, settle)[0] == (REVIEWER, "desk_unlocked", "2")


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda window: window.guard.idle.idle.emit(), Why.IDLE),
        (lambda window: window.guard.session.left.emit(), Why.SESSION),
        (lambda window: window.navigation.lock_wanted.emit(), Why.ASKED),
        (lambda window: QTest.keyClick(window, Qt.Key.Key_L, CTRL | SHIFT), Why.USERS),
    ],
    ids=list(Why),
)
def test_the_trace_tells_that_it_was_locked_and_why(
    desk: MainWindow, runner: StoreRunner, settle: Settle, happens: Callable[[MainWindow], object], why: Why
) -> None:
    happens(desk)
    assert shown() == [lock_of(desk)]
    assert trace(runner, settle)[0] == (REVIEWER, "desk_locked", why.value)


def test_a_store_that_closed_while_it_was_opened_anew_is_told_of(
    desk: MainWindow, runner: StoreRunner, settle: Settle, store: Path
) -> None:
    runner.open(store, "fel", lambda _store: None, user=REVIEWER)
    settle()
    desk.guard.lock()
    enter(lock_of(desk), REVIEWERS)
    settle()
    assert "inte öppen längre" in lock_of(desk).wrong.text()


def test_without_a_store_there_is_nothing_to_lock(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    assert not window.guard.is_locked


def test_the_program_is_closed_from_the_lock(locked: LockWindow, runner: StoreRunner) -> None:
    locked.quit.click()
    assert runner.store is None
    assert shown() == []


def test_what_was_copied_is_gone_when_it_is_locked_and_when_it_is_closed(desk: MainWindow, settle: Settle) -> None:
    clipboard.put_text("191212121212")
    desk.guard.lock()
    assert QGuiApplication.clipboard().text() == ""
    settle()
    clipboard.put_text("191212121212")
    lock_of(desk).close()
    assert QGuiApplication.clipboard().text() == ""


# handed over


def test_another_user_takes_over_with_pages_of_their_own(
    desk: MainWindow, runner: StoreRunner, settle: Settle, store: Path
) -> None:
    before = desk.current_page()
    QTest.keyClick(desk, Qt.Key.Key_L, CTRL | SHIFT)
    lock = lock_of(desk)
    assert lock.user.currentText() == FINANCE
    assert lock.enter.text().replace("&", "") == "Byt användare"
    assert lock.focusWidget() is lock.user
    enter(lock, FINANCES)
    settle()
    assert shown() == [desk]
    assert desk.current_page() is not before
    assert runner.store is not None
    assert (runner.store.account, runner.store.user, runner.store.unit) == (FINANCE, FINANCE, "Ekonomi")
    assert desk.status.user.text() == f"{FINANCE}, ekonom"
    assert runner.can_write
    assert trace(runner, settle)[:2] == [(FINANCE, USER_SWITCHED, REVIEWER), (REVIEWER, "desk_locked", "users")]


def test_forms_of_the_one_before_are_not_shown_to_the_next(desk: MainWindow, settle: Settle) -> None:
    form = QDialog(desk)
    form.show()
    desk.guard.change_user()
    enter(lock_of(desk), FINANCES)
    settle()
    assert shown() == [desk]


def test_a_wrong_passphrase_of_the_other_leaves_it_locked_for_the_first(
    desk: MainWindow, runner: StoreRunner, settle: Settle, qtbot: QtBot
) -> None:
    desk.guard.change_user()
    lock = lock_of(desk)
    enter(lock, REVIEWERS)
    settle()
    assert "passar inte" in lock.wrong.text()
    assert shown() == [lock]
    assert runner.store is not None
    assert runner.store.account == REVIEWER
    lock.user.setCurrentIndex(0)
    qtbot.waitUntil(lock.enter.isEnabled, timeout=5_000)
    enter(lock, REVIEWERS)
    settle()
    assert shown() == [desk]
    assert trace(runner, settle)[0][0] == REVIEWER


def test_one_who_may_no_longer_open_the_store_is_told_so(
    window: MainWindow, runner: StoreRunner, settle: Settle, store: Path
) -> None:
    two_users.remove(store, REVIEWERS, [FINANCE])
    runner.open(store, REVIEWERS, lambda _store: None, user=REVIEWER)
    settle()
    window.guard.change_user()
    enter(lock_of(window), FINANCES)
    settle()
    assert "får inte längre öppna databasen" in lock_of(window).wrong.text()
    assert lock_of(window).enter.isEnabled()


def test_the_other_waits_until_the_work_of_the_one_before_has_ended(
    desk: MainWindow, runner: StoreRunner, settle: Settle
) -> None:
    may_end, by = threading.Event(), list[str]()

    def work(workspace: Workspace, _progress: Progress) -> str:
        may_end.wait(30)
        return workspace.user

    def then(who: str) -> None:
        by.append(who)
        runner.run(lambda workspace, _progress: workspace.user, by.append)

    runner.run(work, then)
    desk.guard.change_user()
    lock = lock_of(desk)
    enter(lock, FINANCES)
    assert "Ett arbete pågår" in lock.wrong.text()
    assert lock.focusWidget() is lock.give_up
    may_end.set()
    settle()
    assert by == [REVIEWER, REVIEWER], "what follows from the work is done in the same name"
    assert runner.store is not None
    assert runner.store.account == FINANCE


def test_waiting_for_the_work_can_be_given_up(desk: MainWindow, runner: StoreRunner, settle: Settle) -> None:
    may_end = threading.Event()
    runner.run(lambda _workspace, _progress: may_end.wait(30), lambda _done: None)
    desk.guard.change_user()
    enter(lock_of(desk), FINANCES)
    lock_of(desk).give_up.click()
    may_end.set()
    settle()
    assert runner.store is not None
    assert runner.store.account == REVIEWER
    assert shown() == [lock_of(desk)]
