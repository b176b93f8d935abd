"""The encrypted store: what it survives and what it refuses."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import CancelledError, RefusedError, StoreError
from kvalitetsapp.progress import Progress
from kvalitetsapp.store import audit, dialect, meta, migrations
from kvalitetsapp.store.connection import Store
from kvalitetsapp.store.keys import StoreKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "hästen'åt å 🐎"
KEY = StoreKey.new()  # as a file of keys has it: nothing is derived where no passphrase is told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "prov.kvdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.create(path, KEY) as opened:
        yield opened


def test_a_store_opens_again_with_its_passphrase_and_holds_what_was_written(path: Path) -> None:
    with Store.create(path, PASSPHRASE) as store, store.transaction():
        meta.put(store, "namn", "värde")
    with Store.open(path, PASSPHRASE) as store:
        assert meta.get(store, "namn") == "värde"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed store that a passphrase opens."""
    path = tmp_path_factory.mktemp("locked") / "prov.kvdb"
    Store.create(path, PASSPHRASE).close()
    return path


@pytest.mark.parametrize("wrong", ["fel", PASSPHRASE + " ", PASSPHRASE.upper(), "'"])
def test_a_wrong_passphrase_is_one_swedish_sentence_and_changes_no_byte(locked: Path, path: Path, wrong: str) -> None:
    shutil.copy(locked, path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="Lösenfrasen passar inte"):
        Store.open(path, wrong)
    assert path.read_bytes() == before


def test_an_empty_passphrase_is_refused_before_anything_is_written(path: Path) -> None:
    with pytest.raises(StoreError, match="Lösenfrasen saknas"):
        Store.create(path, "")
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"\x00" * 4080, b"hej", os.urandom(8192)])
def test_a_file_that_is_no_store_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(path, PASSPHRASE)
    assert path.read_bytes() == content


