"""Whether a target is met: the figure is held against each limit, and its interval says how sure that is.

A target with several limits is as far as the one it is farthest from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.editable_words import NationalLevel
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.quality_target import LIMIT_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.quality_target import Target

LEAST_N: Final = 10
"""With fewer operations, or answers, nothing is said of whether a target is met."""
LEAST_UNITS: Final = 4
"""With fewer published units there is no quarter of them."""


class TargetStatus(StrEnum):
    """How a target stands."""

    MET = "met"
    UNCERTAIN = "uncertain"  # met, but the interval reaches over the limit
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


class Obstacle(StrEnum):
    """Why nothing can be told of a target."""

    NONE = ""
    NO_FIGURES = "no_figures"
    FEW = "few"
    NO_RESULT = "no_result"
    NO_NUMBER = "no_number"
    NO_LIMIT = "no_limit"
    NO_DIRECTION = "no_direction"
    NO_NATION = "no_nation"
    ONE_JOINT = "one_joint"
    FEW_UNITS = "few_units"


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it is judged: shares as fractions; without an interval `low` and `high` are None, as may `n` be."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Quartile:
    """What is published of units: the value that the best quarter of them reaches, of how many, when and where.

    `limit` is None with fewer than `LEAST_UNITS` units. `needs_joint` says that no single joint is told to compare in.
    """

    limit: float | None
    units: int
    period: str = ""
    source: str = ""
    needs_joint: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A value to reach, from above (`at_most`) or below; a `strict` one has to be passed."""

    value: float
    at_most: bool
    strict: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value is on the right side."""
        value, limit = (round(each, LIMIT_DECIMALS) for each in (value, self.value))
        if value == limit:
            return not self.strict
        return value < limit if self.at_most else value > limit


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a target stands and, where nothing can be told, why; `crossed` where the interval reaches over the limit."""

    status: TargetStatus
    obstacle: Obstacle = Obstacle.NONE
    crossed: bool = False


_FARTHEST_FIRST: Final = (
    TargetStatus.NOT_MET,
    TargetStatus.CANNOT_TELL,
    TargetStatus.UNCERTAIN,
    TargetStatus.MET,
)


def judged(
    target: Target,
    reading: Reading | None,
    *,
    direction: Direction,
    nation: float | None,
    quartile: Quartile | None,
) -> Judgement:
    """Return how a target stands; `direction` is the wanted one, `nation` and `quartile` what is published."""
    if reading is None:
        return _cannot(Obstacle.NO_FIGURES if target.indicator else Obstacle.NO_RESULT)
    if reading.n is not None and reading.n < LEAST_N:
        return _cannot(Obstacle.FEW)
    each = [against(reading, one) for one in own_limits(target)]
    if target.national is not None:
        limit = national_limit(target.national, direction, nation, quartile)
        each.append(_cannot(limit) if isinstance(limit, Obstacle) else against(reading, limit))
    return farthest(each)


def own_limits(target: Target) -> tuple[Limit, ...]:
    """Return the limits that a target sets itself."""
    sides = ((target.at_least, False), (target.at_most, True))
    return tuple(Limit(value, at_most) for value, at_most in sides if value is not None)


def national_limit(
    aim: NationalLevel, direction: Direction, nation: float | None, quartile: Quartile | None
) -> Limit | Obstacle:
    """Return what the national aim asks for, or why there is nothing to hold a figure against."""
    if direction is Direction.NEITHER:
        return Obstacle.NO_DIRECTION
    at_most = direction is Direction.LOW
    if aim is NationalLevel.BETTER:
        return Obstacle.NO_NATION if nation is None else Limit(nation, at_most, strict=True)
    if quartile is None or quartile.limit is None:
        return Obstacle.ONE_JOINT if quartile is not None and quartile.needs_joint else Obstacle.FEW_UNITS
    return Limit(quartile.limit, at_most)


def against(reading: Reading, limit: Limit) -> Judgement:
    """Return how a figure stands against one limit."""
    holds = limit.holds(reading.value)
    worst, best = (reading.high, reading.low) if limit.at_most else (reading.low, reading.high)
    far_end = worst if holds else best
    crossed = far_end is not None and limit.holds(far_end) is not holds
    if not holds:
        return Judgement(TargetStatus.NOT_MET, crossed=crossed)
    return Judgement(TargetStatus.UNCERTAIN if crossed else TargetStatus.MET, crossed=crossed)


def farthest(each: Sequence[Judgement]) -> Judgement:
    """Return the one of several judgements that a target is farthest from."""
    if not each:
        return _cannot(Obstacle.NO_LIMIT)
    return min(each, key=lambda one: _FARTHEST_FIRST.index(one.status))


def quartile_of(values: Iterable[float], direction: Direction) -> tuple[float | None, int]:
    """Return the value that the best quarter of some units reaches, and of how many units.

    The quartile is the one between order statistics that R and spreadsheets take (type 7 of Hyndman and Fan, Sample
    Quantiles in Statistical Packages, The American Statistician 50, 1996).
    """
    told = sorted(values)
    if len(told) < LEAST_UNITS or direction is Direction.NEITHER:
        return None, len(told)
    first, _middle, last = quantiles(told, n=4, method="inclusive")
    return (first if direction is Direction.LOW else last), len(told)


def _cannot(obstacle: Obstacle) -> Judgement:
    return Judgement(TargetStatus.CANNOT_TELL, obstacle)
