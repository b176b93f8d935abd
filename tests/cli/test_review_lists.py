"""`list missed-events | follow-ups | missing-costs`: tables with the columns that the manual tells."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.event_cost import MISSING
from kvalitetsapp.domain.follow_up import TAKEN
from kvalitetsapp.domain.missed_event import LISTED
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (("missed-events",), LISTED),
        (("missing-costs",), MISSING),
        (("missing-costs", "--potential"), MISSING),
        (("missed-events", "--days", "30", "--surgery-days", "365"), LISTED),
        (("follow-ups",), TAKEN),
    ],
)
def test_the_lists_print_their_columns(
    county_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    columns: tuple[object, ...],
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    assert main(["--store", str(county_store), "list", *words]) == 0
    printed = list(csv.reader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert printed[0] == [getattr(column, "name", "") for column in columns]
    assert (len(printed) > 1) is (words[0] in {"missed-events", "missing-costs"})


def test_days_outside_what_is_searched_end_with_2(
    county_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    assert main(["--store", str(county_store), "list", "missed-events", "--days", "731"]) == 2
    assert "mellan 0 och 730" in capsys.readouterr().err
