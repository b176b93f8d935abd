"""Whether a figure has become better or worse since an earlier quarter, judged with the intervals and not by noise.

It has where the 95 % interval of the difference holds no zero. That interval comes from those of the two figures by
the method of variance estimates recovery (Zou and Donner, Statistics in Medicine 27, 2008; of shares it is Newcombe's
tenth, Statistics in Medicine 17, 1998). Quarters that share operations vary less than it supposes: it then says
"unchanged" rather too often.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.target_status import Reading

QUARTERS_BACK: Final = 4
"""A figure is held against the oldest of so many quarters before it: what drifts slowly is then seen as well."""


class Trend(StrEnum):
    """Which way a figure has gone."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    NO_EARLIER = "no_earlier"
    OTHER_RECIPE = "other_recipe"
    NO_INTERVAL = "no_interval"
    NO_DIRECTION = "no_direction"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure of an earlier quarter, with the recipe that it was worked out by."""

    quarter: str
    reading: Reading
    recipe: str


@dataclass(frozen=True, slots=True)
class TrendTold:
    """Which way a figure has gone, and since which quarter; "" where there is none to compare with."""

    trend: Trend
    since: str = ""


def told(now: Reading | None, recipe: str, earlier: Sequence[Earlier], direction: Direction) -> TrendTold:
    """Return the trend since the oldest of the latest quarters with a figure; `earlier` has the oldest first."""
    within = earlier[-QUARTERS_BACK:]
    if now is None or not within:
        return TrendTold(Trend.NO_EARLIER)
    same = [one for one in within if one.recipe == recipe]
    if not same:
        return TrendTold(Trend.OTHER_RECIPE, within[-1].quarter)
    return TrendTold(between(same[0].reading, now, direction), same[0].quarter)


def between(before: Reading, now: Reading, direction: Direction) -> Trend:
    """Return which way a figure has gone between two readings of it, by the wanted direction."""
    if direction is Direction.NEITHER:
        return Trend.NO_DIRECTION
    found = difference(before, now)
    if found is None:
        return Trend.NO_INTERVAL
    low, high = found
    if low <= 0 <= high:
        return Trend.UNCHANGED
    return Trend.BETTER if (low > 0) == (direction is Direction.HIGH) else Trend.WORSE


def difference(before: Reading, now: Reading) -> tuple[float, float] | None:
    """Return the 95 % interval of what has been added between two readings, None where either has no interval."""
    if before.low is None or before.high is None or now.low is None or now.high is None:
        return None
    added = now.value - before.value
    return (
        added - hypot(now.value - now.low, before.high - before.value),
        added + hypot(now.high - now.value, before.value - before.low),
    )
