"""The queue on the page of reviews: chips, saved filters, points, order, columns, and the case that is read ahead."""

from __future__ import annotations

from array import array
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_priority import DEFAULT_POINTS, Reason, Urgency
from kvalitetsapp.domain.review_queue import COLUMNS, Preset, QueueEntry, QueueFilter
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.filter_period import FilterPeriodDialog
from kvalitetsapp.gui.dialogs.priority_points import PriorityPointsDialog
from kvalitetsapp.gui.models.block_model import BLOCK
from kvalitetsapp.gui.models.review_queue_model import ReviewQueueModel
from kvalitetsapp.gui.pages.review_page import ReviewPage
from kvalitetsapp.services import review_queue, saved_filters
from support import county_store as stores
from support import pages
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.widgets.queue_table import QueueTable


@pytest.fixture
def page(qtbot: QtBot, county_copy: Path) -> Iterator[ReviewPage]:
    with pages.shown(qtbot, ReviewPage, county_copy) as each:
        yield each


@pytest.fixture
def table(page: ReviewPage) -> QueueTable:
    return page.desk.queue.table


def entry(number: int) -> QueueEntry:
    urgency = Urgency(
        date(2025, 7, 1), 84_000_00, "ambiguous", another_look=False, competing=False, complication_class=""
    )
    key = EventKey(number, "hip", "left")
    return QueueEntry(key, f"bok/{number}", 1, "196812099874", "2025-01-01", 10, "none", "P01", "Berget", "", urgency)


def actions(menu: QMenu) -> dict[str, QAction]:
    return {one.text(): one for one in menu.actions()}


def submenu(menu: QMenu, text: str) -> dict[str, QAction]:
    """Return the actions of the menu behind one of a menu's."""
    found = actions(menu)[text].menu()
    assert isinstance(found, QMenu)
    return actions(found)


def choose(page: ReviewPage, qtbot: QtBot, column: str, text: str, row: int = 0) -> None:
    """Right-click on a cell and choose an entry of its menu."""
    table = page.desk.queue.table
    menu = table.cell_menu(table.model.index(row, COLUMNS.index(column)))
    actions(menu)[text].trigger()
    menu.close()
    pages.settle(qtbot, page)


def shown(page: ReviewPage, column: str) -> set[str]:
    model = page.desk.queue.table.model
    return {model.text(row, COLUMNS.index(column)) for row in range(min(model.rowCount(), BLOCK))}


def test_the_model_is_one_that_qt_accepts(model_tester: Callable[[QAbstractItemModel], None]) -> None:
    model = ReviewQueueModel()
    model_tester(model)
    keys = array("q", range(2 * BLOCK + 7))
    model.set_keys(keys[:BLOCK], 0, [entry(n) for n in keys[:BLOCK]], rows=len(keys))
    assert model.rowCount() == len(keys)
    assert model.complete(keys)
    model.put_block(2, model.keys_of(2), [entry(n) for n in model.keys_of(2)])
    assert model.text(2 * BLOCK, COLUMNS.index("event_ref")) == f"bok/{2 * BLOCK}"
    model.set_keys(array("q"))


