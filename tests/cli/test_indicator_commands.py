"""`indicator show | export | import | withdraw` and `list indicators`: what they print, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.indicator_recipe import INDICATORS
from kvalitetsapp.services.workspace import create_workspace
from support.command_calls import Call, calls

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command on an empty store and gives status, output and what was said."""
    create_workspace(tmp_path / "a.kvdb", "lösenfras").close()
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "lösenfras")
    return calls(tmp_path / "a.kvdb", capsys)


def test_a_recipe_goes_out_to_a_file_and_comes_in_as_an_own_one(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "recept.toml"
    assert call("indicator", "export", "death_90d", "--out", str(path))[0] == 0
    status, _out, said = call("indicator", "import", str(path), "--because", "Test")
    assert (status, said) == (
        2,
        "Inget är inläst. Rätta det som står här:\ndeath_90d, id: Beteckningen används redan av en annan indikator.\n",
    )
    path.write_text(path.read_text(encoding="utf-8").replace('"death_90d"', '"own_death"'), encoding="utf-8")
    status, _out, said = call("indicator", "import", str(path), "--because", "Test")
    assert (status, said) == (0, "Nya recept: 1. Nya versioner: 0. Oförändrade: 0.\n")

    _status, out, _said = call("list", "indicators")
    header, *rows = [line.split(";") for line in out.splitlines()]
    assert header == [column.name for column in INDICATORS]
    assert [(row[0], row[1], row[9]) for row in rows][-1] == ("own_death", "1", "own")
    _status, out, _said = call("indicator", "show", "own_death")
    assert "Tid: Dag 0 till 90 efter operationen, båda med; operationer som är följda i 90 dagar\n" in out
    assert call("indicator", "withdraw", "own_death", "--because", "Test")[0] == 0
