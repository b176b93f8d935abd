"""Jämlik vård: groups are chosen and read, a paper is begun with them and taken through its steps by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from kvalitetsapp.domain.equity_paper import EquityStep
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.begin_equity_paper import BeginEquityPaperDialog
from kvalitetsapp.gui.dialogs.close_equity_paper import CloseEquityPaperDialog
from kvalitetsapp.gui.dialogs.equity_paper import EquityPaperDialog
from kvalitetsapp.gui.plots.forest_plot import ForestPlot
from kvalitetsapp.gui.widgets.equity_view import GROUPS, PAPERS, PROFILE, EquityView
from support import pages
from support.keys import type_text
from support.mnemonics import doubled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def view(qtbot: QtBot, sample: Path) -> Iterator[EquityView]:
    with pages.shown(qtbot, EquityView, sample) as each:
        yield each


def choose(view: EquityView, qtbot: QtBot, indicator_id: str, key: str) -> None:
    view.groups.show_indicator(indicator_id, key)
    pages.settle(qtbot, view)


def dialog(within: QWidget, kind: type[DialogT]) -> DialogT:
    (found,) = [each for each in within.findChildren(kind) if each.isVisible()]
    return found


def test_groups_are_compared_in_every_way_and_lead_to_their_operations(view: EquityView, qtbot: QtBot) -> None:
    the_groups_have_their_keys_to_themselves_and_room_on_a_small_screen(view)
    groups_are_a_table_and_a_forest_and_a_group_leads_to_its_operations(view, qtbot)
    the_profile_tells_what_is_left_out_and_a_line_of_it_leads_to_women_and_men(view, qtbot)
    another_reference_and_age_groups_within_are_read_anew(view, qtbot)


def the_groups_have_their_keys_to_themselves_and_room_on_a_small_screen(view: EquityView) -> None:
    assert not doubled(view)
    assert view.minimumSizeHint().width() < 100 * view.fontMetrics().averageCharWidth()


def groups_are_a_table_and_a_forest_and_a_group_leads_to_its_operations(view: EquityView, qtbot: QtBot) -> None:
    groups = view.groups
    choose(view, qtbot, "reoperation_90d", "birth_region")
    assert groups.headline.text()
    assert "Född i: uppgift saknas" in groups.findings.text()
    table = groups.table.model.table
    assert table.records()[0]["group"] == "Sverige"
    assert isinstance(groups.panel.plot, ForestPlot)
    groups.table.choose_row(1)
    pages.settle(qtbot, view)
    assert groups.behind_heading.text().startswith("Norden utom Sverige: ")
    assert len(groups.behind.model.table.rows) > 0
    groups.quantity.buttons["difference"].click()
    assert groups.panel.table is not None
    assert groups.panel.table.model.table.columns[3].heading == "Skillnad (procentenheter)"
    groups.quantity.buttons["ratio"].click()
    assert groups.panel.table.model.table.columns[3].heading == "Kvot"


def another_reference_and_age_groups_within_are_read_anew(view: EquityView, qtbot: QtBot) -> None:
    groups = view.groups
    choose(view, qtbot, "length_of_stay_mean", "education")
    groups.reference.setCurrentIndex(groups.reference.findData("short"))
    groups.reference.activated.emit(groups.reference.currentIndex())
    pages.settle(qtbot, view)
    notes = {row["group"]: row["note"] for row in groups.table.model.table.records()}
    assert notes["Kort utbildning"] == "jämförelsegrupp"
    groups.within.setCurrentIndex(groups.within.findData("age_group"))
    groups.within.activated.emit(groups.within.currentIndex())
    pages.settle(qtbot, view)
    assert "Kort utbildning, 65-74" in {row["group"] for row in groups.table.model.table.records()}
    assert "Åldrar jämförs" in groups.findings.text()


def the_profile_tells_what_is_left_out_and_a_line_of_it_leads_to_women_and_men(view: EquityView, qtbot: QtBot) -> None:
    view.parts.buttons[PROFILE].click()
    pages.settle(qtbot, view)
    assert view.profile.panel.title.text() == "Procentuell avvikelse mot riket eller alla här, kvinnor och män"
    assert "Utan önskad riktning, och därför inte med: Dagkirurgi." in view.profile.left_out.text()
    view.profile.panel.chosen.emit("revision_90d")
    pages.settle(qtbot, view)
    assert view.parts.part == GROUPS
    assert view.groups.keys() == ("sex",)
    assert view.groups.chosen() is not None
    assert view.groups.panel.title.text() == "Revision inom 90 dagar: kön"


def _type(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    type_text(field, text)


def test_a_paper_is_begun_taken_through_its_steps_and_closed(view: EquityView, qtbot: QtBot) -> None:
    choose(view, qtbot, "reoperation_90d", "sex")
    view.groups.begin.click()
    begun = dialog(view.groups, BeginEquityPaperDialog)
    pages.settle(qtbot, view)
    assert begun.title.text() == "Reoperation inom 90 dagar, kön"
    _type(qtbot, begun.owner, "Verksamhetschef")
    QTest.keyClick(begun, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pages.settle(qtbot, view)
    assert view.parts.part == PAPERS
    papers = view.papers
    assert papers.table.model.table.records()[0]["difference"] == "Obearbetad skillnad"
    QTest.keyClick(papers.table.view, Qt.Key.Key_Return)
    pages.settle(qtbot, view)
    steps = dialog(papers, EquityPaperDialog)
    assert [steps.steps.isTabEnabled(n) for n in range(5)] == [True, True, False, False, False]
    _type(qtbot, steps.found.edit, "Inget syns.")
    assert steps.steps.isTabEnabled(2)
    steps.steps.setCurrentIndex(2)
    QTest.keyClick(steps.fetch, Qt.Key.Key_Space)
    assert steps.lacks.text().startswith("Steg 3: Skriv vad som framkom om")
    steps.factors.set_values([(name, "no_difference", "Lika.") for name, _code, _told in steps.factors.values()])
    steps.steps.setCurrentIndex(3)
    QTest.keyClick(steps.interviews.add, Qt.Key.Key_Space)
    role, said = steps.interviews.findChildren(QLineEdit)[0], steps.interviews.findChildren(QLineEdit)[-1]
    assert role.accessibleName() == "Med vem (roll), rad 1"
    _type(qtbot, role, "Sektionschef")
    _type(qtbot, said, "Vakanser.")
    steps.steps.setCurrentIndex(4)
    steps.planned.add_line()
    cause, action, responsible = steps.planned.findChildren(QLineEdit)[:3]
    for field, text in ((cause, "Vakanser"), (action, "Rekrytera"), (responsible, "Chefen")):
        _type(qtbot, field, text)
    assert steps.lacks.text() == "Alla fem stegen är klara."
    steps.save.click()
    pages.settle(qtbot, view)
    assert papers.table.model.table.records()[0]["difference"] == "Genomgången skillnad"
    papers.close_it.click()
    closing = dialog(papers, CloseEquityPaperDialog)
    _type(qtbot, closing.gave.edit, "Skillnaden är borta.")
    closing.save.click()
    pages.settle(qtbot, view)
    assert papers.table.model.table.records()[0]["equity_state"] == "closed"
    assert "Skillnaden är borta." in papers.facts.toPlainText()
    with messages.answering("ja"):
        papers.withdraw.click()
    pages.settle(qtbot, view)
    assert papers.table.model.table.rows == []
    assert papers.undo.isVisible()  # where no paper is left, too
    papers.undo.undo.click()
    pages.settle(qtbot, view)
    assert len(papers.table.model.table.rows) == 1


def test_a_line_that_is_taken_away_takes_its_step_with_it(view: EquityView, qtbot: QtBot) -> None:
    from support.paper_calls import concluded

    numbers: list[int] = []
    view.runner.run(lambda workspace, _progress: concluded(workspace), numbers.append)
    pages.settle(qtbot, view)
    view.show_wanted(str(numbers[0]))
    pages.settle(qtbot, view)
    view.papers.refresh()
    pages.settle(qtbot, view)
    view.papers.open.click()
    pages.settle(qtbot, view)
    steps = dialog(view.papers, EquityPaperDialog)
    assert steps.steps.currentIndex() == 4
    remove = next(each for each in steps.interviews.findChildren(QWidget) if each.accessibleName() == "Ta bort rad 1")
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert steps.written().interviews == ()
    assert steps.written().next_step is EquityStep.INTERVIEWS
    assert not steps.steps.isTabEnabled(4)
    steps.reject()


def test_an_empty_store_says_where_to_go(qtbot: QtBot, tmp_path: Path) -> None:
    from kvalitetsapp.services.workspace import create_workspace
    from support.counties import PASSPHRASE

    create_workspace(tmp_path / "a.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, EquityView, tmp_path / "a.kvdb") as view:
        assert view._stack.is_empty
