"""Rows of the tables that people keep themselves: one at most stands per key, and every earlier one stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.store.connection import Store

_READ: Final = (
    "SELECT editable_row, table_name, row_key, contents, reason, who, changed_at, coalesce(replaced_at, '') "
    "FROM editable_rows"
)


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as stored; `contents` is None where the row is taken away, `replaced_at` "" while it stands."""

    editable_row: int
    table_name: str
    row_key: str
    contents: dict[str, Value] | None
    reason: str
    who: str
    changed_at: str
    replaced_at: str


def standing(store: Store, table_name: str) -> list[StoredRow]:
    """Return what stands of a table, rows that are taken away among it."""
    return _found(store, "WHERE table_name = ? AND replaced_at IS NULL ORDER BY row_key", table_name)


def standing_of(store: Store, table_name: str, row_key: str) -> StoredRow | None:
    """Return what stands under a key, None where nobody has changed anything."""
    rows = _found(store, "WHERE table_name = ? AND row_key = ? AND replaced_at IS NULL", table_name, row_key)
    return rows[0] if rows else None


def history(store: Store, table_name: str, row_key: str) -> list[StoredRow]:
    """Return everything that has stood under a key, the first first."""
    return _found(store, "WHERE table_name = ? AND row_key = ? ORDER BY editable_row", table_name, row_key)


def of_number(store: Store, editable_row: int) -> StoredRow:
    """Return a row by its number; rows are never removed."""
    (row,) = _found(store, "WHERE editable_row = ?", editable_row)
    return row


def add(
    store: Store, table_name: str, row_key: str, contents: Mapping[str, Value] | None, *, reason: str, who: str
) -> int:
    """Add a row that stands, or with None one that says that it is taken away; what stood must be replaced first."""
    told = None if contents is None else json.dumps(contents, ensure_ascii=False)
    return store.write(
        "INSERT INTO editable_rows (table_name, row_key, contents, reason, who, changed_at) VALUES (?, ?, ?, ?, ?, ?)",
        (table_name, row_key, told, reason, who, this_moment()),
    )


def replace(store: Store, editable_row: int) -> None:
    """Let a row stand no more; it stays in the history."""
    store.write("UPDATE editable_rows SET replaced_at = ? WHERE editable_row = ?", (this_moment(), editable_row))


def _found(store: Store, where: str, *told: str | int) -> list[StoredRow]:
    return [_row(*row) for row in store.rows(f"{_READ} {where}", told)]


def _row(number: int, table_name: str, row_key: str, contents: str | None, *told: str) -> StoredRow:
    return StoredRow(number, table_name, row_key, None if contents is None else json.loads(contents), *told)
