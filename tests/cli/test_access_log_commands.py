"""`log …` and `retention …`: numbers and reasons come from files, and a sample is filled in and signed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support import logged_store
from support.counties import PASSPHRASE
from support.logged_store import PERSON
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, list[dict[str, str]], str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    with logged_store.make(tmp_path) as made:
        path, today = made.path, made.today.isoformat()
    (tmp_path / "nummer.txt").write_text("19681209-9874\n", encoding="utf-8")
    (tmp_path / "skal.txt").write_text("Enligt planen\n", encoding="utf-8")

    def called(*words: str) -> tuple[int, list[dict[str, str]], str]:
        told = [word.format(folder=tmp_path, today=today) for word in words]
        status = main(["--store", str(path), *told])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out), delimiter=";")), printed.err

    return called


def test_the_log_is_listed_narrowed_and_without_numbers(call: Call) -> None:
    status, rows, _said = call("log", "list", "--patient-file", "{folder}/nummer.txt", "--who", BO)
    assert status == 0
    assert {row["who"] for row in rows} == {BO}
    assert {row["patient"][:13] for row in rows} == {"19681209-••••"}
    assert PERSON not in str(rows)
    status, rows, _said = call("log", "list", "--kind", "decide", "--from", "{today}", "--to", "{today}")
    assert [(row["who"], row["action"]) for row in rows] == [(ANNA, "verdict_given")]
    status, rows, _said = call("log", "list", "--limit", "3")
    assert len(rows) == 3


def test_an_extract_is_written_as_pdf_and_csv(call: Call, tmp_path: Path) -> None:
    files = ("--out", "{folder}/a.pdf", "--csv", "{folder}/a.csv")
    status, _rows, said = call("log", "extract", "--patient-file", "{folder}/nummer.txt", *files)
    assert (status, "utlämnandet är antecknat" in said) == (0, True)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "when" not in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert BO not in (tmp_path / "a.csv").read_text("utf-8-sig")
    _status, (latest, *_rest), _said = call("log", "list", "--kind", "disclose")
    assert latest["action"] == "log_extracted"


def test_a_sample_is_filled_in_signed_listed_and_printed(call: Call, tmp_path: Path) -> None:
    period = ("--from", "{today}", "--to", "{today}", "--size", "4", "--choice", "readings")
    status, rows, said = call("log", "sample", *period, "--seed", "7")
    assert (status, len(rows)) == (0, 4)
    last = said.rsplit(" ", 1)[1].rstrip(".\n")
    assert call("log", "sample", *period, "--seed", "7", "--last-entry", last)[1] == rows
    with (tmp_path / "fyllt.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "finding": "Befogad"} for row in rows[:-1])
        writer.writerow({**rows[-1], "finding": "unclear", "note": "frågas"})
    again = (*period, "--seed", "7", "--last-entry", last, "--signed-as", "kontrollant")
    signing = ("log", "check", *again, "--findings", "{folder}/fyllt.csv")
    status, _rows, said = call(*signing, "--outcome", "nothing_found")
    assert (status, "annat utfall" in said) == (2, True)
    status, _rows, said = call(*signing, "--outcome", "follow_up", "--note-file", "{folder}/skal.txt")
    assert (status, said) == (0, "Kontroll nr 1 är signerad.\n")
    status, _rows, said = call("log", "check", *again, "--all-justified", "--outcome", "nothing_found")
    assert (status, said) == (0, "Kontroll nr 2 är signerad.\n")
    assert call("log", "rule", "--days", "30")[0] == 0
    _status, rows, said = call("log", "checks")
    told = [(row["log_check"], row["unclear"], row["note"]) for row in rows]
    assert told == [("2", "0", ""), ("1", "1", "Enligt planen")]
    assert said.startswith("Nästa kontroll senast")
    status, _rows, _said = call("log", "print", "1", "--out", "{folder}/k.pdf")
    assert (tmp_path / "k.pdf").read_bytes().startswith(b"%PDF")
    assert call("store", "check")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("entry;note\n1;x\n", "saknar kolumnen finding"),
        ("entry;finding;note\nx;justified;\n", "Rad 2"),
        ("entry;finding;note\n1;ok;\n", "justified, unclear, unjustified"),
        (None, "går inte att läsa"),
    ],
)
def test_a_file_of_findings_that_cannot_be_used_is_told(
    call: Call, tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "fel.csv").write_text(content, encoding="utf-8")
    told = ("--from", "{today}", "--to", "{today}", "--size", "4", "--seed", "7", "--last-entry", "9")
    signed = ("--findings", "{folder}/fel.csv", "--outcome", "breach", "--signed-as", "kontrollant")
    status, _rows, err = call("log", "check", *told, *signed)
    assert (status, said in err) == (2, True)


def test_retention_is_listed_and_decided(call: Call) -> None:
    status, rows, _said = call("retention", "list")
    assert (status, rows) == (0, [])
    decide = ("retention", "decide", "drafts", "--through", "2001-01-01", "--reason-file", "{folder}/skal.txt")
    status, _rows, said = call(*decide)
    assert (status, "antingen --keep-until eller --erase" in said) == (2, True)
    status, _rows, said = call(*decide, "--erase")
    assert (status, "inget att besluta om" in said) == (5, True)
    assert call("retention", "decisions")[:2] == (0, [])
