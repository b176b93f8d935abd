"""Rows that only indicators ask for: patients' answers, the joint register, who waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

ANSWERS: Final = ("identity", "joint", "side", "instrument", "item", "occasion", "answered_on", "value")
REGISTER: Final = ("identity", "joint", "side", "operated_on")
WAITING: Final = ("provider_id", "procedure_code", "snapshot_on", "decided_on", "planned_on")


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


def waiting_columns(store: Store) -> dict[str, list[Any]]:
    """Return every entry of the waiting lists as columns, in an order that does not hang on when it was imported."""
    sql = f"SELECT {', '.join(WAITING)} FROM waiting_entries ORDER BY {', '.join(WAITING)}, source, entry_id"
    return store.columns(sql, WAITING)
