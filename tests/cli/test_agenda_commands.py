"""`agenda`, `gap`, `report agenda` and `report gap`: what they print and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import agenda_tables, gap_tables
from support import agenda_calls, pdf
from support.command_calls import Call, calls
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def store(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the county with a kept quarter in paper 1 and a gap analysis in paper 2."""
    from support import county_store as stores

    path = stores.copy(county_store, tmp_path_factory.mktemp("agenda"))
    with stores.opened(path) as workspace:
        agenda_calls.kept_quarter(workspace)
        assert agenda_calls.gap(workspace) == 2
    return path


@pytest.fixture
def call(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command and gives status, output and what was said."""
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    return calls(store, capsys)


def header(table: object) -> str:
    return ";".join(column.name for column in table)  # type: ignore[attr-defined]


def test_the_agenda_its_quarters_and_one_of_them_are_printed(call: Call) -> None:
    status, out, _err = call("agenda", "status")
    assert (status, out.splitlines()[0]) == (0, header(agenda_tables.AGENDA))
    assert "staff;enps;" in out
    _status, listed, _err = call("agenda", "quarters")
    first, quarter = listed.splitlines()
    assert first == header(agenda_tables.QUARTERS)
    _status, shown, _err = call("agenda", "show", quarter.partition(";")[0])
    assert "Mätt i våras." in shown


def test_a_quarter_is_saved_anew_with_its_words_and_none_that_is_none(call: Call) -> None:
    _status, listed, _err = call("agenda", "quarters")
    code = listed.splitlines()[1].partition(";")[0]
    status, _out, said = call("agenda", "save", code)
    assert status == 0
    assert "ndrat" in said or "version" in said
    assert call("agenda", "save", "2026-Q7")[0] == 2
    assert call("agenda", "show", "2001-Q1")[0] == 2


def test_analyses_are_listed_and_one_is_told(call: Call) -> None:
    _status, out, _err = call("gap", "list")
    assert out.splitlines()[0] == header(gap_tables.LISTED)
    assert out.splitlines()[1].startswith("2;Höften;draft;Rut;")
    _status, told, _err = call("gap", "show", "2")
    assert "Mål;två av hundra. Reoperation inom två år: högst 2\u00a0%" in told
    assert call("gap", "show", "1")[0] == 2


def test_reports_are_written_and_may_leave_with_small_numbers_hidden(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "agenda.pdf"
    assert call("report", "agenda", "--out", str(out), "--hide-small", "--receiver", "Nämnden")[0] == 0
    assert "Kvalitetsagenda" in pdf.read(out.read_bytes()).text
    decision = tmp_path / "underlag.pdf"
    assert call("report", "gap", "2", "--out", str(decision))[0] == 0
    assert "Beslutsunderlag" in pdf.read(decision.read_bytes()).text
    assert call("report", "gap", "höften", "--out", str(decision))[0] == 2
