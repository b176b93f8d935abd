"""`evaluate links`: the table on standard output, bad rows on standard error, and the exit status that says so."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.evaluation import LINK_ACCURACY
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]

HEADER = "event_ref;verdict;reviewer;reviewed_on;index_ref\n"


@pytest.fixture
def call(county_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(*words: str) -> tuple[int, list[dict[str, str]], str]:
        status = main(["--store", str(county_copy), "evaluate", "links", *words])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


@pytest.fixture
def linked(county_copy: Path) -> tuple[str, str]:
    """An event with a proposed operation."""
    sql = "SELECT event_ref, index_ref FROM links WHERE status = 'proposed' ORDER BY event_ref LIMIT 1"
    with opened(county_copy, write=False) as workspace:
        ((event, operation),) = workspace.store.rows(sql)
    return event, operation


def test_every_column_is_printed_and_events_have_no_ambiguous_ones(
    call: Call, linked: tuple[str, str], tmp_path: Path
) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text(HEADER + f"{linked[0]};confirmed;A;2024-05-01;{linked[1]}\n", encoding="utf-8")
    status, rows, said = call("--truth", str(truth))
    assert (status, said) == (0, "")
    assert list(rows[0]) == [column.name for column in LINK_ACCURACY]
    assert {row["group"] for row in rows} == {"all", "complication_class", "side"}
    overall = {row["measure"]: row for row in rows if row["group"] == "all"}
    assert (overall["event"]["ambiguous"], overall["link"]["ambiguous"]) == ("", "0")
    assert (overall["link"]["precision"], overall["link"]["recall"]) == ("1.000000", "1.000000")


def test_bad_rows_are_told_with_row_column_and_reason_and_the_rest_is_used(
    call: Call, linked: tuple[str, str], tmp_path: Path
) -> None:
    truth = tmp_path / "truth.csv"
    good = f"{linked[0]};confirmed;A;2024-05-01;{linked[1]}\n"
    truth.write_text(HEADER + good + "cosmic/nej;confirmed;A;2024-05-01;\n", encoding="utf-8")
    status, rows, said = call("--truth", str(truth))
    assert status == 3
    assert "rad 3, event_ref: ”cosmic/nej” – Vårdkontakten finns inte" in said
    assert rows[0]["truth"] == "1"


@pytest.mark.parametrize("words", [[], ["--truth", "saknas.csv"]])
def test_a_truth_that_is_not_there_ends_with_2(call: Call, words: list[str]) -> None:
    status, rows, said = call(*words)
    assert (status, rows, len(said.splitlines())) == (2, [], 1)
