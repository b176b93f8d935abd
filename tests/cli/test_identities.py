"""`identities doubles | join`: numbers by key, masked unless asked for on record, joined only when not tried."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import imports
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]

PERSONAL, BARE, SECOND = "196812099874", "6812099874", "195902189876"
FILES = {
    KindOfFile.PROVIDERS: "provider_id;name;kind\nOWN;Egna;own\nP01;Fjäll;private\n",
    KindOfFile.EPISODES: (
        "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures\n"
        f"bok;1;{PERSONAL};P01;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00\n"
        f"bok;2;{BARE};OWN;own;inpatient;2020-03-01;2020-03-09;T845F;\n"
        f"bok;3;{SECOND};OWN;own;inpatient;2020-03-01;2020-03-09;J18;\n"
    ),
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with made_stores.opened(tmp_path, make) as opened:
        return opened.path


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    for kind, text in FILES.items():
        file = folder / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        imports.import_file(made, kind, file)
    return made


@pytest.fixture
def call(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(*words: str) -> tuple[int, list[dict[str, str]], str]:
        status = main(["--store", str(store), "identities", *words])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


def aliases(store: Path) -> int:
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        return int(workspace.store.value("SELECT count(*) FROM aliases"))


def test_doubles_are_masked_and_named_by_their_keys(call: Call) -> None:
    status, (row,), _said = call("doubles")
    assert (status, row["personal_id"], row["same_as"]) == (0, "68••••", "19681209-••••")
    assert row["key"].isdigit()
    assert row["same_as_key"].isdigit()


def test_whole_numbers_are_shown_only_on_record(call: Call, store: Path) -> None:
    _status, (row,), _said = call("doubles", "--identified")
    assert (row["personal_id"], row["same_as"]) == (BARE, PERSONAL)
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        assert audit.entries(workspace.store)[0].action == "identities_disclosed"


def test_a_dry_run_tells_what_would_change_and_changes_nothing(call: Call, store: Path) -> None:
    _status, (pair,), _said = call("doubles")
    status, rows, said = call("join", pair["key"], pair["same_as_key"], "--dry-run")
    assert status == 0
    assert rows[0]["effect"] == "Kopplingen kommer till"
    assert {"amount_before", "amount_after"} <= set(rows[0])
    assert "Inget har ändrats" in said
    assert aliases(store) == 0


def test_joining_tells_what_changed_and_the_pair_is_gone(call: Call, store: Path) -> None:
    _status, (pair,), _said = call("doubles")
    status, rows, said = call("join", pair["key"], pair["same_as_key"])
    assert (status, len(rows)) == (0, 3)
    assert "Numren är hopförda. Import nr 3." in said
    assert aliases(store) == 1
    assert call("doubles")[1] == []


def test_what_is_refused_ends_with_5_and_needs_its_flag(call: Call, store: Path) -> None:
    with open_workspace(store, PASSPHRASE, write=False) as workspace:
        keys = dict(workspace.store.rows("SELECT personal_id, identity FROM identities"))
    words = ["join", str(keys[SECOND]), str(keys[PERSONAL])]
    status, rows, said = call(*words)
    assert (status, rows) == (5, [])
    assert "Bekräfta särskilt" in said
    assert aliases(store) == 0
    assert call(*words, "--two-personal-numbers")[0] == 0
    status, _rows, said = call("join", str(keys[SECOND]), str(keys[BARE]), "--two-personal-numbers")
    assert (status, "Byt håll" in said) == (5, True)


@pytest.mark.parametrize("words", [["join", "1"], ["join", PERSONAL + "x", "1"], ["join", "4711", "1"]])
def test_keys_that_are_none_end_with_2(call: Call, words: list[str]) -> None:
    status, rows, said = call(*words)
    assert (status, rows) == (2, [])
    assert len(said.splitlines()) == 1
    assert PERSONAL not in said
