"""SQLite's and SQLCipher's own words: everything another database would say differently stands here.

sqlite-utils catches the exceptions of the module that it finds as `pysqlite3`; sqlcipher3's are not subclasses of the
standard library's. Registering sqlcipher3 under that name before sqlite-utils is first imported makes both speak of
the same exceptions (docs/decisions/0001). sqlite-utils also imports pandas if it is there, which the store has no use
for and which costs most of a second: it is hidden while sqlite-utils is imported.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from enum import Enum
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Final

import sqlcipher3
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType

    from sqlite_utils import Database as DatabaseType

    from kvalitetsapp.store.keys import StoreKey

APPLICATION_ID: Final = 0x4B56414C  # "KVAL"
_CACHE_KIB: Final = 131_072
BUSY_MS: Final = 5_000
_PAGES_AT_A_TIME: Final = 4_096
_STEPS_BETWEEN_LOOKS: Final = 100_000  # of SQLite's machine: some milliseconds

_SETTINGS: Final = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "recursive_triggers = ON",
    f"cache_size = -{_CACHE_KIB}",
)

IntegrityError: Final[type[Exception]] = dbapi2.IntegrityError
DatabaseError: Final[type[Exception]] = dbapi2.DatabaseError
OperationalError: Final[type[Exception]] = dbapi2.OperationalError


class _Hidden(MetaPathFinder):
    """Hides libraries from the thread that makes it: another may be importing them for its own use just now."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._thread = threading.get_ident()

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the hidden names; all others are for the next finder."""
        if name in self._names and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(name=name)
        return None


def through_sqlite_utils(connection: dbapi2.Connection) -> DatabaseType:
    """Return the connection as sqlite-utils knows it, which is imported when something first asks for it."""
    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = dbapi2
    hidden = _Hidden("pandas", "numpy")
    sys.meta_path.insert(0, hidden)
    try:
        import sqlite_utils
    finally:
        sys.meta_path.remove(hidden)
    return sqlite_utils.Database(connection, execute_plugins=False)


class NotReadableError(Exception):
    """The key does not fit, or the file is no encrypted database at all: the two cannot be told apart."""


class Mode(Enum):
    """How a file is opened.

    READ asks for the right to write, which it does not use, so that whoever closes the file last can tidy away the
    log beside it. READ_ALONE does without that right, FROZEN also without a file beside it: then nobody may write.
    """

    CREATE = "create"
    WRITE = "write"
    READ = "read"
    READ_ALONE = "read alone"
    FROZEN = "frozen"


_OPENED: Final = {
    Mode.CREATE: "mode=rwc",
    Mode.WRITE: "mode=rw",
    Mode.READ: "mode=rw",
    Mode.READ_ALONE: "mode=ro",
    Mode.FROZEN: "mode=ro&immutable=1",
}


def connect(
    path: Path, key: StoreKey | str, *, mode: Mode, alone: bool = False, busy_ms: int = BUSY_MS
) -> dbapi2.Connection:
    """Open an encrypted database file with the store's settings; a `str` is the passphrase of a store of old.

    `alone` keeps everybody else out for as long as the connection lasts: where files are on a network or synced,
    others' locks and a log that several read cannot be relied on.

    Raises:
        NotReadableError: wrong key, or not an encrypted database.
        DatabaseError: the file cannot be opened.
    """
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?{_OPENED[mode]}", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = {_key_told(key)}")
        connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # before the first look: no shared memory is used
        _check_key(connection)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if mode not in {Mode.CREATE, Mode.WRITE}:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def take_from_before_tables(connection: dbapi2.Connection, names: Sequence[str]) -> None:
    """Let tables be seen again that temporary views of the same names stand before; others are as they were."""
    _change_temporary(connection, [f"DROP VIEW IF EXISTS temp.{name}" for name in names])


def put_before_tables(connection: dbapi2.Connection, views: Iterable[str]) -> None:
    """Make temporary views, which stand before tables of the same names."""
    _change_temporary(connection, views)


def _change_temporary(connection: dbapi2.Connection, statements: Iterable[str]) -> None:
    """Do what changes nothing but this connection's own temporary things, also where the store is only read."""
    is_read_only = bool(connection.execute("PRAGMA query_only").fetchone()[0])
    connection.execute("PRAGMA query_only = OFF")
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.execute(f"PRAGMA query_only = {int(is_read_only)}")


