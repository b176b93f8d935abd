"""Rows that only indicators ask for: what patients answered, and the primary operations of the joint register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

ANSWERS: Final = ("identity", "joint", "side", "instrument", "item", "occasion", "answered_on", "value")
REGISTER: Final = ("identity", "joint", "side", "operated_on")


def answer_columns(store: Store) -> dict[str, list[Any]]:
    """Return every answer as columns, in an order that does not hang on when it was imported."""
    sql = f"SELECT {', '.join(ANSWERS)} FROM prom_answers ORDER BY source, {', '.join(ANSWERS)}"
    return store.columns(sql, ANSWERS)


def register_columns(store: Store) -> dict[str, list[Any]]:
    """Return the register's operations as columns; those that it calls something else than primary are left out."""
    sql = (
        f"SELECT {', '.join(REGISTER)} FROM register_operations "
        f"WHERE coalesce(operation_kind, 'primary') = 'primary' ORDER BY {', '.join(REGISTER)}"
    )
    return store.columns(sql, REGISTER)
