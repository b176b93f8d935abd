"""`claim …` and the lists of claims: a claim goes all its way by commands, and each refusal says why."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.services.workspace import open_workspace
from support import claiming
from support.claiming import INDEX_REF
from support.counties import PASSPHRASE
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with claiming.make(tmp_path) as workspace:
        return workspace.path


@pytest.fixture
def call(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(*words: str, user: str = ANNA) -> tuple[int, list[dict[str, str]], str]:
        monkeypatch.setattr("getpass.getuser", lambda: user)
        status = main(["--store", str(store), *words])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


def test_a_claim_goes_from_draft_to_written_off_by_commands(call: Call, store: Path) -> None:
    assert [row["to_claim"] for row in call("list", "unclaimed")[1]] == ["90000.00", "60000.00"]
    status, _rows, said = call("claim", "draft", INDEX_REF)
    assert (status, said) == (0, "1 utkast, 150\N{NO-BREAK SPACE}000,00\N{NO-BREAK SPACE}kr\n")
    assert call("claim", "change", "1", "--line", "2", "--amount", "50000", "--because", "prov")[0] == 0
    with_number = call("list", "claims")[1][0]["claim"]
    assert call("claim", "approve", with_number)[0] == 5, "the same user has drafted it"
    assert call("claim", "approve", with_number, user=BO)[0] == 0
    assert call("claim", "return", "1", "--because", "fel")[0] == 0
    assert call("claim", "approve", "1", user=BO)[0] == 0
    issue_first(store)
    assert call("claim", "sent", "1")[0] == 0
    assert call("claim", "dispute", "1", "--because", "samband", "--on", "2026-01-20")[0] == 0
    assert call("claim", "answer", "1", "--text", "vi står fast")[0] == 0
    status, _rows, said = call("claim", "redetermine", "1", "--amount", "120000", "--because", "två dagar")
    assert "Kreditera 20" in said
    assert call("claim", "accept", "1")[0] == 0
    assert call("claim", "accept", "1", "--amount", "100000", "--because", "delar")[0] == 0
    assert call("claim", "settle", "1")[0] == 5
    assert call("claim", "write-off", "1", "--because", "litet")[0] == 0
    assert call("claim", "reopen", "1", "--because", "ändå")[0] == 0
    (row,) = call("list", "claims")[1]
    assert (row["claim_status"], row["accepted"], row["left"]) == ("sent", "100000.00", "140000.00")
    ledger = call("list", "cap-ledger", INDEX_REF)[1]
    assert [(one["entry"], one["amount"]) for one in ledger] == [
        ("draw", "90000.00"),
        ("draw", "60000.00"),
        ("release", "-10000.00"),
    ]


def issue_first(store: Path) -> None:
    """Issue the first claim."""
    with open_workspace(store, PASSPHRASE, write=True) as workspace:
        claiming.issue(workspace, 1)


def test_what_cannot_be_drafted_says_why_and_drafts_nothing(call: Call) -> None:
    status, _rows, said = call("claim", "draft", INDEX_REF, "bok/99/hip/right")
    assert (status, said) == (5, "Det finns inget att kräva för bok/99/hip/right nu.\n")
    assert call("list", "claims")[1] == []
    assert call("claim", "withdraw", "7", "--because", "prov")[0] == 2
    assert call("claim", "accept", "krav")[0] == 2


def test_a_draft_is_made_again_or_taken_back(call: Call) -> None:
    call("claim", "draft", INDEX_REF)
    assert call("claim", "redraft", "1", "--because", "prov")[0] == 0
    assert call("claim", "withdraw", "2", "--because", "prov")[0] == 0
    assert [row["claim_status"] for row in call("list", "claims")[1]] == ["withdrawn", "withdrawn"]


@pytest.mark.parametrize("name", ["claimed-without-review", "past-deadline", "claim-corrections"])
def test_the_other_lists_are_printed_also_when_they_are_empty(call: Call, name: str) -> None:
    assert call("list", name)[:2] == (0, [])
    assert call("claim", "leave", "1", "--line", "1", "--because", "prov")[0] == 5
