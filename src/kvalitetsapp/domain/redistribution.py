"""What would come of it if some of those who wait were offered another provider: a scenario, which people decide on.

Only counts are told, never who. Amounts are integer öre, distances whole kilometres; None stands for "not known",
never for zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import Final

MOST_WEEKS: Final = 520
MOST_KM: Final = 3000
MOST_DAYS: Final = 3650


class Stays(StrEnum):
    """Why somebody who waits is not moved; the first that holds is told."""

    HIGHLY_SPECIALISED = "highly_specialised"
    NO_AREA = "no_area"
    DEVIATION = "deviation"
    PLANNED = "planned"
    SHORT = "short"
    NO_OFFER = "no_offer"
    DISTANCE_UNKNOWN = "distance_unknown"
    TOO_FAR = "too_far"
    NO_ROOM = "no_room"


class PriceSource(StrEnum):
    """Where the price of an operation comes from."""

    CAPACITY = "capacity"  # the table of capacities
    AGREEMENT = "agreement"  # the unit price of an agreement in force
    OWN_COST = "own_cost"  # what own operations of the area have cost, in the median
    NONE = "none"


class DaysSource(StrEnum):
    """Where a provider's waiting time comes from."""

    CAPACITY = "capacity"
    ENTRIES = "entries"  # the median of those who wait there
    NONE = "none"


class Lack(StrEnum):
    """What is not known of an offer, or of those who wait."""

    CAPACITY = "capacity"
    PRICE = "price"
    WAITING = "waiting"
    OUTCOME = "outcome"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class RedistributionScenario:
    """What is tried: for how many weeks, how far, and who is not moved whatever there is room for.

    `farthest_km` None is no limit. Those who have waited `over_days` or less stay. `areas` and `from_providers` empty
    are all of them.
    """

    weeks: int = 26
    farthest_km: int | None = None
    over_days: int = 90
    leave_deviations: bool = True
    leave_planned: bool = True
    areas: tuple[str, ...] = ()
    from_providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """The share reoperated within two years after a provider's operations, with its 95 % interval."""

    events: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a provider could do of an area: free operations per week, price, its own waiting time and outcome."""

    provider_id: str
    name: str
    kind: str
    area: str
    free_per_week: float | None
    price: int | None = None
    price_source: PriceSource = PriceSource.NONE
    waiting_days: int | None = None
    days_source: DaysSource = DaysSource.NONE
    outcome: OfferOutcome | None = None

    def room(self, weeks: int) -> int:
        """Return how many operations there is room for in so many weeks."""
        return floor((self.free_per_week or 0) * weeks + 1e-9)

    def weeks_for(self, operations: int) -> int | None:
        """Return how many weeks so many operations take, None where nothing tells."""
        return ceil(operations / self.free_per_week - 1e-9) if self.free_per_week else None

    def lacks(self) -> tuple[Lack, ...]:
        """Return what is not known of the offer."""
        known = {
            Lack.CAPACITY: self.free_per_week is not None,
            Lack.PRICE: self.price is not None,
            Lack.WAITING: self.waiting_days is not None,
            Lack.OUTCOME: self.outcome is not None and self.outcome.rate is not None,
        }
        return tuple(one for one, told in known.items() if not told)


@dataclass(frozen=True, slots=True)
class Received:
    """What an offer would receive; `mean_km` is of those whose distance is known, all but `without_distance`."""

    offer: Offer
    room: int
    moved: int
    cost: int | None
    mean_km: float | None
    without_distance: int
    weeks: int | None

    def lacks(self) -> tuple[Lack, ...]:
        """Return what is not known of the offer, or of the way to it."""
        return (*self.offer.lacks(), *((Lack.DISTANCE,) if self.without_distance else ()))


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and how many of them for more than 90 and 150 days."""

    waiting: int
    over_90: int
    over_150: int


@dataclass(frozen=True, slots=True)
class QueueEffect:
    """The queue of an area ("" where it is not known) as it stands and without those who are moved.

    `stays` tells why the others stay. `is_whole` is the queue of all areas together.
    """

    area: str
    before: Queue
    after: Queue
    moved: int
    stays: tuple[tuple[Stays, int], ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Redistribution:
    """A scenario's outcome. `cost` is of the moved whose price is known, all but `without_price`.

    `weeks` is how long the last receiver takes. Effects are of each area, then of everything.
    """

    scenario: RedistributionScenario
    snapshot_on: str
    received: tuple[Received, ...]
    effects: tuple[QueueEffect, ...]
    cost: int | None
    without_price: int
    mean_km: float | None
    without_distance: int
    weeks: int | None

    @property
    def whole(self) -> QueueEffect:
        """Return the effect on everything."""
        return self.effects[-1]

    @property
    def moved(self) -> int:
        """Return how many would be moved."""
        return self.whole.moved


def nothing(scenario: RedistributionScenario) -> Redistribution:
    """Return what a scenario comes to where nobody waits and nothing is known."""
    empty = Queue(0, 0, 0)
    whole = QueueEffect("", empty, empty, 0, (), is_whole=True)
    return Redistribution(scenario, "", (), (whole,), 0, 0, None, 0, None)