def test_a_plain_sqlite_database_is_refused_and_left_alone(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(StoreError):
        Store.open(path, PASSPHRASE)
    assert path.read_bytes() == before


def test_an_encrypted_database_of_another_program_is_refused(path: Path) -> None:
    conn = dialect.connect(path, PASSPHRASE, mode=dialect.Mode.CREATE)
    conn.execute("CREATE TABLE t (x)")
    conn.close()
    with pytest.raises(StoreError, match="är inte en databas från Kvalitetsapp"):
        Store.open(path, PASSPHRASE)


def test_a_store_from_a_newer_program_is_refused_and_says_what_to_do(path: Path, store: Store) -> None:
    store.conn.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    with pytest.raises(StoreError, match="nyare version"):
        Store.open(path, KEY)


def test_a_missing_store_is_named(path: Path) -> None:
    with pytest.raises(StoreError, match="Det finns ingen databas"):
        Store.open(path, KEY)


def test_a_store_is_never_made_over_a_file(path: Path) -> None:
    path.write_text("viktigt", encoding="utf-8")
    with pytest.raises(RefusedError, match="finns redan"):
        Store.create(path, KEY)
    assert path.read_text(encoding="utf-8") == "viktigt"


@pytest.mark.skipif(os.name == "nt", reason="file modes are of POSIX")
def test_only_its_owner_may_read_the_store(path: Path, store: Store) -> None:
    with store.transaction():
        meta.put(store, "namn", "värde")
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name


def test_nothing_is_written_in_plain_text_beside_the_store(path: Path, store: Store) -> None:
    with store.transaction():
        meta.put(store, "namn", "HEMLIGHETEN")
        for file in path.parent.iterdir():
            assert b"HEMLIGHETEN" not in file.read_bytes(), file.name
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert b"HEMLIGHETEN" not in content, file.name
        assert b"CREATE TABLE" not in content, file.name


def test_a_failing_transaction_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            meta.put(store, "namn", "värde")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert meta.get(store, "namn") is None
    assert not store.conn.in_transaction


def test_a_failed_insert_returning_through_sqlite_utils_loses_no_later_write(path: Path) -> None:
    with Store.create(path, KEY) as store:
        with store.transaction():
            meta.put(store, "namn", "värde")
        with pytest.raises(dialect.IntegrityError):
            list(store.db.query("INSERT INTO meta (name, value) VALUES ('namn', 'annat') RETURNING name"))
        assert not store.conn.in_transaction
        with store.transaction():
            meta.put(store, "senare", "kvar")
    with Store.open(path, KEY) as store:
        assert meta.get(store, "senare") == "kvar"


def test_sqlite_utils_speaks_of_the_same_exceptions_as_sqlcipher(store: Store) -> None:
    with pytest.raises(dialect.IntegrityError), store.transaction():
        store.db.table("meta").insert_all([{"name": "a", "value": "1"}, {"name": "a", "value": "2"}])
    assert not store.conn.in_transaction


def test_writing_outside_a_transaction_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write("INSERT INTO meta (name, value) VALUES ('a', 'b')")


def test_closing_inside_a_transaction_is_a_bug_that_rolls_back(path: Path) -> None:
    store = Store.create(path, KEY)
    store.conn.execute("BEGIN IMMEDIATE")
    meta.put(store, "namn", "värde")
    with pytest.raises(RuntimeError):
        store.close()
    with Store.open(path, KEY) as again:
        assert meta.get(again, "namn") is None


def test_a_store_opened_to_be_read_cannot_be_written_to(path: Path) -> None:
    Store.create(path, KEY).close()
    with (
        Store.open(path, KEY, read_only=True) as store,
        pytest.raises(RefusedError, match="läsning"),
        store.transaction(),
    ):
        pass


def test_the_store_belongs_to_the_thread_that_opened_it(store: Store) -> None:
    caught: list[BaseException] = []

    def read() -> None:
        try:
            store.rows("SELECT 1")
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_tables_are_strict_and_references_are_held(store: Store) -> None:
    with pytest.raises(dialect.IntegrityError), store.transaction():
        store.write("INSERT INTO identities (identity, personal_id) VALUES ('ett', '19')")
    with pytest.raises(dialect.IntegrityError), store.transaction():
        store.write("INSERT INTO persons (identity, batch) VALUES (17, 1)")
    plain = store.rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
    assert [name for (name,) in plain if not name.startswith("sqlite_")] == []


def test_the_store_is_as_the_settings_say(store: Store) -> None:
    found = {
        name: store.value(f"PRAGMA {name}")
        for name in ("foreign_keys", "trusted_schema", "secure_delete", "synchronous", "temp_store")
    }
    assert found == {"foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1, "synchronous": 2, "temp_store": 2}


def test_kill_9_inside_a_transaction_leaves_the_committed_state(path: Path) -> None:
    Store.create(path, PASSPHRASE).close()
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from kvalitetsapp.store import meta
        from kvalitetsapp.store.connection import Store
        store = Store.open(Path(sys.argv[1]), sys.argv[2])
        with store.transaction():
            meta.put(store, "sparat", "ja")
        with store.transaction():
            for number in range(20000):
                meta.put(store, f"halvt{number}", "x" * 500)
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        """
    )
    subprocess.run([sys.executable, "-c", program, str(path), PASSPHRASE], check=False, timeout=60)
    with Store.open(path, PASSPHRASE) as store:
        assert meta.get(store, "sparat") == "ja"
        assert store.value("SELECT count(*) FROM meta WHERE name LIKE 'halvt%'") == 0
        assert dialect.faults(store.conn) == []


def test_a_flipped_byte_is_found(path: Path) -> None:
    with Store.create(path, KEY) as store, store.transaction():
        for number in range(2000):
            meta.put(store, f"namn{number}", "x" * 100)
    content = bytearray(path.read_bytes())
    content[len(content) * 9 // 10] ^= 1  # far behind the schema, among the rows
    path.write_bytes(content)
    with Store.open(path, KEY) as store:
        assert dialect.faults(store.conn) != []
        with pytest.raises(StoreError, match="skadad"):
            store.rows("SELECT value FROM meta UNION ALL SELECT name FROM meta")  # the table, then its index


class TestAudit:
    """The trace: append-only, chained."""

    def test_an_untouched_chain_holds(self, store: Store) -> None:
        with store.transaction():
            for number in range(5):
                audit.append(store, "någon", "gjorde", target=str(number))
        assert audit.first_broken(store) is None
        assert [entry.object for entry in audit.entries(store)] == ["4", "3", "2", "1", "0"]

    def test_an_entry_can_be_neither_edited_nor_deleted(self, store: Store) -> None:
        with store.transaction():
            audit.append(store, "någon", "gjorde")
        for statement in ("UPDATE audit SET who = 'annan'", "DELETE FROM audit"):
            with pytest.raises(dialect.DatabaseError, match="append-only"), store.transaction():
                store.write(statement)

    @pytest.mark.parametrize(
        "harm",
        [
            "UPDATE audit SET who = 'annan' WHERE entry = 2",
            "DELETE FROM audit WHERE entry = 2",
            "UPDATE audit SET entry = 9 WHERE entry = 2",
        ],
    )
    def test_an_entry_edited_deleted_or_moved_with_a_database_tool_is_found(self, store: Store, harm: str) -> None:
        with store.transaction():
            for number in range(4):
                audit.append(store, "någon", "gjorde", target=str(number))
        with store.transaction():
            store.write("DROP TRIGGER audit_is_not_edited")
            store.write("DROP TRIGGER audit_is_not_deleted")
            store.write(harm)
        assert audit.first_broken(store) == 2


ENDLESS = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) "
    "INSERT INTO meta SELECT 'n' || max(i), '' FROM n"
)


def test_a_long_statement_stops_when_the_user_cancels_and_takes_its_transaction_with_it(store: Store) -> None:
    progress = Progress()

    def write() -> None:
        with store.transaction():
            meta.put(store, "namn", "värde")
            progress.cancel()
            with store.heeding(progress):
                store.write(ENDLESS)

    with pytest.raises(CancelledError):
        write()
    assert not store.conn.in_transaction
    assert meta.get(store, "namn") is None


def test_a_part_of_a_transaction_that_fails_takes_nothing_else_with_it(store: Store) -> None:
    def fail() -> None:
        with store.part():
            meta.put(store, "mitt i", "1")
            raise ValueError("nej")

    with store.transaction():
        meta.put(store, "före", "1")
        with pytest.raises(ValueError, match="nej"):
            fail()
        meta.put(store, "efter", "1")
    assert [meta.get(store, name) for name in ("före", "mitt i", "efter")] == ["1", None, "1"]


def test_what_is_tried_is_taken_back_also_where_the_block_returns(store: Store) -> None:
    def tried() -> str | None:
        with store.trial():
            meta.put(store, "namn", "värde")
            return meta.get(store, "namn")

    assert tried() == "värde"
    assert meta.get(store, "namn") is None
    assert not store.conn.in_transaction


def test_the_mark_is_another_after_anything_that_was_written_or_taken_back(path: Path, store: Store) -> None:
    marks = [store.mark()]
    store.rows("SELECT * FROM meta")
    assert store.mark() == marks[0]
    with store.transaction():
        meta.put(store, "namn", "ett")
        marks.append(store.mark())
    assert store.mark() == marks[-1], "what is known inside a transaction holds when it is kept"
    with contextlib.suppress(ZeroDivisionError), store.transaction():
        meta.put(store, "namn", "två")
        marks.append(store.mark())
        raise ZeroDivisionError
    marks.append(store.mark())
    with store.transaction(), contextlib.suppress(ZeroDivisionError), store.part():
        meta.put(store, "namn", "tre")
        marks.append(store.mark())
        raise ZeroDivisionError
    marks.append(store.mark())
    with Store.open(path, KEY) as other, other.transaction():
        meta.put(other, "namn", "fyra")
    marks.append(store.mark())
    assert len(set(marks)) == len(marks)
