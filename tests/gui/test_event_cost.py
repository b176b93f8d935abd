"""Kostnad för händelsen: where a cost comes from is on screen, a missing one is entered and taken away by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.gui.dialogs.event_cost import EventCostDialog
from kvalitetsapp.gui.widgets.cases_view import CasesView
from kvalitetsapp.gui.widgets.missing_costs_view import MissingCostsView
from kvalitetsapp.services import event_costs, manual_costs
from support import cost_county, pages
from support.county_store import opened
from support.keys import press, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

WHY = "Faktura från kliniken"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with cost_county.make(tmp_path, tariff="outpatient_visit = 3200") as made:
        return made.path


@pytest.fixture
def view(qtbot: QtBot, store: Path) -> Iterator[MissingCostsView]:
    with pages.shown(qtbot, MissingCostsView, store) as each:
        yield each


@pytest.fixture
def page(qtbot: QtBot, store: Path) -> Iterator[CasesView]:
    with pages.shown(qtbot, CasesView, store) as each:
        yield each


def dialog_of(view: MissingCostsView | CasesView, qtbot: QtBot) -> EventCostDialog:
    dialog = view.open_cost()
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    pages.settle(qtbot, view)
    return dialog


def filled(dialog: EventCostDialog, amount: str, year: str, reason: str) -> None:
    dialog.amount.set_text(amount)
    dialog.year.set_text(year)
    dialog.reason.set_text(reason)


def test_r14_a_missing_cost_is_listed_with_why_and_entered_by_keyboard(view: MissingCostsView, qtbot: QtBot) -> None:
    (row,) = view.table.model.table.records()
    assert row["event_ref"] == "bok/2"
    assert "Både vikt för DRG H10N och pris saknas för 2024." in str(row["why"])
    assert view.table.model.text(0, view.table.model.table.names().index("provider_id")) == "Fjällkliniken"
    view.table.view.setFocus()
    press(view.table.view, Qt.Key.Key_Return)
    (dialog,) = view.findChildren(EventCostDialog)
    pages.settle(qtbot, view)
    assert dialog.year.text() == "2024"
    with qtbot.waitSignal(dialog.saved), qtbot.waitSignal(view.told) as told:
        dialog.amount.edit.setFocus()
        type_text(dialog.amount.edit, "80 000,37")
        dialog.reason.edit.setFocus()
        type_text(dialog.reason.edit, WHY)
        press_mnemonic(qtbot, dialog, Qt.Key.Key_F, dialog.save)
    assert told.args == ["Kostnaden 80\u00a0000,37\u00a0kr är ifylld för bok/2."]
    pages.settle(qtbot, view)
    assert view._stack.is_empty
    assert view.summary.text() == ""


def test_r14_what_is_wrong_stands_at_its_field_and_nothing_is_saved(view: MissingCostsView, qtbot: QtBot) -> None:
    dialog = dialog_of(view, qtbot)
    filled(dialog, "1.234", "24", " ")
    dialog.save.click()
    assert dialog.amount.wrong.text() == "Beloppet går att läsa på två sätt. Skriv till exempel 60000,50."
    assert dialog.year.wrong.text().startswith("Prisåret ska vara ett årtal från 1990 till ")
    assert dialog.reason.wrong.text().startswith("Skälet saknas.")
    assert dialog.amount.edit.hasFocus()
    filled(dialog, "1234", "2024", "gäller 19681209-9874")
    assert dialog.amount.wrong.isHidden()
    dialog.save.click()
    assert dialog.reason.wrong.text() == "Skälet innehåller ett personnummer. Ta bort det."
    dialog.reject()
    pages.settle(qtbot, view)
    assert len(view.table.model.table.rows) == 1


def test_r14_the_dialog_shows_every_source_and_which_is_used(page: CasesView, qtbot: QtBot) -> None:
    page.ledger.choose_row(2)
    dialog = dialog_of(page, qtbot)
    rows = dialog.sources.model.table.records()
    assert [(row["cost_basis"], row["why"]) for row in rows] == [
        ("kpp", "Ja: den första som har ett värde"),
        ("drg", "Nej: inget värde"),
        ("tariff", "Nej: inget värde"),
        ("manual", "Nej: inget värde"),
    ]
    year = dialog.sources.model.table.names().index("price_year")
    assert dialog.sources.model.text(0, year) == "2025"
    assert "Höftavtalet" in dialog.explained.text()
    assert not dialog.remove.isVisible()
    dialog.reject()


def test_r14_an_entered_cost_is_taken_away_with_a_reason(store: Path, qtbot: QtBot) -> None:
    with opened(store) as workspace:
        manual_costs.enter(workspace, "bok/2", 80_000_37, 2023, WHY)
    with pages.shown(qtbot, CasesView, store) as page:
        page.ledger.choose_row(0)
        dialog = dialog_of(page, qtbot)
        assert (dialog.amount.text(), dialog.year.text(), dialog.reason.text()) == ("80 000,37", "2023", WHY)
        assert dialog.remove.isVisible()
        dialog.reason.set_text("")
        dialog.remove.click()
        assert dialog.reason.wrong.text().startswith("Skälet saknas.")
        dialog.reason.set_text("fel vårdkontakt")
        with qtbot.waitSignal(dialog.saved):
            dialog.remove.click()
        pages.settle(qtbot, page)
        assert page.ledger.model.value(0, "cost") is None
    with opened(store, write=False) as workspace:
        assert [one.event_ref for one in event_costs.missing(workspace)] == ["bok/2"]


def test_r14_the_ledger_shows_source_and_price_year_and_says_them_in_words(page: CasesView) -> None:
    rows = page.ledger.model.table.records()
    assert [(row["cost_basis"], row["price_year"]) for row in rows] == [("", None), ("tariff", 2023), ("kpp", 2025)]
    assert [str(row["cost_source"]).split(",")[0] for row in rows] == [
        "",
        "Taxa i Höftavtalet: ett besök",
        "KPP ur episodes.csv",
    ]
    said = page.why.toPlainText()
    assert "Kostnaden saknas" in said
    assert "Källa: Taxa i Höftavtalet: ett besök. Prisår 2023." in said


def test_r14_a_store_that_is_only_read_shows_costs_but_takes_none(store: Path, qtbot: QtBot) -> None:
    with pages.shown(qtbot, MissingCostsView, store, write=False) as view:
        dialog = dialog_of(view, qtbot)
        assert dialog.sources.model.table.rows
        assert not dialog.save.isEnabled()
        dialog.reject()


def test_the_tables_are_models_that_qt_accepts(
    view: MissingCostsView, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    model_tester(view.table.model)
    dialog = dialog_of(view, qtbot)
    model_tester(dialog.sources.model)
    dialog.reject()
    view.potential.setChecked(True)
    pages.settle(qtbot, view)
