"""Where an event stands in review rounds: read here for deciding, written where rounds are made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.review_round import Novelty, Round, definition_from

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.store.connection import Store

_ROUND: Final = """
SELECT r.round, r.name, r.definition, r.previous, r.created_by, r.created_at,
       coalesce(r.closed_by, ''), coalesce(r.closed_at, '')
FROM review_rounds r
"""
_CASE: Final = "c.episode = ? AND c.joint = ? AND c.side = ?"


@dataclass(frozen=True, slots=True)
class RoundCase:
    """An event's row in a round: what it is beside the round before it, and its answer there."""

    novelty: Novelty
    earlier: int | None


def round_of(store: Store, round_id: int) -> Round | None:
    """Return a round, None where there is none of that number."""
    rows = store.rows(_ROUND + " WHERE r.round = ?", (round_id,))
    return _round(rows[0]) if rows else None


def case_of(store: Store, round_id: int, key: EventKey) -> RoundCase | None:
    """Return the event's row in a round, None where the event is not in it."""
    rows = store.rows(
        f"SELECT novelty, earlier FROM round_cases c WHERE c.round = ? AND {_CASE}",
        (round_id, key.episode, key.joint, key.side),
    )
    return RoundCase(Novelty(rows[0][0]), rows[0][1]) if rows else None


def open_rounds_of(store: Store, key: EventKey) -> tuple[Round, ...]:
    """Return the rounds that the event is in and that can still be answered, the oldest first."""
    rows = store.rows(
        f"{_ROUND} JOIN round_cases c ON c.round = r.round WHERE {_CASE} AND r.closed_at IS NULL ORDER BY r.round",
        (key.episode, key.joint, key.side),
    )
    return tuple(map(_round, rows))


def _round(row: tuple[Any, ...]) -> Round:
    round_id, name, definition, *rest = row
    return Round(round_id, name, definition_from(json.loads(definition)), *rest)
