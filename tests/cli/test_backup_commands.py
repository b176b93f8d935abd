"""`backup` and `store export | receive`: what they print, and how they end."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.errors import ExitStatus
from support import empty_store
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\n"
OTHERS = "provider_id;name;kind\nP01;Fjällkliniken;private\n"


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)

    def do(*words: str, store: str = "prov.kvdb") -> tuple[int, str, str]:
        status = main(["--store", str(tmp_path / store), *words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    empty_store.make(tmp_path)
    for name, content in (("a.csv", PROVIDERS), ("b.csv", OTHERS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return do


def take_in(call: Call, folder: Path, name: str, *words: str) -> tuple[int, str, str]:
    return call("import", "--kind", "providers", str(folder / name), *words)


def listed(call: Call, *words: str) -> list[dict[str, str]]:
    status, out, _err = call("backup", "list", *words)
    assert status == 0
    return list(csv.DictReader(io.StringIO(out), delimiter=";"))


def test_an_import_is_preceded_by_a_backup_of_what_it_changes(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    assert listed(call) == []  # there was nothing to lose
    take_in(call, tmp_path, "b.csv", "--dry-run")
    assert listed(call) == []
    take_in(call, tmp_path, "b.csv")
    (one,) = listed(call)
    assert (one["backup_reason"], one["backup_state"], one["age"]) == ("import", "good", "nyss")


def test_an_import_that_cannot_be_preceded_by_a_backup_is_refused_unless_told_otherwise(
    call: Call, tmp_path: Path
) -> None:
    take_in(call, tmp_path, "a.csv")
    (tmp_path / "prov.backups").write_text("in the way", encoding="utf-8")
    status, _out, err = take_in(call, tmp_path, "b.csv")
    assert status == ExitStatus.REFUSED
    assert "--without-backup" in err
    assert take_in(call, tmp_path, "b.csv", "--without-backup")[0] == 0


def test_restoring_asks_first_then_does_it(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    assert call("backup", "now")[0] == 0
    take_in(call, tmp_path, "b.csv", "--without-backup")
    status, _out, err = call("backup", "restore")
    assert status == ExitStatus.REFUSED
    assert "Importer: 2 i dag, 1 i kopian" in err
    assert "--yes" in err
    status, _out, err = call("backup", "restore", "--yes")
    assert status == 0
    assert "before-restore" in err
    assert '"providers": 1' in call("store", "info")[1]


def test_a_damaged_store_names_its_newest_good_backup_and_comes_back(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    call("backup", "now")
    (one,) = listed(call)
    (tmp_path / "prov.kvdb").write_bytes(bytes(100_000))
    status, _out, err = call("store", "info")
    assert status == ExitStatus.STORE_NOT_OPENED
    assert one["backup"] in err
    assert listed(call)[0]["backup"] == one["backup"]
    assert "kan inte öppnas" in call("backup", "restore")[2]
    assert call("backup", "restore", "--yes")[0] == 0
    assert call("store", "check")[0] == 0


def test_checking_says_which_are_damaged_and_which_is_the_newest_good_one(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    call("backup", "now")
    call("backup", "now")
    assert call("backup", "check")[0] == 0
    newest, earlier = listed(call)
    path = tmp_path / "prov.backups" / newest["backup"]
    path.write_bytes(bytes(path.stat().st_size))
    status, _out, err = call("backup", "check")
    assert status == ExitStatus.STORE_NOT_OPENED
    assert f"{newest['backup']} är skadad" in err
    assert earlier["backup"] in err
    assert call("backup", "check", earlier["backup"])[0] == 0


def test_a_drill_and_another_folder(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    (tmp_path / "usb").mkdir()
    assert "samma disk" in call("backup", "folder", str(tmp_path / "usb"))[2]
    call("backup", "now")
    status, _out, err = call("backup", "drill")
    assert status == 0
    assert "Gick bra" in err
    assert "Senaste prov" in call("backup", "list")[2]
    assert len(listed(call, "--folder", str(tmp_path / "usb"))) == 1
    assert call("backup", "folder")[0] == 0
    assert listed(call) == []


def test_a_whole_store_travels_in_a_file(call: Call, tmp_path: Path) -> None:
    take_in(call, tmp_path, "a.csv")
    (tmp_path / "resa").write_text("fem ord för resan\n", encoding="utf-8")
    journey = ("--journey-passphrase-file", str(tmp_path / "resa"))
    out = str(tmp_path / "ut.kvexport")
    assert call("store", "export", "--out", out, *journey)[0] == 0
    assert call("store", "export", "--out", out, *journey)[0] == ExitStatus.REFUSED
    assert call("store", "receive", out, *journey, "--unit", "Ekonomi", store="ny.kvdb")[0] == 0
    assert '"providers": 1' in call("store", "info", store="ny.kvdb")[1]
