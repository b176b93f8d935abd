"""`table list | show | set | remove | reset | history | import | export`: what they print, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.kept_row import HISTORY, ORIGIN, REASON, TABLES
from kvalitetsapp.services.workspace import create_workspace
from support.command_calls import Call, calls

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = [column.name for column in EDITABLE["operating_times"].columns]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command on an empty store and gives status, output and what was said."""
    create_workspace(tmp_path / "a.kvdb", "lösenfras").close()
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "lösenfras")
    return calls(tmp_path / "a.kvdb", capsys, "table")


def cells(line: str) -> list[str]:
    return line.split(";")


def test_a_row_is_set_shown_with_where_it_comes_from_and_had_back(call: Call) -> None:
    assert call("set", "operating_times", "code=nfb", "minutes=77", "--because", "Mätt")[::2] == (
        0,
        "Raden är sparad.\n",
    )
    assert call("set", "operating_times", "code=ZZZ99", "minutes=30")[2] == (
        "Raden är sparad.\nKVÅ-koden ZZZ99 finns inte i kodtabellen.\n"
    )
    _status, out, _said = call("show", "operating_times")
    header, *rows = map(cells, out.splitlines())
    assert header == [*COLUMNS, *(column.name for column in ORIGIN)]
    told = {row[0]: row for row in rows}
    assert (told["NFB"][1], told["NFB"][2], told["NFB"][5]) == (
        "77",
        "antagande, att rätta efter egna tider",
        "changed",
    )
    assert told["ZZZ99"][5] == "own"
    _status, out, _said = call("history", "operating_times", "NFB")
    header, *rows = map(cells, out.splitlines())
    assert header == [*(column.name for column in HISTORY), *COLUMNS, REASON.name]
    assert [(row[5], row[-1]) for row in rows] == [("90", "Medföljer"), ("77", "Mätt")]
    assert call("reset", "operating_times", "NFB")[2] == "Raden är som den medföljer.\n"
    assert call("remove", "operating_times", "ZZZ99")[2] == "Raden är borttagen.\n"
    _status, out, _said = call("list")
    header, *rows = map(cells, out.splitlines())
    assert header == [column.name for column in TABLES]
    assert [row[0] for row in rows] == list(EDITABLE)
    assert {row[3] for row in rows} == {"0"}


def test_a_table_goes_out_to_a_file_and_comes_in_whole_or_not_at_all(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "tider.csv"
    assert call("export", "operating_times", "--out", str(path))[::2] == (0, f"Skrev {path}.\n")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}QQ1;x;;;\n", encoding="utf-8")
    last = len(text.splitlines()) + 1
    assert call("import", "operating_times", str(path))[::2] == (
        2,
        f"Inget är inläst. Rätta det som står här:\nRad {last}, minutes: Skriv ett helt tal, till exempel 90.\n",
    )
    path.write_text(text.replace("\nNFB;90;", "\nNFB;88;"), encoding="utf-8")
    told = f"Nya rader: 0. Ändrade: 1. Oförändrade: {last - 3}.\n"
    assert call("import", "operating_times", str(path), "--preview")[2] == told
    assert ";NFB;" not in call("show", "operating_times", "--format", "csv")[1]
    assert call("import", "operating_times", str(path), "--because", "Mätt")[2] == told
    assert "\nNFB;88;" in call("show", "operating_times")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "operating_times", "code"), "Skriv varje cell som KOLUMN=VÄRDE"),
        (("set", "operating_times", "code=NFB", "tid=9"), "tid: Tabellen har ingen sådan kolumn."),
        (("set", "operating_times", "minutes=9"), "code: Fyll i KVÅ-kod."),
        (("remove", "capacities", "P01"), "En rad i tabellen pekas ut med provider_id, area."),
        (("reset", "operating_times", "ZZZ"), "Raden ZZZ medföljer inte programmet."),
    ],
)
def test_what_is_wrong_is_told_in_words(call: Call, words: tuple[str, ...], told: str) -> None:
    status, _out, said = call(*words)
    assert status == 2
    assert told in said
