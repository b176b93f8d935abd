"""`summary equity`, `equity list | show | profile` and `report equity`: what they print, and what they say beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain import equity_paper, equity_paper_words, equity_tables
from kvalitetsapp.domain.chart_tables import PROFILE
from support.counties import PASSPHRASE
from support.county_store import copy, opened
from support.paper_calls import measured

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, list[str], str]]


@pytest.fixture(scope="module")
def store(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = copy(county_store, tmp_path_factory.mktemp("equity-commands"))
    with opened(path) as workspace:
        measured(workspace)
    return path


@pytest.fixture
def call(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command and gives status, the lines of the table and what was said."""
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def run(*words: str) -> tuple[int, list[str], str]:
        status = main(["--store", str(store), *words])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return run


def names(*columns: object) -> str:
    return ";".join(getattr(column, "name", "") for column in columns)


def test_groups_are_printed_with_what_weakens_the_comparison_beside(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "grupper.xlsx"
    status, lines, said = call(
        *("summary", "equity", "reoperation_30d", "--by", "education,joint", "--standardised", "--xlsx", str(out))
    )
    assert status == 0
    assert lines[0] == f"education;joint;{names(*equity_tables.EQUITY_VALUES)}"
    assert len(lines) > 1
    assert "personer" in said
    assert "Ingen grupp skiljer sig från ”Kort utbildning”" in said
    assert out.read_bytes().startswith(b"PK")


def test_what_cannot_be_compared_is_said(call: Call) -> None:
    status, lines, said = call("summary", "equity", "reoperation_30d", "--by", "sex", "--reference", "mars")
    assert (status, lines) == (2, [])
    assert said.startswith("Det finns ingen grupp ”mars” att jämföra med.")


def test_papers_are_listed_and_shown_and_the_profile_is_a_table(call: Call) -> None:
    _status, lines, _said = call("equity", "list")
    assert lines[0] == names(*equity_paper.EQUITY_PAPERS)
    assert lines[1].startswith(
        "1;Kvinnor och män;Reoperation inom två år: kön;Obearbetad skillnad;measured;outcome;Rut"
    )
    _status, lines, _said = call("equity", "show", "1")
    assert lines[0] == names(*equity_paper_words.TOLD)
    assert any(line.startswith("1 Mätning;Urval;All köpt vård") for line in lines)
    assert call("equity", "show", "99")[0] == 2
    _status, lines, said = call("equity", "profile", "--joint", "hip")
    assert lines[0] == names(*PROFILE)
    assert "Utan önskad riktning, och därför inte med: Dagkirurgi." in said


def test_the_report_is_written_with_its_tables(call: Call, tmp_path: Path) -> None:
    out, tables = tmp_path / "jamlik.pdf", tmp_path / "jamlik.xlsx"
    status, _lines, _said = call(
        *("report", "equity", "--indicator", "reoperation_30d", "--joint", "knee"),
        "--out",
        str(out),
        "--xlsx",
        str(tables),
    )
    assert status == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert tables.read_bytes().startswith(b"PK")
