"""The example counties through the command line: every account and every table equal to the expected ones."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from support import examples, store_files

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "lösenfras för prov"
COMMANDS = {
    "list_index-operations": "list index-operations",
    "list_links": "list links",
    "list_claims-basis": "list claims-basis",
    "list_claims-basis_potential": "list claims-basis --potential",
    "summary_recovery_provider": "summary recovery --by provider",
    "summary_recovery_provider_joint_year_potential": "summary recovery --by provider,joint,year --potential",
    "summary_reoperations_joint_year_30": "summary reoperations --by joint,year --within 30",
    "summary_reoperations_provider_joint": "summary reoperations --by provider,joint",
    "summary_reoperations_sex_age_group": "summary reoperations --by sex,age_group",
    "summary_survival_joint_reoperation": "summary survival --by joint --at 90,730 --event reoperation",
    "summary_survival_provider_joint": "summary survival --by provider,joint --at 365,730,1825",
}


@pytest.fixture(scope="module", params=examples.COUNTIES)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A county taken in by the command line, as a user would, one file after the other."""
    name = str(request.param)
    path = tmp_path_factory.mktemp(name) / "prov.kvdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
        patch.setenv("KVALITETSAPP_STORE", str(path))
        assert main(["store", "init"]) == 0
        for kind, file, profile in examples.files_of(name):
            words = ["import", "--kind", kind, str(file), *(["--profile", str(profile)] if profile else [])]
            assert main(words) in (0, 3)
    return name, path


@pytest.fixture
def call(county: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("KVALITETSAPP_STORE", str(county[1]))
    return CommandLine(capsys)


@pytest.fixture(scope="module")
def printed(county: tuple[str, Path]) -> dict[str, str]:
    """Return what every command prints, by the name of its table; it says nothing beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
        patch.setenv("KVALITETSAPP_STORE", str(county[1]))
        return {table: _printed(words) for table, words in COMMANDS.items()}


def _printed(words: str) -> str:
    out, said = (io.TextIOWrapper(io.BytesIO()) for _stream in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        assert main(words.split()) == 0
    assert _written(said) == ""
    return _written(out)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


class CommandLine:
    """The command line in this process: status and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, words: str) -> tuple[int, str, str]:
        status = main(words.split())
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err


@pytest.mark.parametrize("table", COMMANDS)
def test_the_table_is_the_expected_one(county: tuple[str, Path], printed: dict[str, str], table: str) -> None:
    header, *lines = printed[table].splitlines()
    expected = examples.expected_rows(county[0], table)
    assert header == ";".join(expected[0])
    assert lines == [";".join(row.values()) for row in expected]


def test_no_personal_number_is_in_any_table(county: tuple[str, Path], printed: dict[str, str]) -> None:
    text = "".join(printed.values())
    persons = (examples.FOLDER / county[0] / "persons.csv").read_bytes().decode("cp1252", errors="replace")
    numbers = {field for line in persons.splitlines() for field in line.split(";") if len(field) in (11, 12, 13)}
    assert len(numbers) > 900
    assert not any(number in text for number in numbers)


def test_identified_tables_hold_personal_numbers_and_are_logged(call: CommandLine) -> None:
    status, printed, _said = call("list links --identified")
    assert status == 0
    assert printed.splitlines()[0].endswith(";personal_id")
    assert all(len(line.rsplit(";", 1)[1]) >= 6 for line in printed.splitlines()[1:])
    assert _last_action(call) == "identities_disclosed"


def _last_action(_call: CommandLine) -> str:
    from pathlib import Path

    from kvalitetsapp.store import audit

    with store_files.open_below(Path(os.environ["KVALITETSAPP_STORE"]), PASSPHRASE, read_only=True) as store:
        return audit.entries(store)[0].action


def test_json_holds_the_same_rows_as_csv(call: CommandLine) -> None:
    _status, as_csv, _said = call("summary recovery --by provider")
    _status, as_json, _said = call("--format json summary recovery --by provider")
    _status, behind, _said = call("summary recovery --by provider --format json")
    rows = json.loads(as_json)
    assert as_json == behind
    header, *lines = as_csv.splitlines()
    assert [";".join(_as_field(value) for value in row.values()) for row in rows] == lines
    assert ";".join(rows[0]) == header


def _as_field(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def test_linking_again_changes_no_line(call: CommandLine) -> None:
    before = call("list links")[1]
    assert call("link")[0] == 0
    assert call("list links")[1] == before


def test_the_store_is_sound_after_everything(call: CommandLine) -> None:
    assert call("store check")[0] == 0


@pytest.mark.parametrize("county", examples.COUNTIES[:1], indirect=True)
def test_the_program_runs_as_a_program(county: tuple[str, Path]) -> None:
    """As its own process, in another locale, the bytes are the same."""
    environment = {
        **os.environ,
        "KVALITETSAPP_PASSPHRASE": PASSPHRASE,
        "KVALITETSAPP_STORE": str(county[1]),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kvalitetsapp", "list", "index-operations"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    expected = examples.FOLDER / county[0] / "expected" / "list_index-operations.csv"
    assert done.stdout == expected.read_bytes()
