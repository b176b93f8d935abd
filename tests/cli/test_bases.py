"""Documents by command: details, issue, files, sent, number, credit, and what is refused with every field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from kvalitetsapp.cli import main
from support import made_claims, made_documents, reviewing
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "vinter regn häst 7"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store with two approved claims, where nothing is told that documents need."""
    with reviewing.make(tmp_path) as workspace:
        made_claims.approved(workspace, 1_000_00, 250_50)
        made_claims.approved(workspace, 300_00)
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("KVALITETSAPP_STORE", str(workspace.path))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main.main(list(words))
    told = capsys.readouterr()
    return status, told.out, told.err


def tell_details(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import asdict

    for told, options in ((made_documents.RULES, ()), (made_documents.RECEIVER, ("--provider", "P01"))):
        file = folder / "uppgifter.json"
        file.write_text(json.dumps(asdict(told)), encoding="utf-8")
        assert run(capsys, "billing", "set", str(file), *options)[0] == 0


def test_what_is_lacking_is_said_a_line_for_each_field(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, said = run(capsys, "basis", "issue", "--claim", "1,2")
    assert (status, out) == (2, "")
    assert "issuer.bankgiro: Bankgirot saknas.\n" in said
    assert "receiver.address.city: Orten saknas.\n" in said


def test_a_document_goes_all_the_way_by_command(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_details(store, capsys)
    shown = json.loads(run(capsys, "billing", "show", "--provider", "P01")[1])
    assert shown["buyer_reference"] == "REF-4711"
    status, out, _said = run(capsys, "basis", "issue", "--claim", "K-2026-00001,2")
    number = out.strip()
    assert (status, len(number)) == (0, 23)
    out_folder = store / "ut"
    out_folder.mkdir()
    monkeypatch.setenv("KVALITETSAPP_FILEPASSWORD", PASSWORD)
    assert run(capsys, "basis", "write", number, "--out", str(out_folder))[0] == 0
    reader = pypdf.PdfReader(out_folder / f"{number}-specifikation.pdf")
    assert reader.decrypt(PASSWORD)
    assert run(capsys, "basis", "sent", number, "--channel", "brev", "--ground", "follow_up")[0] == 0
    assert run(capsys, "basis", "legal-number", number, "9001")[0] == 0
    assert run(capsys, "basis", "legal-number", number, "9002")[0] == 2
    assert run(capsys, "basis", "legal-number", number, "9002", "--because", "fel")[0] == 0
    words = ("--credit-reason", "2", "--because", "fel prisår")
    status, note, _said = run(capsys, "basis", "credit", number, "--line", "1", "--amount", "400,50", *words)
    assert status == 0
    assert run(capsys, "basis", "credit", number, *words)[0] == 0
    rows = json.loads(run(capsys, "list", "bases", "--format", "json")[1])
    assert [row["amount"] for row in rows] == [1550.5, 400.5, 1150.0]
    assert (rows[0]["credited"], rows[0]["legal_number"], rows[1]["credited_number"]) == (1550.5, "9002", number)
    assert rows[1]["basis_number"] == note.strip()
    assert run(capsys, "basis", "credit", number, *words)[0] == 2, "nothing is left"


def test_a_password_from_a_file_or_a_new_one_opens_the_specification_and_a_weak_one_writes_nothing(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_details(store, capsys)
    number = run(capsys, "basis", "issue", "--claim", "1")[1].strip()
    sealed = store / f"{number}-specifikation.pdf"
    file = store / "lösenord.txt"
    file.write_text("kort\n", encoding="utf-8")
    status, _out, said = run(capsys, "basis", "write", number, "--out", str(store), "--password-file", str(file))
    assert (status, said) == (2, "password: Lösenordet är för kort: minst 12 tecken.\n")
    assert not sealed.exists()
    file.write_text(f"{PASSWORD}\r\nen rad till", encoding="utf-8")
    assert run(capsys, "basis", "write", number, "--out", str(store), "--password-file", str(file))[0] == 0
    assert pypdf.PdfReader(sealed).decrypt(PASSWORD)
    shown = run(capsys, "basis", "write", number, "--out", str(store), "--new-password")[1].strip()
    assert pypdf.PdfReader(sealed).decrypt(shown)
    missing = ("--password-file", str(store / "saknas"))
    assert run(capsys, "basis", "write", number, "--out", str(store), *missing)[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "--claim", "K-1"),
        ("credit", "ZVF1", "--credit-reason", "2", "--because", "x"),
        ("credit", "ZVF1", "--amount", "5", "--credit-reason", "2", "--because", "x"),
        ("credit", "ZVF1", "--line", "1", "--amount", "1.234", "--credit-reason", "2", "--because", "x"),
        ("credit", "ZVF1", "--credit-reason", "10", "--because", "x"),
        ("sent", "ZVF1", "--channel", "brev", "--ground", "follow_up"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_swedish(
    store: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    status, out, said = run(capsys, "basis", *words)
    assert (status, out) == (2, "")
    assert said
    assert "Traceback" not in said
