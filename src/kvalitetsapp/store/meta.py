"""Small facts about the store itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

SAMPLE: Final = "sample"
SHARED: Final = "shared_passphrase"
STORE_ID: Final = "store_id"
BACKUP_FOLDER: Final = "backup_folder"
RECOVERY_KEY: Final = "recovery_public_key"
RECOVERY_MADE: Final = "recovery_made"
CHANGES: Final = "changes"
LINKED_AT: Final = "linked_at"
FOLLOW_UP_RULE: Final = "follow_up_rule"


def get(store: Store, name: str) -> str | None:
    """Return the fact called `name`, None if it was never set."""
    value = store.value("SELECT value FROM meta WHERE name = ?", (name,))
    return None if value is None else str(value)


def put(store: Store, name: str, value: str) -> None:
    """Set the fact called `name`."""
    store.write(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
    )


def count_change(store: Store) -> None:
    """Note that what links rest on has changed."""
    put(store, CHANGES, str(int(get(store, CHANGES) or 0) + 1))


def links_are_current(store: Store) -> bool:
    """Tell whether links were derived after the last change."""
    return changes_since_linked(store) == 0


def changes_since_linked(store: Store) -> int:
    """Return how many changes that links rest on were noted after the last link run."""
    return int(get(store, CHANGES) or 0) - int(get(store, LINKED_AT) or 0)


def note_linked(store: Store) -> None:
    """Note that links now rest on everything stored."""
    put(store, LINKED_AT, get(store, CHANGES) or "0")


def counts(store: Store) -> dict[str, int]:
    """Return how many rows of every kind the store holds."""
    tables = (
        "providers",
        "persons",
        "episodes",
        "procedure_details",
        "procedure_lines",
        "diagnosis_details",
        "cost_items",
        "aliases",
        "verdicts",
        "agreements",
        "benchmarks",
        "register_operations",
        "waiting_entries",
        "population",
        "prom_answers",
        "index_operations",
        "links",
        "import_batches",
        "findings",
    )
    return {table: int(store.value(f"SELECT count(*) FROM {table}")) for table in tables}
