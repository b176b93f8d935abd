"""The reviews that claims rest on: who said what of an event, and whether that still stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.store.connection import Store

_READ: Final = """
SELECT v.verdict, v.reviewer, v.reviewed_on, v.withdrawn_at IS NULL, a.answer IS NOT NULL, coalesce(a.relation, '')
FROM verdicts v LEFT JOIN review_answers a ON a.answer =
    (SELECT max(answer) FROM review_answers WHERE verdict = v.verdict AND withdrawn_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict: by whom and when, whether it stands, and whether a signed answer in the program gave it."""

    verdict: int
    reviewer: str
    reviewed_on: str
    stands: bool
    signed: bool
    relation: str


def of_links(store: Store) -> dict[int, Review]:
    """Return the verdicts that links rest on, by number."""
    return _reviews(store, "WHERE v.verdict IN (SELECT verdict FROM links)")


def of_numbers(store: Store, verdicts: Iterable[int]) -> dict[int, Review]:
    """Return some verdicts by number, also those that have been taken back."""
    return _reviews(store, "WHERE v.verdict IN (SELECT value FROM json_each(?))", (json.dumps(list(verdicts)),))


def of_claim_lines(store: Store) -> dict[int, Review]:
    """Return the verdicts that claim lines rest on, by number, also those that have been taken back."""
    return _reviews(store, "WHERE v.verdict IN (SELECT verdict FROM claim_lines)")


def _reviews(store: Store, where: str, parameters: Sequence[object] = ()) -> dict[int, Review]:
    rows: list[tuple[Any, ...]] = store.rows(f"{_READ} {where}", parameters)
    return {row[0]: Review(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5]) for row in rows}
