"""Indicators that users have made: versions are added and withdrawn, never edited; at most one of each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_READ: Final = (
    "SELECT own_indicator, indicator_id, version, recipe, reason, who, made_at, coalesce(withdrawn_at, '') "
    "FROM own_indicators"
)


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """A version as stored; `withdrawn_at` is "" while it stands.

    `recipe` is TOML, whose own `version` says nothing: that of the row counts.
    """

    own_indicator: int
    indicator_id: str
    version: int
    recipe: str
    reason: str
    who: str
    made_at: str
    withdrawn_at: str = ""


def standing(store: Store) -> list[OwnIndicator]:
    """Return the versions that stand, by id."""
    return [OwnIndicator(*row) for row in store.rows(f"{_READ} WHERE withdrawn_at IS NULL ORDER BY indicator_id")]


def standing_of(store: Store, indicator_id: str) -> OwnIndicator | None:
    """Return the version of an indicator that stands, None without one."""
    rows = store.rows(f"{_READ} WHERE withdrawn_at IS NULL AND indicator_id = ?", (indicator_id,))
    return OwnIndicator(*rows[0]) if rows else None


def versions(store: Store, indicator_id: str) -> list[OwnIndicator]:
    """Return every version of an indicator, the first first."""
    return [
        OwnIndicator(*row) for row in store.rows(f"{_READ} WHERE indicator_id = ? ORDER BY version", (indicator_id,))
    ]


def of_number(store: Store, own_indicator: int) -> OwnIndicator:
    """Return a version by its number; versions are never removed."""
    (row,) = store.rows(f"{_READ} WHERE own_indicator = ?", (own_indicator,))
    return OwnIndicator(*row)


def next_version(store: Store, indicator_id: str) -> int:
    """Return the version that the next recipe of an indicator gets, also after it has been withdrawn."""
    return int(
        store.value("SELECT coalesce(max(version), 0) + 1 FROM own_indicators WHERE indicator_id = ?", (indicator_id,))
    )


def add(store: Store, indicator_id: str, version: int, recipe: str, *, reason: str, who: str) -> int:
    """Add a version that stands and return its number; the one before must have been withdrawn."""
    return store.write(
        "INSERT INTO own_indicators (indicator_id, version, recipe, reason, who, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (indicator_id, version, recipe, reason, who, this_moment()),
    )


def withdraw(store: Store, own_indicator: int) -> None:
    """Let a version stand no more; it stays in the history."""
    store.write("UPDATE own_indicators SET withdrawn_at = ? WHERE own_indicator = ?", (this_moment(), own_indicator))
