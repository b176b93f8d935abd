"""Review rounds: made, closed, taken away unanswered, and who has answered in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.review_round import Round, definition_from

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import RoundDefinition
    from kvalitetsapp.store.connection import Store

CREATED: Final = "review_round_created"
CLOSED: Final = "review_round_closed"
DISCARDED: Final = "review_round_discarded"
_READ: Final = (
    "SELECT r.round, name, definition, previous, created_by, created_at, coalesce(closed_by, ''), "
    "coalesce(closed_at, '') FROM review_rounds r"
)


def add(store: Store, name: str, definition: RoundDefinition, previous: int | None, who: str) -> int:
    """Add a round and return its number."""
    told = json.dumps(definition.as_dict(), ensure_ascii=False)
    return store.write(
        "INSERT INTO review_rounds (name, definition, previous, created_by, created_at) VALUES (?, ?, ?, ?, ?)",
        (name, told, previous, who, this_moment()),
    )


def close(store: Store, round_id: int, who: str) -> None:
    """Close a round."""
    store.write(
        "UPDATE review_rounds SET closed_by = ?, closed_at = ? WHERE round = ?", (who, this_moment(), round_id)
    )


def remove(store: Store, round_id: int) -> None:
    """Take away a round that has no answers, with its cases and what was begun on them."""
    for table in ("review_drafts", "round_cases", "review_rounds"):
        store.write(f"DELETE FROM {table} WHERE round = ?", (round_id,))


def all_rounds(store: Store) -> tuple[Round, ...]:
    """Return every round, the latest first."""
    return tuple(_round(row) for row in store.rows(f"{_READ} ORDER BY r.round DESC"))


def of_number(store: Store, round_id: int) -> Round | None:
    """Return one round, None where there is none of that number."""
    rows = store.rows(f"{_READ} WHERE r.round = ?", (round_id,))
    return _round(rows[0]) if rows else None


def open_with(store: Store, key: EventKey) -> tuple[Round, ...]:
    """Return the rounds that an event is in and that can still be answered, the oldest first."""
    rows = store.rows(
        f"{_READ} JOIN round_cases c ON c.round = r.round "
        "WHERE c.episode = ? AND c.joint = ? AND c.side = ? AND r.closed_at IS NULL ORDER BY r.round",
        (key.episode, key.joint, key.side),
    )
    return tuple(_round(row) for row in rows)


def has_answers(store: Store, round_id: int) -> bool:
    """Tell whether anyone has answered in a round, also what was taken back since."""
    return store.value("SELECT 1 FROM review_answers WHERE round = ? LIMIT 1", (round_id,)) is not None


def repeated_by(store: Store, round_id: int) -> str:
    """Return the name of a round that repeats this one, "" where none does."""
    return str(store.value("SELECT name FROM review_rounds WHERE previous = ? ORDER BY round", (round_id,)) or "")


def work(store: Store, reviewer: str) -> list[tuple[int, str, int, str, int, str, str]]:
    """Return round, reviewer, seconds, day and event (three columns) of the answers in effect that people gave.

    What two reviewers agreed on follows from their own answers and is nobody's work. Another's first answer is left
    out until both have answered, or the round is closed: that it is there is not for this reviewer to know.
    """
    return store.rows(
        "SELECT a.round, a.reviewer, a.seconds, substr(a.answered_at, 1, 10), a.episode, a.joint, a.side "
        "FROM review_answers a "
        "JOIN review_rounds r ON r.round = a.round WHERE a.part <> 'agreed' AND a.withdrawn_at IS NULL "
        "AND (a.part <> 'first' OR a.reviewer = ? OR r.closed_at IS NOT NULL OR EXISTS ("
        "SELECT 1 FROM review_answers o WHERE o.round = a.round AND o.episode = a.episode AND o.joint = a.joint "
        "AND o.side = a.side AND o.part = 'first' AND o.reviewer <> a.reviewer AND o.withdrawn_at IS NULL)) "
        "ORDER BY a.round, a.reviewer, a.answer",
        (reviewer,),
    )


def _round(row: tuple[Any, ...]) -> Round:
    number, name, definition, *rest = row
    return Round(number, name, definition_from(json.loads(definition)), *rest)
