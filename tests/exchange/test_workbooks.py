"""Tables in workbooks: read as the same table in a text file is, with the spreadsheet's own rows and nothing lost."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kvalitetsapp.errors import CancelledError
from kvalitetsapp.exchange.cell_texts import column_letters, text_of
from kvalitetsapp.progress import Progress
from support import workbooks
from support.examples import FOLDER
from support.reading import EPISODE, read_file, records
from support.reading_workbooks import FORMS, GOOD, HEAD, read_workbook
from support.workbooks import ErrorCode, saved, xlsx, xlsx_of

if TYPE_CHECKING:
    from pathlib import Path


QUOTE = '"'


def episode(**other: object) -> list[object]:
    return list((EPISODE | other).values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["providers", "persons", "episodes", "verdicts", "benchmarks"])
def test_a_workbook_gives_the_same_as_the_text_file(tmp_path: Path, form: str, name: str) -> None:
    source = next(iter(sorted((FOLDER / "county").glob(f"{name}*.csv"))))
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[:400]
    short = tmp_path / "kort.csv"
    short.write_text(
        "".join(";".join(f'"{cell.replace(QUOTE, QUOTE * 2)}"' for cell in row) + "\n" for row in rows),
        encoding="utf-8",
    )
    expected = read_file(name, short)
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}), name)
    assert (found.rows, found.rejects, found.findings) == (expected.rows, expected.rejects, expected.findings)
    assert (found.read, found.encoding, found.delimiter) == (expected.read, "", "")
    assert found.rows


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_numbered_as_the_spreadsheet_does_and_empty_ones_give_none(tmp_path: Path, form: str) -> None:
    rows = [HEAD, (), GOOD, ("", "  ", "", ""), (), ("P2", "B", "kanske", ""), ()]
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}))
    assert [row[0] for row in found.rows] == [3]
    assert [(each.row, each.code) for each in found.rejects] == [(6, "not_in_list")]
    assert found.read == 2


@pytest.mark.parametrize("form", FORMS)
def test_cells_of_every_type_are_read_as_what_they_show(tmp_path: Path, form: str) -> None:
    cells = episode(
        personal_id=196812099874,
        admitted=date(2020, 5, 1),
        discharged=datetime(2020, 5, 4, 13, 30),  # noqa: DTZ001
        procedure_date="2020-05-02",
        cost=0.1 + 0.2,
        price=60000.0,
        episode_id=7.0,
    )
    (row,) = records(read_workbook(tmp_path, FORMS[form]({"Data": [list(EPISODE), cells]}), "episodes"))
    assert (row["personal_id"], row["episode_id"]) == ("196812099874", "7")
    assert (row["admitted"], row["discharged"]) == ("2020-05-01", "2020-05-04")
    assert (row["cost"], row["price"]) == (30, 6_000_000)


@pytest.mark.parametrize("form", FORMS)
def test_a_date_cell_is_a_date_whatever_format_the_texts_have(tmp_path: Path, form: str) -> None:
    rows = [
        ("Nummer", "Född", "Död"),
        ("196812099874", date(1968, 12, 9), "02/03/2024"),
        ("194001219833", "21/01/1940", datetime(2024, 3, 2)),  # noqa: DTZ001
        ("196812099874", "1968-12-09", ""),
    ]
    profile = """kind = "persons"\ndate_format = "%d/%m/%Y"
    [columns]\npersonal_id = "Nummer"\nbirth_date = "Född"\ndeath_date = "Död"\n"""
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}), "persons", profile)
    assert [(row["birth_date"], row["death_date"]) for row in records(found)] == [
        ("1968-12-09", "2024-03-02"),
        ("1940-01-21", "2024-03-02"),
    ]
    assert [(each.row, each.code) for each in found.rejects] == [(4, "bad_date")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (196812099874.0, "196812099874"),
        (9812099874.0, "9812099874"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (84512.37, "84512.37"),
        (123456789012345678.0, "1.23456789012346E+17"),
        (float("nan"), "NAN"),
        (True, "TRUE"),
        (False, "FALSE"),
        (time(13, 5), "13:05:00"),
        (timedelta(hours=30), "30:00:00"),
        (datetime(2024, 5, 1), "2024-05-01"),  # noqa: DTZ001
        (datetime(2024, 5, 1, 8), "2024-05-01 08:00:00"),  # noqa: DTZ001
        ("007", "007"),
    ],
)
def test_a_cell_becomes_the_text_that_keeps_all_of_it(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_number_that_lost_its_zero_becomes_the_usual_finding(tmp_path: Path) -> None:
    found = read_workbook(tmp_path, xlsx({"Data": [list(EPISODE), episode(personal_id=812099874)]}), "episodes")
    assert [(each.row, each.rule) for each in found.findings] == [(2, "doubtful_identity")]


@pytest.mark.parametrize(
    ("form", "error"), [("xlsx", "#N/A"), ("xlsx", "#REF!"), ("xls", ErrorCode(42)), ("ods", "#N/A")]
)
def test_an_error_rejects_its_row_and_says_where(tmp_path: Path, form: str, error: object) -> None:
    rows = [list(EPISODE), episode(), episode(cost=error, episode_id="2"), episode(episode_id="3", unit=error)]
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}), "episodes")
    shown = "#N/A" if error == 42 else str(error)
    assert [(each.row, each.column, each.value, each.code) for each in found.rejects] == [
        (3, "cost", shown, "error_cell"),
        (4, "unit", shown, "error_cell"),
    ]
    assert shown in found.rejects[0].reason
    assert len(found.rows) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_formula_that_nobody_has_reckoned_rejects_its_row(tmp_path: Path, form: str) -> None:
    rows = [list(EPISODE), episode(), episode(price="=1+1")]
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}), "episodes")
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(3, "price", "no_result")]
    assert (found.read, len(found.rows)) == (2, 1)


def test_a_formula_with_a_result_is_its_result_also_when_that_is_nothing(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEAD)
    cells = (
        '<c r="A2" t="str"><f>"P"&amp;1</f><v>P1</v></c><c r="B2" t="str"><f>A2</f><v>B</v></c>'
        '<c r="C2" t="str"><f t="shared" si="0"/><v>own</v></c><c r="D2" t="str"><f>""</f><v></v></c>'
    )
    found = read_workbook(tmp_path, xlsx_of(f"<row>{head}</row><row r='2'>{cells}</row>"))
    assert [(row["provider_id"], row["county"]) for row in records(found)] == [("P1", None)]
    assert not found.rejects


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_trouble_is_found_in_whatever_way_the_xml_is_written(tmp_path: Path, prefix: str, places: bool) -> None:
    def cell(place: str, attributes: str, inside: str) -> str:
        at = f" r='{place}'" if places else ""
        return f"<{prefix}c{attributes}{at}>{inside}</{prefix}c>"

    def text(place: str, value: str) -> str:
        return cell(place, " t='inlineStr'", f"<{prefix}is><{prefix}t>{escape(value)}</{prefix}t></{prefix}is>")

    rows = [
        "".join(text(f"{'ABCD'[i]}1", name) for i, name in enumerate(HEAD)),
        "".join(text(f"{'ABCD'[i]}2", name) for i, name in enumerate(GOOD)),
        text("A3", "P3") + cell("B3", " t='e' s='1'", f"<{prefix}f>1/0</{prefix}f><{prefix}v>#DIV/0!</{prefix}v>"),
        text("A4", "P4") + text("B4", "x") + cell("C4", "", f"<{prefix}f>1+1</{prefix}f>") + text("D4", "y"),
    ]
    numbers = [f" r='{i}'" if places else "" for i in range(1, 5)]
    body = "".join(f"<{prefix}row{n}>{row}</{prefix}row>" for n, row in zip(numbers, rows, strict=True))
    space = f'xmlns{":x" if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    part = f"<{prefix}worksheet {space}><{prefix}sheetData>{body}</{prefix}sheetData></{prefix}worksheet>"
    content = workbooks.with_parts(xlsx({"Blad1": [["x"]]}), {"xl/worksheets/sheet1.xml": part})
    found = read_workbook(tmp_path, content)
    assert [(each.row, each.column, each.code) for each in found.rejects] == [
        (3, "name", "error_cell"),
        (4, "kind", "no_result"),
    ]


def test_an_error_in_a_column_that_is_not_read_does_no_harm(tmp_path: Path) -> None:
    found = read_workbook(tmp_path, xlsx({"Data": [(*HEAD, "annat"), (*GOOD, "#N/A")]}))
    assert (len(found.rows), found.rejects) == (1, [])
    assert found.unknown_columns == ("annat",)


def test_a_column_is_named_as_a_spreadsheet_does() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@pytest.mark.parametrize("form", FORMS)
def test_cancel_is_heard_at_every_step(tmp_path: Path, form: str) -> None:
    path = tmp_path / "fil"
    path.write_bytes(FORMS[form]({"Data": [HEAD, GOOD]}))
    steps = Steps()
    read_file("providers", path, progress=steps)
    assert steps.taken >= 3
    for stop in range(3):  # how often it listens while the workbook is loaded is up to the machine
        with pytest.raises(CancelledError):
            read_file("providers", path, progress=Steps(stop))


class Steps(Progress):
    """Counts the steps and cancels at one of them."""

    def __init__(self, stop: int = -1) -> None:
        super().__init__()
        self.taken, self._stop = 0, stop

    def step(self, done: int, total: int | None, what: str) -> None:
        if self.taken == self._stop:
            self.cancel()
        self.taken += 1
        super().step(done, total, what)


@pytest.mark.parametrize("rows", [8191, 8192, 8193, 65_535])
def test_every_row_is_read_however_many_there_are(tmp_path: Path, rows: int) -> None:
    body = "".join(
        f'<row r="{i}"><c r="A{i}" t="str"><v>P{i}</v></c><c r="C{i}" t="str"><v>own</v></c>'
        f'<c r="B{i}" t="str"><v>Alm</v></c></row>'
        for i in range(2, rows + 2)
    )
    head = '<row r="1">' + "".join(f'<c r="{"ABC"[i]}1" t="str"><v>{HEAD[i]}</v></c>' for i in range(3)) + "</row>"
    found = read_workbook(tmp_path, xlsx_of(head + body))
    assert (found.read, len(found.rows), found.rows[-1][0]) == (rows, rows, rows + 1)


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(["personal_id", "birth_date"])
    sheet.append(["196812099874", date(1968, 12, 9)])
    assert records(read_workbook(tmp_path, saved(book), "persons"))[0]["birth_date"] == "1968-12-09"


def test_texts_that_cells_share_are_read_with_their_letters(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{i}">'
        + "".join(f'<c r="{"ABC"[j]}{i}" t="s"><v>{3 * (i - 1) + j}</v></c>' for j in range(3))
        + "</row>"
        for i in (1, 2)
    )
    texts = [*HEAD[:3], "P1", "Åsa &amp; Co", "own"]
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = workbooks.with_parts(
        xlsx_of(rows),
        {
            "xl/sharedStrings.xml": "<sst>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>",
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
            ),
        },
    )
    assert [row["name"] for row in records(read_workbook(tmp_path, content))] == ["Åsa & Co"]


def test_a_very_hidden_sheet_is_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(HEAD))
    other = book.create_sheet("Lista")
    other.append(["x"])
    other.sheet_state = "veryHidden"
    assert read_workbook(tmp_path, saved(book)).read == 0
