"""What the link run derives: index operations, links and what verdicts are taken to mean; replaced whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

OPERATION_COLUMNS: Final = (
    "operation",
    "episode",
    "person",
    "index_ref",
    "provider_id",
    "joint",
    "side",
    "operated_on",
    "procedure_code",
    "payer_route",
)
LINK_COLUMNS: Final = (
    "episode",
    "event_ref",
    "person",
    "joint",
    "side",
    "event_date",
    "event_provider_id",
    "operation",
    "index_ref",
    "index_provider_id",
    "index_side",
    "operated_on",
    "days",
    "status",
    "competing",
    "complication_class",
    "surgery_level",
    "triggers",
    "candidates",
    "another_look",
    "verdict",
)
PIN_COLUMNS: Final = (
    "verdict",
    "episode",
    "joint",
    "side",
    "index_episode",
    "index_joint",
    "index_side",
    "proposed_episode",
    "proposed_joint",
    "proposed_side",
)
VERDICT_COLUMNS: Final = (
    "verdict",
    "episode",
    "joint",
    "side",
    "decision",
    "complication_class",
    "reviewed_on",
    "index_episode",
    "index_joint",
    "index_side",
)
Rows: TypeAlias = "Iterable[tuple[Any, ...]]"


def operation_columns(store: Store) -> dict[str, list[Any]]:
    """Return the index operations of the last link run as columns."""
    return _columns(store, "index_operations", OPERATION_COLUMNS, "operation")


def link_columns(store: Store) -> dict[str, list[Any]]:
    """Return the links of the last run as columns, `link` (the row id) first."""
    return _columns(store, "links", ("link", *LINK_COLUMNS), "link")


def pin_columns(store: Store) -> dict[str, list[Any]]:
    """Return what verdicts were taken to mean, as columns."""
    return _columns(store, "pins", PIN_COLUMNS, "verdict, episode, joint, side")


def verdict_columns(store: Store) -> dict[str, list[Any]]:
    """Return the verdicts that stand, as columns, in the order in which they were made."""
    sql = f"SELECT {', '.join(VERDICT_COLUMNS)} FROM verdicts WHERE withdrawn_at IS NULL ORDER BY position, verdict"
    return store.columns(sql, VERDICT_COLUMNS)


def replace(store: Store, operations: Rows, links: Rows, pins: Rows) -> None:
    """Put the results of a link run in the place of the last one's."""
    for table in ("pins", "links", "index_operations"):
        store.write(f"DELETE FROM {table}")
    for table, names, rows in (
        ("index_operations", OPERATION_COLUMNS, operations),
        ("links", LINK_COLUMNS, links),
        ("pins", PIN_COLUMNS, pins),
    ):
        marks = ", ".join("?" * len(names))
        store.write_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def forget_pins_of(store: Store, batch: int) -> None:
    """Forget what verdicts were taken to mean that this import wrote or corrected: they mean what they now say.

    What they meant goes into the history, for an undo of the import.
    """
    theirs = "verdict IN (SELECT verdict FROM verdicts WHERE batch = ?)"
    told = ", ".join(f"'{name}', {name}" for name in PIN_COLUMNS)
    store.write(
        "INSERT INTO row_history (table_name, row_key, content, replaced_by) "
        f"SELECT 'pins', verdict, json_object({told}), ? FROM pins WHERE {theirs}",
        (batch, batch),
    )
    store.write(f"DELETE FROM pins WHERE {theirs}", (batch,))


def forget_derived(store: Store) -> None:
    """Take away operations and links, which refer to imported rows, before some of those go; pins stay."""
    store.write("DELETE FROM links")
    store.write("DELETE FROM index_operations")


def to_look_at(store: Store) -> list[tuple[str, str, str]]:
    """Return event_ref, joint and side of the decided events that are to be looked at again."""
    return store.rows("SELECT event_ref, joint, side FROM links WHERE another_look = 1 ORDER BY 1, 2, 3")


def next_position(store: Store) -> int:
    """Return the place of the next verdict among all."""
    return int(store.value("SELECT coalesce(max(position), 0) + 1 FROM verdicts"))


def _columns(store: Store, table: str, names: tuple[str, ...], order: str) -> dict[str, list[Any]]:
    return store.columns(f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}", names)
