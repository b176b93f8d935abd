"""How a store's file is connected to: as far as the rights to file and folder allow, and as the place allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.errors import StoreError
from kvalitetsapp.store import dialect, place, store_file
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from kvalitetsapp.store.keys import StoreKey


def keep_journal(path: Path, conn: dbapi2.Connection) -> None:
    """Let readers go on while one writes, where the store lies on this computer's own disk."""
    if place.of(path).is_shared:
        dialect.keep_rollback_journal(conn)
    else:
        dialect.keep_write_ahead_log(conn)


def connect(path: Path, key: StoreKey | str, *, read_only: bool) -> tuple[dbapi2.Connection, dialect.Mode]:
    """Connect to the store; to read, in the first way that the rights to file and folder allow."""
    ways = [dialect.Mode.READ, dialect.Mode.READ_ALONE] if read_only else [dialect.Mode.WRITE]
    if read_only and not store_file.has_content(path.with_name(path.name + "-wal")):
        ways.append(dialect.Mode.FROZEN)
    for mode in ways:
        try:
            alone = mode is dialect.Mode.WRITE and place.of(path).is_shared
            return dialect.connect(path, key, mode=mode, alone=alone), mode
        except dialect.NotReadableError as error:
            raise store_file.not_opened(path, by_passphrase=isinstance(key, str)) from error
        except dialect.DatabaseError as error:
            found = error
    raise StoreError(
        _("Databasen {path} går inte att öppna. Får du läsa filen, och finns det plats på disken?").format(path=path)
    ) from found


def check_ours(conn: dbapi2.Connection, path: Path) -> None:
    """Make sure that a database is a finished store of this program.

    Raises:
        StoreError: it is not.
    """
    if dialect.is_empty(conn):
        raise StoreError(
            _(
                "Databasen {path} är tom: programmet avbröts innan den var färdig. "
                "Skapa den på nytt med ”kvalitetsapp store init”."
            ).format(path=path)
        )
    if dialect.application_id(conn) != dialect.APPLICATION_ID:
        raise StoreError(_("{path} är inte en databas från Kvalitetsapp.").format(path=path))
