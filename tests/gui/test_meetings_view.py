"""Avstämningar: a meeting is planned, held, followed by the next and printed, in the window."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.meeting_paper import ActivityState, MeetingState
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.gui.dialogs.edit_meeting import EditMeetingDialog
from kvalitetsapp.gui.dialogs.print_minutes import PrintMinutesDialog
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.meetings_view import MeetingsView
from support import pages
from support.keys import press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

DialogT = TypeVar("DialogT", bound=SavingDialog)


@pytest.fixture
def view(qtbot: QtBot, leaving_store: Path) -> Iterator[MeetingsView]:
    with pages.shown(qtbot, MeetingsView, leaving_store) as each:
        yield each


def pressed(view: MeetingsView, qtbot: QtBot, button: QPushButton, kind: type[DialogT]) -> DialogT:
    """Press a button and return the dialog that it opens, once it has read what it shows."""
    button.click()
    (asked,) = [each for each in view.findChildren(kind) if each.isVisible()]
    pages.settle(qtbot, view)
    return asked


def save(view: MeetingsView, qtbot: QtBot, asked: SavingDialog) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)


def do(view: MeetingsView, qtbot: QtBot, button: QPushButton) -> None:
    with qtbot.waitSignal(view.told):
        button.click()
    pages.settle(qtbot, view)


def plan(view: MeetingsView, qtbot: QtBot) -> None:
    press_mnemonic(qtbot, view, Qt.Key.Key_N, view.new)
    (asked,) = [each for each in view.findChildren(EditMeetingDialog) if each.isVisible()]
    pages.settle(qtbot, view)
    asked.header.set_text("Höften hos P01")
    asked.held_on.set_day(date(2024, 3, 1))
    asked.provider.setCurrentIndex(asked.provider.findData("P01"))
    asked.joint.setCurrentIndex(asked.joint.findData("hip"))
    asked.indicators.set_ticked(("reoperation_2y", "length_of_stay"))
    for text, state in (("Inför checklistan", ActivityState.ONGOING), ("Utbilda", ActivityState.DONE)):
        asked.activities.add.click()
        row = asked.activities.rows[-1]
        row.text.setText(text)
        row.state.setCurrentIndex(row.state.findData(state.value))
        row.due_on.set_day(date(2024, 2, 1))
    asked.activities.add.click()  # left empty: no activity
    asked.said["conclusions"].set_text("Det spelar roll")
    save(view, qtbot, asked)


def test_a_meeting_is_planned_held_changed_closed_and_followed_by_the_next(view: MeetingsView, qtbot: QtBot) -> None:
    assert view._stack.is_empty
    plan(view, qtbot)
    assert view.table.model.table.records()[0]["activities"] == "1 av 2"
    assert "Fryses när avstämningen hålls" in view.facts.toPlainText()
    do(view, qtbot, view.hold)
    told = view.facts.toPlainText()
    assert "Oförändrad" in told
    assert "▲ Pågår, försenad" in told

    asked = pressed(view, qtbot, view.change, EditMeetingDialog)
    assert not asked.indicators.isEnabled()
    assert [row.text.text() for row in asked.activities.rows] == ["Inför checklistan", "Utbilda"]
    asked.activities.rows[0].remove.click()
    asked.said["next_step"].set_text("Ny mätning i höst")
    save(view, qtbot, asked)
    assert "Ny mätning i höst" in view.facts.toPlainText()
    view.undo.undo.click()
    pages.settle(qtbot, view)

    do(view, qtbot, view.close_it)
    paper = view.current()
    assert paper is not None
    assert paper.state == MeetingState.CLOSED
    following = pressed(view, qtbot, view.following, EditMeetingDialog)
    assert [row.text.text() for row in following.activities.rows] == ["Inför checklistan"]
    assert following.said["conclusions"].text() == ""
    following.held_on.set_day(following.held_on.day() + timedelta(days=30))
    save(view, qtbot, following)
    assert view.table.model.rowCount() == 2


def test_minutes_are_printed_open_or_to_be_handed_out(view: MeetingsView, qtbot: QtBot, tmp_path: Path) -> None:
    plan(view, qtbot)
    do(view, qtbot, view.hold)
    asked = pressed(view, qtbot, view.print, PrintMinutesDialog)
    assert not asked.receiver.isVisible()
    asked.small_numbers.set_mode(SmallNumbers.PLAIN)
    assert asked.receiver.isVisible()
    asked.folder.path_field.set_path(tmp_path)
    save(view, qtbot, asked)
    assert (tmp_path / "Protokoll – Höften hos P01.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("lacking", ["header", "indicators"])
def test_what_a_meeting_lacks_is_said(view: MeetingsView, qtbot: QtBot, lacking: str) -> None:
    asked = pressed(view, qtbot, view.new, EditMeetingDialog)
    if lacking == "header":
        asked.save.click()
        assert asked.header.wrong.text() == "Skriv en rubrik."
        return
    asked.header.set_text("Utan indikatorer")
    save(view, qtbot, asked)
    refused: list[object] = []
    view.runner.failed.connect(refused.append)
    view.hold.click()
    pages.settle(qtbot, view)
    assert "vilka indikatorer" in str(refused[0])
