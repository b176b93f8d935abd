"""The summaries of costs as commands: their columns, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain import cost_tables
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[[str], tuple[int, list[dict[str, str]], str]]


@pytest.fixture
def call(county_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(words: str) -> tuple[int, list[dict[str, str]], str]:
        status = main(["--store", str(county_copy), "summary", *words.split()])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


def test_every_summary_prints_its_columns(call: Call) -> None:
    for words, columns in (
        ("complication-cost", cost_tables.COMPLICATION_COST_VALUES),
        ("expected-cost --within 365", cost_tables.EXPECTED_COST_VALUES),
        ("before-after --days 30 --joint knee", cost_tables.BEFORE_AFTER),
        ("what-if --cap 100000,none --window 365", cost_tables.WHAT_IF),
    ):
        status, rows, said = call(words)
        assert (status, said) == (0, "")
        assert list(rows[0])[-len(columns) :] == [column.name for column in columns], words


def test_own_terms_stand_under_the_agreed_ones(call: Call) -> None:
    _status, rows, _said = call("what-if --cap 100000,none")
    assert [row["scenario"].replace("\u00a0", " ") for row in rows] == ["Som avtalat", "Tak 100 000 kr", "Inget tak"]
    assert rows[2]["over_cap"] == "0.00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("complication-cost --by year", "year"),
        ("before-after --days 0", "minst 1"),
        ("before-after --days 30 --file finns-inte.csv", "går inte att läsa"),
        ("what-if --cap mycket", "inget belopp"),
        ("what-if --cost-basis gissning", "ingen kostnadsgrund"),
        ("what-if --agreement NIX", "NIX"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(call: Call, words: str, said: str) -> None:
    status, rows, told = call(words)
    assert (status, rows) == (2, [])
    assert said in told
