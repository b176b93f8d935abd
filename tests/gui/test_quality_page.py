"""Kvalitet on screen: every figure leads to its recipe and to the operations behind it, by mouse and by keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture
from kvalitetsapp.gui.dialogs.recipe import RecipeDialog
from kvalitetsapp.gui.pages.quality_page import QualityPage
from kvalitetsapp.gui.plots.axes import DateAxis, NumberAxis, PercentAxis
from kvalitetsapp.gui.widgets.indicator_view import quarter
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.services.workspace import create_workspace
from support import examples, pages
from support.counties import PASSPHRASE
from support.keys import focused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner


@pytest.fixture
def page(qtbot: QtBot, county_store: Path) -> Iterator[QualityPage]:
    with pages.shown(qtbot, QualityPage, county_store, write=False) as each:
        yield each


@pytest.fixture
def one(qtbot: QtBot, county_store: Path) -> Iterator[QualityPage]:
    """Return the page with its second tab in view; the list has worked nothing out."""

    def make(runner: StoreRunner) -> QualityPage:
        page = QualityPage(runner)
        page.show_wanted("one")
        return page

    with pages.shown(qtbot, make, county_store, write=False) as each:
        yield each


def behind(page: QualityPage) -> tuple[int, int]:
    """Return how many of the operations shown are in the denominator and how many in the numerator."""
    rows = page.one.behind.model.table.records()
    return sum(int(row["included"] or 0) for row in rows), sum(int(row["counted"] or 0) for row in rows)


def expected(provider_id: str, joint: str = "hip") -> tuple[int, int]:
    rows = examples.expected_rows("county", "summary_reoperations_provider_joint")
    row = next(row for row in rows if (row["provider_id"], row["joint"]) == (provider_id, joint))
    return int(row["eligible"]), int(row["reoperated"])


def test_the_list_tells_every_indicator_and_leads_to_it(page: QualityPage, qtbot: QtBot) -> None:
    f4_shows_the_recipe_of_the_chosen_row_and_it_can_be_copied(page, qtbot)
    the_list_has_every_indicator_with_its_figure_and_opens_the_chosen_one(page, qtbot)
    a_square_of_the_overview_opens_its_indicator_and_provider(page, qtbot)


def the_list_has_every_indicator_with_its_figure_and_opens_the_chosen_one(page: QualityPage, qtbot: QtBot) -> None:
    rows = {str(row["indicator"]): row for row in page.list.table.model.table.records()}
    assert len(rows) == len(page._indicators)
    assert rows["reoperation_2y"]["value"]
    assert page.list.bar.isHidden()
    page.list.table.set_find("Död inom 90")
    QTest.keyClick(page.list.table.view, Qt.Key.Key_Down)
    QTest.keyClick(page.list.table.view, Qt.Key.Key_Return)
    pages.settle(qtbot, page)
    assert page.tabs.currentWidget() is page.one
    assert page.one.indicator.currentData() == "death_90d"


def test_the_list_can_be_stopped_and_keeps_what_it_has(page: QualityPage, qtbot: QtBot) -> None:
    page.list.refresh()
    page.list.stop.click()
    pages.settle(qtbot, page)
    assert len(page.list._rows) < len(page._indicators)
    assert page.list.table.model.rowCount() == len(page._indicators)
    assert page.list.bar.isHidden()


def f4_shows_the_recipe_of_the_chosen_row_and_it_can_be_copied(page: QualityPage, qtbot: QtBot) -> None:
    page.list.table.view.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_F4)
    (dialog,) = page.findChildren(RecipeDialog)
    pages.settle(qtbot, page)
    assert "reoperation_30d" in dialog.facts.toPlainText()
    assert dialog.versions.isHidden()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Indikator: Reoperation inom 30 dagar")
    dialog.close()


def test_r9_every_figure_leads_to_the_operations_behind_it(
    one: QualityPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    the_tables_are_models_that_qt_accepts(one, qtbot, model_tester)
    a_row_leads_to_the_event_or_else_to_the_operation(one)
    r9_a_mark_and_a_row_show_the_operations_behind_them(one, qtbot)
    every_input_has_a_name_and_the_help_is_of_the_tab(one)


def r9_a_mark_and_a_row_show_the_operations_behind_them(one: QualityPage, qtbot: QtBot) -> None:
    for provider_id in ("P01", "P02", "OSD"):
        one.one.pane.panel.chosen.emit(provider_id)
        pages.settle(qtbot, one)
        assert behind(one) == expected(provider_id)
    one.one.groups.view.setFocus()
    QTest.keyClick(one.one.groups.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    pages.settle(qtbot, one)
    row = one.one.groups.model.row_values(one.one.groups.current_row())
    names = one.one.groups.model.table.names()
    assert behind(one) == (row[names.index("n")], row[names.index("events")])


def a_row_leads_to_the_event_or_else_to_the_operation(one: QualityPage) -> None:
    asked: list[tuple[str, object]] = []
    one.page_requested.connect(lambda name, wanted: asked.append((name, wanted)))
    rows = one.one.behind.model.table.records()
    without = next(place for place, row in enumerate(rows) if not row["event_ref"])
    for place in (0, without):
        one.one.behind.row_activated.emit(place)
    assert asked[0] == ("episodes", rows[0]["event_ref"])
    assert str(rows[without]["index_ref"]).startswith(f"{asked[1][1]}/")


def test_marks_of_other_pictures_lead_to_their_own_operations(one: QualityPage, qtbot: QtBot) -> None:
    asked: list[object] = []
    one.page_requested.connect(lambda _name, wanted: asked.append(wanted))
    spring = {"2018-04", "2018-05", "2018-06"}
    assert months_behind(one, qtbot, Picture.RUN, "2018-Q2") <= spring
    assert months_behind(one, qtbot, Picture.YEARS, "P02/2018") <= {f"2018-{n:02d}" for n in range(1, 13)}
    assert asked == []
    choose_mark(one, qtbot, Picture.GAPS, "contact/7/hip/left")
    assert asked == ["contact/7"]


def months_behind(one: QualityPage, qtbot: QtBot, kind: Picture, key: str) -> set[str]:
    choose_mark(one, qtbot, kind, key)
    found = {str(row["operated_on"])[:7] for row in one.one.behind.model.table.records()}
    assert found
    return found


def choose_mark(one: QualityPage, qtbot: QtBot, kind: Picture, key: str) -> None:
    pane = one.one.pane
    pane.kind.setCurrentIndex(pane.kind.findData(kind.value))
    pane.kind.activated.emit(pane.kind.currentIndex())
    pages.settle(qtbot, one)
    pane.panel.chosen.emit(key)
    pages.settle(qtbot, one)


def test_what_is_chosen_above_a_picture_is_drawn_and_read_anew(one: QualityPage, qtbot: QtBot) -> None:
    settings_of_a_picture_are_shown_with_it_and_draw_it_anew(one, qtbot)
    another_scope_is_read_in_every_tab(one, qtbot)
    a_printed_figure_has_no_picture_and_says_why(one, qtbot)


def settings_of_a_picture_are_shown_with_it_and_draw_it_anew(one: QualityPage, qtbot: QtBot) -> None:
    pane = one.one.pane
    assert pane.fields["limit"].isHidden()
    pane.kind.setCurrentIndex(pane.kind.findData(Picture.CUSUM.value))
    pane.kind.activated.emit(pane.kind.currentIndex())
    assert not pane.fields["limit"].isHidden()
    pane.fields["limit"].setValue(2)
    qtbot.waitUntil(lambda: not pane._pause.isActive())
    pages.settle(qtbot, one)
    assert pane.panel._chart.limit == 2.0  # type: ignore[union-attr]


def another_scope_is_read_in_every_tab(one: QualityPage, qtbot: QtBot) -> None:
    first = one.one.headline.text()
    one.scope.joint.setCurrentIndex(one.scope.joint.findData("knee"))
    one.scope.joint.activated.emit(one.scope.joint.currentIndex())
    pages.settle(qtbot, one)
    assert "riket 1,9" in one.one.headline.text() != first
    before = one.one.headline.text()
    one.scope.as_of.setDate(QDate(2019, 6, 30))
    pages.settle(qtbot, one)
    assert one.one.headline.text() != before
    assert one.list._scope == OutcomeScope("knee", as_of=date(2019, 6, 30))


def a_square_of_the_overview_opens_its_indicator_and_provider(page: QualityPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.overview)
    pages.settle(qtbot, page)
    page.overview.panel.chosen.emit("P02/revision_2y")
    pages.settle(qtbot, page)
    assert page.one.indicator.currentData() == "revision_2y"
    assert page.one._where() == {"provider": "P02"}
    for part in ("profile", "flow", "costs", "compass"):
        page.overview.parts.buttons[part].click()
        pages.settle(qtbot, page)
        assert page.overview.panel.plot is not None
        assert page.overview.panel.plot.holds_anything, part


def a_printed_figure_has_no_picture_and_says_why(one: QualityPage, qtbot: QtBot) -> None:
    one.show_wanted("indicator/patient_satisfaction")
    pages.settle(qtbot, one)
    assert not one.one.pane.kind.isEnabled()
    assert one.one.behind_heading.text() == "En publicerad siffra har inga operationer bakom sig"


def test_a_provider_that_another_page_asks_for_is_chosen_once_it_has_been_read(
    qtbot: QtBot, county_store: Path
) -> None:
    def make(runner: StoreRunner) -> QualityPage:
        page = QualityPage(runner)
        page.show_wanted("P02")
        return page

    with pages.shown(qtbot, make, county_store, write=False) as page:
        assert behind(page) == expected("P02")


def every_input_has_a_name_and_the_help_is_of_the_tab(one: QualityPage) -> None:
    inputs = [*one.findChildren(QComboBox), *one.findChildren(TableView), *one.one.pane.fields.values()]
    assert [each for each in inputs if not each.accessibleName()] == []
    assert one.help_topic() == ""
    one.tabs.setCurrentWidget(one.list)
    assert one.help_topic() == "indicators"


def test_an_empty_store_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, QualityPage, tmp_path / "tom.kvdb") as page:
        assert page._stack.is_empty
        assert page.one.behind.model.rowCount() == 0


def the_tables_are_models_that_qt_accepts(
    one: QualityPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    for table in (one.list.table, one.one.groups, one.one.behind):
        model_tester(table.model)
    one.one.pane.panel.chosen.emit("P02")
    pages.settle(qtbot, one)


def test_a_quarter_ends_the_day_before_the_next_begins() -> None:
    assert quarter("2019-Q4") == (date(2019, 10, 1), date(2019, 12, 31))
    assert quarter("2020-Q1") == (date(2020, 1, 1), date(2020, 3, 31))


@pytest.mark.usefixtures("qapp")
def test_axes_speak_swedish() -> None:
    assert PercentAxis("left").tickStrings([0.025, 0.05], 1, 0.005) == ["2,5\u00a0%", "5,0\u00a0%"]
    assert PercentAxis("left").tickStrings([0.1], 1, 0.1) == ["10\u00a0%"]
    assert NumberAxis("bottom").tickStrings([1500.0], 1, 500) == ["1\u00a0500"]
    first = float(date(2021, 1, 1).toordinal())
    assert DateAxis("bottom").tickStrings([first], 1, 365) == ["2021"]
    assert DateAxis("bottom").tickStrings([first], 1, 91) == ["2021-01"]


@pytest.mark.usefixtures("qapp")
def test_dates_have_ticks_on_first_days_and_no_more_than_there_is_room_for() -> None:
    low, high = (float(date(year, 3, 14).toordinal()) for year in (2014, 2024))
    ((_step, days),) = DateAxis("bottom").tickValues(low, high, 600)
    assert 3 <= len(days) <= 12
    assert {(date.fromordinal(int(day)).month, date.fromordinal(int(day)).day) for day in days} == {(1, 1)}
