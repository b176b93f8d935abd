"""`profile inspect | suggest | list`: what a file shows, and the same account as through the window."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.cli.main import main
from support import examples, mapped_county
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = examples.FOLDER / mapped_county.COUNTY


class CommandLine:
    """The command line in this process: status and what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._store = folder / "prov.kvdb"
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main(["--store", str(self._store), *words])
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "hem"))
    return CommandLine(tmp_path, capsys)


def test_the_columns_of_a_file_are_shown_without_any_value_of_them(call: CommandLine) -> None:
    status, printed, said = call("profile", "inspect", str(FOLDER / "persons.csv"))
    header, *lines = printed.splitlines()
    assert (status, header) == (0, "place;header;filled;blank;distinct;looks;date_formats;decimal")
    assert lines[0].startswith("1;Personnr;")
    assert lines[1] == "2;Kön;1047;1;3;text;;"
    assert "Född" in said
    assert "%Y%m%d" in said
    assert "19251110" not in printed + said


def test_what_is_still_to_be_said_is_listed_and_ends_with_3(call: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "p.toml"
    words = ["profile", "suggest", "--kind", "episodes", str(FOLDER / "episodes_own.csv"), "--out", str(out)]
    status, printed, said = call(*words)
    assert (status, printed) == (3, "")
    assert [line.split(" ", maxsplit=1)[0] for line in said.splitlines()[-3:]] == [
        "source",
        "provider_id",
        "payer_route",
    ]
    assert 'other_diagnoses = "Bidiagnos#"' in out.read_text(encoding="utf-8")
    assert "provider_id" not in out.read_text(encoding="utf-8")


def test_dates_that_can_be_read_two_ways_are_not_read_as_other_columns_are(call: CommandLine, tmp_path: Path) -> None:
    head = "Vårdkontakt-id;Personnummer;Klinik;Vårdform;In datum;Ut datum;Källa;Ersättningsväg\n"
    rows = [f"{n};196812099874;P01;S;0{n}/02/2020;2{n}/02/2020;bok;own\n" for n in range(1, 9)]
    export, out = tmp_path / "uttag.csv", tmp_path / "uttag.toml"
    export.write_text(head + "".join(rows), encoding="utf-8")
    status, _printed, said = call(
        "profile", "suggest", "--kind", "episodes", str(export), "--out", str(out), "--accept", "--keep-values"
    )
    assert (status, "”In datum”" in said) == (3, True)
    call("store", "init")
    call("import", "--kind", "providers", str(_providers(tmp_path)))
    account = json.loads(call("import", "--kind", "episodes", str(export), "--profile", str(out), "--json")[1])
    assert (account["stored"], account["rejected"]) == (0, 8)
    assert {reject["column"] for reject in account["rejects"]} == {"admitted"}


def _providers(folder: Path) -> Path:
    path = folder / "providers.csv"
    path.write_text("provider_id;name;kind\nP01;Fjällkliniken;private\n", encoding="utf-8")
    return path


def test_the_example_exports_get_the_expected_accounts_by_command_line(call: CommandLine, tmp_path: Path) -> None:
    assert call("store", "init")[0] == 0
    accounts = {}
    for kind, path, profile in examples.files_of(mapped_county.COUNTY):
        words = ["import", "--kind", kind, str(path), "--json", "--no-link"]
        if profile is not None:
            out = tmp_path / f"{path.stem}.toml"
            _suggest(call, kind, path, out)
            words += ["--profile", str(out)]
        status, printed, _said = call(*words)
        assert status in (0, 3)
        accounts[path.name] = SimpleNamespace(**json.loads(printed))
    assert mapped_county.summed(accounts) == mapped_county.expected()


def _suggest(call: CommandLine, kind: str, path: Path, out: Path) -> None:
    """Make a profile as a person does: ask, read what is asked, and say it."""
    words = [
        "profile",
        "suggest",
        "--kind",
        kind,
        str(path),
        "--out",
        str(out),
        "--accept",
        "--keep-values",
        "--providers",
    ]
    for name, text in mapped_county.constants_of(path.stem).items():
        words += ["--constant", f"{name}={text}"]
    _status, _printed, said = call(*words)
    for header in re.findall(r"i ”([^”]*)” är inte datum", said):
        words += ["--answer", f"{header}=%Y%m%d"]
    assert call(*words) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "unit"], "går inte att tyda"),
        (["--set", "okänd=Enhet"], "okänd är ingen kolumn"),
        (["--set", "unit=Finns inte"], "Finns inte"),
        (["--value", "care_form=S"], "går inte att tyda"),
        (["--constant", "episode_id=196812099874"], "Profilen sparas inte"),
    ],
)
def test_what_cannot_be_meant_is_refused(call: CommandLine, tmp_path: Path, words: list[str], said: str) -> None:
    out = tmp_path / "p.toml"
    start = ["profile", "suggest", "--kind", "episodes", str(FOLDER / "episodes_own.csv"), "--out", str(out)]
    status, _printed, told = call(*start, *words)
    assert status == 2
    assert said in told
    assert not out.exists()


def test_saved_profiles_are_listed(call: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "hem" / "Kvalitetsapp" / "profiles"
    folder.mkdir(parents=True)
    (folder / "Uttag.toml").write_bytes((FOLDER / "persons.toml").read_bytes())
    (folder / "trasig.toml").write_text("kind = ", encoding="utf-8")
    status, printed, _said = call("profile", "list")
    assert status == 0
    assert printed.splitlines()[0] == "profile;title;kind;columns;ready"
    assert "Uttag;;persons;8;0" in printed.splitlines()


def test_a_known_profile_is_chosen_by_its_name(call: CommandLine) -> None:
    assert call("store", "init")[0] == 0
    waiting = settings.resources_dir() / "samples" / "vantelista.csv"
    status, printed, _said = call("import", "--kind", "waiting", str(waiting), "--profile", "Vantelista", "--json")
    account = json.loads(printed)
    assert (status, account["read"]) == (0 if not account["rejected"] else 3, account["stored"] + account["rejected"])
    assert account["stored"] > 0
    status, _printed, said = call("import", "--kind", "waiting", str(waiting), "--profile", "okänd")
    assert (status, "okänd finns inte" in said) == (2, True)
