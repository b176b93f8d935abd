"""What was imported when, what was rejected, and what looked wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class Batch:
    """One import and its account: read = stored + corrected + unchanged + rejected."""

    batch: int
    kind: str
    file_name: str
    file_sha256: str
    profile_name: str
    imported_at: str
    program_version: str
    read: int
    stored: int
    corrected: int
    unchanged: int
    rejected: int
    undone_at: str | None = None
    undone_by: str | None = None
    undone_because: str | None = None


_COLUMNS: Final = (
    "batch, kind, file_name, file_sha256, profile_name, imported_at, program_version, "
    "read_rows, stored, corrected, unchanged, rejected, undone_at, undone_by, undone_because"
)
_STANDS: Final = "(batch IS NULL OR batch NOT IN (SELECT batch FROM import_batches WHERE undone_at IS NOT NULL))"


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What is known of an import before it has written anything."""

    kind: str
    file_name: str
    file_sha256: str
    profile_name: str
    program_version: str


def begin(store: Store, new: NewBatch) -> int:
    """Write the batch with an empty account, so that its rows can refer to it, and return its number."""
    return store.write(
        "INSERT INTO import_batches (kind, file_name, file_sha256, profile_name, imported_at, program_version, "
        "read_rows, stored, corrected, unchanged, rejected) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
        (
            new.kind,
            new.file_name,
            new.file_sha256,
            new.profile_name,
            this_moment(),
            new.program_version,
        ),
    )


def settle(store: Store, batch: int, *, stored: int, corrected: int, unchanged: int, rejected: int) -> None:
    """Write the account of the batch."""
    store.write(
        "UPDATE import_batches SET read_rows = ?, stored = ?, corrected = ?, unchanged = ?, rejected = ? "
        "WHERE batch = ?",
        (stored + corrected + unchanged + rejected, stored, corrected, unchanged, rejected, batch),
    )


def add_rejects(store: Store, batch: int, rejects: Iterable[tuple[int, str, str, str, str]]) -> None:
    """Keep the rejected rows: row number, column, value, code, reason."""
    store.write_many(
        "INSERT INTO import_rejects (batch, row_number, column_name, value, code, reason) VALUES (?, ?, ?, ?, ?, ?)",
        ((batch, *reject) for reject in rejects),
    )


def add_findings(store: Store, batch: int | None, findings: Iterable[tuple[str, str, int | None, str, str]]) -> None:
    """Keep findings: rule, reference, row number, column, value; those of no batch are made by the link run."""
    store.write_many(
        "INSERT INTO findings (batch, rule, ref, row_number, column_name, value) VALUES (?, ?, ?, ?, ?, ?)",
        ((batch, *finding) for finding in findings),
    )


def add_amounts(store: Store, batch: int, amounts: Iterable[tuple[str, int, int, int, int, int, int]]) -> None:
    """Keep the account in kronor: column, öre read, stored, corrected, unchanged, rejected, rows unreadable."""
    store.write_many(
        "INSERT INTO import_amounts (batch, column_name, read_ore, stored_ore, corrected_ore, unchanged_ore, "
        "rejected_ore, unreadable) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((batch, *amount) for amount in amounts),
    )


def amounts_of(store: Store, batch: int) -> list[tuple[str, int, int, int, int, int, int]]:
    """Return the account in kronor of an import, as `add_amounts` was given it."""
    return store.rows(
        "SELECT column_name, read_ore, stored_ore, corrected_ore, unchanged_ore, rejected_ore, unreadable "
        "FROM import_amounts WHERE batch = ? ORDER BY column_name",
        (batch,),
    )


def of_number(store: Store, batch: int) -> Batch | None:
    """Return an import by its number, None where there is none."""
    found = store.rows(f"SELECT {_COLUMNS} FROM import_batches WHERE batch = ?", (batch,))
    return Batch(*found[0]) if found else None


def mark_undone(store: Store, batch: int, who: str, because: str) -> None:
    """Note that the import is undone; its account, rejects and findings stay to be read."""
    store.write(
        "UPDATE import_batches SET undone_at = ?, undone_by = ?, undone_because = ? WHERE batch = ?",
        (this_moment(), who, because, batch),
    )


def all_batches(store: Store) -> list[Batch]:
    """Return every import, newest first."""
    return [Batch(*row) for row in store.rows(f"SELECT {_COLUMNS} FROM import_batches ORDER BY batch DESC")]


def rejects_of(store: Store, batch: int) -> list[tuple[int, str, str, str, str]]:
    """Return the rejected rows of an import: row number, column, value, code, reason."""
    return store.rows(
        "SELECT row_number, column_name, value, code, reason FROM import_rejects WHERE batch = ? ORDER BY row_number",
        (batch,),
    )


def findings_of(store: Store, batch: int, most: int | None = None) -> list[tuple[str, str, int | None, str, str]]:
    """Return the findings of an import, the first `most` of them: rule, reference, row number, column, value."""
    return store.rows(
        "SELECT rule, ref, row_number, column_name, value FROM findings WHERE batch = ? ORDER BY row_number, finding "
        "LIMIT ?",
        (batch, -1 if most is None else most),
    )


def finding_count(store: Store, batch: int) -> int:
    """Return how many findings an import has."""
    return int(store.value("SELECT count(*) FROM findings WHERE batch = ?", (batch,)))


def finding_counts(store: Store) -> list[tuple[str, int]]:
    """Return how many findings each rule has made, without those of imports that are undone."""
    return store.rows(f"SELECT rule, count(*) FROM findings WHERE {_STANDS} GROUP BY rule ORDER BY rule")


def findings_of_rule(store: Store, rule: str) -> list[tuple[str, str, str]]:
    """Return the findings of a rule, without those of imports that are undone: reference, column, value."""
    sql = f"SELECT ref, column_name, value FROM findings WHERE rule = ? AND {_STANDS} ORDER BY ref, finding"
    return store.rows(sql, (rule,))
