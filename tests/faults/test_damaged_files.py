"""What lies under the name of the store is cut short, empty, something else altogether, or changed under our hands."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from kvalitetsapp.errors import StoreError
from kvalitetsapp.services.workspace import open_workspace
from support.counties import PASSPHRASE
from support.faults import actions, command, judge
from support.faults.command import NOT_OPENED, REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from support.faults.table import Faults

LENGTHS = (0, 1, 15, 16, 17, 100, 511, 512, 1024, 4095, 4096, 4097, 8191, 8192, 8193, 65_535, 65_536)
RANDOM_LENGTHS = 25
FOREIGN = {
    "nothing": b"",
    "zeros": bytes(8192),
    "noise": random.Random(2).randbytes(12_288),
    "text": "Det här är ingen databas.\n".encode(),
    "text in UTF-16": "Det här är ingen databas.\n".encode("utf-16"),
    "a head of SQLite": b"SQLite format 3\0" + bytes(4080),
    "a PDF": b"%PDF-1.7\n%%EOF\n",
    "a ZIP": b"PK\x05\x06" + bytes(18),
}
IN_EVERY_RUN = ("nothing", "noise", "a head of SQLite", "a PDF")
"""Those that every run tries: nothing, something, what looks like a store, and what looks like another file."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return actions.filled(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return judge.copied(filled, tmp_path / "store")


def demand_refused(store: Path) -> None:
    """Let reading, checking and writing all say why they cannot, and the file be as it was."""
    before = _content(store)
    for words in (("store", "check"), ("list", "links"), ("link",)):
        command.demand_explained(command.run(store, *words), NOT_OPENED, REFUSED)
    assert _content(store) == before


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if os.path.isfile(path) else None  # noqa: PTH113 - Path is no judge of too long a name


@pytest.mark.faults
def test_a_store_cut_short_at_any_length_is_noticed(faults: Faults, store: Path) -> None:
    tried, whole, chance = faults.counted("store cut short"), store.read_bytes(), random.Random(9)
    for length in (*LENGTHS, len(whole) - 1, len(whole) - 4096, *chance.sample(range(len(whole)), RANDOM_LENGTHS)):
        with tried:
            store.write_bytes(whole[:length])
            command.demand_explained(command.run(store, "store", "check"), NOT_OPENED)
            told = command.run(store, "list", "links")
            if told.status:
                command.demand_explained(told, NOT_OPENED)


@pytest.mark.parametrize(
    "what", [what if what in IN_EVERY_RUN else pytest.param(what, marks=pytest.mark.long) for what in FOREIGN]
)
def test_a_foreign_file_is_refused_and_left_alone(faults: Faults, tmp_path: Path, what: str) -> None:
    path = tmp_path / "prov.kvdb"
    path.write_bytes(FOREIGN[what])
    with faults.counted("a foreign file"):
        demand_refused(path)


def test_a_plain_database_and_another_programs_are_refused_and_left_alone(faults: Faults, tmp_path: Path) -> None:
    tried = faults.counted("a foreign file")
    for library, key in ((sqlite3, ""), (dbapi2, PASSPHRASE), (dbapi2, "en annan")):
        path = tmp_path / "annan.kvdb"
        conn = library.connect(str(path))
        if key:
            conn.execute(f"PRAGMA key = '{key}'")
        conn.execute("CREATE TABLE t (x)")
        conn.commit()
        conn.close()
        with tried:
            demand_refused(path)
        path.unlink()


def test_what_is_no_file_at_all_is_refused(faults: Faults, tmp_path: Path) -> None:
    tried = faults.counted("no file at all")
    (tmp_path / "mapp.kvdb").mkdir()
    names = ["mapp.kvdb", "finns-inte.kvdb", "finns-inte/prov.kvdb", "x" * 300]
    if sys.platform != "win32":
        (tmp_path / "ring.kvdb").symlink_to("ring.kvdb")
        (tmp_path / "ingenstans.kvdb").symlink_to("finns-inte")
        os.mkfifo(tmp_path / "kanal.kvdb")
        names += ["ring.kvdb", "ingenstans.kvdb", "kanal.kvdb"]
    for name in names:
        with tried:
            demand_refused(tmp_path / name)


@pytest.mark.parametrize("how", ["replaced", "moved away", "removed"])
def test_a_store_that_is_changed_under_us_is_not_written_to(
    faults: Faults, store: Path, tmp_path: Path, how: str
) -> None:
    if sys.platform == "win32":
        pytest.skip("an open file can be neither moved nor replaced there")
    other = judge.copied(store, tmp_path / "other")
    away = tmp_path / "away" / store.name
    away.parent.mkdir()
    with faults.counted(f"store {how} under us"):
        with open_workspace(store, PASSPHRASE, write=True) as workspace:
            match how:
                case "replaced":
                    other.replace(store)
                case "moved away":
                    for file in judge.files_of(store):
                        file.rename(away.with_name(file.name))
                case _:
                    store.unlink()
            with pytest.raises(StoreError, match="flyttats eller bytts ut"), workspace.action("prov"):
                pytest.fail("it was to be refused")
        if how == "replaced":
            judge.judge(store)
        if how == "moved away":
            judge.judge(away)
