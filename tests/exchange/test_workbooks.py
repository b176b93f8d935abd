"""Tables in workbooks: read as the same table in a text file is, with the spreadsheet's own rows and nothing lost."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import CancelledError, InputError
from kvalitetsapp.exchange.cell_texts import column_letters, text_of
from kvalitetsapp.exchange.reading import recognise
from kvalitetsapp.progress import Progress
from support import workbooks
from support.examples import FOLDER
from support.reading import EPISODE, read_file, records
from support.workbooks import ErrorCode, ods, saved, xls, xlsx, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.exchange.reading import ReadFile

QUOTE = '"'
FORMS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}
HEAD = ("provider_id", "name", "kind", "county")
GOOD = ("P1", "Åsa & Co", "own", "23")
PROFILE = """
kind = "providers"
{words}
[columns]
provider_id = "provider_id"
name = "name"
kind = "kind"
county = "county"
"""


def read_workbook(folder: Path, content: bytes, kind: str = "providers", profile: str = "") -> ReadFile:
    path = folder / "fil.dat"  # what it is called does not matter
    path.write_bytes(content)
    toml = folder / "profil.toml"
    if profile:
        toml.write_text(profile, encoding="utf-8")
    return read_file(kind, path, toml if profile else None)


def refusal(folder: Path, content: bytes, profile: str = "") -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(folder, content, profile=profile)
    assert "fil.dat" in caught.value.message
    return caught.value.message


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


# which sheet, which row


@pytest.mark.parametrize("form", FORMS)
def test_the_only_visible_sheet_with_content_is_read(tmp_path: Path, form: str) -> None:
    sheets = {"Gammalt": [HEAD, ("X", "x", "own", "")], "Tomt": [], "Data": [HEAD, GOOD]}
    found = read_workbook(tmp_path, FORMS[form](sheets, hidden=["Gammalt"]))
    assert [row["provider_id"] for row in records(found)] == ["P1"]


@pytest.mark.parametrize("form", FORMS)
def test_two_sheets_with_content_are_not_chosen_between(tmp_path: Path, form: str) -> None:
    content = FORMS[form]({"Åsikt": [HEAD, GOOD], "Mer": [HEAD, ("P2", "B", "own", "")]})
    message = refusal(tmp_path, content)
    assert "”Åsikt”, ”Mer”" in message
    found = read_workbook(tmp_path, content, profile=PROFILE.format(words='sheet = "Mer"'))
    assert [row["provider_id"] for row in records(found)] == ["P2"]


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path, form: str) -> None:
    message = refusal(tmp_path, FORMS[form]({"Åsikt": [HEAD, GOOD]}), PROFILE.format(words='sheet = "Data"'))
    assert "”Data”" in message
    assert "”Åsikt”" in message


@pytest.mark.parametrize("form", FORMS)
def test_a_hidden_sheet_is_read_when_it_is_asked_for(tmp_path: Path, form: str) -> None:
    content = FORMS[form]({"Data": [("a",)], "Dold": [HEAD, GOOD]}, hidden=["Dold"])
    assert len(read_workbook(tmp_path, content, profile=PROFILE.format(words='sheet = "Dold"')).rows) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_without_content_is_refused(tmp_path: Path, form: str) -> None:
    assert "inget synligt blad" in refusal(tmp_path, FORMS[form]({"Blad1": [], "Blad2": []}))


@pytest.mark.parametrize("form", FORMS)
def test_titles_above_the_header_are_passed_by_when_the_profile_says_where_it_is(tmp_path: Path, form: str) -> None:
    rows = [("Uttag ur registret",), ("", "Skapat", 45000), (), HEAD, (), GOOD, ("P2", "B", "x", "")]
    content = FORMS[form]({"Data": rows})
    found = read_workbook(tmp_path, content, profile=PROFILE.format(words="header_row = 4"))
    assert [row[0] for row in found.rows] == [6]
    assert [each.row for each in found.rejects] == [7]
    assert "rad 3" in refusal(tmp_path, content, PROFILE.format(words="header_row = 3"))
    assert "rad 99" in refusal(tmp_path, content, PROFILE.format(words="header_row = 99"))


def test_a_text_file_too_has_its_header_where_the_profile_says(tmp_path: Path) -> None:
    text = f"Uttag\n;;Skapat;2024\n{';'.join((*HEAD, 'mer'))}\n{';'.join((*GOOD, ''))}\nP2;B;x;;\nP3\n"
    profile = PROFILE.format(words="header_row = 3")
    found = read_workbook(tmp_path, text.encode(), profile=profile)
    assert [row[0] for row in found.rows] == [4]
    assert [(each.row, each.code) for each in found.rejects] == [(5, "not_in_list"), (6, "ragged")]
    assert [(each.row, each.rule) for each in found.findings] == [(3, "unknown_column")]
    assert "rad 9" in refusal(tmp_path, text.encode(), profile.replace("3", "9"))


@pytest.mark.parametrize("form", FORMS)
def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path: Path, form: str) -> None:
    rows = [("Titel",), (None, None, *HEAD, None), (None, None, *GOOD), (None, None, *GOOD, " ")]
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}), profile=PROFILE.format(words="header_row = 2"))
    assert [row[0] for row in found.rows] == [3, 4]


@pytest.mark.parametrize("form", FORMS)
def test_a_value_under_no_header_rejects_its_row(tmp_path: Path, form: str) -> None:
    rows = [(None, *HEAD), (None, *GOOD), (None, *GOOD, None, "OBS"), ("?", *GOOD)]
    found = read_workbook(tmp_path, FORMS[form]({"Data": rows}))
    assert [(each.row, each.code) for each in found.rejects] == [(3, "unheaded"), (4, "unheaded")]
    assert "G3" in found.rejects[0].reason
    assert "A4" in found.rejects[1].reason
    assert (found.read, len(found.rows)) == (3, 1)


@pytest.mark.parametrize("value", [0, False, 5])
def test_a_nought_under_no_header_is_a_value_too(tmp_path: Path, value: object) -> None:
    rows = [HEAD, (*GOOD, None, value), GOOD]
    found = read_workbook(tmp_path, FORMS["xlsx"]({"Data": rows}))
    assert [(each.row, each.code) for each in found.rejects] == [(2, "unheaded")]


@pytest.mark.parametrize("form", FORMS)
def test_unclear_headers_are_refused_as_in_a_text_file(tmp_path: Path, form: str) -> None:
    assert "”name”" in refusal(tmp_path, FORMS[form]({"Data": [(*HEAD, "name"), GOOD]}))
    assert "kolumn 3 " in refusal(tmp_path, FORMS[form]({"Data": [("provider_id", "name", " ", "kind"), GOOD]}))
    assert "rubrikrad" in refusal(tmp_path, FORMS[form]({"Data": [(), HEAD, GOOD]}))
    assert "”name”, ”kind”" in refusal(tmp_path, FORMS[form]({"Data": [("provider_id", "county"), ("P1", "23")]}))


def test_merged_headers_are_blank_headers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["provider_id", "name", None, "kind"])
    sheet.append(list(GOOD))
    sheet.merge_cells("B1:C1")
    assert "kolumn 3 " in refusal(tmp_path, saved(book))


@pytest.mark.parametrize("form", FORMS)
def test_a_header_alone_is_a_workbook_without_rows(tmp_path: Path, form: str) -> None:
    found = read_workbook(tmp_path, FORMS[form]({"Data": [HEAD]}))
    assert (found.read, found.rows, found.rejects) == (0, [], [])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["providers", "episodes", "verdicts"])
def test_a_workbook_in_standard_form_is_recognised(tmp_path: Path, form: str, kind: str) -> None:
    with (FOLDER / "county" / f"{kind}.csv").open(encoding="utf-8-sig") as file:
        header = file.readline().strip().split(";")
    path = tmp_path / "fil.bin"
    path.write_bytes(FORMS[form]({"Data": [header]}))
    assert recognise(path) is KindOfFile(kind)
    path.write_bytes(FORMS[form]({"Data": [("a", "b")]}))
    assert recognise(path) is None
    path.write_bytes(FORMS[form]({"Data": [()]}))
    assert recognise(path) is None


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
