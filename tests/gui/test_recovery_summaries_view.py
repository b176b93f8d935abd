"""Sammanställningar on screen: the figures of the commands, a drawing with its table, and own terms worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.recovery_summary import Summary
from kvalitetsapp.domain.scenario import USUAL, Scenario
from kvalitetsapp.gui.widgets.recovery_summaries_view import RecoverySummariesView
from kvalitetsapp.services import before_after, summaries, what_if
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.texts import kronor
from support import county_store, pages, small_county
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot, county_store: Path) -> Iterator[RecoverySummariesView]:
    with pages.shown(qtbot, RecoverySummariesView, county_store, write=False) as each:
        yield each


def choose(view: RecoverySummariesView, qtbot: QtBot, summary: Summary) -> None:
    view.choose(summary)
    pages.settle(qtbot, view)


def test_r15_every_summary_is_that_of_its_command(
    view: RecoverySummariesView, qtbot: QtBot, county_store: Path
) -> None:
    r15_the_sums_are_those_of_the_command(view, qtbot, county_store)
    before_and_after_stand_as_measures_with_the_difference_in_words(view, qtbot, county_store)
    complications_can_be_parted_by_class(view, qtbot)
    other_days_are_worked_out_anew(view, qtbot, county_store)
    the_drawing_says_what_the_table_says_and_gives_way_to_it(view, qtbot)


def r15_the_sums_are_those_of_the_command(view: RecoverySummariesView, qtbot: QtBot, county_store: Path) -> None:
    for summary in (Summary.PROVIDER, Summary.YEAR, Summary.AGREEMENT, Summary.CLASS):
        choose(view, qtbot, summary)
        with county_store_opened(county_store) as workspace:
            expected = summaries.recovery(workspace, by=(summary.value,))
        assert view.table.model.table == expected
        total = sum(int(row["claimable"] or 0) for row in expected.records())
        assert f"kan krävas {kronor(total)}" in view.told_in_words.text()


def county_store_opened(path: Path):  # type: ignore[no-untyped-def]
    return county_store.opened(path, write=False)


def measures(view: RecoverySummariesView) -> dict[str, str]:
    return {str(name): str(value) for name, value in view.table.model.table.rows}


def test_proposed_links_count_when_asked_for(view: RecoverySummariesView, qtbot: QtBot) -> None:
    before = sum(int(row["events"] or 0) for row in view.table.model.table.records())
    view.potential.click()
    pages.settle(qtbot, view)
    assert sum(int(row["events"] or 0) for row in view.table.model.table.records()) > before


def test_every_summary_says_how_it_is_worked_out_and_shows_only_what_it_is_asked(
    view: RecoverySummariesView, qtbot: QtBot
) -> None:
    shown = {}
    for summary in Summary:
        choose(view, qtbot, summary)
        assert view.explanation.text()
        assert view.table.model.table.rows
        fields = (view.division, view.days, view.scenario, view.plot, view.potential)
        shown[summary] = tuple(widget.isVisible() for widget in fields)
    assert shown[Summary.PROVIDER] == (False, False, False, False, True)
    assert shown[Summary.COMPLICATION] == (True, False, False, False, True)
    assert shown[Summary.EXPECTED] == (False, True, False, True, True)
    assert shown[Summary.BEFORE_AFTER] == (False, True, False, False, True)
    assert shown[Summary.WHAT_IF] == (False, False, True, False, False)


def complications_can_be_parted_by_class(view: RecoverySummariesView, qtbot: QtBot) -> None:
    choose(view, qtbot, Summary.COMPLICATION)
    assert measures(view)["Ärenden"] == "198"
    view.division.setCurrentIndex(view.division.findData("class"))
    view.division.activated.emit(view.division.currentIndex())
    pages.settle(qtbot, view)
    assert "complication_class" in view.table.model.table.names()


def the_drawing_says_what_the_table_says_and_gives_way_to_it(view: RecoverySummariesView, qtbot: QtBot) -> None:
    choose(view, qtbot, Summary.EXPECTED)
    rows = view.table.model.table.records()
    assert [(lane.price, lane.expected, lane.low) for lane in view.plot.lanes] == [
        (row["price"], row["expected_cost"], row["expected_low"]) for row in rows
    ]
    assert "Fjällkliniken: pris" in view.plot.accessibleDescription()
    view.twin.click()
    assert (view.plot.isVisible(), view.table.isVisible()) == (False, True)
    view.twin.click()
    assert view.plot.isVisible()


def other_days_are_worked_out_anew(view: RecoverySummariesView, qtbot: QtBot, county_store: Path) -> None:
    choose(view, qtbot, Summary.EXPECTED)
    view.days.setFocus()
    view.days.selectAll()
    QTest.keyClicks(view.days, "365")
    QTest.keyClick(view.days, Qt.Key.Key_Return)
    pages.settle(qtbot, view)
    with county_store_opened(county_store) as workspace:
        assert view.table.model.table == summaries.expected_cost(workspace, within=365)


def before_and_after_stand_as_measures_with_the_difference_in_words(
    view: RecoverySummariesView, qtbot: QtBot, county_store: Path
) -> None:
    choose(view, qtbot, Summary.BEFORE_AFTER)
    with county_store_opened(county_store) as workspace:
        (row,) = before_after.before_after(workspace, before_after.Cohort(), days=90).records()
    told = measures(view)
    assert told["Kostnad före"] == kronor(int(row["cost_before"] or 0))
    assert "efter minus före" in view.told_in_words.text()
    view.cohort.setCurrentIndex(view.cohort.findData("events"))
    view.cohort.activated.emit(1)
    pages.settle(qtbot, view)
    assert measures(view)["Kostnad före"] != told["Kostnad före"]


def test_own_terms_stand_after_the_agreed_ones_and_a_cap_that_is_no_amount_is_pointed_out(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = small_county.copy(tmp_path)
    with pages.shown(qtbot, RecoverySummariesView, path, write=False) as view:
        choose(view, qtbot, Summary.WHAT_IF)
        QTest.keyClicks(view.scenario.cap, "mycket")
        view.scenario.work_out.click()
        pages.settle(qtbot, view)
        assert "inget belopp" in view.scenario.problem.text()
        assert len(view.table.model.table.rows) == 1 + len(USUAL)
        view.scenario.cap.clear()
        QTest.keyClicks(view.scenario.cap, "300 000")
        QTest.keyClicks(view.scenario.days, "365")
        view.scenario.work_out.click()
        pages.settle(qtbot, view)
        own = Scenario(cap=300_000_00, warranty_days=365)
        with county_store_opened(path) as workspace:
            assert view.table.model.table == what_if.what_if(workspace, (own, *USUAL))


def test_an_empty_store_has_empty_summaries(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "tom.kvdb"
    create_workspace(path, PASSPHRASE).close()
    with pages.shown(qtbot, RecoverySummariesView, path) as empty:
        for summary in Summary:
            choose(empty, qtbot, summary)
        assert empty.table.model.table.records()[0]["scenario"] == "Som avtalat"
