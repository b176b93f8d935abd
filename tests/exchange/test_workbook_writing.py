"""Workbooks written and read back: real values, nothing that acts, the same bytes."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.exchange import workbook_writing
from kvalitetsapp.exchange.workbook_writing import Properties, write

if TYPE_CHECKING:
    from pathlib import Path

PROPERTIES = Properties("Protokoll", date(2025, 1, 31))
COLUMNS = (
    Column("event_ref", Kind.TEXT, "Händelse"),
    Column("status", Kind.CODE, "Status", "status"),
    Column("event_date", Kind.DATE, "Händelsedatum"),
    Column("days", Kind.INTEGER, "Dagar"),
    Column("cost", Kind.MONEY, "Kostnad"),
    Column("rate", Kind.RATE, "Andel"),
    Column("covered", Kind.FLAG, "Täcks"),
    Column("kappa", Kind.DECIMAL, "Kappa"),
)
ROW = ("a/1", "confirmed", "2024-02-29", 12, 123_456_78, 0.125, 1, "0.50")
EMPTY = ("", "", "", None, None, None, 0, "")
TABLE = Table(COLUMNS, [ROW, EMPTY])
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.se", "{=1}", "\t=1", "1e5", "007")


def _sheet(path: Path, name: str = "Ärenden") -> Any:  # noqa: ANN401 - openpyxl has no types
    return openpyxl.load_workbook(path)[name]


def test_values_come_back_as_what_they_are(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("Ärenden", TABLE)], PROPERTIES)
    head, first, second = _sheet(tmp_path / "a.xlsx").iter_rows(values_only=True)
    assert head == tuple(column.heading for column in COLUMNS)
    assert first == ("a/1", "Bekräftad", datetime(2024, 2, 29), 12, 123_456.78, 0.125, "Ja", 0.5)  # noqa: DTZ001
    assert second == (None, None, None, None, None, None, "Nej", None)


def test_dates_amounts_and_shares_are_shown_as_such(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("Ärenden", TABLE)], PROPERTIES)
    formats = [cell.number_format for cell in _sheet(tmp_path / "a.xlsx")[2]]
    assert formats == ["General", "General", "yyyy-mm-dd", "#,##0", "#,##0.00", "0.0%", "General", "0.00"]


def test_the_head_stays_in_sight_can_be_filtered_and_columns_fit(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("Ärenden", TABLE)], PROPERTIES)
    sheet = _sheet(tmp_path / "a.xlsx")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H3"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["C"].width > len("Händelsedatum")
    assert all(column.width <= 61 for column in sheet.column_dimensions.values())


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    table = Table((Column("x", Kind.TEXT, text), *COLUMNS[1:2]), [(text, text)])
    write(path, [("Ärenden", table)], PROPERTIES)
    cells = [cell for row in _sheet(path).iter_rows() for cell in row if cell.value != "Status"]
    assert {cell.value for cell in cells} == {text}
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if name.startswith("xl/worksheets/_rels")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [("A", Table(COLUMNS[:1], [(text,) for text in texts]))], PROPERTIES)
    read = openpyxl.load_workbook(path)["A"].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in read] == texts


def test_the_same_tables_give_the_same_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write(tmp_path / name, [("Ärenden", TABLE), ("Tom", Table(COLUMNS))], PROPERTIES)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("Ärenden", TABLE)], PROPERTIES)
    told = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert (told.title, told.creator, told.created.date()) == ("Protokoll", "Kvalitetsapp", date(2025, 1, 31))


def test_the_reader_of_imports_reads_it(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("Ärenden", TABLE), ("Tom", Table(COLUMNS))], PROPERTIES)
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == ["Ärenden", "Tom"]
    assert book.get_sheet_by_name("Ärenden").to_python()[1][:4] == ["a/1", "Bekräftad", date(2024, 2, 29), 12.0]
    assert len(book.get_sheet_by_name("Tom").to_python()) == 1


def test_titles_that_no_sheet_may_have_are_made_into_such(tmp_path: Path) -> None:
    titles = ("Höft/knä: [alla]?", "x" * 40, "X" * 40, "", "'citat'", "A", "a")
    write(tmp_path / "a.xlsx", [(title, Table(COLUMNS[:1])) for title in titles], PROPERTIES)
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == ["Höft knä   alla", "x" * 31, "X" * 27 + " (2)", "Blad", "citat", "A", "a (2)"]


def test_a_long_table_goes_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_writing, "ROWS_IN_A_SHEET", 4)
    rows: list[tuple[str]] = [(str(number),) for number in range(7)]
    write(tmp_path / "a.xlsx", [("A", Table(COLUMNS[:1], list(rows)))], PROPERTIES)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.max_row for sheet in book] == [4, 4, 2]
    assert [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)] == rows


def test_days_before_the_calendar_of_workbooks_stay_as_text(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [("A", Table(COLUMNS[2:3], [("1899-12-31",), ("1900-03-01",)]))], PROPERTIES)
    values = [row[0] for row in _sheet(tmp_path / "a.xlsx", "A").iter_rows(min_row=2, values_only=True)]
    assert values == ["1899-12-31", datetime(1900, 3, 1)]  # noqa: DTZ001


def test_what_a_cell_cannot_hold_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32768 characters"):
        write(tmp_path / "a.xlsx", [("A", Table(COLUMNS[:1], [("x" * 32_768,)]))], PROPERTIES)
    with pytest.raises(ValueError, match="at least one sheet"):
        write(tmp_path / "a.xlsx", [], PROPERTIES)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OSError, match=r"a\.xlsx"):
        write(tmp_path / "a.xlsx", [("A", Table(COLUMNS[:1]))], PROPERTIES)
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "saknas" / "a.xlsx", [("A", Table(COLUMNS[:1]))], PROPERTIES)
