"""Which families of procedures somebody has chosen to follow, or not: every choice is kept, the last one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


def standing(store: Store) -> dict[str, bool]:
    """Return the families about which something was chosen, and whether they are followed."""
    rows = store.rows("SELECT family, followed FROM family_choices ORDER BY family_choice")
    return {family: bool(followed) for family, followed in rows}


def latest(store: Store) -> dict[str, tuple[str, str]]:
    """Return who chose last about each family, and when."""
    rows = store.rows("SELECT family, who, decided_at FROM family_choices ORDER BY family_choice")
    return {family: (who, decided_at) for family, who, decided_at in rows}


def add(store: Store, family: str, *, followed: bool, who: str, decided_at: str) -> None:
    """Keep a choice."""
    store.write(
        "INSERT INTO family_choices (family, followed, who, decided_at) VALUES (?, ?, ?, ?)",
        (family, int(followed), who, decided_at),
    )


def operations(store: Store) -> dict[str, int]:
    """Return how many index operations of each family there are."""
    return dict(store.rows("SELECT joint, count(*) FROM index_operations GROUP BY joint"))


def has_claims(store: Store, family: str) -> bool:
    """Tell whether anything was claimed for an operation of a family."""
    return store.value("SELECT 1 FROM claims WHERE index_joint = ? LIMIT 1", (family,)) is not None
