"""The encrypted store: one file, one connection, one thread."""

from __future__ import annotations

import contextlib
import os
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from kvalitetsapp.errors import CancelledError, RefusedError, StoreError
from kvalitetsapp.store import dialect, migrations
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from sqlcipher3 import dbapi2
    from sqlite_utils import Database

    from kvalitetsapp.progress import Progress

_STEPS_BETWEEN_LOOKS: Final = 100_000  # of SQLite's machine: some milliseconds


class _TriedError(Exception):
    """Takes back what was only to be tried."""


class Store:
    """An open store. It belongs to the thread that opened it, and every change is inside `transaction`."""

    def __init__(self, path: Path, conn: dbapi2.Connection, *, read_only: bool, frozen: bool = False) -> None:
        self.path = path
        self.conn = conn
        self.read_only = read_only
        self._thread = threading.get_ident()
        self._file = _which_file(path)
        self._frozen = _content_mark(path) if frozen else None
        self._taken_back = 0

    @classmethod
    def create(cls, path: Path, passphrase: str, first: Callable[[Self], None] | None = None) -> Self:
        """Make a new store at `path`, readable for its owner only, with what `first` writes into it.

        All of it is one transaction: a process that dies on the way leaves an empty file, which the next try takes.

        Raises:
            RefusedError: something lies at `path` already, or its folder cannot be written to.
            StoreError: the passphrase is empty.
        """
        _demand_passphrase(passphrase)
        _reserve(path)
        try:
            with _trouble_explained():
                conn = dialect.connect(path, passphrase, mode=dialect.Mode.CREATE)
            return cls._filled(path, conn, first)
        except dialect.NotReadableError as error:
            raise _taken(path) from error
        except BaseException:
            if path.stat().st_size == 0:
                path.unlink()
            raise

    @classmethod
    def _filled(cls, path: Path, conn: dbapi2.Connection, first: Callable[[Self], None] | None) -> Self:
        try:
            if not dialect.is_empty(conn):
                raise _taken(path)
            store = cls(path, conn, read_only=False)
            dialect.foreign_keys(conn, on=False)
            with store.transaction():
                dialect.mark_as_ours(conn)
                migrations.migrate(conn)
                if first is not None:
                    first(store)
            dialect.foreign_keys(conn, on=True)
            dialect.keep_write_ahead_log(conn)
        except BaseException:
            conn.close()
            raise
        return store

    @classmethod
    def open(cls, path: Path, passphrase: str, *, read_only: bool = False) -> Self:
        """Open the store at `path`, bringing an older one up to date unless it is opened to be read only.

        Raises:
            StoreError: no store there, wrong passphrase, not a store, older and read-only, or newer than the program.
        """
        _demand_passphrase(passphrase)
        cls.demand_file(path)
        conn, mode = _connect(path, passphrase, read_only=read_only)
        try:
            _check_ours(conn, path)
            with _trouble_explained():
                migrations.bring_up_to_date(conn, read_only=read_only)
                if not read_only:
                    dialect.keep_write_ahead_log(conn)
            return cls(path, conn, read_only=read_only, frozen=mode is dialect.Mode.FROZEN)
        except BaseException:
            conn.close()
            raise

    @cached_property
    def db(self) -> Database:
        """Return the store as sqlite-utils knows it."""
        self._check_thread()
        return dialect.through_sqlite_utils(self.conn)

    @staticmethod
    def demand_file(path: Path) -> None:
        """Make sure that there is a file at `path`.

        Raises:
            StoreError: there is none.
        """
        try:
            found = path.is_file()
        except (OSError, ValueError):
            found = False
        if not found:
            raise StoreError(
                _("Det finns ingen databas på {path}. Skapa en med ”kvalitetsapp store init”.").format(path=path)
            )

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing of it.

        Raises:
            RefusedError: another program is writing to the store, it is open to be read only, or the disk is full.
            StoreError: the file is damaged, or another lies in its place.
        """
        self._check_thread()
        if self.read_only:
            raise RefusedError(_("Databasen är öppnad enbart för läsning."))
        if _which_file(self.path) != self._file:
            raise StoreError(
                _("Databasen {path} har flyttats eller bytts ut medan den var öppen. Öppna den igen.").format(
                    path=self.path
                )
            )
        with _trouble_explained():
            self._begin()
            try:
                yield
            except BaseException:
                self._take_back("ROLLBACK")
                raise
            self._commit()

    @contextlib.contextmanager
    def trial(self) -> Iterator[None]:
        """Let the block write as in `transaction`, and take all of it back at its end."""
        with contextlib.suppress(_TriedError), self.transaction():
            yield
            raise _TriedError

    @contextlib.contextmanager
    def heeding(self, progress: Progress) -> Iterator[None]:
        """Let long statements in the block stop when the user cancels; a transaction is then rolled back as a whole.

        Raises:
            CancelledError: the user cancelled.
        """
        self.conn.set_progress_handler(lambda: int(progress.is_cancelled), _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except dialect.OperationalError as error:
            if progress.is_cancelled and dialect.is_interruption(error):
                raise CancelledError from error
            raise
        finally:
            self.conn.set_progress_handler(None, 0)

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """Take back what the block wrote, and nothing else of the transaction it is part of, where it fails."""
        self._demand_transaction()
        self.conn.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.conn.in_transaction:
                self._take_back("ROLLBACK TO part")
                self.conn.execute("RELEASE part")
            raise
        self.conn.execute("RELEASE part")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read in the block be of one moment, whatever others write meanwhile."""
        self._check_thread()
        self.conn.execute("BEGIN")
        try:
            yield
        finally:
            self.conn.rollback()

    def one_moment(self) -> contextlib.AbstractContextManager[None]:
        """Let everything read in the block be of one moment: that of the transaction that is open, else a snapshot."""
        return contextlib.nullcontext() if self.conn.in_transaction else self.snapshot()

    def mark(self) -> tuple[int, int, int]:
        """Return what stays the same only while nothing is written or taken back, by this program or another."""
        return int(self.value("PRAGMA data_version")), self.conn.total_changes, self._taken_back

    def _begin(self) -> None:
        try:
            self.conn.execute("BEGIN IMMEDIATE")
        except dialect.OperationalError as error:
            if dialect.is_out_of_room(error):
                raise
            raise RefusedError(
                _("Någon annan skriver i databasen just nu, eller så får den inte skrivas till. Försök igen strax.")
            ) from error

    def _commit(self) -> None:
        try:
            self.conn.execute("COMMIT")
        except BaseException:
            self._take_back("ROLLBACK")
            raise

    def _take_back(self, how: str) -> None:
        """Undo what was written, which SQLite goes on counting as changes."""
        self._taken_back += 1
        if self.conn.in_transaction:
            self.conn.execute(how)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        self._check_thread()
        with _trouble_explained():
            found = list(self.conn.execute(sql, parameters).fetchall())
        self._check_frozen()
        return found

    def columns(self, sql: str, names: Sequence[str], parameters: Sequence[object] = ()) -> dict[str, list[Any]]:
        """Return the columns of a query under `names`, as lists of equal length."""
        rows = self.rows(sql, parameters)
        values = zip(*rows, strict=True) if rows else ([] for _name in names)
        return {name: list(column) for name, column in zip(names, values, strict=True)}

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:  # noqa: ANN401 - a column holds what it holds
        """Return the first value of the first row, None where there is none."""
        self._check_thread()
        with _trouble_explained():
            row = self.conn.execute(sql, parameters).fetchone()
        self._check_frozen()
        return None if row is None else row[0]

    def write(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement inside a transaction and return the row id that it gave."""
        self._demand_transaction()
        return int(self.conn.execute(sql, parameters).lastrowid or 0)

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for every row inside a transaction."""
        self._demand_transaction()
        self.conn.executemany(sql, rows)

    def close(self) -> None:
        """Close the file; a transaction left open is a bug and is rolled back."""
        self._check_thread()
        left_open = self.conn.in_transaction
        if left_open:
            self.conn.rollback()
        self.conn.close()
        if left_open:
            raise RuntimeError("the store was closed inside a transaction")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the store belongs to the thread that opened it")

    def _check_frozen(self) -> None:
        """Refuse what was read of a file that nobody was to change, if somebody did."""
        if self._frozen is not None and _content_mark(self.path) != self._frozen:
            raise StoreError(_("Databasen ändrades av någon annan medan den lästes. Öppna den igen."))

    def _demand_transaction(self) -> None:
        self._check_thread()
        if not self.conn.in_transaction:
            raise RuntimeError("the store is written to inside a transaction only")


@contextlib.contextmanager
def _trouble_explained() -> Iterator[None]:
    """Say in Swedish what the file or its disk is to blame for; everything else is a bug."""
    try:
        yield
    except dialect.DatabaseError as error:
        if dialect.is_out_of_room(error):
            raise RefusedError(
                _("Disken är full eller går inte att skriva på. Inget har ändrats. Gör plats och försök igen.")
            ) from error
        if not dialect.is_damage(error):
            raise
        raise StoreError(
            _("Databasen är skadad. Kör ”kvalitetsapp store check”, och ta fram en säkerhetskopia.")
        ) from error


def _which_file(path: Path) -> tuple[int, int]:
    """Return what tells one file from another at the same path; nothing there is a file of its own."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _content_mark(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _demand_passphrase(passphrase: str) -> None:
    if not passphrase:
        raise StoreError(_("Lösenfrasen saknas. Ange den när du blir tillfrågad eller i KVALITETSAPP_PASSPHRASE."))
    if "\0" in passphrase or any("\ud800" <= letter <= "\udfff" for letter in passphrase):
        raise StoreError(_("Lösenfrasen innehåller tecken som inte kan användas. Skriv den som UTF-8."))


def _reserve(path: Path) -> None:
    """Make the empty file with rights for its owner alone, so that it is never open to others.

    An empty file, or one with the journal of a transaction that was never finished, may be what a process left that
    died while it made a store: it is taken, unless it turns out to hold something.
    """
    no_right = _("Det går inte att skriva i mappen {folder}. Välj en annan mapp.").format(folder=path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        if not _may_be_unfinished(path):
            raise (_taken(path) if path.parent.is_dir() else RefusedError(no_right)) from error
        path.chmod(0o600)
    except (OSError, ValueError) as error:
        raise RefusedError(no_right) from error


def _may_be_unfinished(path: Path) -> bool:
    return path.is_file() and (path.stat().st_size == 0 or path.with_name(path.name + "-journal").exists())


def _taken(path: Path) -> RefusedError:
    return RefusedError(_("Det finns redan en fil på {path}. Välj ett annat namn.").format(path=path))


def _connect(path: Path, passphrase: str, *, read_only: bool) -> tuple[dbapi2.Connection, dialect.Mode]:
    """Connect to the store; to read, in the first way that the rights to file and folder allow."""
    ways = [dialect.Mode.READ, dialect.Mode.READ_ALONE] if read_only else [dialect.Mode.WRITE]
    if read_only and not _has_content(path.with_name(path.name + "-wal")):
        ways.append(dialect.Mode.FROZEN)
    for mode in ways:
        try:
            return dialect.connect(path, passphrase, mode=mode), mode
        except dialect.NotReadableError as error:
            raise StoreError(
                _(
                    "Lösenfrasen passar inte till {path}, eller så är filen inte en databas från Kvalitetsapp. "
                    "Kontrollera lösenfrasen. Inget har ändrats."
                ).format(path=path)
            ) from error
        except dialect.DatabaseError as error:
            trouble = error
    raise StoreError(
        _("Databasen {path} går inte att öppna. Får du läsa filen, och finns det plats på disken?").format(path=path)
    ) from trouble


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _check_ours(conn: dbapi2.Connection, path: Path) -> None:
    if dialect.is_empty(conn):
        raise StoreError(
            _(
                "Databasen {path} är tom: programmet avbröts innan den var färdig. "
                "Skapa den på nytt med ”kvalitetsapp store init”."
            ).format(path=path)
        )
    if dialect.application_id(conn) != dialect.APPLICATION_ID:
        raise StoreError(_("{path} är inte en databas från Kvalitetsapp.").format(path=path))