def test_rows_whose_keys_have_not_come_are_empty_and_asked_for_when_they_have(qapp: object) -> None:
    model = ReviewQueueModel()
    asked: list[int] = []
    model.block_wanted.connect(asked.append)
    keys = array("q", range(100_000))
    model.set_keys(keys[:BLOCK], 0, [entry(n) for n in keys[:BLOCK]], rows=len(keys))
    assert model.text(99_999, 0) == ""
    assert asked == []
    assert model.complete(keys)
    assert model.text(99_999, 0) == ""
    assert asked == [99_999 // BLOCK]


def test_keys_of_another_order_do_not_complete_what_is_shown(qapp: object) -> None:
    model = ReviewQueueModel()
    model.set_keys(array("q", [1, 2]), rows=3)
    assert not model.complete(array("q", [2, 1, 3]))
    assert not model.complete(array("q", [1, 2]))


def test_the_queue_is_read_row_by_row_as_one_goes(page: ReviewPage, table: QueueTable, qtbot: QtBot) -> None:
    the_most_urgent_is_first_and_says_why(page)
    chosen_rows_are_copied_with_numbers_masked(page, table)
    columns_that_are_hidden_at_first_can_be_shown(page, table)
    the_next_case_is_read_ahead_and_let_go_of_when_something_changes(page, qtbot)
    a_click_on_a_heading_sorts_in_the_store_and_a_third_gives_the_urgent_first_again(page, table, qtbot)
    the_last_row_is_read_when_one_goes_there(page, table, qtbot)
    a_long_queue_is_shown_whole_though_only_its_first_rows_were_read_first(page, qtbot)


def the_most_urgent_is_first_and_says_why(page: ReviewPage) -> None:
    assert page.desk.queue.asked == QueueFilter()
    first = page.desk.queue.table.model.text(0, COLUMNS.index("priority"))
    assert first
    told = {"tvetydig", "annan kirurgi emellan", "infektion", "ny titt"}
    money_and_day = set(first.split(" · ")) - told
    assert all(said.endswith("kr") or said.startswith(("utgick", "utgår")) for said in money_and_day)
    assert page.desk._shown is not None
    assert page.desk._shown.link.event_ref == page.desk.queue.table.model.text(0, COLUMNS.index("event_ref"))


def test_a_cell_narrows_the_queue_to_its_value_and_the_chip_takes_it_back(
    page: ReviewPage, table: QueueTable, qtbot: QtBot
) -> None:
    choose(page, qtbot, "joint", "Visa bara ”Höft”")
    assert shown(page, "joint") == {"Höft"}
    assert table.chips.texts() == ["Led: Höft"]
    assert table.count.text() == f"{table.model.rowCount()} av 1\u00a0085 händelser"
    table.chips.removed.emit(0)
    pages.settle(qtbot, page)
    assert table.chips.texts() == []
    assert table.model.rowCount() == 531


def test_a_cell_hides_its_value(page: ReviewPage, table: QueueTable, qtbot: QtBot) -> None:
    for column in ("status", "index_provider", "surgery_level"):
        value = table.model.text(0, COLUMNS.index(column))
        choose(page, qtbot, column, f"Dölj ”{value}”")
        assert value not in shown(page, column)
        assert len(table.chips.texts()) == 1
        table.chips.removed.emit(0)
        pages.settle(qtbot, page)


def test_a_patient_is_narrowed_to_without_the_number_being_written_anywhere(page: ReviewPage, qtbot: QtBot) -> None:
    first = page.desk.queue.table.entry(0)
    assert first is not None
    choose(page, qtbot, "personal_id", f"Visa bara ”{first.personal_id[:8]}-••••”")
    assert page.desk.queue.table.chips.texts() == ["En patient"]
    assert page.desk.queue.table.search.text() == ""
    assert shown(page, "personal_id") == {f"{first.personal_id[:8]}-••••"}


def test_a_reason_and_a_day_can_be_narrowed_to(page: ReviewPage, qtbot: QtBot) -> None:
    status = COLUMNS.index("status")
    model = page.desk.queue.table.model
    row = next(row for row in range(BLOCK) if model.text(row, status) == "Tvetydig")
    choose(page, qtbot, "flags", "Visa bara ”Tvetydig koppling”", row)
    assert shown(page, "status") == {"Tvetydig"}
    day = page.desk.queue.table.model.text(0, COLUMNS.index("event_date"))
    choose(page, qtbot, "event_date", f"Visa bara ”{day}”")
    assert shown(page, "event_date") == {day}


def test_typing_searches_and_words_that_nothing_holds_leave_no_case(
    page: ReviewPage, table: QueueTable, qtbot: QtBot
) -> None:
    page.focus_find()
    assert QApplication.focusWidget() is table.search
    type_text(table.search, "finns-inte-alls")
    qtbot.waitUntil(lambda: table.model.rowCount() == 0, timeout=pages.PATIENCE_MS)
    pages.settle(qtbot, page)
    assert "Inget ärende" in page.desk.case.why.text()
    assert [page.desk.queue.presets.text(preset).split("  ")[1] for preset in Preset] == ["0"] * 7
    table.search.clear()
    qtbot.waitUntil(lambda: table.model.rowCount() == 531, timeout=pages.PATIENCE_MS)


def test_the_filter_menu_ticks_what_is_on(page: ReviewPage, table: QueueTable, qtbot: QtBot) -> None:
    table.filters.fill()
    kinds = submenu(table.filters.menu(), "Komplikation")
    kinds["Infektion"].trigger()
    pages.settle(qtbot, page)
    assert table.chips.texts() == ["Komplikation: Infektion"]
    table.filters.fill()
    kinds = submenu(table.filters.menu(), "Komplikation")
    assert [text for text, one in kinds.items() if one.isChecked()] == ["Infektion"]
    actions(table.filters.menu())["Vård i egen regi"].trigger()
    pages.settle(qtbot, page)
    assert table.chips.texts() == ["Komplikation: Infektion", "Vård i egen regi"]


def test_days_are_asked_for_and_days_that_do_not_exist_are_not_taken(
    page: ReviewPage, table: QueueTable, qtbot: QtBot
) -> None:
    table.filters.fill()
    actions(table.filters.menu())["Händelsedatum …"].trigger()
    dialog = page.window().findChild(FilterPeriodDialog)
    assert dialog is not None
    for since, until in (("2022-02-30", ""), ("2023-01-01", "2022-01-01"), ("i går", "")):
        dialog.since.setText(since)
        dialog.until.setText(until)
        assert not dialog.save.isEnabled()
        assert dialog.told.text()
    dialog.since.setText("2022-01-01")
    dialog.until.clear()
    dialog.save.click()
    pages.settle(qtbot, page)
    assert table.chips.texts() == ["Från 2022-01-01"]
    assert min(shown(page, "event_date")) >= "2022-01-01"


def test_points_are_set_by_people_and_turn_the_order(page: ReviewPage, county_copy: Path, qtbot: QtBot) -> None:
    page.desk.queue.table.filters.points_wanted.emit()
    pages.settle(qtbot, page)
    dialog = page.window().findChild(PriorityPointsDialog)
    assert dialog is not None
    assert dialog.points() == {reason.value: worth for reason, worth in DEFAULT_POINTS.items()}
    for reason, field in dialog.fields.items():
        field.setValue(100 if reason is Reason.COMPETING else 0)
    dialog.save.click()
    pages.settle(qtbot, page)
    assert "annan kirurgi emellan" in page.desk.queue.table.model.text(0, COLUMNS.index("flags"))
    page.runner.close()
    with stores.opened(county_copy, write=False) as workspace:
        assert review_queue.weights(workspace)[Reason.COMPETING] == 100


def test_a_filter_is_saved_chosen_renamed_and_taken_away(page: ReviewPage, table: QueueTable, qtbot: QtBot) -> None:
    choose(page, qtbot, "joint", "Visa bara ”Höft”")
    asked = page.desk.queue.asked
    table.saved.fill()
    with messages.answering("Höfter"):
        actions(table.saved.menu())["Spara filtret …"].trigger()
    pages.settle(qtbot, page)
    page.show_wanted("all")
    pages.settle(qtbot, page)
    table.saved.fill()
    actions(table.saved.menu())["Höfter"].trigger()
    pages.settle(qtbot, page)
    assert page.desk.queue.asked == asked
    assert page.desk.queue.presets.preset is Preset.TO_REVIEW
    with messages.answering("Alla höfter"):
        submenu(table.saved.menu(), "Byt namn")["Höfter"].trigger()
    pages.settle(qtbot, page)
    table.saved.fill()
    assert "Alla höfter" in actions(table.saved.menu())
    with messages.answering(True):  # noqa: FBT003 - the answer to a question
        submenu(table.saved.menu(), "Ta bort")["Alla höfter"].trigger()
    pages.settle(qtbot, page)
    table.saved.fill()
    assert "Alla höfter" not in actions(table.saved.menu())


def test_a_saved_filter_that_cannot_be_read_is_shown_and_cannot_be_chosen(qtbot: QtBot, county_copy: Path) -> None:
    with stores.opened(county_copy) as workspace:
        one = saved_filters.save_filter(workspace, "Gammalt", QueueFilter())
        with workspace.store.transaction():
            workspace.store.write(
                "UPDATE saved_filters SET definition = '{\"x\": 1}' WHERE filter = ?", (one.filter_id,)
            )
    with pages.shown(qtbot, ReviewPage, county_copy) as page:
        page.desk.queue.table.saved.fill()
        old = actions(page.desk.queue.table.saved.menu())["Gammalt (går inte att läsa)"]
        assert not old.isEnabled()


def a_click_on_a_heading_sorts_in_the_store_and_a_third_gives_the_urgent_first_again(
    page: ReviewPage, table: QueueTable, qtbot: QtBot
) -> None:
    place = COLUMNS.index("event_date")
    table.view.heading.setSortIndicator(place, Qt.SortOrder.AscendingOrder)
    pages.settle(qtbot, page)
    days = [table.model.text(row, place) for row in range(BLOCK)]
    assert days == sorted(days)
    table.view.heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    pages.settle(qtbot, page)
    assert page.desk.queue.asked == QueueFilter()


def the_last_row_is_read_when_one_goes_there(page: ReviewPage, table: QueueTable, qtbot: QtBot) -> None:
    last = table.model.rowCount() - 1
    table.choose_row(last)
    pages.settle(qtbot, page)
    assert page.desk._shown is not None
    assert page.desk._shown.link.event_ref == table.model.text(last, COLUMNS.index("event_ref"))


def a_long_queue_is_shown_whole_though_only_its_first_rows_were_read_first(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_wanted("all")
    pages.settle(qtbot, page)
    assert page.desk.queue.table.model.rowCount() == 1085
    page.desk.queue.table.choose_row(1084)
    pages.settle(qtbot, page)
    assert page.desk.queue.table.entry(1084) is not None


def columns_that_are_hidden_at_first_can_be_shown(page: ReviewPage, table: QueueTable) -> None:
    place = COLUMNS.index("at_stake")
    assert table.view.isColumnHidden(place)
    menu = table.columns.menu()
    actions(menu)["Står på spel"].trigger()
    assert not table.view.isColumnHidden(place)
    menu.close()


def chosen_rows_are_copied_with_numbers_masked(page: ReviewPage, table: QueueTable) -> None:
    table.view.setFocus()
    QTest.keySequence(table.view, "Ctrl+C")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Status\tVarför nu\tPatient")
    assert "••••" in copied[1]


def the_next_case_is_read_ahead_and_let_go_of_when_something_changes(page: ReviewPage, qtbot: QtBot) -> None:
    following = page.desk.queue.next_key()
    assert following is not None
    assert page.desk._reader.has_ready(following)
    page.desk.go(1)
    assert page.desk._shown is not None
    assert page.desk._shown.link.key == following  # at once, without the store
    pages.settle(qtbot, page)
    ready = page.desk.queue.next_key()
    assert ready is not None
    assert page.desk._reader.has_ready(ready)
    page.desk._reader.forget()
    assert not page.desk._reader.has_ready(ready)


def test_the_next_case_is_shown_while_the_decision_is_being_saved(page: ReviewPage, qtbot: QtBot) -> None:
    following = page.desk.queue.next_key()
    page.desk.form.press_digit(1)
    page.desk.save_and_next()
    assert page.runner.is_busy
    assert page.desk._shown is not None
    assert page.desk._shown.link.key == following
    assert page.desk.form.is_answerable()
    pages.settle(qtbot, page)
    assert page.desk._shown.link.key == following
    assert page.desk.queue.presets.text(Preset.TO_REVIEW).endswith("530")


def test_a_second_press_does_not_answer_twice_while_the_next_case_is_on_its_way(
    page: ReviewPage, qtbot: QtBot
) -> None:
    page.desk._reader.forget()
    page.desk.form.press_digit(1)
    page.desk.save_and_next()
    assert not page.desk.form.is_answerable()
    page.desk.save_and_next()
    pages.settle(qtbot, page)
    assert page.desk.form.is_answerable()
    assert page.desk.queue.presets.text(Preset.TO_REVIEW).endswith("530")
