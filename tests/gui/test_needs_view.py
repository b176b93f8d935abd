"""Behov: a need is recorded, becomes a recipe, is delivered, reviewed and clarified, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.need_paper import Known, NeedState, NeedStep
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_indicator import EditIndicatorDialog
from kvalitetsapp.gui.dialogs.edit_need import EditNeedDialog
from kvalitetsapp.gui.dialogs.need_steps import ClarifyNeedDialog, KeepNeedDialog, LinkNeedDialog, ReviewNeedDialog
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.pages.development_page import DevelopmentPage
from kvalitetsapp.gui.widgets.needs_view import NeedsView
from support import county_store, pages, paper_calls
from support.keys import press_mnemonic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

DialogT = TypeVar("DialogT", bound=SavingDialog)


@pytest.fixture
def view(qtbot: QtBot, leaving_store: Path) -> Iterator[NeedsView]:
    with pages.shown(qtbot, NeedsView, leaving_store) as each:
        yield each


def pressed(view: NeedsView, qtbot: QtBot, button: QPushButton, kind: type[DialogT]) -> DialogT:
    """Press a button and return the dialog that it opens, once it has read what it shows."""
    assert button.isEnabled(), button.toolTip()
    button.click()
    (asked,) = [each for each in view.findChildren(kind) if each.isVisible()]
    pages.settle(qtbot, view)
    return asked


def save(view: NeedsView, qtbot: QtBot, asked: SavingDialog) -> None:
    with qtbot.waitSignal(view.told):
        asked.save.click()
    pages.settle(qtbot, view)


def choose(field: object, code: object) -> None:
    field.setCurrentIndex(field.findData(code))  # type: ignore[attr-defined]


def state(view: NeedsView) -> str:
    paper = view.current()
    assert paper is not None
    return paper.state


def test_a_need_goes_from_the_question_to_a_measure_that_stays(view: NeedsView, qtbot: QtBot) -> None:
    assert view._stack.is_empty
    press_mnemonic(qtbot, view, Qt.Key.Key_N, view.new)
    (asked,) = [each for each in view.findChildren(EditNeedDialog) if each.isVisible()]
    pages.settle(qtbot, view)
    asked.save.click()
    assert asked.header.wrong.text() == "Skriv en rubrik."
    asked.header.set_text("Omoperationer")
    asked.question.set_text("Hur ofta opereras höften om?")
    save(view, qtbot, asked)
    assert state(view) == NeedState.RECORDED
    assert not view.steps[NeedStep.LINK].isEnabled()
    assert "om uppgiften registreras" in view.steps[NeedStep.LINK].toolTip()
    assert view.lacks.text() == view.write.toolTip() == view.steps[NeedStep.LINK].toolTip()

    changing = pressed(view, qtbot, view.change, EditNeedDialog)
    choose(changing.registered, Known.YES)
    choose(changing.source, "datalager")
    changing.definition.set_text("Ny operation på samma led")
    choose(changing.extract, Known.YES)
    save(view, qtbot, changing)

    linking = pressed(view, qtbot, view.steps[NeedStep.LINK], LinkNeedDialog)
    assert "resultatmått" in linking.indicator.itemText(0)
    choose(linking.indicator, "reoperation_2y")
    save(view, qtbot, linking)
    with qtbot.waitSignal(view.told):
        view.steps[NeedStep.DELIVER].click()
    pages.settle(qtbot, view)
    assert state(view) == NeedState.DELIVERED
    assert "Oförändrad" in view.facts.toPlainText()
    place = view.table.model.table.names().index("indicator_id")
    assert view.table.model.text(0, place) == "Reoperation inom två år"
    assert not view.lacks.text()
    assert view.flow.labels[NeedState.DELIVERED].text() == "● Levererat"

    reviewing = pressed(view, qtbot, view.steps[NeedStep.REVIEW], ReviewNeedDialog)
    save(view, qtbot, reviewing)
    save(view, qtbot, pressed(view, qtbot, view.steps[NeedStep.KEEP], KeepNeedDialog))
    assert state(view) == NeedState.STAYS
    view.undo.undo.click()
    pages.settle(qtbot, view)
    assert state(view) == NeedState.REVIEWED


@pytest.fixture
def delivered(qtbot: QtBot, leaving_store: Path) -> Iterator[NeedsView]:
    with county_store.opened(leaving_store) as workspace:
        paper_calls.delivered(workspace)
        paper_calls.need(workspace)
    with pages.shown(qtbot, NeedsView, leaving_store) as each:
        each.show_wanted("1")
        pages.settle(qtbot, each)
        yield each


def test_what_did_not_turn_out_is_clarified_and_begins_anew(delivered: NeedsView, qtbot: QtBot) -> None:
    changing = pressed(delivered, qtbot, delivered.change, EditNeedDialog)
    assert not changing.question.isEnabled()
    changing.reject()
    reviewing = pressed(delivered, qtbot, delivered.steps[NeedStep.REVIEW], ReviewNeedDialog)
    reviewing.answer.setCurrentIndex(1)
    reviewing.save.click()
    assert "på vilket sätt" in reviewing.comment.wrong.text()
    reviewing.comment.set_text("Delproteser är med")
    save(delivered, qtbot, reviewing)
    clarifying = pressed(delivered, qtbot, delivered.steps[NeedStep.CLARIFY], ClarifyNeedDialog)
    clarifying.text.set_text("Bara totalproteser")
    save(delivered, qtbot, clarifying)
    assert state(delivered) == NeedState.RECORDED
    assert "Bara totalproteser" in delivered.facts.toPlainText()


def test_a_recipe_is_written_from_a_need_and_linked_to_it(delivered: NeedsView, qtbot: QtBot) -> None:
    delivered.show_wanted("2")
    pages.settle(qtbot, delivered)
    writing = pressed(delivered, qtbot, delivered.write, EditIndicatorDialog)
    for name in ("name", "purpose", "numerator", "denominator", "exclusions", "source"):
        field = writing.fields.inputs[name]
        (field.setText if hasattr(field, "setText") else field.setPlainText)("Sena besök")
    writing.fields.inputs["indicator_id"].setText("late_visits")
    writing.fields.inputs["last"].setText("90")
    with qtbot.waitSignal(delivered.told):
        writing.save.click()
    pages.settle(qtbot, delivered)
    paper = delivered.current()
    assert paper is not None
    assert (paper.paper, paper.state, paper.contents["indicator_id"]) == (2, NeedState.RECIPE, "late_visits")


def test_a_need_is_taken_away_and_had_back(delivered: NeedsView, qtbot: QtBot) -> None:
    with messages.answering("ja"):
        press_mnemonic(qtbot, delivered, Qt.Key.Key_T, delivered.withdraw)
    pages.settle(qtbot, delivered)
    assert delivered.table.model.rowCount() == 1
    delivered.undo.undo.click()
    pages.settle(qtbot, delivered)
    assert delivered.table.model.rowCount() == 2


def test_help_on_a_tab_is_about_the_tab(qtbot: QtBot, leaving_store: Path) -> None:
    with pages.shown(qtbot, DevelopmentPage, leaving_store) as page:
        told = {}
        for name in ("needs", "meetings", "tables"):
            page.show_wanted(name)
            told[name] = page.help_topic()
        pages.settle(qtbot, page)
    assert told == {"needs": "behov#Behov", "meetings": "behov#Avstämningar", "tables": "development#Tabeller"}


def test_the_need_that_was_recorded_is_the_chosen_one(delivered: NeedsView, qtbot: QtBot) -> None:
    asked = pressed(delivered, qtbot, delivered.new, EditNeedDialog)
    asked.header.set_text("Ett behov till")
    asked.question.set_text("Hur länge väntar de?")
    save(delivered, qtbot, asked)
    paper = delivered.current()
    assert paper is not None
    assert paper.title == "Ett behov till"
    assert delivered.table.view.hasFocus() or delivered.focusWidget() is delivered.table.view
