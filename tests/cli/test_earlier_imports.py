"""Earlier imports by command: told, undone in one go, refused with what stands in the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support import empty_store
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;private\n"
HEADER = "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;procedures\n"
EPISODE = "bok;1;196812099874;P01;contract;inpatient;2020-01-01;2020-01-03;NFB49 ZXA00\n"
WRONG = "bok;2;196812099875;P01;contract;inpatient;2020-01-01;2020-01-03;NFB49 ZXA00\n"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["--store", str(tmp_path / "prov.kvdb"), *words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    empty_store.make(tmp_path)
    for kind, text in (("providers", PROVIDERS), ("episodes", HEADER + EPISODE + WRONG)):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert run("import", "--kind", kind, str(path))[0] in {0, 3}
    return run


def test_the_list_tells_the_account_of_every_import(call: Call) -> None:
    _status, csv, _err = call("imports", "list")
    lines = csv.splitlines()
    assert lines[0] == "batch;imported_at;kind;file;read;stored;corrected;unchanged;rejected;undone_at"
    assert lines[2].startswith("2;")
    assert lines[2].endswith(";episodes;episodes.csv;2;1;0;0;1;")
    rows = json.loads(call("imports", "list", "--format", "json")[1])
    assert [(row["batch"], row["read"], row["undone_at"]) for row in rows] == [(1, 2, ""), (2, 2, "")]


def test_rejects_and_findings_are_listed_with_personal_numbers_masked(call: Call) -> None:
    status, rejects, _err = call("imports", "rejects", "2")
    assert status == 0
    assert rejects.splitlines()[0] == "row;column;value;reason"
    assert rejects.splitlines()[1].startswith("3;personal_id;")
    assert "9875" not in rejects
    assert call("imports", "findings", "2")[1].splitlines()[0] == "row;rule;column;value;ref"
    assert call("imports", "rejects", "99")[0] == 2
    assert call("imports", "findings", "hej")[0] == 2


def test_what_stands_in_the_way_is_told_and_nothing_is_done(call: Call) -> None:
    before = call("store", "info")[1]
    status, _out, said = call("imports", "undo", "1", "--because", "fel fil")
    assert status == 5
    assert "1 rad (vårdkontakter) från import 2 (episodes.csv) bygger på import 1. Ångra import 2 först." in said
    assert "bok 1" in said
    assert "Importen går inte att ångra. Inget har ändrats." in said
    assert call("store", "info")[1] == before


def test_an_undo_is_tried_and_then_done(call: Call) -> None:
    before = call("store", "info")[1]
    status, _out, tried = call("imports", "undo", "1", "2", "--because", "fel fil", "--dry-run")
    assert status == 0
    assert tried.splitlines() == [
        "2 rader tas bort: vårdgivare",
        "1 rad tas bort: vårdkontakter",
        "Personnummer som inte längre förekommer tas bort: 1",
        "Inget har ändrats; så här hade det blivit.",
    ]
    assert call("store", "info")[1] == before
    status, _out, done = call("imports", "undo", "1", "2", "--because", "fel fil")
    assert status == 0
    assert done.splitlines() == tried.splitlines()[:-1]
    rows = json.loads(call("imports", "list", "--format", "json")[1])
    assert all(row["undone_at"] for row in rows)
    assert call("imports", "undo", "1", "--because", "igen")[0] == 5


def test_a_reason_is_required(call: Call) -> None:
    status, _out, said = call("imports", "undo", "2")
    assert (status, said) == (2, "--because saknas. Se ”--help”.\n")
    assert call("imports", "undo", "2", "--because", " ")[0] == 2
