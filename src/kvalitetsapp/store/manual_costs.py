"""Costs that people have entered by hand: added, taken out of effect and put back, never edited or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.manual_cost import ManualCost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

_READ: Final = (
    "SELECT manual_cost, episode, cost, price_year, reason, who, entered_at, coalesce(withdrawn_at, '') "
    "FROM manual_costs"
)
_AT_A_TIME: Final = 5_000


def add(store: Store, episode: int, cost: int, price_year: int, reason: str, who: str) -> int:
    """Add a cost in effect and return its number; the one that stands must have been withdrawn."""
    return store.write(
        "INSERT INTO manual_costs (episode, cost, price_year, reason, who, entered_at) VALUES (?, ?, ?, ?, ?, ?)",
        (episode, cost, price_year, reason, who, this_moment()),
    )


def withdraw(store: Store, manual_cost: int) -> None:
    """Take a cost out of effect; it stays in the history."""
    store.write("UPDATE manual_costs SET withdrawn_at = ? WHERE manual_cost = ?", (this_moment(), manual_cost))


def restore(store: Store, manual_cost: int) -> None:
    """Put a cost into effect again; no other of its episode may stand."""
    store.write("UPDATE manual_costs SET withdrawn_at = NULL WHERE manual_cost = ?", (manual_cost,))


def standing(store: Store, episode: int) -> ManualCost | None:
    """Return the cost of an episode that is in effect, None without one."""
    return standing_of(store, [episode]).get(episode)


def standing_of(store: Store, episodes: Sequence[int]) -> dict[int, ManualCost]:
    """Return the costs in effect of some episodes."""
    found: dict[int, ManualCost] = {}
    for start in range(0, len(episodes), _AT_A_TIME):
        some = episodes[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        rows = store.rows(f"{_READ} WHERE withdrawn_at IS NULL AND episode IN ({marks})", some)
        found.update((row[1], ManualCost(*row)) for row in rows)
    return found


def of_number(store: Store, manual_cost: int) -> ManualCost | None:
    """Return a cost by its number, None where the import of its episode was undone."""
    rows: list[tuple[Any, ...]] = store.rows(f"{_READ} WHERE manual_cost = ?", (manual_cost,))
    return ManualCost(*rows[0]) if rows else None


def history(store: Store, episode: int) -> tuple[ManualCost, ...]:
    """Return every cost that was ever entered for an episode, the latest first."""
    rows = store.rows(f"{_READ} WHERE episode = ? ORDER BY manual_cost DESC", (episode,))
    return tuple(ManualCost(*row) for row in rows)
