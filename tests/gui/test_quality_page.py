"""Kvalitet on screen: a point leads to its operations, by mouse and by keyboard, and every figure has a text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from kvalitetsapp.gui.pages.quality_page import QualityPage
from kvalitetsapp.gui.plots.axes import DateAxis, NumberAxis, PercentAxis
from kvalitetsapp.gui.plots.drawing import look
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


def behind(page: QualityPage) -> tuple[int, int]:
    """Return how many of the operations in the table below were followed and how many reoperated."""
    rows = page.behind.model.table.records()
    return sum(row["followed"] == "Ja" for row in rows), sum(row["reoperated"] == "Ja" for row in rows)


def expected(provider_id: str, joint: str) -> tuple[int, int]:
    rows = examples.expected_rows("county", "summary_reoperations_provider_joint")
    row = next(row for row in rows if (row["provider_id"], row["joint"]) == (provider_id, joint))
    return int(row["eligible"]), int(row["reoperated"])


def test_r9_a_click_on_a_point_shows_the_operations_behind_it(page: QualityPage, qtbot: QtBot) -> None:
    for provider_id in ("P01", "P02", "OSD"):
        spot = page.plot.mark_position(page.plot._keys.index(provider_id)).toPoint()
        QTest.mouseClick(page.plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        pages.settle(qtbot, page)
        assert behind(page) == expected(provider_id, "hip")
        assert page.table.current_row() >= 0


def test_r9_a_row_of_the_table_shows_the_operations_behind_it_by_keyboard(page: QualityPage, qtbot: QtBot) -> None:
    page.table.view.setFocus()
    seen = set()
    for _step in range(4):
        QTest.keyClick(page.table.view, Qt.Key.Key_Down)
        pages.settle(qtbot, page)
        row = page.table.current_row()
        assert behind(page)[0] == page.table.model.value(row, "n")
        assert behind(page)[1] == page.table.model.value(row, "events")
        seen.add(page.behind_heading.text())
    assert len(seen) == 4


def test_ctrl_t_gives_the_table_the_whole_place_and_back(page: QualityPage) -> None:
    page.table.view.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not page.plot.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.plot.isVisible()


def test_another_joint_has_its_own_providers_and_comparison(page: QualityPage, qtbot: QtBot) -> None:
    page.joint.setCurrentIndex(page.joint.findData("knee"))
    page.joint.activated.emit(page.joint.currentIndex())
    pages.settle(qtbot, page)
    assert "1,9\u00a0%" in page.summary.text()
    names = [str(page.table.model.value(row, "provider")) for row in range(len(page.table.model.table.rows))]
    assert "Ortopedi Östersund" in names
    assert behind(page)[0] == page.table.model.value(page.table.current_row(), "n")


def test_an_earlier_day_follows_fewer_operations(page: QualityPage, qtbot: QtBot) -> None:
    before = sum(int(row["n"] or 0) for row in page.table.model.table.records())
    page.as_of.setDate(QDate(2019, 6, 30))
    pages.settle(qtbot, page)
    after = sum(int(row["n"] or 0) for row in page.table.model.table.records())
    assert 0 < after < before
    assert "2019-06-30" in page.summary.text()


def test_the_drawing_has_an_alternative_text_of_its_figures(page: QualityPage) -> None:
    said = page.plot.accessibleDescription()
    for row in page.table.model.table.records():
        assert f"{row['provider']}: {row['events']} av" in said


def test_an_outlier_is_told_by_shape_and_words_and_not_by_colour_alone(page: QualityPage) -> None:
    symbols = {point.flag: look(page.plot.inks, point.flag)[1] for point in page.plot._chart.points}
    assert len(set(symbols.values())) == len(symbols) > 1
    outcomes = {str(row["outcome"]) for row in page.table.model.table.records()}
    assert outcomes == {"över 99,8 %-gränsen", "inom gränserna"}


def test_names_beside_points_never_cover_each_other(page: QualityPage) -> None:
    areas = [label.sceneBoundingRect() for label in page.plot.labels.shown()]
    assert len(areas) > 3
    assert not any(one.intersects(other) for n, one in enumerate(areas) for other in areas[n + 1 :])


def test_the_chosen_point_is_always_named(page: QualityPage, qtbot: QtBot) -> None:
    for place, point in enumerate(page.plot._chart.points):
        page.choose(point.key)
        pages.settle(qtbot, page)
        label = page.plot.labels.name_of(place)
        assert label is not None
        assert label.isVisible(), point.name
        assert label.textItem.font().bold()


def test_every_figure_of_the_table_is_in_view(page: QualityPage) -> None:
    view = page.table.view
    assert view.horizontalHeader().length() <= view.viewport().width()


def test_a_provider_that_another_page_asks_for_is_chosen_once_it_has_been_read(
    qtbot: QtBot, county_store: Path
) -> None:
    def make(runner: StoreRunner) -> QualityPage:
        page = QualityPage(runner)
        page.show_wanted("P02")
        return page

    with pages.shown(qtbot, make, county_store, write=False) as page:
        assert behind(page) == expected("P02", "hip")


def test_an_empty_store_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, QualityPage, tmp_path / "tom.kvdb") as page:
        assert page._stack.is_empty
        assert page.behind.model.rowCount() == 0


def test_the_tables_are_models_that_qt_accepts(
    page: QualityPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    model_tester(page.table.model)
    model_tester(page.behind.model)
    page.choose("P02")
    pages.settle(qtbot, page)


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
