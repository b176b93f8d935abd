"""The commands about review rounds as one who types them meets them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain import round_tables
from kvalitetsapp.domain.review_round import Part
from support import made_rounds
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.table import Column

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]

PERIOD = ("--from", "2014-01-01", "--to", "2025-12-31")


@pytest.fixture
def call(county_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(*words: str) -> tuple[int, list[dict[str, str]], str]:
        status = main(["--store", str(county_copy), "review", *words])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


def names(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns]


def answer_first(county_copy: Path, name: str) -> None:
    from kvalitetsapp.services import review_rounds

    with opened(county_copy, user="Ada") as workspace:
        round_id = review_rounds.named(workspace, name).round_id
        made_rounds.answer(workspace, round_id, made_rounds.keys(workspace, round_id)[0])
        made_rounds.link_anew(workspace)


def test_a_round_that_is_only_tried_is_not_stored(call: Call) -> None:
    status, rows, said = call("new", "Våren", *PERIOD, "--dry-run")
    assert status == 0
    assert list(rows[0]) == names(round_tables.PREVIEW)
    assert rows[0]["by"] == "Alla"
    assert "vid egna kliniken 2014-01-01–2025-12-31, alla leder." in said
    assert "Inget har ändrats" in said
    assert call("rounds")[1] == []


def test_a_round_is_frozen_listed_and_its_cases_told(call: Call) -> None:
    status, rows, said = call("new", "Våren", *PERIOD, "--joint", "hip", "--two-reviewers")
    assert status == 0
    assert "Omgången ”Våren” är fryst med" in said
    (found,) = call("rounds")[1]
    assert list(found) == names(round_tables.ROUNDS)
    assert (found["name"], found["reviewers_per_case"], found["cases"]) == ("Våren", "2", rows[0]["events"])
    cases = call("cases", "Våren")[1]
    assert list(cases[0]) == names(round_tables.CASES)
    assert len(cases) == int(found["cases"])
    assert {row["joint"] for row in cases} == {"hip"}


def test_a_repeated_round_is_as_the_earlier_one_where_nothing_else_is_said(call: Call, county_copy: Path) -> None:
    call("new", "Våren", *PERIOD, "--joint", "hip", "--all-levels")
    answer_first(county_copy, "Våren")
    _status, rows, _said = call("new", "Hösten", *PERIOD, "--repeats", "Våren")
    assert {row["value"] for row in rows if row["by"] == "Led"} == {"Höft"}
    later, earlier = call("rounds")[1]
    assert (later["repeats"], later["known"], later["definition"]) == ("Våren", "1", earlier["definition"])
    (work,) = call("rounds", "--reviewers")[1]
    assert list(work) == names(round_tables.REVIEWERS)
    assert (work["name"], work["reviewer"], work["answers"], work["seconds"]) == ("Våren", "Ada", "1", "30")


def test_two_rounds_are_compared_by_case_by_count_and_by_agreement(call: Call, county_copy: Path) -> None:
    call("new", "Våren", *PERIOD)
    answer_first(county_copy, "Våren")
    call("new", "Hösten", *PERIOD, "--repeats", "1")
    for by, columns in (
        ("cases", round_tables.COMPARISON),
        ("counts", round_tables.COUNTS),
        ("agreement", round_tables.AGREEMENT),
    ):
        status, rows, _said = call("compare", "Våren", "Hösten", "--by", by)
        assert (status, list(rows[0])) == (0, names(columns))
    assert call("compare", "Våren", "Hösten")[1][0]["rounds"] == "båda, svaret övertaget"


def test_the_agreement_of_two_reviewers_is_printed_question_by_question(call: Call, county_copy: Path) -> None:
    call("new", "Våren", *PERIOD, "--two-reviewers")
    with opened(county_copy) as workspace:
        key = made_rounds.keys(workspace, 1)[0]
        for who, severity in (("Ada", "F"), ("Bo", "G")):
            given = replace(made_rounds.CONFIRMED, harm_severity=severity)
            made_rounds.answer(workspace, 1, key, given, part=Part.FIRST, who=who)
    status, rows, said = call("agreement", "Våren")
    assert (status, said, list(rows[0])) == (0, "", names(round_tables.KAPPA))
    harm = next(row for row in rows if row["question"] == "Skadans allvar")
    assert harm | {"low": "", "high": ""} == harm
    assert (harm["n"], harm["agreed"], harm["kappa"], harm["weights"]) == ("1", "0", "0.00", "Linjärt vägd")
    assert "varierar för lite" in harm["remark"]


def test_a_round_of_one_reviewer_prints_no_agreement_and_says_why(call: Call) -> None:
    call("new", "Våren", *PERIOD)
    assert call("agreement", "Våren") == (0, [], "Varje händelse i ”Våren” granskas av en person.\n")


def test_a_protocol_is_written_as_pdf_and_as_workbook(call: Call, tmp_path: Path) -> None:
    call("new", "Våren", *PERIOD)
    out, book = tmp_path / "p.pdf", tmp_path / "p.xlsx"
    status, _rows, said = call("protocol", "Våren", "--out", str(out), "--workbook", str(book), "--hide-small")
    assert (status, said) == (0, f"Skrev {out}.\nSkrev {book}.\n")
    assert out.read_bytes().startswith(b"%PDF-")
    assert book.read_bytes().startswith(b"PK")
    assert call("protocol", "Hösten", "--out", str(out))[0] == 2


def test_a_round_is_closed_with_what_was_left_told(call: Call) -> None:
    call("new", "Våren", *PERIOD)
    status, _rows, said = call("close", "Våren")
    assert (status, "inte klara" in said) == (5, True)
    status, rows, said = call("close", "Våren", "--leave-open")
    assert status == 0
    assert f"{len(rows)} händelser utan beslut" in said
    assert call("rounds")[1][0]["closed_on"]


def test_a_round_without_answers_is_taken_away(call: Call) -> None:
    call("new", "Våren", *PERIOD)
    assert call("discard", "Våren")[0] == 0
    status, _rows, said = call("cases", "Våren")
    assert (status, "ingen omgång ”Våren”" in said) == (2, True)


def test_a_protocol_and_its_workbook_are_not_one_file(call: Call, tmp_path: Path) -> None:
    call("new", "Våren", *PERIOD)
    out = tmp_path / "protokoll.pdf"
    status, _rows, said = call("protocol", "Våren", "--out", str(out), "--workbook", str(out))
    assert (status, said) == (2, "PDF-filen och Excel-filen ska ha olika namn.\n")
    assert not out.exists()
