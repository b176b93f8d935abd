"""Tables on screen: what is shown, what it sorts by, what filters, what is copied."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.gui.models.collation import swedish_key
from kvalitetsapp.gui.models.row_filter import ColumnFilter
from kvalitetsapp.gui.models.table_model import TableModel
from kvalitetsapp.gui.widgets.data_table import DataTable
from support.keys import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

COLUMNS = (
    Column("ref", Kind.TEXT, "Referens"),
    Column("name", Kind.TEXT, "Namn"),
    Column("joint", Kind.CODE, "Led", "joint"),
    Column("day", Kind.DATE, "Dag"),
    Column("count", Kind.INTEGER, "Antal"),
    Column("year", Kind.INTEGER, "År"),
    Column("cost", Kind.MONEY, "Kostnad"),
    Column("rate", Kind.RATE, "Andel"),
    Column("competing", Kind.FLAG, "Annan kirurgi"),
)
ROWS: list[Row] = [
    ("a/1", "Östersund", "hip", "2024-03-31", 12345, 2024, 123456750, 0.021, 1),
    ("a/2", "Ånge", "knee", "2023-12-01", None, 2023, None, None, 0),
    ("a/3", "Zinkgruvan", "", "", 7, 2023, -100, 0.5, 0),
    ("0012", "ärla", "hip", "2024-01-01", 70, 2022, 0, 0.0, 0),
]
RIGHT = Qt.AlignmentFlag.AlignRight


def _model() -> TableModel:
    return TableModel(Table(COLUMNS, list(ROWS)))


def _shown(model: TableModel, column: str) -> list[str]:
    place = model.table.names().index(column)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


@pytest.fixture
def table(qtbot: QtBot) -> DataTable:
    made = DataTable("prov", key=("ref",))
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_table(Table(COLUMNS, list(ROWS)))
    made.show()
    return made


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("joint", ["Höft", "Knä", "Okänd led", "Höft"]),
        ("day", ["2024-03-31", "2023-12-01", "", "2024-01-01"]),
        ("count", ["12\u00a0345", "–", "7", "70"]),
        ("year", ["2024", "2023", "2023", "2022"]),
        ("cost", ["1\u00a0234\u00a0567,50\u00a0kr", "–", "\u22121,00\u00a0kr", "0,00\u00a0kr"]),
        ("rate", ["2,1\u00a0%", "–", "50,0\u00a0%", "0,0\u00a0%"]),
        ("competing", ["Ja", "", "", ""]),
    ],
)
def test_values_are_shown_as_people_read_them(column: str, shown: list[str]) -> None:
    assert _shown(_model(), column) == shown


def test_numbers_stand_to_the_right_and_text_to_the_left() -> None:
    model = _model()
    for place, column in enumerate(COLUMNS):
        cell = Qt.AlignmentFlag(model.data(model.index(0, place), Qt.ItemDataRole.TextAlignmentRole))
        head = Qt.AlignmentFlag(model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole))
        is_number = column.kind in (Kind.INTEGER, Kind.MONEY, Kind.RATE)
        assert bool(cell & RIGHT) is bool(head & RIGHT) is is_number


def test_a_cell_tells_its_heading_to_those_who_listen() -> None:
    model = _model()
    assert model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole) == "Led: Höft"


@pytest.mark.parametrize(
    ("column", "order", "refs"),
    [
        ("name", Qt.SortOrder.AscendingOrder, ["a/3", "a/2", "0012", "a/1"]),
        ("count", Qt.SortOrder.AscendingOrder, ["a/3", "0012", "a/1", "a/2"]),
        ("count", Qt.SortOrder.DescendingOrder, ["a/1", "0012", "a/3", "a/2"]),
        ("cost", Qt.SortOrder.AscendingOrder, ["a/3", "0012", "a/1", "a/2"]),
        ("day", Qt.SortOrder.DescendingOrder, ["a/1", "0012", "a/2", "a/3"]),
    ],
)
def test_columns_sort_by_value_in_swedish_with_nothing_last(column: str, order: Qt.SortOrder, refs: list[str]) -> None:
    model = _model()
    model.sort(model.table.names().index(column), order)
    assert _shown(model, "ref") == refs


def test_the_swedish_letters_come_last_and_in_their_order() -> None:
    words = ["öra", "ära", "åra", "zon", "Ara", "ebba", "éclair", "Wu", "vu"]
    assert sorted(words, key=swedish_key) == ["Ara", "ebba", "éclair", "vu", "Wu", "zon", "åra", "ära", "öra"]


def test_the_model_is_honest_while_it_is_sorted_filtered_and_filled(
    model_tester: Callable[[QAbstractItemModel], None],
) -> None:
    model = _model()
    model_tester(model)
    kept = model.index(0, 1)
    from PySide6.QtCore import QPersistentModelIndex

    persistent = QPersistentModelIndex(kept)
    model.sort(1)
    assert model.data(QModelIndex(persistent)) == "Östersund"  # type: ignore[call-overload]
    model.show_rows([0, 2])
    model.set_table(Table(COLUMNS, []))
    model.set_table(Table(COLUMNS[:2], [("a", "b")]))
    model.sort(-1)


def test_names_can_be_shown_in_place_of_ids_and_are_found_and_sorted_by(table: DataTable) -> None:
    table.set_table(Table(COLUMNS, list(ROWS)), {"ref": {"a/1": "Första", "a/2": "Andra"}})
    table.set_find("första")
    assert table.shown_rows() == [0]


def test_the_count_says_how_many_of_how_many(table: DataTable) -> None:
    assert table.count.text() == "4 rader"
    table.set_find("höft")
    assert table.count.text() == "2 av 4 rader"


def test_typing_filters_on_every_word_after_a_moment(table: DataTable, qtbot: QtBot) -> None:
    type_text(table.search, "höft östersund")
    qtbot.waitUntil(lambda: table.shown_rows() == [0])
    table.search.clear()
    qtbot.waitUntil(lambda: len(table.shown_rows()) == 4)


def test_a_filter_is_a_chip_and_goes_away_with_it(table: DataTable) -> None:
    table.add_filter("joint", ["hip"])
    table.add_filter("year", [2022], exclude=True)
    assert table.chips.texts() == ["Led: Höft", "År: inte 2022"]
    assert table.shown_rows() == [0]
    table.chips.removed.emit(1)
    assert table.chips.texts() == ["Led: Höft"]
    assert table.shown_rows() == [0, 3]
    assert table.filters() == (ColumnFilter("joint", frozenset({"hip"})),)


def test_a_cell_offers_to_filter_by_its_value(table: DataTable) -> None:
    menu = table.cell_menu(table.model.index(1, 2))
    only, hide = menu.actions()[:2]
    assert only.text() == "Visa bara ”Knä”"
    hide.trigger()
    assert table.shown_rows() == [0, 2, 3]
    menu.close()


def test_a_table_read_again_keeps_the_chosen_row_the_order_and_the_filter(table: DataTable) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.set_find("a/")
    table.choose_row(1)
    told: list[int] = []
    table.current_row_changed.connect(told.append)
    table.set_table(Table(COLUMNS, [("a/0", "Ny", "hip", "", 1, 2024, 1, 0.1, 0), *ROWS]))
    assert table.current_row() == 2
    assert told[-1] == 2
    assert [table.model.value(row, "ref") for row in table.shown_rows()] == ["a/0", "a/3", "a/2", "a/1"]


def test_return_opens_the_chosen_row(table: DataTable) -> None:
    opened: list[int] = []
    table.row_activated.connect(opened.append)
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.choose_row(3)
    press(table.view, Qt.Key.Key_Return)
    assert opened == [3]


def test_a_table_that_the_keyboard_comes_to_has_a_chosen_row(table: DataTable, qtbot: QtBot) -> None:
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.choose_row(0)
    chosen = table.model.text(0, 0)
    table.search.setFocus()
    table.set_find(table.model.text(1, 0))
    assert chosen not in [table.model.text(row, 0) for row in table.shown_rows()]
    assert table.chosen_rows() == []
    table.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.chosen_rows() == [table.current_row()] == [1]


def test_copied_rows_have_headings_plain_numbers_and_identifiers_as_text(table: DataTable) -> None:
    table.choose_row(3)
    table.copy()
    heads, row = QGuiApplication.clipboard().text().splitlines()
    assert heads.split("\t") == [column.heading for column in COLUMNS]
    assert row.split("\t") == ['="0012"', "ärla", "Höft", "2024-01-01", "70", "2022", "0,00", "0,000000", ""]


def test_a_text_that_looks_like_a_formula_is_copied_as_text(table: DataTable) -> None:
    table.set_table(Table(COLUMNS[:2], [('=HYPERLINK("x")', "-1")]))
    table.copy()
    row = QGuiApplication.clipboard().text().splitlines()[1]
    assert row.split("\t") == ['="=HYPERLINK(""x"")"', '="-1"']


def test_columns_are_as_the_user_left_them(qtbot: QtBot, table: DataTable) -> None:
    table.column_menu().actions()[1].trigger()
    table.view.horizontalHeader().moveSection(0, 3)
    again = DataTable("prov", key=("ref",))
    qtbot.addWidget(again)
    again.set_table(Table(COLUMNS, list(ROWS)))
    assert again.view.isColumnHidden(1)
    assert again.view.horizontalHeader().visualIndex(0) == 3
    other = DataTable("en annan")
    qtbot.addWidget(other)
    other.set_table(Table(COLUMNS, list(ROWS)))
    assert not other.view.isColumnHidden(1)


def test_columns_are_remembered_for_letters_of_the_same_size_only(qtbot: QtBot, table: DataTable) -> None:
    table.view.setColumnWidth(0, 222)
    again = DataTable("prov", key=("ref",))
    larger = DataTable("prov", key=("ref",))
    font = QFont(larger.view.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    larger.view.setFont(font)
    for made in (again, larger):
        qtbot.addWidget(made)
        made.set_table(Table(COLUMNS, list(ROWS)))
    assert again.view.columnWidth(0) == 222
    assert larger.view.columnWidth(0) != 222


def test_a_narrow_table_breaks_headings_and_cuts_texts_but_never_figures(qtbot: QtBot) -> None:
    columns = (
        Column("name", Kind.TEXT, "Namn"),
        Column("cost", Kind.MONEY, "Kvar av taket"),
        Column("rate", Kind.RATE, "Kan upptäckas från"),
    )
    table = DataTable("smal")
    qtbot.addWidget(table)
    table.set_table(Table(columns, [("En vårdgivare med ett mycket långt namn", 123456750, 0.021)]))
    table.resize(2000, 300)
    table.show()
    wide = table.view.horizontalHeader().height()
    table.resize(table.fontMetrics().averageCharWidth() * 62, 300)
    header = table.view.horizontalHeader()
    qtbot.waitUntil(lambda: header.height() > wide)
    assert header.length() <= table.view.viewport().width()
    assert all(table.view.columnWidth(each) >= table.view.sizeHintForColumn(each) for each in (1, 2))
    assert table.view.columnWidth(0) < table.view.sizeHintForColumn(0)


def test_texts_that_do_not_fit_are_cut_in_their_turn(qtbot: QtBot) -> None:
    columns = tuple(Column(name, Kind.TEXT, name) for name in ("mål", "område", "kommentar"))
    table = DataTable("turvis")
    qtbot.addWidget(table)
    table.view.cut_in_turn([1], [2])
    table.set_table(Table(columns, [("En lång text om målet", "Ett långt område", "En ännu längre kommentar än så")]))
    table.resize(table.fontMetrics().averageCharWidth() * 60, 300)
    table.show()
    needed = [table.view.sizeHintForColumn(each) for each in range(3)]
    qtbot.waitUntil(lambda: table.view.columnWidth(1) < needed[1])
    assert table.view.columnWidth(0) >= needed[0]
    assert table.view.horizontalHeader().length() <= table.view.viewport().width()


def test_a_large_table_is_searched_in_slices_and_further_letters_look_among_what_was_found(qtbot: QtBot) -> None:
    rows: list[Row] = [(f"a/{n}", f"Namn {n % 50}", "hip", "", n, 2024, n, 0.1, 0) for n in range(60_000)]
    table = DataTable("stor")
    qtbot.addWidget(table)
    table.set_table(Table(COLUMNS, rows))
    longest = time.monotonic()
    table.set_find("namn 7")
    assert time.monotonic() - longest < 1
    qtbot.waitUntil(lambda: "av 60" in table.count.text(), timeout=20_000)
    found = table.shown_rows()
    assert found == [n for n in range(60_000) if any("7" in str(value) for value in rows[n]) or "7" in str(n)]
    table.set_find("namn 7 a/77")
    qtbot.waitUntil(lambda: "av 60" in table.count.text() and len(table.shown_rows()) < len(found), timeout=20_000)
    assert table.shown_rows() == [n for n in found if "a/77" in f"a/{n}"]


def test_the_last_column_cannot_be_hidden(table: DataTable) -> None:
    menu = table.column_menu()
    for entry in menu.actions()[: len(COLUMNS)]:
        entry.setChecked(False)
    assert sum(not table.view.isColumnHidden(place) for place in range(len(COLUMNS))) == 1
    menu.close()


def test_a_hundred_thousand_rows_open_and_scroll_at_once(qtbot: QtBot) -> None:
    rows: list[Row] = [(f"a/{n}", "Namn", "hip", "2024-01-01", n, 2024, n, 0.1, 0) for n in range(100_000)]
    table = DataTable("stor")
    qtbot.addWidget(table)
    table.show()
    began = time.monotonic()
    table.set_table(Table(COLUMNS, rows))
    table.view.scrollToBottom()
    table.grab()
    assert time.monotonic() - began < 2
