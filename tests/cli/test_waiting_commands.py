"""`waiting …`: what is printed, and what is said of a word that nobody waits with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import waiting_tables
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.waiting import WaitingKey
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace
from support.command_calls import Call, calls

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Column

PROVIDERS = "provider_id;name;kind;county\nOSD;Ortopedi;own;05\n"
LIST = """source;snapshot_on;entry_id;county;provider_id;procedure_code;decided_on;deviation
kö;2024-01-31;1;05;OSD;NFB49;2023-06-01;none
kö;2024-01-31;2;08;OSD;NFB49;2024-01-02;mov
kö;2024-02-29;1;05;OSD;NFB49;2023-06-01;none
"""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command on a store with two lists and gives status, output and what was said."""
    with create_workspace(tmp_path / "a.kvdb", "lösenfras") as workspace:
        for kind, text in ((KindOfFile.PROVIDERS, PROVIDERS), (KindOfFile.WAITING, LIST)):
            (tmp_path / "rader.csv").write_text(text, encoding="utf-8")
            imports.import_file(workspace, kind, tmp_path / "rader.csv")
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "lösenfras")
    return calls(tmp_path / "a.kvdb", capsys, "waiting")


def test_every_command_prints_its_table(call: Call) -> None:
    tables: dict[str, tuple[Column, ...]] = {
        "state": (waiting_tables.KEYS[WaitingKey.COUNTY], *waiting_tables.STATE_VALUES),
        "series": waiting_tables.SERIES,
        "distribution": waiting_tables.DISTRIBUTION,
        "findings": waiting_tables.FINDINGS,
        "flows": waiting_tables.FLOWS,
        "capacity": waiting_tables.CAPACITY,
        "operating": waiting_tables.OPERATING,
        "specialised": waiting_tables.SPECIALISED,
        "dates": waiting_tables.DATE_QUALITY,
        "entries": waiting_tables.ENTRIES,
    }
    for name, columns in tables.items():
        status, out, said = call(name)
        assert (status, said) == (0, ""), name
        assert out.splitlines()[0] == ";".join(column.name for column in columns)


def test_a_scope_is_given_by_key_or_by_name(call: Call) -> None:
    for county in ("08", "Kalmar län"):
        out = call("state", "--by", "provider", "--snapshot", "2024-01-10", "--county", county)[1]
        assert out.splitlines()[1].startswith("Ortopedi;1;0;")
    assert call("series", "--without-deviation")[1].splitlines()[1:] == [
        *("2024-01;2024-01-31;1;1;1;1;1;1", "2024-02;2024-02-29;1;1;1;1;1;1"),
    ]


def test_a_word_that_nobody_waits_with_and_a_month_without_a_list_are_refused_in_words(call: Call) -> None:
    assert call("state", "--county", "25")[::2] == (
        *(2, "Ingen väntar med 25 i listorna. Det som finns är 08, 05.\n"),
    )
    assert call("flows", "--snapshot", "2020-01-01")[::2] == (2, "Det finns ingen väntelista från 2020-01.\n")


def test_entries_of_a_finding_are_printed_and_one_that_is_not_there_is_told(call: Call) -> None:
    status, out, _said = call("entries", "--snapshot", "2024-01-31", "--finding", "few", "--about", "Åtgärdskod")
    assert (status, len(out.splitlines())) == (0, 3)
    assert call("entries", "--finding", "first_of_month")[1].splitlines()[1].startswith("kö;1;")
    status, _out, said = call("entries", "--about", "Åtgärdskod")
    assert (status, "Ange också --finding" in said) == (2, True)
    status, _out, said = call("entries", "--finding", "source_ended")
    assert (status, said) == (2, "Inget sådant fynd finns i urvalet för 2024-02.\n")