def _check_key(connection: dbapi2.Connection) -> None:
    """A wrong key shows only at the first read."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as error:
        if "not a database" in str(error):
            raise NotReadableError from error
        raise


def keep_write_ahead_log(connection: dbapi2.Connection) -> None:
    """Let readers go on while one writes; the log holds encrypted pages only."""
    connection.execute("PRAGMA journal_mode = WAL")


def keep_rollback_journal(connection: dbapi2.Connection) -> None:
    """Write the old content of changed pages beside the file while they are changed, and keep everybody else out."""
    connection.execute("PRAGMA journal_mode = DELETE")


def put_log_away(connection: dbapi2.Connection) -> bool:
    """Move everything in the log beside the file into the file; tell whether that could be done.

    It cannot while anybody else has the file open. Afterwards another file may take its place.
    """
    try:
        return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]) == "delete"
    except OperationalError:
        return False


def keep_others_out(connection: dbapi2.Connection) -> None:
    """Hold the file alone from now until the connection ends or `let_others_in`; after `put_log_away` only.

    Raises:
        OperationalError: somebody else has it open.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except OperationalError:
        let_others_in(connection)
        raise


def let_others_in(connection: dbapi2.Connection) -> None:
    """Let go of the file that was held alone."""
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def is_empty(connection: dbapi2.Connection) -> bool:
    """Tell whether the database holds nothing at all, not even a header."""
    return int(connection.execute("PRAGMA page_count").fetchone()[0]) == 0


def application_id(connection: dbapi2.Connection) -> int:
    """Return the mark that tells whose file this is."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def mark_as_ours(connection: dbapi2.Connection) -> None:
    """Write our mark into the file's header."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def cipher_version(connection: dbapi2.Connection) -> str:
    """Return SQLCipher's version."""
    return str(connection.execute("PRAGMA cipher_version").fetchone()[0])


def faults(connection: dbapi2.Connection) -> list[str]:
    """Return what the page, structure and reference checks find wrong, empty where all is well."""
    _move_log_into_file(connection)
    found = []
    for check in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        try:
            rows = connection.execute(f"PRAGMA {check}").fetchall()
        except DatabaseError as error:
            rows = [(str(error),)]
        found += [" ".join(map(str, row)) for row in rows if row[0] != "ok"]
    return found


def _move_log_into_file(connection: dbapi2.Connection) -> None:
    """Let the file itself hold all that is committed, where it may be written to and nothing was read yet.

    The check of pages looks at the file alone. A power cut while the log was moved into it leaves pages there that are
    torn; they are whole in the log, and nobody reads the torn ones.
    """
    with contextlib.suppress(DatabaseError):
        connection.execute("PRAGMA wal_checkpoint")


def stop_when(connection: dbapi2.Connection, stops: Callable[[], bool]) -> None:
    """Let statements, checks among them, be interrupted once `stops` says so."""
    connection.set_progress_handler(lambda: int(stops()), _STEPS_BETWEEN_LOOKS)


def is_damage(error: BaseException) -> bool:
    """Tell whether a database error means that the file is damaged."""
    return "malformed" in str(error) or "not a database" in str(error)


def is_out_of_room(error: BaseException) -> bool:
    """Tell whether a database error means that the disk took no more."""
    return "disk is full" in str(error) or "disk I/O error" in str(error)


def is_interruption(error: BaseException) -> bool:
    """Tell whether a database error means that a statement was asked to stop."""
    return "interrupted" in str(error)


def foreign_keys(connection: dbapi2.Connection, *, on: bool) -> None:
    """Switch foreign keys; only outside a transaction, for migrations."""
    connection.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def check_references_at_the_end(connection: dbapi2.Connection) -> None:
    """Let references be broken until the open transaction ends: what it leaves broken then, it cannot commit."""
    connection.execute("PRAGMA defer_foreign_keys = ON")


def copy(source: dbapi2.Connection, target: dbapi2.Connection, told: Callable[[int, int], None]) -> None:
    """Copy a database as it is now, page by page, into another file under that file's own key.

    `told` hears now and then how many pages are left, and of how many; what it raises stops the copying.
    """
    source.backup(target, pages=_PAGES_AT_A_TIME, progress=lambda _status, left, total: told(left, total))


def _key_told(key: StoreKey | str) -> str:
    """Return a key as the key pragma wants it, which takes no parameter."""
    return _quoted(key) if isinstance(key, str) else f"\"x'{key.data_key.hex()}{key.mark.hex()}'\""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
