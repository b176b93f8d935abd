"""The encrypted store: one file, one connection, one thread."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from kvalitetsapp.errors import CancelledError, RefusedError, StoreError
from kvalitetsapp.store import dialect, migrations, place, store_file, trouble
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from sqlcipher3 import dbapi2
    from sqlite_utils import Database

    from kvalitetsapp.progress import Progress
    from kvalitetsapp.store.keys import StoreKey

_NO_TRACE: Final = N_(
    "Det går inte att skriva i databasens logg härifrån, och då får det här inte läsas eller lämnas ut. "
    "Öppna databasen där den får skrivas till."
)
_STEPS_BETWEEN_LOOKS: Final = 100_000  # of SQLite's machine: some milliseconds


class _TriedError(Exception):
    """Takes back what was only to be tried."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """Where and as what whoever works in the store does so; every entry of the trace tells it."""

    unit: str = ""
    role: str = ""


class Store:
    """An open store. It belongs to the thread that opened it, and every change is inside `transaction`."""

    def __init__(
        self, path: Path, key: StoreKey | str, conn: dbapi2.Connection, *, read_only: bool, frozen: bool = False
    ) -> None:
        self.path = path
        self.key = key
        self.conn = conn
        self.read_only = read_only
        self._thread = threading.get_ident()
        self._file = store_file.which_file(path)
        self._frozen = store_file.content_mark(path) if frozen else None
        self._taken_back = 0
        self._traced = 0
        self._in_snapshot = False
        self.at_work = AtWork()

    @classmethod
    def create(cls, path: Path, key: StoreKey | str, first: Callable[[Self], None] | None = None) -> Self:
        """Make a new store at `path`, readable for its owner only, with what `first` writes into it.

        All of it is one transaction: a process that dies on the way leaves an empty file, which the next try takes.

        Raises:
            RefusedError: something lies at `path` already, or its folder cannot be written to.
            StoreError: the passphrase is empty.
        """
        if isinstance(key, str):
            store_file.demand_passphrase(key)
        store_file.reserve(path)
        try:
            with trouble.explained():
                conn = dialect.connect(path, key, mode=dialect.Mode.CREATE, alone=place.of(path).is_shared)
            return cls._filled(path, key, conn, first)
        except dialect.NotReadableError as error:
            raise store_file.taken(path) from error
        except BaseException:
            if path.stat().st_size == 0:
                path.unlink()
            raise

    @classmethod
    def _filled(
        cls, path: Path, key: StoreKey | str, conn: dbapi2.Connection, first: Callable[[Self], None] | None
    ) -> Self:
        try:
            if not dialect.is_empty(conn):
                raise store_file.taken(path)
            store = cls(path, key, conn, read_only=False)
            dialect.foreign_keys(conn, on=False)
            with store.transaction():
                dialect.mark_as_ours(conn)
                migrations.migrate(conn)
                if first is not None:
                    first(store)
            dialect.foreign_keys(conn, on=True)
            _keep_journal(path, conn)
        except BaseException:
            conn.close()
            raise
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        key: StoreKey | str,
        *,
        read_only: bool = False,
        before_migration: Callable[[dbapi2.Connection], None] | None = None,
    ) -> Self:
        """Open the store at `path`, bringing an older one up to date unless it is opened to be read only.

        `key` is its data key, or the passphrase of a store that has no file of keys yet.

        Raises:
            StoreError: no store there, wrong passphrase, not a store, older and read-only, or newer than the program.
        """
        if isinstance(key, str):
            store_file.demand_passphrase(key)
        store_file.demand_file(path)
        conn, mode = _connect(path, key, read_only=read_only)
        try:
            _check_ours(conn, path)
            with trouble.explained():
                migrations.bring_up_to_date(conn, read_only=read_only, before=before_migration)
                if not read_only:
                    _keep_journal(path, conn)
            return cls(path, key, conn, read_only=read_only, frozen=mode is dialect.Mode.FROZEN)
        except BaseException:
            conn.close()
            raise

    @cached_property
    def db(self) -> Database:
        """Return the store as sqlite-utils knows it."""
        self._check_thread()
        return dialect.through_sqlite_utils(self.conn)

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
        if store_file.which_file(self.path) != self._file:
            raise StoreError(
                _("Databasen {path} har flyttats eller bytts ut medan den var öppen. Öppna den igen.").format(
                    path=self.path
                )
            )
        with trouble.explained():
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
        self._in_snapshot = True
        try:
            yield
        finally:
            self._in_snapshot = False
            self.conn.rollback()

    def one_moment(self) -> contextlib.AbstractContextManager[None]:
        """Let everything read in the block be of one moment: that of the transaction that is open, else a snapshot."""
        return contextlib.nullcontext() if self.conn.in_transaction else self.snapshot()

    @contextlib.contextmanager
    def tracing(self) -> Iterator[Store]:
        """Let the block write to the trace, and to nothing else, also where the store is only read.

        It is part of the transaction that is open, else one of its own; what was worked out from the store before
        stays as it was (`mark`).

        Raises:
            RefusedError: nothing can be written from here, so that what was to be traced must not be done.
        """
        if self.conn.in_transaction and not self._in_snapshot:
            yield self
        elif self.read_only or self._in_snapshot:
            with self._another_to_trace() as another, another.transaction():
                yield another
        else:
            before = self.conn.total_changes
            with self.transaction():
                yield self
            self._traced += self.conn.total_changes - before

    @contextlib.contextmanager
    def _another_to_trace(self) -> Iterator[Self]:
        try:
            if self._frozen is not None:
                raise RefusedError(_(_NO_TRACE))
            another = type(self).open(self.path, self.key)
        except StoreError as error:
            raise RefusedError(_(_NO_TRACE)) from error
        another.at_work = self.at_work
        with another:
            yield another

    def mark(self) -> tuple[int, int, int]:
        """Return what stays the same only while nothing is written or taken back, by this program or another.

        Entries of the trace, which nothing is worked out from, count for nothing.
        """
        return int(self.value("PRAGMA data_version")), self.conn.total_changes - self._traced, self._taken_back

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
        with trouble.explained():
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
        with trouble.explained():
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
        if self._frozen is not None and store_file.content_mark(self.path) != self._frozen:
            raise StoreError(_("Databasen ändrades av någon annan medan den lästes. Öppna den igen."))

    def _demand_transaction(self) -> None:
        self._check_thread()
        if not self.conn.in_transaction:
            raise RuntimeError("the store is written to inside a transaction only")


def _keep_journal(path: Path, conn: dbapi2.Connection) -> None:
    if place.of(path).is_shared:
        dialect.keep_rollback_journal(conn)
    else:
        dialect.keep_write_ahead_log(conn)


def _connect(path: Path, key: StoreKey | str, *, read_only: bool) -> tuple[dbapi2.Connection, dialect.Mode]:
    """Connect to the store; to read, in the first way that the rights to file and folder allow."""
    ways = [dialect.Mode.READ, dialect.Mode.READ_ALONE] if read_only else [dialect.Mode.WRITE]
    if read_only and not store_file.has_content(path.with_name(path.name + "-wal")):
        ways.append(dialect.Mode.FROZEN)
    for mode in ways:
        try:
            alone = mode is dialect.Mode.WRITE and place.of(path).is_shared
            return dialect.connect(path, key, mode=mode, alone=alone), mode
        except dialect.NotReadableError as error:
            raise StoreError(
                _(
                    "Lösenfrasen passar inte till {path}, eller så är filen inte en databas från Kvalitetsapp. "
                    "Kontrollera lösenfrasen. Inget har ändrats."
                ).format(path=path)
            ) from error
        except dialect.DatabaseError as error:
            found = error
    raise StoreError(
        _("Databasen {path} går inte att öppna. Får du läsa filen, och finns det plats på disken?").format(path=path)
    ) from found


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
