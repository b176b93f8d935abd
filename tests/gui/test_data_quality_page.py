"""Datakvalitet on screen: rules, rows and decisions by keyboard, and a heat map that all eyes and ears can read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kvalitetsapp.domain.quality import CellState, Coverage
from kvalitetsapp.domain.words import QualityDecision
from kvalitetsapp.gui.pages.data_quality_page import DataQualityPage
from kvalitetsapp.gui.plots.canvas import inks_of
from kvalitetsapp.gui.plots.heat_map import HeatMap
from kvalitetsapp.gui.plots.shades import SHADES, contrast
from kvalitetsapp.gui.theme import tokens_of
from kvalitetsapp.services.workspace import create_workspace
from support import pages
from support.counties import PASSPHRASE
from support.keys import focused, press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner

DELIVERED, SILENT, EMPTY, UNFINISHED = CellState.DELIVERED, CellState.SILENT, CellState.EMPTY, CellState.UNFINISHED
SMALL = Coverage(
    (("P01", "Kliniken"), ("P02", "Sjukhuset")),
    ("2020-11", "2020-12", "2021-01"),
    ((5, 0, 2), (10, 4, 1)),
    ((5, 0, 2), (9, 4, 0)),
    ((DELIVERED, SILENT, UNFINISHED), (DELIVERED, DELIVERED, UNFINISHED)),
    "2020-12",
)


@pytest.fixture
def page(qtbot: QtBot, county_copy: Path) -> Iterator[DataQualityPage]:
    with pages.shown(qtbot, DataQualityPage, county_copy) as each:
        yield each


def choose(page: DataQualityPage, qtbot: QtBot, rule: str) -> None:
    page.rules.show_rule(rule)
    pages.settle(qtbot, page)


def counts(page: DataQualityPage, rule: str) -> tuple[object, object]:
    states = {state.rule.rule_id: state for state in page.rules._states}
    return states[rule].open, states[rule].decided


def test_the_page_is_told_to_all_eyes_and_ears(
    page: DataQualityPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    rules_that_point_something_out_come_first_and_the_first_is_shown(page)
    the_tables_are_models_that_qt_accepts(page, qtbot, model_tester)
    every_input_has_a_name(page, qtbot)
    the_heat_map_adds_up_to_the_store_and_its_table_says_the_same(page, qtbot)
    ctrl_t_shows_the_table_in_place_of_the_heat_map_and_back(page, qtbot)


def rules_that_point_something_out_come_first_and_the_first_is_shown(page: DataQualityPage) -> None:
    rows = page.rules.rules.model.table.records()
    open_ = [bool(row["open"]) for row in rows]
    assert open_ == sorted(open_, reverse=True)
    assert page.rules.rules.current_row() == 0
    assert len(page.rules.rows.model.table.rows) == rows[0]["open"]
    assert str(rows[0]["title"]) in page.rules.heading.text()
    assert page.rules.explanation.toPlainText().strip().startswith("Vad")


def test_a_row_is_decided_on_only_with_a_reason(page: DataQualityPage, qtbot: QtBot) -> None:
    accepting_without_a_reason_is_refused_and_the_cursor_stands_where_it_is_written(page, qtbot)
    r1_a_row_is_accepted_with_a_reason_by_keyboard_and_told_in_its_history(page, qtbot)


def r1_a_row_is_accepted_with_a_reason_by_keyboard_and_told_in_its_history(
    page: DataQualityPage, qtbot: QtBot
) -> None:
    choose(page, qtbot, "side_missing")
    before = counts(page, "side_missing")[0]
    assert isinstance(before, int)
    page.rules.rows.view.setFocus()
    press(focused(), Qt.Key.Key_Down)
    pages.settle(qtbot, page)
    ref = page.rules._refs()
    page.rules.reason.setFocus()
    type_text(focused(), "Sidan står i journalen")
    accept = page.rules.buttons[QualityDecision.ACCEPT]
    accept.setFocus()
    press(focused(), Qt.Key.Key_Space, text=" ")
    pages.settle(qtbot, page)
    assert counts(page, "side_missing") == (before - 1, 1)
    assert page.rules._refs() == ref, "the row stays chosen"
    told = page.rules.history.model.table.records()
    assert [(row["decision"], row["reason"]) for row in told] == [("accept", "Sidan står i journalen")]
    assert page.rules.reason.text() == ""
    page.rules.undo.setFocus()
    press(focused(), Qt.Key.Key_Space, text=" ")
    pages.settle(qtbot, page)
    assert counts(page, "side_missing") == (before, 0)
    assert page.rules.history.model.table.records()[0]["withdrawn_by"]


def accepting_without_a_reason_is_refused_and_the_cursor_stands_where_it_is_written(
    page: DataQualityPage, qtbot: QtBot
) -> None:
    refused: list[BaseException] = []
    page.runner.failed.connect(refused.append)
    choose(page, qtbot, "side_missing")
    page.rules.buttons[QualityDecision.ACCEPT].click()
    pages.settle(qtbot, page)
    assert [str(error) for error in refused] == ["Skriv varför raden godtas."]
    assert focused() is page.rules.reason


def test_several_rows_are_decided_at_once(page: DataQualityPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "side_missing")
    page.rules.rows.view.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.rules.chosen.text() == "3 rader är valda"
    said: list[str] = []
    page.told.connect(said.append)
    page.rules.buttons[QualityDecision.FIX].click()
    pages.settle(qtbot, page)
    assert said == ["Rättas i källan: 3 rader"]
    assert counts(page, "side_missing")[1] == 3


def test_a_rule_has_limits_and_can_be_turned_off(page: DataQualityPage, qtbot: QtBot) -> None:
    a_limit_is_set_by_typing_it_and_what_is_no_number_is_put_back(page, qtbot)
    a_rule_that_is_off_has_no_rows_and_a_dash_for_its_count(page, qtbot)


def a_limit_is_set_by_typing_it_and_what_is_no_number_is_put_back(page: DataQualityPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "cost_too_high")
    field = page.rules.limits.fields["most"]
    assert isinstance(field, QLineEdit)
    assert field.text() == "2\u00a0000\u00a0000"
    field.setFocus()
    field.selectAll()
    type_text(field, "100 000\n")
    pages.settle(qtbot, page)
    assert page.rules._state() is not None
    assert page.rules._state().limits == {"most": 100_000}  # type: ignore[union-attr]
    assert counts(page, "cost_too_high")[0] != 0
    field.selectAll()
    type_text(field, "mycket\n")
    pages.settle(qtbot, page)
    assert field.text() == "100\u00a0000"
    field.selectAll()
    type_text(field, "0\n")
    pages.settle(qtbot, page)
    assert field.text() == "100\u00a0000"


def a_rule_that_is_off_has_no_rows_and_a_dash_for_its_count(page: DataQualityPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "side_missing")
    page.rules.limits.on.setFocus()
    press(focused(), Qt.Key.Key_Space, text=" ")
    pages.settle(qtbot, page)
    assert page.rules._state().rule.rule_id == "side_missing"  # type: ignore[union-attr]
    assert page.rules.rows.model.rowCount() == 0
    assert counts(page, "side_missing") == (None, None)
    assert not page.rules.buttons[QualityDecision.FIX].isEnabled()


def test_enter_on_a_row_leads_to_its_episode(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    from kvalitetsapp.gui.pages.episodes_page import EpisodesPage

    runner.open(county, PASSPHRASE, lambda _store: window.go_to("data_quality", "side_missing"))
    settle()
    page = window.current_page()
    assert isinstance(page, DataQualityPage)
    assert page.rules._shown.rule_id == "side_missing"
    contact = page.rules._shown.contacts[page.rules.rows.current_row()]
    page.rules.rows.view.setFocus()
    QTest.keyClick(page.rules.rows.view, Qt.Key.Key_Return)
    settle()
    there = window.current_page()
    assert isinstance(there, EpisodesPage)
    assert there.search.text() == contact
    assert there.model.rowCount() == 1


def test_no_personal_number_is_shown_in_any_rule(page: DataQualityPage, qtbot: QtBot) -> None:
    import re

    for state in page.rules._states:
        choose(page, qtbot, state.rule.rule_id)
        model = page.rules.rows.model
        for row in range(len(model.table.rows)):
            for column in range(model.columnCount()):
                assert not re.search(r"(19|20)\d{6}-?\d{4}", model.text(row, column)), state.rule.rule_id


def every_input_has_a_name(page: DataQualityPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "silent_provider")
    for widget in (page.rules.reason, *page.rules.limits.fields.values(), page.coverage.kind, page.coverage.map):
        assert widget.accessibleName(), widget


def the_heat_map_adds_up_to_the_store_and_its_table_says_the_same(page: DataQualityPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.coverage)
    pages.settle(qtbot, page)
    total = sum(map(sum, page.coverage._coverage.contacts))
    rows = page.coverage.table.model.table.records()
    assert sum(int(row["contacts"] or 0) for row in rows) == total > 1000
    page.coverage.kind.setCurrentIndex(page.coverage.kind.findData("operations"))
    page.coverage.kind.activated.emit(page.coverage.kind.currentIndex())
    pages.settle(qtbot, page)
    assert 0 < sum(map(sum, page.coverage._coverage.contacts)) < total


def ctrl_t_shows_the_table_in_place_of_the_heat_map_and_back(page: DataQualityPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.coverage)
    pages.settle(qtbot, page)
    page.coverage.map.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.coverage.table.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.coverage.map.isVisible()


def test_an_empty_store_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, DataQualityPage, tmp_path / "tom.kvdb") as page:
        assert page._stack.is_empty


def test_a_store_that_is_only_read_is_shown_and_refuses_decisions(qtbot: QtBot, county_store: Path) -> None:
    with pages.shown(qtbot, DataQualityPage, county_store, write=False) as page:
        refused: list[BaseException] = []
        page.runner.failed.connect(refused.append)
        choose(page, qtbot, "side_missing")
        page.rules.buttons[QualityDecision.FIX].click()
        pages.settle(qtbot, page)
        assert len(refused) == 1


def the_tables_are_models_that_qt_accepts(
    page: DataQualityPage, qtbot: QtBot, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    for table in (page.rules.rules, page.rules.rows, page.rules.history, page.coverage.table):
        model_tester(table.model)
    for rule in ("side_missing", "unknown_code", "repeat_primary"):
        choose(page, qtbot, rule)


@pytest.fixture
def heat_map(qtbot: QtBot) -> HeatMap:
    made = HeatMap()
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.show_coverage(SMALL)
    return made


def test_arrows_move_the_chosen_cell_and_stop_at_the_edges(heat_map: HeatMap) -> None:
    assert heat_map.cell == (0, 2), "the newest month"
    for key, cell in (
        (Qt.Key.Key_Right, (0, 2)),
        (Qt.Key.Key_Left, (0, 1)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_Home, (1, 0)),
        (Qt.Key.Key_PageUp, (0, 0)),
        (Qt.Key.Key_End, (0, 2)),
    ):
        QTest.keyClick(heat_map, key)
        assert heat_map.cell == cell
    opened: list[tuple[int, int]] = []
    heat_map.cell_activated.connect(lambda row, column: opened.append((row, column)))
    QTest.keyClick(heat_map, Qt.Key.Key_Return)
    assert opened == [(0, 2)]


def test_the_chosen_cell_and_the_silent_months_are_in_the_alternative_text(heat_map: HeatMap) -> None:
    heat_map.choose(0, 1)
    said = heat_map.accessibleDescription()
    assert said.startswith("Kliniken, 2020-12, 0 vårdkontakter, tyst månad efter jämna leveranser.")
    assert "Tysta månader: Kliniken 2020-12." in said
    heat_map.choose(1, 2)
    assert "1 vårdkontakter, 0 med kostnad eller pris, månaden är inte avslutad" in heat_map.accessibleDescription()


def test_a_press_chooses_the_cell_under_it_and_none_outside(heat_map: HeatMap) -> None:
    QTest.mouseClick(heat_map.viewport(), Qt.MouseButton.LeftButton, pos=heat_map.rect_of(1, 0).center())
    assert heat_map.cell == (1, 0)
    assert heat_map.cell_at(QPoint(1, 1)) is None
    assert heat_map.cell_at(heat_map.rect_of(1, 2).bottomRight() + QPoint(5, 5)) is None


def test_a_silent_month_has_a_sign_that_an_empty_one_has_not(heat_map: HeatMap) -> None:
    empty = ((EMPTY, SILENT, UNFINISHED), SMALL.states[1])
    heat_map.show_coverage(replace(SMALL, contacts=((0, 0, 2), SMALL.contacts[1]), states=empty))
    heat_map.choose(1, 0)
    image = heat_map.viewport().grab().toImage()

    def colours_in_the_middle(column: int) -> set[str]:
        middle = heat_map.rect_of(0, column).center()
        return {image.pixelColor(middle.x() + x, middle.y() + y).name() for x in range(-3, 4) for y in range(-3, 4)}

    cross = inks_of(tokens_of(heat_map.palette())).vermilion
    assert cross in colours_in_the_middle(1)
    assert cross not in colours_in_the_middle(0)


def test_more_is_darker_within_each_provider_and_texts_stay_readable(heat_map: HeatMap) -> None:
    tokens = tokens_of(heat_map.palette())
    shades = [heat_map._shade(1, count) for count in (1, 3, 5, 7, 10)]
    lights = [shade.lightnessF() for shade in shades]
    assert len(set(lights)) == len(SHADES)
    assert lights == sorted(lights, reverse=lights[0] > lights[-1])
    for shade in shades:
        assert max(contrast(shade, tokens.text), contrast(shade, tokens.surface)) >= 4.5
