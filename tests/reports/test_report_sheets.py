"""Reports as workbooks: every number that paper has, the same bytes again, and nothing that paper hides."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.table import Kind
from kvalitetsapp.exchange import workbook_writing
from kvalitetsapp.reports import printed_numbers, provider_report, report_sheets, total_report
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import decimal, kronor, number, percent
from support import pdf, report_example

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.reports.composed import Composed

OF_PERSONS: Final = ("Komplikationer", "Journalgranskning", "Utfall", "Volym och pris", "Enhetstabell")


def composed(kind: str, mode: SmallNumbers = SmallNumbers.OPEN) -> Composed:
    if kind == "provider":
        data = report_example.provider_report()
        return provider_report.composed(replace(data, head=replace(data.head, small_numbers=mode)))
    total = report_example.total_report()
    return total_report.composed(replace(total, head=replace(total.head, small_numbers=mode)))


def written(report: Composed, path: Path) -> Path:
    properties = workbook_writing.Properties(report.title, date(2024, 12, 31))
    workbook_writing.write(path, report_sheets.sheets(report), properties)
    return path


def as_printed(value: float, written_as: str) -> set[str]:
    """Return the ways in which paper may print a number of a cell."""
    if "%" in written_as:
        return {percent(value, 0).split("\u00a0")[0], percent(value, 1).split("\u00a0")[0]}
    if isinstance(value, int) or value.is_integer():
        return {number(int(value)), decimal(value, 2), str(int(value))}
    return {decimal(value, 2), kronor(round(value * 100)).removesuffix("\u00a0kr")}


@pytest.mark.parametrize("kind", ["provider", "total"])
@pytest.mark.parametrize("mode", list(SmallNumbers))
def test_every_number_of_the_workbook_stands_in_the_pdf(kind: str, mode: SmallNumbers, tmp_path: Path) -> None:
    paper = pdf.read(composed(kind, mode).pdf()).text.replace("\u00a0", " ")
    book = openpyxl.load_workbook(written(composed(kind, mode), tmp_path / "x.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]
    numbers = [(cell.value, cell) for cell in cells if isinstance(cell.value, int | float)]
    assert len(numbers) > 90
    for value, cell in numbers:
        told = {text.replace("\u00a0", " ") for text in as_printed(value, cell.number_format)}
        assert any(text in paper for text in told), (cell.parent.title, cell.coordinate, told)


@pytest.mark.parametrize("kind", ["provider", "total"])
def test_every_table_of_the_pdf_is_a_sheet_with_all_its_rows_and_its_notes(kind: str) -> None:
    made = report_sheets.sheets(composed(kind))
    text = pdf.read(composed(kind).pdf()).text
    assert [title for title, _table in made][0 :: len(made) - 1] == ["Om rapporten", "Text och noter"]
    assert text.count("Tabell ") == len(made) - 2
    words_told = " ".join(str(row[2]) for row in made[-1][1].rows)
    assert "Inte justerat för ålder" in words_told
    assert "Wilsons 95-procentiga intervall" in words_told
    kinds = {Kind.INTEGER: int, Kind.MONEY: int, Kind.RATE: float}
    for _title, table in made:
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                assert value is None or isinstance(value, kinds.get(column.kind, str)), column


def test_the_same_report_gives_the_same_workbook(tmp_path: Path) -> None:
    first, again = (written(composed("total"), tmp_path / name).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert first == again


@pytest.mark.parametrize("mode", [SmallNumbers.PLAIN, SmallNumbers.STRICT])
@pytest.mark.parametrize("kind", ["provider", "total"])
def test_what_paper_hides_is_nowhere_in_the_file(kind: str, mode: SmallNumbers, tmp_path: Path) -> None:
    path = written(composed(kind, mode), tmp_path / "x.xlsx")
    largest = 7 if mode is SmallNumbers.STRICT else 4
    word = "≤7" if mode is SmallNumbers.STRICT else "<5"
    book = openpyxl.load_workbook(path)
    assert all(sheet.sheet_state == "visible" for sheet in book)
    said = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert said.count(word) > 5
    for sheet in book:
        if sheet.title.split(" ", 1)[1] in OF_PERSONS:
            counts = [
                cell.value
                for row in sheet.iter_rows(min_row=2)
                for cell in row
                if isinstance(cell.value, int) and "%" not in cell.number_format
            ]
            assert not [count for count in counts if 0 < count <= largest], sheet.title
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if "comment" in name or "external" in name]
        everything = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert "2 av 31" not in everything
    assert "1 av 29" not in everything


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    data = report_example.total_report()
    first, *others = data.providers
    data = replace(data, providers=(replace(first, name='=HYPERLINK("http://x")'), *others))
    book = openpyxl.load_workbook(written(total_report.composed(data), tmp_path / "x.xlsx"))
    (cell,) = [one for one in book["1 Vårdgivarna"]["A"] if str(one.value).startswith("=")]
    assert cell.data_type == "s"


def read(*texts: str) -> Table:
    return report_sheets.table_of(Grid((words("Vad"), Column("Tal")), [("x", text) for text in texts]))


def test_a_range_has_two_columns_and_shares_its_unit() -> None:
    table = read("1,2–3,4\u00a0%", "–", "0,0–10,0\u00a0%")
    assert [column.heading for column in table.columns] == ["Vad", "Tal, från", "Tal, till"]
    assert [row[1:] for row in table.rows] == [(0.012, 0.034), (None, None), (0.0, 0.1)]


def test_kronor_keep_their_ore_and_whole_kronor_say_their_unit() -> None:
    assert read("1\u00a0234,50", "−0,05").rows == [("x", 123450), ("x", -5)]
    whole = read("60\u00a0000\u00a0kr")
    assert (whole.columns[1].heading, whole.rows) == ("Tal, kr", [("x", 60000)])


def test_what_is_no_number_stands_in_a_column_beside() -> None:
    table = read("<5", "··", "12", "–")
    assert [row[1:] for row in table.rows] == [(None, "<5"), (None, "··"), (12, ""), (None, "")]


def test_numbers_of_several_kinds_in_a_column_stay_text() -> None:
    assert [row[1] for row in read("12", "1,5\u00a0%").rows] == ["12", "1,5 %"]
    assert printed_numbers.ends("1–2–3") is None
    assert printed_numbers.ends("2024-12-31") is None
