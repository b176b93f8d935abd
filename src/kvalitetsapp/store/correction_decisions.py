"""Decisions to leave a difference between what is claimed and what can be claimed as it is, with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import this_moment

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_STANDING: Final = "claim = ? AND line = ? AND withdrawn_at IS NULL"


@dataclass(frozen=True, slots=True)
class LeftAsItIs:
    """A decision that stands; it holds for the difference that `fingerprint` tells, and for no other."""

    decision: int
    claim: int
    line: int
    difference: int
    fingerprint: str
    reason: str
    who: str
    decided_at: str


def leave(store: Store, claim: int, line: int, difference: int, fingerprint: str, reason: str, who: str) -> None:
    """Keep a decision in the place of the line's earlier one."""
    at = this_moment()
    withdraw(store, claim, line)
    store.write(
        "INSERT INTO correction_decisions (claim, line, difference, fingerprint, reason, who, decided_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (claim, line, difference, fingerprint, reason, who, at),
    )


def withdraw(store: Store, claim: int, line: int) -> None:
    """Take back the decision on a line that stands, where there is one."""
    at = this_moment()
    store.write(f"UPDATE correction_decisions SET withdrawn_at = ? WHERE {_STANDING}", (at, claim, line))


def standing(store: Store) -> dict[tuple[int, int], LeftAsItIs]:
    """Return the decisions that stand, by claim and line."""
    rows = store.rows(
        "SELECT decision, claim, line, difference, fingerprint, reason, who, decided_at "
        "FROM correction_decisions WHERE withdrawn_at IS NULL"
    )
    return {(row[1], row[2]): LeftAsItIs(*row) for row in rows}
