"""Väntande on screen: from county to procedure, a scope for all tabs, and the entries behind every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.waiting import WITHOUT_DEVIATION, WaitingKey
from kvalitetsapp.domain.waiting_behind import EntriesBehind, of_figure
from kvalitetsapp.gui.dialogs.waiting_entries import TableDialog, WaitingEntriesDialog
from kvalitetsapp.gui.pages.waiting_page import WaitingPage
from support import pages
from support.mnemonics import doubled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, sample: Path) -> Iterator[WaitingPage]:
    with pages.shown(qtbot, WaitingPage, sample) as each:
        yield each


def test_every_figure_leads_to_what_is_behind_it(page: WaitingPage, qtbot: QtBot) -> None:
    a_column_says_which_entries_are_behind_it(page)
    one_goes_down_from_county_to_procedure_and_up_again(page, qtbot)
    a_figure_opens_the_entries_behind_it(page, qtbot)
    the_tables_that_capacity_rests_on_are_led_to_by_name(page, qtbot)
    a_finding_and_a_check_open_the_entries_behind_them(page, qtbot)


def one_goes_down_from_county_to_procedure_and_up_again(page: WaitingPage, qtbot: QtBot) -> None:
    state = page.state
    counties = state.table.model.table.rows
    assert state.cards["waiting"].figure.text() == str(sum(int(row[1] or 0) for row in counties))
    state.table.view.setFocus()
    state.go_down(0)
    pages.settle(qtbot, page)
    assert [button.text() for button in state.crumbs.buttons] == ["Alla län"]
    assert sum(int(row[1] or 0) for row in state.table.model.table.rows) == counties[0][1]
    state.go_down(0)
    pages.settle(qtbot, page)
    assert state.table.model.table.columns[0].name == "code"
    assert " " in state.table.model.text(0, 0), "a procedure is told by its code and its name"
    with qtbot.waitSignal(state.entries_asked) as asked:
        state.go_down(0)
    assert asked.args[0].where[WaitingKey.CODE] == state.table.model.table.rows[0][0]
    pages.settle(qtbot, page)
    state.crumbs.buttons[0].click()
    pages.settle(qtbot, page)
    assert state.crumbs.buttons == []
    for dialog in page.findChildren(WaitingEntriesDialog):
        dialog.close()


def a_figure_opens_the_entries_behind_it(page: WaitingPage, qtbot: QtBot) -> None:
    state = page.state
    place = state.table.model.table.names().index("over_150_without")
    state.table.view.setCurrentIndex(state.table.model.index(0, place))
    assert state.entries.text() == "Visa &posterna: över 150 utan MOV/PVV"
    state.entries.click()
    pages.settle(qtbot, page)
    (dialog,) = page.findChildren(WaitingEntriesDialog)
    rows = dialog.table.model.table.records()
    assert len(rows) == state.table.model.table.rows[0][place]
    assert all(int(row["days"] or 0) > 150 and row["deviation"] not in ("mov", "pvv") for row in rows)
    dialog.close()
    state.specialised.clicked.emit()
    (table,) = [one for one in page.findChildren(TableDialog) if one is not dialog]
    assert table.table.model.table.rows
    table.close()


def test_every_tab_reads_the_scope_and_has_room(page: WaitingPage, qtbot: QtBot) -> None:
    a_scope_is_read_by_every_tab(page, qtbot)
    every_tab_has_its_keys_to_itself_and_room_on_a_small_screen(page, qtbot)


def every_tab_has_its_keys_to_itself_and_room_on_a_small_screen(page: WaitingPage, qtbot: QtBot) -> None:
    for name in page.views:
        page.show_wanted(name)
        pages.settle(qtbot, page)
        assert not doubled(page), name
    assert page.minimumSizeHint().width() < 100 * page.fontMetrics().averageCharWidth()


def the_tables_that_capacity_rests_on_are_led_to_by_name(page: WaitingPage, qtbot: QtBot) -> None:
    for button, table in (
        (page.capacity.tables, "capacities"),
        (page.capacity.times, "operating_times"),
        (page.moving.distances, "distances"),
    ):
        with qtbot.waitSignal(page.page_requested) as asked:
            button.click()
        assert asked.args == ["development", f"tables/{table}"]


def a_finding_and_a_check_open_the_entries_behind_them(page: WaitingPage, qtbot: QtBot) -> None:
    page.show_wanted("findings")
    pages.settle(qtbot, page)
    quality = page.quality
    for table, button in ((quality.checks, quality.of_check), (quality.findings, quality.of_finding)):
        rows = table.model.table.records()
        place = next(at for at, row in enumerate(rows) if row["entries"] and row.get("check") != "missing")
        table.choose_row(place)
        button.click()
        pages.settle(qtbot, page)
        (dialog,) = [one for one in page.findChildren(WaitingEntriesDialog) if one.isVisible()]
        assert len(dialog.table.model.table.rows) == rows[place]["entries"]
        dialog.close()
    quality.checks.choose_row(0)
    assert quality.checks.model.value(0, "check") == "missing"
    assert not quality.of_check.isEnabled()


def a_scope_is_read_by_every_tab(page: WaitingPage, qtbot: QtBot) -> None:
    page.scope.causes.setCurrentIndex(1)
    page.scope.changed.emit()
    for name in page.views:
        page.show_wanted(name)
        pages.settle(qtbot, page)
    assert page.state.scope.deviations == WITHOUT_DEVIATION
    assert page.series.gaps.isVisibleTo(page.series)
    assert page.series.chart.plot is not None
    assert page.series.chart.plot.holds_anything
    assert "Hälften har väntat" in page.days.said.text()
    assert "operationstid" in page.capacity.said.text()
    assert page.quality.findings.model.table.rows
    assert page.quality.effect.text()
    assert page.moving.received.model.table.rows
    with qtbot.waitSignal(page.days.entries_asked) as asked:
        page.days.chart.chosen.emit("90")
    assert asked.args[0].over_days == 89
    pages.settle(qtbot, page)
    for dialog in page.findChildren(WaitingEntriesDialog):
        dialog.close()


def a_column_says_which_entries_are_behind_it(page: WaitingPage) -> None:
    scope = page.state.scope
    where = {WaitingKey.AREA: "Höftprotes"}
    assert of_figure("Höft", scope, where, "median") == EntriesBehind("Höft: median, dagar", scope, where, None)
    assert of_figure("Höft", scope, where, "mov_share").scope.deviations == frozenset({"mov"})
    over = of_figure("Höft", scope, where, "over_90_without_share")
    assert (over.over_days, over.scope.deviations) == (90, WITHOUT_DEVIATION)
