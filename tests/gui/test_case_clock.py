"""Time on a case: counted from when it is shown, without pauses, and only while the page is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui.case_clock import CaseClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A page with a field, and a clock whose time the test decides on."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 1000.0
        self.page = QWidget()
        self.field = QLineEdit()
        QVBoxLayout(self.page).addWidget(self.field)
        self.clock = CaseClock(self.page, lambda: self.now)
        qtbot.addWidget(self.page)
        self.page.show()
        self.clock.begin()

    def work(self, after: float) -> None:
        """Press a key so many seconds after the last sign of work."""
        self.now += after
        QTest.keyClick(self.field, Qt.Key.Key_A)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_time_between_signs_of_work_is_counted(desk: Desk) -> None:
    desk.work(30)
    desk.work(100)
    desk.now += 5
    assert desk.clock.seconds() == 135


def test_a_pause_of_more_than_two_minutes_is_not(desk: Desk) -> None:
    desk.work(30)
    desk.work(600)
    desk.work(10)
    assert desk.clock.seconds() == 40


def test_the_mouse_is_a_sign_of_work_too(desk: Desk) -> None:
    desk.now += 90
    QTest.mouseClick(desk.field, Qt.MouseButton.LeftButton)
    desk.now += 90
    assert desk.clock.seconds() == 180


def test_time_away_from_the_page_is_not_counted(desk: Desk) -> None:
    desk.work(30)
    desk.page.hide()
    desk.now += 60
    desk.page.show()
    desk.work(5)
    assert desk.clock.seconds() == 35


def test_every_case_begins_at_nothing(desk: Desk) -> None:
    desk.work(30)
    desk.clock.begin()
    assert desk.clock.seconds() == 0
