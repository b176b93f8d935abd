"""How old what providers owe is: by how many days the day to pay on has passed, contested and overpaid money apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.receivable import Receivable

LAST_DAYS: Final = (0, 30, 60, 90)
"""The last day after the due date of each age but the oldest; on the due date itself nothing is late."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """What a provider, or all of them, owes on a day, in öre.

    `by_age` has what is not disputed: not due, 1–30, 31–60, 61–90 and over 90 days late. What was written off is no
    longer asked for and is told apart.
    """

    provider_id: str
    provider: str
    bases: int
    by_age: tuple[int, ...]
    disputed: int
    overpaid: int
    written_off: int

    @property
    def open(self) -> int:
        """Return all that is asked for, less what is paid too much."""
        return sum(self.by_age) + self.disputed - self.overpaid


def by_provider(owed: Iterable[Receivable], as_of: date) -> tuple[Ageing, ...]:
    """Return what every provider owes on a day, those that neither owe nor are owed left out, by name."""
    ordered = sorted(owed, key=lambda one: (one.provider, one.provider_id))
    grouped = groupby(ordered, key=lambda one: (one.provider_id, one.provider))
    return tuple(
        _summed(provider_id, provider, unsettled, as_of)
        for (provider_id, provider), group in grouped
        if (unsettled := [one for one in group if one.open])
    )


def in_total(owed: Iterable[Receivable], as_of: date) -> Ageing:
    """Return what all providers owe together."""
    return _summed("", "", [one for one in owed if one.open], as_of)


def age(due_on: date, as_of: date) -> int:
    """Return which age a document has: 0 not due, 4 the oldest."""
    late = (as_of - due_on).days
    return sum(late > last for last in LAST_DAYS)


def _summed(provider_id: str, provider: str, owed: list[Receivable], as_of: date) -> Ageing:
    by_age = [0] * (len(LAST_DAYS) + 1)
    for one in owed:
        by_age[age(one.due_on, as_of)] += one.undisputed
    return Ageing(
        provider_id,
        provider,
        len(owed),
        tuple(by_age),
        sum(one.disputed for one in owed),
        sum(one.overpaid for one in owed),
        sum(one.written_off for one in owed),
    )
