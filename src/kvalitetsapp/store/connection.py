"""The encrypted store: one file, one connection, one thread."""

from __future__ import annotations

import contextlib
import os
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import dialect, migrations
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from sqlcipher3 import dbapi2
    from sqlite_utils import Database


class Store:
    """An open store. It belongs to the thread that opened it, and every change is inside `transaction`."""

    def __init__(self, path: Path, conn: dbapi2.Connection, *, read_only: bool) -> None:
        self.path = path
        self.conn = conn
        self.read_only = read_only
        self._thread = threading.get_ident()

    @classmethod
    def create(cls, path: Path, passphrase: str) -> Self:
        """Make a new, empty store at `path`, readable for its owner only.

        Raises:
            RefusedError: something lies at `path` already, or its folder cannot be written to.
            StoreError: the passphrase is empty.
        """
        _demand_passphrase(passphrase)
        _reserve(path)
        try:
            conn = dialect.connect(path, passphrase, create=True, read_only=False)
            dialect.keep_write_ahead_log(conn)
            dialect.mark_as_ours(conn)
            migrations.migrate(conn)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return cls(path, conn, read_only=False)

    @classmethod
    def open(cls, path: Path, passphrase: str, *, read_only: bool = False) -> Self:
        """Open the store at `path`, bringing an older one up to date unless it is opened to be read only.

        Raises:
            StoreError: no store there, wrong passphrase, not a store, older and read-only, or newer than the program.
        """
        _demand_passphrase(passphrase)
        cls.demand_file(path)
        conn = _connect(path, passphrase, read_only=read_only)
        try:
            _check_ours(conn, path)
            migrations.bring_up_to_date(conn, read_only=read_only)
        except BaseException:
            conn.close()
            raise
        return cls(path, conn, read_only=read_only)

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
        if not path.is_file():
            raise StoreError(
                _("Det finns ingen databas på {path}. Skapa en med ”kvalitetsapp store init”.").format(path=path)
            )

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing of it.

        Raises:
            RefusedError: another program is writing to the store, or it is open to be read only.
        """
        self._check_thread()
        if self.read_only:
            raise RefusedError(_("Databasen är öppnad enbart för läsning."))
        self._begin()
        try:
            yield
        except BaseException:
            self.conn.rollback()
            raise
        self._commit()

    def _begin(self) -> None:
        try:
            self.conn.execute("BEGIN IMMEDIATE")
        except dialect.OperationalError as error:
            raise RefusedError(
                _("Någon annan skriver i databasen just nu, eller så får den inte skrivas till. Försök igen strax.")
            ) from error

    def _commit(self) -> None:
        try:
            self.conn.execute("COMMIT")
        except BaseException:
            self.conn.rollback()
            raise

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        self._check_thread()
        with _damage_explained():
            return list(self.conn.execute(sql, parameters).fetchall())

    def columns(self, sql: str, names: Sequence[str], parameters: Sequence[object] = ()) -> dict[str, list[Any]]:
        """Return the columns of a query under `names`, as lists of equal length."""
        rows = self.rows(sql, parameters)
        values = zip(*rows, strict=True) if rows else ([] for _name in names)
        return {name: list(column) for name, column in zip(names, values, strict=True)}

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:  # noqa: ANN401 - a column holds what it holds
        """Return the first value of the first row, None where there is none."""
        self._check_thread()
        with _damage_explained():
            row = self.conn.execute(sql, parameters).fetchone()
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

    def _demand_transaction(self) -> None:
        self._check_thread()
        if not self.conn.in_transaction:
            raise RuntimeError("the store is written to inside a transaction only")


@contextlib.contextmanager
def _damage_explained() -> Iterator[None]:
    try:
        yield
    except dialect.DatabaseError as error:
        if not dialect.is_damage(error):
            raise
        raise StoreError(
            _("Databasen är skadad. Kör ”kvalitetsapp store check”, och ta fram en säkerhetskopia.")
        ) from error


def _demand_passphrase(passphrase: str) -> None:
    if not passphrase:
        raise StoreError(_("Lösenfrasen saknas. Ange den när du blir tillfrågad eller i KVALITETSAPP_PASSPHRASE."))


def _reserve(path: Path) -> None:
    """Make the empty file with rights for its owner alone, so that it is never open to others."""
    no_right = _("Det går inte att skriva i mappen {folder}. Välj en annan mapp.").format(folder=path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(no_right) from error
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise RefusedError(_("Det finns redan en fil på {path}. Välj ett annat namn.").format(path=path)) from error
    except OSError as error:
        raise RefusedError(no_right) from error


def _connect(path: Path, passphrase: str, *, read_only: bool) -> dbapi2.Connection:
    try:
        return dialect.connect(path, passphrase, create=False, read_only=read_only)
    except dialect.NotReadableError as error:
        raise StoreError(
            _(
                "Lösenfrasen passar inte till {path}, eller så är filen inte en databas från Kvalitetsapp. "
                "Kontrollera lösenfrasen. Inget har ändrats."
            ).format(path=path)
        ) from error
    except dialect.DatabaseError as error:
        raise StoreError(_("Databasen {path} går inte att öppna. Får du läsa filen?").format(path=path)) from error


def _check_ours(conn: dbapi2.Connection, path: Path) -> None:
    if dialect.application_id(conn) != dialect.APPLICATION_ID:
        raise StoreError(_("{path} är inte en databas från Kvalitetsapp.").format(path=path))
