"""Everything in the account of claims: what was claimed of whom, what became of it, and what waits.

Amounts are integer öre. No patient is in it: a claim is known by its number alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.report_costs import ClaimsRow, OwedOnDay
    from kvalitetsapp.domain.report_data import AgreementTerms, Head, Manifest, NotCovered

PASSED: Final = "passed"
NO_DEADLINE: Final = "none"


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """What became of confirmed events of a provider and year; "" for either stands for all.

    `claimable` is what the agreements let be claimed, `uncollected` what of it is not claimed, and `disputed` what of
    the unpaid the provider contests. `cases` are persons' operations.
    """

    provider: str
    year: str
    cases: int
    covered_cost: int
    claimable: int
    claimed: int
    credited: int
    paid: int
    uncollected: int
    disputed: int

    @property
    def unpaid(self) -> int:
        """Return what is left to pay of what was claimed."""
        return self.claimed - self.credited - self.paid


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What waits to be claimed with its last day in a month `YYYY-MM`, `PASSED` by the report's day, or without."""

    month: str
    events: int
    to_claim: int
    drafted: int
    missing_cost: int


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim by its number; `days_late` counts from the day to pay on while something is left to pay."""

    number: str
    provider: str
    status: str
    amount: int
    credited: int
    paid: int
    left: int
    document: str
    due_on: str
    days_late: int | None


@dataclass(frozen=True, slots=True)
class ClaimsReport:
    """The account of claims on all providers, or on the one that the head is about.

    `claimed` is by provider and year with each provider's sum after its years, and last all of it. `not_covered`
    tells of every event that an agreement does not cover.
    """

    head: Head
    one_provider: bool
    claimed: tuple[ClaimedRow, ...]
    by_year: tuple[ClaimsRow, ...]
    owed: OwedOnDay
    not_covered: tuple[NotCovered, ...]
    deadlines: tuple[Deadlines, ...]
    claims: tuple[ListedClaim, ...]
    agreements: tuple[AgreementTerms, ...]
    manifest: Manifest

    @property
    def total(self) -> ClaimedRow:
        """Return the sum of everything."""
        return self.claimed[-1]


def by_month(waiting: Iterable[Deadlines]) -> tuple[Deadlines, ...]:
    """Return what waits summed up by month: what has passed first, then the months, last what has no last day."""
    found: dict[str, Deadlines] = {}
    for one in waiting:
        so_far = found.get(one.month, Deadlines(one.month, 0, 0, 0, 0))
        found[one.month] = Deadlines(
            one.month,
            so_far.events + one.events,
            so_far.to_claim + one.to_claim,
            so_far.drafted + one.drafted,
            so_far.missing_cost + one.missing_cost,
        )
    places = {PASSED: "", NO_DEADLINE: "9999"}
    return tuple(sorted(found.values(), key=lambda one: places.get(one.month, one.month)))
