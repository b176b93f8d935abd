"""Rows that only reports ask for: prices and units of operations, and the account of all imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


def operation_details(store: Store) -> dict[str, list[Any]]:
    """Return operation, price (None = missing) and unit ("" = none) of every index operation as columns."""
    sql = (
        "SELECT o.operation, e.price, coalesce(e.unit, '') FROM index_operations o "
        "JOIN episodes e ON e.episode = o.episode ORDER BY o.index_ref"
    )
    found = store.columns(sql, ("operation", "price", "unit"))
    found["operation"] = list(range(len(found["operation"])))  # as in the frame of all operations
    return found


def imports_by_kind(store: Store) -> list[tuple[Any, ...]]:
    """Return kind, files and the account of imports by kind; those that are undone are left out."""
    return store.rows(
        "SELECT kind, count(*), sum(read_rows), sum(stored), sum(corrected), sum(unchanged), sum(rejected) "
        "FROM import_batches WHERE undone_at IS NULL GROUP BY kind ORDER BY kind"
    )
