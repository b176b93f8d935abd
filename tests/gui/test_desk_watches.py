"""What locks the program by itself: nobody at the desk for some minutes, and a workstation that says it is locked."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from kvalitetsapp.gui.desk import lock_time, session_watch
from kvalitetsapp.gui.desk.idle_watch import IdleWatch
from kvalitetsapp.gui.desk.session_watch import SessionWatch
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.gui.remembered import remember
from kvalitetsapp.gui.widgets.desk_view import DeskView
from support.keys import press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MINUTE = 60


class Clocks:
    """A monotonic clock and the one on the wall, which go as the test says."""

    def __init__(self) -> None:
        self.monotonic, self.wall = 1_000.0, 1_700_000_000.0

    def __call__(self) -> tuple[float, float]:
        return self.monotonic, self.wall

    def go(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds


class Desk:
    """A field that somebody may touch, a watch over five minutes, and how often it told that nobody did."""

    def __init__(self, qtbot: QtBot) -> None:
        self.field = QLineEdit()
        qtbot.addWidget(self.field)
        self.field.show()
        self.clocks = Clocks()
        self.told = 0
        self.watch = IdleWatch(lambda: 5 * MINUTE, self.field, self.clocks)
        self.watch.idle.connect(self._tell)
        self.watch.start()

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.watch.stop()


def test_five_minutes_without_key_or_mouse_are_told_once(desk: Desk) -> None:
    desk.clocks.go(5 * MINUTE - 1)
    desk.watch.look()
    assert desk.told == 0
    desk.clocks.go(1)
    desk.watch.look()
    desk.watch.look()
    assert desk.told == 1


def test_a_key_or_the_mouse_in_any_window_begins_the_time_anew(desk: Desk, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    desk.clocks.go(4 * MINUTE)
    press(other, Qt.Key.Key_Shift)
    desk.clocks.go(4 * MINUTE)
    where, none = QPointF(1, 1), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.field, moved)
    desk.clocks.go(4 * MINUTE)
    desk.watch.look()
    assert desk.told == 0


def test_a_computer_that_wakes_is_locked_before_the_first_key_does_anything(desk: Desk) -> None:
    """Some monotonic clocks stand still while the computer sleeps; the one on the wall does not."""
    desk.clocks.wall += 60 * MINUTE
    press(desk.field, Qt.Key.Key_A, text="a")
    assert desk.told == 1
    assert desk.field.text() == ""


def test_a_clock_that_is_set_back_keeps_nothing_open(desk: Desk) -> None:
    desk.clocks.go(5 * MINUTE)
    desk.clocks.wall -= 3_600
    desk.watch.look()
    assert desk.told == 1


@pytest.mark.parametrize(
    ("kept", "minutes"), [("", 5), ("1", 1), ("15", 15), ("0", 1), ("600", 15), ("-3", 5), ("fem", 5), ("²", 5)]
)
def test_the_time_is_one_to_fifteen_minutes_whatever_stands_in_the_file(kept: str, minutes: int) -> None:
    remember("desk/lock_after_minutes", kept)
    assert lock_time.lock_after_minutes() == minutes


def test_the_time_is_chosen_by_key_on_the_tab_and_holds_at_once(qtbot: QtBot) -> None:
    view = DeskView(StoreRunner())
    qtbot.addWidget(view)
    view.show()
    assert view.minutes.currentText() == "5 minuter"
    press(view.minutes, Qt.Key.Key_Up)
    assert lock_time.lock_after_minutes() == 4
    assert view.minutes.accessibleName()


def message(number: int, word: int) -> int:
    """Return the address of a Windows message, which lives on in `_kept`."""
    made = wintypes.MSG(None, number, word, 0, 0, wintypes.POINT(0, 0))
    _kept.append(made)
    return ctypes.addressof(made)


_kept: list[wintypes.MSG] = []
SESSION, POWER = session_watch.WM_WTSSESSION_CHANGE, session_watch.WM_POWERBROADCAST
GENERIC = b"windows_generic_MSG"


@pytest.mark.parametrize(
    ("kind", "number", "word", "left"),
    [
        (GENERIC, SESSION, session_watch.WTS_SESSION_LOCK, True),
        (b"windows_dispatcher_MSG", SESSION, session_watch.WTS_SESSION_LOCK, True),
        (GENERIC, SESSION, session_watch.WTS_CONSOLE_DISCONNECT, True),
        (GENERIC, SESSION, session_watch.WTS_REMOTE_DISCONNECT, True),
        (GENERIC, SESSION, session_watch.WTS_SESSION_LOGOFF, True),
        (GENERIC, POWER, session_watch.PBT_APMSUSPEND, True),
        (GENERIC, SESSION, 0x8, False),  # unlocked
        (GENERIC, 0x0100, session_watch.WTS_SESSION_LOCK, False),  # a key
        (b"xcb_generic_event_t", SESSION, session_watch.WTS_SESSION_LOCK, False),
    ],
)
def test_the_messages_of_windows_that_say_that_somebody_leaves_are_told(
    qapp: QApplication, kind: bytes, number: int, word: int, left: bool
) -> None:
    parent, told = QObject(), list[bool]()
    watch = SessionWatch(parent)
    watch.left.connect(lambda: told.append(True))
    watch.take(kind, message(number, word))
    assert told == [True] * left


def test_elsewhere_nothing_is_asked_of_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    watch = SessionWatch(QObject())
    watch.start()
    watch.stop()
    assert not watch.is_told()
