"""Payments on the command line: the whole way from a typed payment and a file to ageing and a reminder."""

from __future__ import annotations

import csv as csv_module
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support import reviewing
from support.counties import PASSPHRASE
from support.made_bases import MadeBasis, issue
from support.manual import blocks
from support.payment_files import camt, csv, entry, transaction

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeBasis:
    """Return a document that was due some forty days ago; the commands work in its store."""
    with reviewing.make(tmp_path) as workspace:
        found = issue(workspace, 300_00, issued_on=workspace.today - timedelta(days=70))
        monkeypatch.setenv("KVALITETSAPP_STORE", str(workspace.path))
        monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    return found


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    """Return what a command prints as a table."""
    capsys.readouterr()
    assert main(list(words)) == 0
    return list(csv_module.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))


def test_a_payment_is_typed_placed_taken_off_and_taken_back(
    made: MadeBasis, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["payment", "add", "--on", "2024-02-01", "--amount", "200", "--reference", "okänd"]) == 0
    assert "ej placerad" in capsys.readouterr().err
    assert main(["payment", "place", "1", made.number, "--amount", "150,50"]) == 0
    (row,) = rows(capsys, "list", "payments")
    assert (row["amount"], row["placed"], row["left"]) == ("200.00", "150.50", "49.50")
    assert row["placed_on"] == made.number
    assert main(["payment", "unplace", "1", made.number, "--reason", "fel underlag"]) == 0
    assert main(["payment", "withdraw", "1", "--reason", "fel betalning"]) == 0
    assert rows(capsys, "list", "payments") == []


@pytest.mark.parametrize(
    ("amount", "said"), [("1.234", "kan läsas på två sätt"), ("0", "Beloppet är noll"), ("hundra", "Inget belopp")]
)
def test_an_amount_that_is_none_is_refused(
    made: MadeBasis, capsys: pytest.CaptureFixture[str], amount: str, said: str
) -> None:
    assert main(["payment", "add", "--on", "2024-02-01", "--amount", amount]) == 2
    assert said in capsys.readouterr().err


def test_a_file_is_tried_and_taken_in_and_its_rejects_give_their_status(
    made: MadeBasis, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = camt(tmp_path / "c.xml", entry("100.00", transaction("100.00", made.number, own="T1")))
    (row,) = rows(capsys, "payment", "import", str(path), "--dry-run")
    assert (row["row"], row["amount"], row["new"], row["placed_on"]) == ("1", "100.00", "1", made.number)
    assert rows(capsys, "list", "payments") == []
    assert main(["payment", "import", str(path)]) == 0
    assert "c.xml: 1 lästa = 1 nya + 0 oförändrade + 0 avvisade." in capsys.readouterr().err
    (again,) = rows(capsys, "payment", "import", str(path))
    assert (again["new"], again["placed"]) == ("0", "")
    assert main(["payment", "import", str(csv(tmp_path / "b.csv", "2024-02-30;1;x;;;"))]) == 3
    assert "rad 2, received_on: ”2024-02-30”" in capsys.readouterr().err


def test_ageing_and_reminders_are_listed_and_a_reminder_is_registered(
    made: MadeBasis, capsys: pytest.CaptureFixture[str]
) -> None:
    provider, total = rows(capsys, "list", "ageing")
    assert (provider["provider_id"], provider["late_31_60"], total["provider"]) == ("P01", "300.00", "Alla")
    (due,) = rows(capsys, "list", "reminders")
    assert (due["basis_number"], due["amount"], due["reminder"]) == (made.number, "300.00", "1")
    assert main(["payment", "remind", made.number]) == 0
    assert rows(capsys, "list", "reminders") == []
    assert main(["payment", "remind", made.number]) == 5
    assert rows(capsys, "list", "ageing", "--as-of", "2020-01-01")[0]["open"] == "0.00"


def test_the_file_in_the_manual_can_be_read_as_it_stands(
    made: MadeBasis, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "handbok.csv"
    path.write_text(blocks("06c-payments", "text")[0], encoding="utf-8")
    found = rows(capsys, "payment", "import", str(path))
    assert [row["amount"] for row in found] == ["84512.37", "60000.00", "-1500.00"]
