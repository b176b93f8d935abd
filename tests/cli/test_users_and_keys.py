"""Users and keys on the command line: what is asked, how long one waits after a wrong answer, and what is printed."""

from __future__ import annotations

import csv
import io
import re
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kvalitetsapp.cli.main import cli, main
from kvalitetsapp.cli.secret_prompts import SECONDS_BEFORE_ANOTHER_TRY
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import WrongPassphraseError
from kvalitetsapp.services import users
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import key_file
from support import pdf, store_files

if TYPE_CHECKING:
    from pathlib import Path

ANNA, BO, NEW = "annas egna ord", "bos egna ord här", "något helt annat nu"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Anna, who may do everything, and Bo at finance."""
    path = tmp_path_factory.mktemp("users") / "klinik.kvdb"
    with create_workspace(path, ANNA, user="Anna") as workspace:
        users.add(workspace, "Bo", "Ekonomi", {Role.FINANCE}, BO)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = store_files.copy(made, tmp_path)
    monkeypatch.setenv("KVALITETSAPP_STORE", str(path))
    monkeypatch.setenv("KVALITETSAPP_USER", "Anna")
    return path


@pytest.fixture
def by_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", ANNA)
    return path


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the program would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def typed(*arguments: str, keys: str) -> Result:
    return CliRunner().invoke(cli, arguments, input=keys, catch_exceptions=True)


def opens(path: Path, user: str, passphrase: str) -> bool:
    try:
        open_workspace(path, passphrase, write=False, user=user).close()
    except WrongPassphraseError:
        return False
    return True


# asking


def test_a_wrong_passphrase_is_asked_for_again_after_a_wait_that_grows(path: Path, waits: list[float]) -> None:
    said = typed("user", "list", keys=f"fel ett\nfel två\n{ANNA}\n")
    assert said.exit_code == 0, said.output
    assert said.output.count("Lösenfras:") == 3
    assert said.output.count("passar inte") == 2
    assert waits == list(SECONDS_BEFORE_ANOTHER_TRY) == sorted(waits)


@pytest.mark.parametrize(("keys", "tries"), [("fel\n" * 5, 3), ("fel\n", 2)])
def test_after_three_or_when_nobody_answers_the_program_gives_up_and_nothing_is_written(
    path: Path, waits: list[float], keys: str, tries: int
) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    said = typed("user", "remove", "Bo", keys=keys)
    assert isinstance(said.exception, WrongPassphraseError)
    assert said.output.count("Lösenfras:") == tries
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_name_that_is_not_there_is_met_as_a_wrong_passphrase_is(path: Path, waits: list[float]) -> None:
    one, other = (typed("--user", user, "user", "list", keys="fel\n" * 3).output for user in ("Bo", "Xy"))
    assert one.replace("Bo", "Xy") == other


@pytest.mark.parametrize("how", ["file", "environment"])
def test_what_is_not_typed_has_one_try(
    path: Path, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fras.txt").write_text("fel\n", encoding="utf-8")
    if how == "environment":
        monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "fel")
    option = ["--passphrase-file", str(tmp_path / "fras.txt")] if how == "file" else []
    began = time.monotonic()
    assert main([*option, "store", "info"]) == 4
    assert time.monotonic() - began < 0.9
    assert capsys.readouterr().err.count("passar inte") == 1


# users


def test_the_list_of_users_is_a_table(by_environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "remove", "bo"]) == 0
    assert main(["user", "list", "--removed"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert [(row["user"], row["unit"], row["roles"], row["opens"]) for row in rows] == [
        ("Anna", "", "reviewer finance log_controller administrator", "1"),
        ("Bo", "Ekonomi", "finance", "0"),
    ]
    assert (rows[0]["removed_by"], rows[1]["removed_by"]) == ("", "Anna")


def test_a_user_is_added_changed_let_in_again_and_removed(
    by_environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_NEW_PASSPHRASE", NEW)
    assert main(["user", "add", "Eva", "--role", "reviewer", "--role", "analyst", "--unit", "Ort"]) == 0
    assert opens(by_environment, "Eva", NEW)
    assert main(["user", "roles", "eva", "--role", "finance"]) == 0
    assert "Eva är nu ekonom." in capsys.readouterr().err
    (tmp_path / "ny.txt").write_text("evas andra fras\nmer", encoding="utf-8")
    assert main(["user", "reset", "EVA", "--new-passphrase-file", str(tmp_path / "ny.txt")]) == 0
    assert opens(by_environment, "Eva", "evas andra fras")
    assert not opens(by_environment, "Eva", NEW)
    assert main(["user", "add", "eva", "--role", "reviewer"]) == 5
    assert "finns redan" in capsys.readouterr().err
    assert main(["user", "remove", "Eva"]) == 0
    assert not opens(by_environment, "Eva", "evas andra fras")
    assert main(["user", "remove", "Anna"]) == 5
    assert main(["user", "remove", "Ingen"]) == 2


def test_ones_own_passphrase_is_changed_with_what_opened_the_store(path: Path, waits: list[float]) -> None:
    said = typed("--user", "Bo", "user", "passphrase", keys=f"{BO}\n{NEW}\nannat\n{NEW}\n{NEW}\n")
    assert said.exit_code == 0, said.output
    assert said.output.count("Lösenfras:") == 1
    assert said.output.count("De två lösenfraserna är olika") == 1
    assert opens(path, "Bo", NEW)
    assert typed("--user", "Bo", "user", "list", keys=f"{NEW}\n").exit_code != 0


# keys


def test_the_store_gets_a_new_key_and_a_recovery_key_which_opens_it_for_an_administrator(
    by_environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = key_file.mark_of(by_environment)
    assert main(["key", "rekey"]) == 0
    assert key_file.mark_of(by_environment) != mark
    sheet = tmp_path / "ark.pdf"
    assert main(["key", "recovery", "--out", str(sheet)]) == 0
    (page,) = pdf.read(sheet.read_bytes()).pages
    key = "".join(re.findall(r"\b[1-7]\. (\w{5})\b", page))
    (tmp_path / "nyckel.txt").write_text(f"{key}\n", encoding="utf-8")
    monkeypatch.setenv("KVALITETSAPP_NEW_PASSPHRASE", NEW)
    told = ["--recovery-key-file", str(tmp_path / "nyckel.txt")]
    assert main(["key", "recover", "Bo", *told]) == 2
    assert main(["key", "recover", "Anna", *told]) == 0
    assert key not in "".join(capsys.readouterr())
    assert opens(by_environment, "Anna", NEW)


def test_a_mistyped_recovery_key_is_told_of_before_anything_else_is_asked(
    by_environment: Path, tmp_path: Path, waits: list[float]
) -> None:
    assert main(["key", "recovery", "--out", str(tmp_path / "ark.pdf")]) == 0
    said = typed("key", "recover", "Anna", keys="abc\n")
    assert said.exit_code != 0
    assert "Ny lösenfras" not in said.output


def test_what_was_amiss_on_the_way_in_is_said_once(by_environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key_file.copy_of(by_environment).write_bytes(b"")
    assert main(["key", "forget"]) == 0
    assert "Obs: Nyckelfilen" in capsys.readouterr().err
    assert main(["key", "forget"]) == 0
    assert "Obs:" not in capsys.readouterr().err


def test_who_wrote_down_a_passphrase_that_is_guessed_at_once_is_warned_and_gets_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "lösenord1")
    assert main(["--store", str(tmp_path / "ny.kvdb"), "store", "init"]) == 0
    assert "Obs: Lösenfrasen är lätt att gissa" in capsys.readouterr().err
    assert (tmp_path / "ny.kvdb").exists()
