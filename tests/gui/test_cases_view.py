"""Cases on screen: the sums of the summary, the ledger of the chosen case, and a sentence for every line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui.widgets.cases_view import CasesView
from kvalitetsapp.services import summaries
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.texts import kronor, number
from support import county_store, pages
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, county_store: Path) -> Iterator[CasesView]:
    with pages.shown(qtbot, CasesView, county_store, write=False) as each:
        yield each


def claimable(path: Path, *, potential: bool) -> int:
    with county_store.opened(path, write=False) as workspace:
        rows = summaries.recovery(workspace, by=("provider",), potential=potential).records()
    return sum(int(row["claimable"] or 0) for row in rows)


def shown_sum(page: CasesView) -> int:
    model = page.table.model
    return sum(int(model.value(row, "claimable") or 0) for row in range(len(model.table.rows)))


def test_r15_the_sum_on_screen_is_that_of_the_recovery_summary(
    page: CasesView, county_store: Path, qtbot: QtBot
) -> None:
    confirmed, potential = (claimable(county_store, potential=each) for each in (False, True))
    assert f"kan krävas {kronor(confirmed)}" in page.sums.text()
    assert shown_sum(page) == confirmed
    page.potential.click()
    pages.settle(qtbot, page)
    assert confirmed < potential == shown_sum(page)
    assert f"kan krävas {kronor(potential)}" in page.sums.text()


def test_a_case_is_told_whole_and_leads_on(
    page: CasesView, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    the_ledger_of_the_chosen_case_adds_up_and_every_line_says_why(page, qtbot)
    a_last_day_that_has_passed_is_said_in_words(page)
    a_case_that_another_page_asks_for_is_chosen(page, qtbot)
    the_agreement_of_a_case_is_one_click_away(page, qtbot)
    the_tables_are_models_that_qt_accepts(page, qtbot, model_tester)


def the_ledger_of_the_chosen_case_adds_up_and_every_line_says_why(page: CasesView, qtbot: QtBot) -> None:
    for row in range(0, len(page.table.model.table.rows), 11):
        page.table.choose_row(row)
        pages.settle(qtbot, page)
        lines = page.ledger.model.table.records()
        assert sum(int(line["claimable"] or 0) for line in lines) == page.table.model.value(row, "claimable")
        said = page.why.toPlainText()
        assert all(str(line["event_date"]) in said for line in lines)
        assert said.count("Täcks ") == len(lines)


def test_cases_without_a_covered_event_are_shown_when_asked_for(page: CasesView, qtbot: QtBot) -> None:
    before = len(page.table.model.table.rows)
    page.with_uncovered.click()
    pages.settle(qtbot, page)
    assert len(page.table.model.table.rows) == 208 > before


def test_the_sums_say_which_cases_they_cover(page: CasesView, qtbot: QtBot) -> None:
    shown = len(page.table.model.table.rows)
    assert page.scope.text() == f"Alla ärenden med bekräftade händelser: 208, varav {shown} med täckt händelse."
    page.potential.click()
    pages.settle(qtbot, page)
    assert page.scope.text().startswith("Alla ärenden med bekräftade eller föreslagna händelser: ")


def a_last_day_that_has_passed_is_said_in_words(page: CasesView) -> None:
    model = page.table.model
    column = model.table.names().index("days_left")
    for row, record in enumerate(model.table.records()):
        days = record["days_left"]
        shown = "–" if days is None else "passerad" if int(days) < 0 else number(int(days))
        assert model.text(row, column) == shown
    assert any(model.text(row, column) == "passerad" for row in range(len(model.table.rows)))


def a_case_that_another_page_asks_for_is_chosen(page: CasesView, qtbot: QtBot) -> None:
    wanted = str(page.table.model.value(7, "index_ref"))
    page.show_wanted(wanted)
    pages.settle(qtbot, page)
    assert wanted in page.heading.text()


def the_agreement_of_a_case_is_one_click_away(page: CasesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.page_requested) as asked:
        page.agreement.click()
    assert asked.args[0] == "agreements"
    assert asked.args[1]


def test_without_cases_the_page_points_to_the_review(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, CasesView, tmp_path / "tom.kvdb") as page:
        assert page._stack.is_empty


def the_tables_are_models_that_qt_accepts(
    page: CasesView, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    model_tester(page.table.model)
    model_tester(page.ledger.model)
    page.potential.click()
    pages.settle(qtbot, page)
    page.table.choose_row(3)
