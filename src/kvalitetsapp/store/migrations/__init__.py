"""Frozen steps from one store version to the next; a step never uses today's classes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kvalitetsapp.errors import StoreError
from kvalitetsapp.store import dialect
from kvalitetsapp.store.migrations import (
    m0001_first_store,
    m0002_accounts_and_undo,
    m0003_further_sources,
    m0004_quality,
    m0005_identity_pairs,
    m0006_reviews,
    m0007_recovery,
    m0008_outcomes,
    m0009_protection,
    m0010_development,
)
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlcipher3 import dbapi2
    from sqlite_utils import Database

STEPS: Final[tuple[Callable[[Database], None], ...]] = (
    m0001_first_store.step,
    m0002_accounts_and_undo.step,
    m0003_further_sources.step,
    m0004_quality.step,
    m0005_identity_pairs.step,
    m0006_reviews.step,
    m0007_recovery.step,
    m0008_outcomes.step,
    m0009_protection.step,
    m0010_development.step,
)
NEWEST: Final = len(STEPS)


def version(conn: dbapi2.Connection) -> int:
    """Return the version of the store's tables, 0 for an empty file."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def migrate(conn: dbapi2.Connection) -> None:
    """Take every step that the store has not taken, each with its record in one transaction."""
    db = dialect.through_sqlite_utils(conn)
    dialect.foreign_keys(conn, on=False)
    try:
        for number in range(version(conn) + 1, NEWEST + 1):
            _take(db, number)
    finally:
        dialect.foreign_keys(conn, on=True)


def _take(db: Database, number: int) -> None:
    step = STEPS[number - 1]
    with db.atomic():
        step(db)
        db.conn.execute(
            "INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)",
            (number, step.__module__.rsplit(".", maxsplit=1)[-1], datetime.now(UTC).isoformat(timespec="seconds")),
        )
        db.conn.execute(f"PRAGMA user_version = {number:d}")
        if db.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreError(_("Databasen kunde inte uppgraderas: rader i den pekar på rader som saknas."))


def bring_up_to_date(
    conn: dbapi2.Connection, *, read_only: bool, before: Callable[[dbapi2.Connection], None] | None = None
) -> None:
    """Migrate an older store, after `before`; refuse a newer one, and an older one that must not be written to.

    Raises:
        StoreError: the store is newer than the program, or older and opened to be read only.
    """
    found = version(conn)
    if found > NEWEST:
        raise StoreError(
            _(
                "Databasen är skapad av en nyare version av Kvalitetsapp (version {found}, programmet kan {newest}). "
                "Uppdatera programmet. Inget har ändrats."
            ).format(found=found, newest=NEWEST)
        )
    if found == NEWEST:
        return
    if read_only:
        raise StoreError(_("Databasen är äldre än programmet. Öppna den en gång med skrivrätt så uppgraderas den."))
    if before is not None:
        before(conn)
    migrate(conn)
