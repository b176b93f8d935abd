"""Reading a store: what it leaves beside the file, what it does without, and whose moment it sees."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import dialect, meta
from kvalitetsapp.store.connection import Store
from kvalitetsapp.store.keys import StoreKey

if TYPE_CHECKING:
    from pathlib import Path

KEY = StoreKey.new()
PLACES = ["Mina journaler å ä ö", "100 % klart", "vad? #1", "a&mode=memory", "'; DROP TABLE meta --"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Store.create(tmp_path / "prov.kvdb", KEY).close()
    return tmp_path / "prov.kvdb"


def opened(path: Path) -> Store:
    return Store.open(path, KEY, read_only=True)


@pytest.mark.parametrize("name", PLACES)
def test_a_store_may_lie_in_a_folder_and_under_a_name_with_any_letters(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and "?" in name:
        pytest.skip("no such names there")
    path = tmp_path / name / f"{name}.kvdb"
    with Store.create(path, KEY) as store, store.transaction():
        meta.put(store, "namn", name)
    with opened(path) as store:
        assert meta.get(store, "namn") == name
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_store_may_be_named_by_a_path_from_the_folder_one_is_in(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(path.relative_to(tmp_path)) as store:
        assert meta.links_are_current(store)


def test_reading_leaves_nothing_beside_the_store(path: Path) -> None:
    with opened(path) as store:
        assert meta.counts(store)["episodes"] == 0
    assert [each.name for each in path.parent.iterdir()] == ["prov.kvdb"]


def test_what_is_only_read_cannot_be_written_to_even_past_the_services(path: Path) -> None:
    with opened(path) as store, pytest.raises(dialect.DatabaseError, match="readonly"):
        store.conn.execute("DELETE FROM meta")


def test_a_snapshot_is_of_one_moment_whatever_others_write(path: Path) -> None:
    with opened(path) as reader, Store.open(path, KEY) as writer:
        with reader.snapshot():
            assert meta.get(reader, "namn") is None
            with writer.transaction():
                meta.put(writer, "namn", "nytt")
            assert meta.get(reader, "namn") is None
        assert meta.get(reader, "namn") == "nytt"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_a_file_put_in_the_stores_place_is_not_written_to_nor_is_the_old_one(path: Path) -> None:
    copy = shutil.copy(path, path.with_name("kopia.kvdb"))
    before = path.read_bytes()
    with Store.open(path, KEY) as store:
        os.replace(copy, path)  # noqa: PTH105 - as another program would
        with pytest.raises(StoreError, match="bytts ut"), store.transaction():
            meta.put(store, "namn", "värde")
        assert meta.get(store, "namn") is None
    assert path.read_bytes() == before


def test_a_file_that_nobody_may_write_beside_is_read_until_somebody_changes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        # An administrator may write everywhere: the two ways that need a right are taken away instead.
        patch.setitem(dialect._OPENED, dialect.Mode.READ, "mode=ro&vfs=none")
        patch.setitem(dialect._OPENED, dialect.Mode.READ_ALONE, "mode=ro&vfs=none")
        store = opened(path)
    assert meta.get(store, "namn") is None
    with Store.open(path, KEY) as writer, writer.transaction():
        meta.put(writer, "namn", "nytt")
    with pytest.raises(StoreError, match="ändrades av någon annan"):
        meta.get(store, "namn")
    store.close()


def test_a_store_that_was_never_finished_says_so_and_is_made_anew_in_its_place(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="är tom: programmet avbröts"):
        opened(path)
    Store.create(path, KEY).close()
    with opened(path) as store:
        assert dialect.faults(store.conn) == []


def test_a_making_that_was_interrupted_while_it_wrote_is_rolled_back_and_made_anew(path: Path) -> None:
    path.unlink()
    conn = dialect.connect(path, KEY, mode=dialect.Mode.CREATE)
    conn.execute("PRAGMA cache_spill = 1")
    conn.execute("PRAGMA cache_size = 5")
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("CREATE TABLE half (x)")
    conn.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 200)
    for name in ("prov.kvdb", "prov.kvdb-journal"):
        shutil.copy(path.with_name(name), path.with_name(name.replace("prov", "död")))
    conn.rollback()
    conn.close()
    left = path.with_name("död.kvdb")
    assert left.stat().st_size > 0
    Store.create(left, KEY).close()
    with opened(left) as store:
        assert dialect.faults(store.conn) == []
        assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_a_file_with_a_journal_of_its_own_is_never_taken(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(b"")
    before = path.read_bytes()
    with pytest.raises(RefusedError, match="finns redan"):
        Store.create(path, KEY)
    with pytest.raises(RefusedError, match="finns redan"):
        Store.create(path, StoreKey.new())
    assert path.read_bytes() == before


def test_what_the_first_moment_writes_is_there_or_the_store_is_not(path: Path) -> None:
    other = path.with_name("annan.kvdb")

    def fail(store: Store) -> None:
        meta.put(store, "namn", "värde")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Store.create(other, KEY, fail)
    assert not other.exists()


@pytest.mark.parametrize("passphrase", ["a\0b", "a\udcffb"])
def test_a_passphrase_of_letters_that_cannot_be_used_is_one_sentence(path: Path, passphrase: str) -> None:
    with pytest.raises(StoreError, match="tecken som inte kan användas"):
        Store.open(path, passphrase)


def test_a_name_that_no_file_can_have_is_no_store(path: Path) -> None:
    with pytest.raises(StoreError, match="ingen databas"):
        opened(path.with_name("x" * 300))
