"""Kvalitetsagenda and Gapanalys on the page of development: read, written and saved by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_gap import EditGapDialog
from kvalitetsapp.gui.dialogs.save_quarter import SaveQuarterDialog
from kvalitetsapp.gui.dialogs.write_paper_report import WritePaperReportDialog
from kvalitetsapp.gui.pages.development_page import DevelopmentPage
from kvalitetsapp.gui.widgets.agenda_view import AgendaView
from kvalitetsapp.gui.widgets.gaps_view import GapsView
from support import pages
from support.keys import press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def page(qtbot: QtBot, leaving_store: Path) -> Iterator[DevelopmentPage]:
    with pages.shown(qtbot, DevelopmentPage, leaving_store) as each:
        yield each


@pytest.fixture
def agenda(page: DevelopmentPage, qtbot: QtBot) -> AgendaView:
    page.show_wanted("agenda")
    pages.settle(qtbot, page)
    found = page.views["agenda"]
    assert isinstance(found, AgendaView)
    return found


@pytest.fixture
def gaps(page: DevelopmentPage, qtbot: QtBot) -> GapsView:
    page.show_wanted("gaps")
    pages.settle(qtbot, page)
    found = page.views["gaps"]
    assert isinstance(found, GapsView)
    return found


def open_one(view: AgendaView | GapsView, qtbot: QtBot, kind: type[DialogT]) -> DialogT:
    """Return the dialog that is open, once it has read what it shows."""
    pages.settle(qtbot, view)
    (asked,) = [each for each in view.findChildren(kind) if each.isVisible()]
    return asked


def fill(asked: EditGapDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = asked.fields.places[name].field
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(text))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)


def save(view: AgendaView | GapsView, qtbot: QtBot, asked: EditGapDialog | SaveQuarterDialog) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)


def column(view: AgendaView | GapsView, name: str) -> list[object]:
    return [row[name] for row in view.table.model.table.records()]


def test_a_quarter_is_saved_with_comments_and_shown_as_it_was_kept(agenda: AgendaView, qtbot: QtBot) -> None:
    assert "✓" not in "".join(map(str, column(agenda, "status_text")))
    press_mnemonic(qtbot, agenda, Qt.Key.Key_S, agenda.save)
    asked = open_one(agenda, qtbot, SaveQuarterDialog)
    assert asked.focusWidget() is asked.quarter
    assert asked.quarter.count() == 2
    staff = asked.fields["enps"]
    assert staff.result is not None
    staff.result.setText("21")
    staff.comment.setText("Mätt i våras.")
    code = str(asked.quarter.currentData())
    save(agenda, qtbot, asked)
    assert [agenda.quarter.itemData(place) for place in range(agenda.quarter.count())] == ["", code]
    agenda.quarter.setCurrentIndex(1)
    place = column(agenda, "target").index("Ambassadörer (eNPS)")
    assert (column(agenda, "result")[place], column(agenda, "comment")[place]) == ("21", "Mätt i våras.")
    assert column(agenda, "status_text")[place] == "✓\u00a0Nått"
    agenda.table.choose_row(place)
    assert code in agenda.facts.toPlainText()
    press_mnemonic(qtbot, agenda, Qt.Key.Key_S, agenda.save)
    again = open_one(agenda, qtbot, SaveQuarterDialog).fields["enps"]
    assert (again.result and again.result.text(), again.comment.text()) == ("21", "Mätt i våras.")


def test_a_target_leads_to_its_indicator_and_its_row_in_the_table(agenda: AgendaView, qtbot: QtBot) -> None:
    agenda.table.choose_row(column(agenda, "target").index("Reoperation inom två år, höft"))
    with qtbot.waitSignal(agenda.page_requested) as asked:
        press_mnemonic(qtbot, agenda, Qt.Key.Key_I, agenda.indicator)
    assert asked.args == ["quality", "indicator/reoperation_2y"]
    with qtbot.waitSignal(agenda.page_requested) as asked:
        agenda.targets.click()
    assert asked.args == ["development", "tables/targets"]
    agenda.table.choose_row(column(agenda, "target").index("Sjukfrånvaro"))
    assert not agenda.indicator.isEnabled()


def test_an_analysis_is_made_tells_what_it_lacks_and_is_moved_by_the_keyboard(gaps: GapsView, qtbot: QtBot) -> None:
    assert gaps._stack.is_empty
    gaps.empty.asked.emit()
    asked = open_one(gaps, qtbot, EditGapDialog)
    assert asked.focusWidget() is asked.fields.places["title"].field
    fill(asked, title="Höften", goal="Lika bra som riket", indicator="reoperation_2y", joint="hip", limit="två")
    asked.save.click()
    pages.settle(qtbot, gaps)
    assert asked.fields.places["limit"].field.hasFocus()
    assert "ett tal" in asked.fields.places["limit"].wrong.text()
    fill(asked, limit="2,1 %")
    first, second = asked.fields._proposals.lines[:2]
    first.what.setText("Stöd")
    second.what.setText("Checklista")
    second.what.setFocus()
    qtbot.waitUntil(second.what.hasFocus)
    QTest.keyClick(second.what, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert (first.what.text(), first.what.hasFocus()) == ("Checklista", True)
    save(gaps, qtbot, asked)
    assert column(gaps, "title") == ["Höften"]
    told = gaps.facts.toPlainText()
    assert "högst 2,1" in told
    assert "höft: ingen siffra" in told  # the store is small
    assert told.index("Checklista") < told.index("Stöd")


def test_a_step_too_far_is_told_at_its_parts_and_an_analysis_can_be_had_back(gaps: GapsView, qtbot: QtBot) -> None:
    gaps.new.click()
    asked = open_one(gaps, qtbot, EditGapDialog)
    fill(asked, title="Höften", goal="Lika bra som riket", state="ready")
    asked.save.click()
    pages.settle(qtbot, gaps)
    assert "minst en orsak" in asked.fields.places["causes"].wrong.text()
    fill(asked, state="draft")
    save(gaps, qtbot, asked)
    assert not gaps.indicator.isEnabled()
    with messages.answering(True):  # noqa: FBT003 - what is answered
        press_mnemonic(qtbot, gaps, Qt.Key.Key_T, gaps.withdraw)
    pages.settle(qtbot, gaps)
    assert gaps._stack.is_empty
    gaps.undo.undo.click()
    pages.settle(qtbot, gaps)
    assert column(gaps, "title") == ["Höften"]


def test_the_agenda_is_written_as_pdf_and_workbook(agenda: AgendaView, qtbot: QtBot, tmp_path: Path) -> None:
    press_mnemonic(qtbot, agenda, Qt.Key.Key_P, agenda.report)
    asked = open_one(agenda, qtbot, WritePaperReportDialog)
    assert not asked.receiver.isVisible()
    asked.folder.path_field.set_path(tmp_path)
    asked.workbook.setChecked(True)
    with qtbot.waitSignal(agenda.told, timeout=pages.PATIENCE_MS):
        asked.save.click()
    assert sorted(each.name for each in tmp_path.glob("Kvalitets*")) == [
        *("Kvalitetsagenda – Läget nu.pdf", "Kvalitetsagenda – Läget nu.xlsx"),
    ]
