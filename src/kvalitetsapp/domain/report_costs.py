"""What a report says of the whole cost of operations, and of what became of claims; amounts are integer öre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvalitetsapp.domain.ageing import Ageing


@dataclass(frozen=True, slots=True)
class ExpectedCost:
    """What the operations of a provider followed for two years cost with their complications, mean öre per operation.

    `eligible` were followed and have a known price, `without_price` were followed and have none. Name "" is all.
    """

    name: str
    eligible: int
    without_price: int
    with_events: int
    missing_cost_events: int
    price: int | None
    complications: int | None
    expected: int | None
    low: int | None
    high: int | None
    net: int | None


@dataclass(frozen=True, slots=True)
class ClaimsRow:
    """What became of a year's covered events; `at_cap` cases spent their cap, `outside` events came too late."""

    key: str
    events: int
    covered_cost: int
    at_cap: int
    outside: int
    claimed: int
    credited: int
    paid: int


@dataclass(frozen=True, slots=True)
class OwedOnDay:
    """What providers owe on a day, the last that anything was issued, paid or discharged on; last all of several."""

    day: str
    rows: tuple[Ageing, ...]
