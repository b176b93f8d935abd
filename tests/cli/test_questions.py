"""`question …` and `list disclosures`: texts come from files or standard input and never stand on the command line."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]


@pytest.fixture
def call(county_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def called(*words: str) -> tuple[int, list[dict[str, str]], str]:
        status = main(["--store", str(county_copy), *words])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


@pytest.fixture
def event(county_copy: Path) -> list[str]:
    """The words that name an event which somebody can be asked about."""
    sql = (
        "SELECT event_ref, joint, side FROM links JOIN providers ON provider_id = index_provider_id "
        "WHERE kind = 'private' AND status = 'proposed' AND joint <> '' ORDER BY event_ref LIMIT 1"
    )
    with opened(county_copy, write=False) as workspace:
        ((ref, joint, side),) = workspace.store.rows(sql)
    return [ref, "--joint", joint, "--side", side]


def written(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def ask(call: Call, event: list[str], wording: str, *more: str) -> tuple[int, list[dict[str, str]], str]:
    sent = ("--channel", "Säker e-post", "--ground", "consent")
    return call("question", "ask", *event, "--wording-file", wording, *sent, *more)


def test_a_question_goes_all_its_way_by_commands(call: Call, event: list[str], tmp_path: Path) -> None:
    wording = written(tmp_path, "fraga.txt", "\ufeffVilka odlingar togs?\r\n")
    status, rows, said = ask(call, event, wording, "--deadline", "2999-12-31")
    assert (status, rows) == (0, [])
    assert "Fråga nr 1 till" in said
    (row,) = call("question", "list")[1]
    assert (row["wording"], row["status"], row["late"]) == ("Vilka odlingar togs?", "sent", "0")
    assert (row["event_ref"], row["deadline"]) == (event[0], "2999-12-31")
    answer, comment = written(tmp_path, "svar.txt", "Fem."), written(tmp_path, "kommentar.txt", "Följs upp.")
    on = row["asked_on"]
    assert call("question", "deadline", "1")[0] == 0
    assert call("question", "answer", "1", "--on", on, "--answer-file", answer, "--comment-file", comment)[0] == 0
    assert call("question", "close", "1")[0] == 0
    (row,) = call("question", "list")[1]
    assert (row["status"], row["deadline"], row["answer"], row["comment"]) == ("closed", "", "Fem.", "Följs upp.")
    (logged,) = call("list", "disclosures")[1]
    assert (logged["ground"], logged["event_ref"]) == ("Patientens samtycke", event[0])


def test_a_text_can_come_from_standard_input(call: Call, event: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Frågan på en rad".encode())))
    assert ask(call, event, "-")[0] == 0
    assert call("question", "list")[1][0]["wording"] == "Frågan på en rad"


def test_a_question_can_be_taken_back_and_only_once(call: Call, event: list[str], tmp_path: Path) -> None:
    ask(call, event, written(tmp_path, "fraga.txt", "Varför?"))
    assert call("question", "withdraw", "1")[0] == 0
    status, _rows, said = call("question", "withdraw", "1")
    assert (status, "har status återtagen" in said) == (5, True)


def test_what_else_was_sent_is_told_by_a_file(call: Call, event: list[str], tmp_path: Path) -> None:
    wording, sent = written(tmp_path, "fraga.txt", "Varför?"), written(tmp_path, "utlamnat.txt", "Epikris 3 sidor")
    assert ask(call, event, wording, "--disclosed-file", sent, "--receiver", "Chefsläkaren")[0] == 0
    (logged,) = call("list", "disclosures")[1]
    assert (logged["what"], logged["receiver"]) == ("Epikris 3 sidor", "Chefsläkaren")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe", "ingen text i UTF-8"),
        (b"", "Frågan saknas"),
        (b"Om 196809091234", "innehåller ett personnummer"),
    ],
)
def test_a_file_that_holds_no_question_ends_with_2(
    call: Call, event: list[str], tmp_path: Path, content: bytes, fault: str
) -> None:
    status, rows, said = ask(call, event, written(tmp_path, "fraga.txt", content))
    assert (status, rows) == (2, [])
    assert fault in said
    assert call("question", "list")[1] == []


def test_a_file_that_is_not_there_ends_with_2(call: Call, event: list[str]) -> None:
    status, _rows, said = ask(call, event, "saknas.txt")
    assert (status, "går inte att läsa" in said) == (2, True)


@pytest.mark.parametrize("words", [["close"], ["close", "x"], ["close", "99"], ["answer", "1"], ["ask", "a/1"]])
def test_a_command_that_lacks_something_ends_with_2_and_one_line(call: Call, words: list[str]) -> None:
    status, rows, said = call("question", *words)
    assert (status, rows, len(said.splitlines())) == (2, [], 1)
