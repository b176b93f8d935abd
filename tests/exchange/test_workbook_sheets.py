"""Which sheet of a workbook is read, from which row, and what stands outside its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange.reading import recognise
from support.examples import FOLDER
from support.reading import records
from support.reading_workbooks import FORMS, GOOD, HEAD, PROFILE, read_workbook, refusal
from support.workbooks import saved

if TYPE_CHECKING:
    from pathlib import Path


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
