"""What a gap comes to: in the indicator's unit, in patients a year, and in what the present rate costs a year.

Nothing is supposed that is not known: without an indicator, a limit, a year's operations or a case's cost there is
nothing to tell. Ranges are from the ends of the intervals, so that of two uncertain factors the range is wider than
95 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.quality_target import LIMIT_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.gap_paper import CaseCost, GapPaper


@dataclass(frozen=True, slots=True)
class Ranged:
    """A number and how far from it the truth may lie; None where that is not known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RangedAmount:
    """An amount in öre and how far from it the truth may lie; None where that is not known."""

    value: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a gap comes to; None stands for what cannot be told.

    `gap` is how far from the limit, in the figure's unit: below 0 the goal is passed. `patients` are those a year for
    whom it would have to be otherwise, `events` what is counted in a year at the present rate, `cost` what that costs
    in öre and `saved` how much less at the goal.
    """

    gap: float | None = None
    patients: Ranged | None = None
    events: Ranged | None = None
    cost: RangedAmount | None = None
    saved: int | None = None


def reckoned(paper: GapPaper) -> Reckoned:
    """Return what the gap of an analysis comes to."""
    goal, present = paper.goal, paper.present
    figure, operations = present.figure, present.operations
    if figure is None or figure.value is None:
        return Reckoned()

    def short(value: float) -> float:
        over = 0.0 if goal.limit is None else value - goal.limit
        return round(over if goal.at_most else -over, LIMIT_DECIMALS)

    gap = None if goal.limit is None else short(figure.value)
    if not figure.is_share or operations is None:
        return Reckoned(gap)
    without = figure.measure == Measure.SHARE_WITHOUT.value
    events = _ranged(figure, figure.value, lambda value: (1 - value if without else value) * operations)
    patients = _ranged(figure, figure.value, lambda value: max(0.0, short(value)) * operations)
    return _with_cost(Reckoned(gap, None if gap is None else patients, events), present.case_cost)


def _ranged(figure: FrozenFigure, value: float, many: Callable[[float], float]) -> Ranged:
    """Return what a figure and the ends of its interval come to."""
    if figure.ci_low is None or figure.ci_high is None:
        return Ranged(many(value))
    return Ranged(many(value), *sorted((many(figure.ci_low), many(figure.ci_high))))


def _with_cost(told: Reckoned, case: CaseCost | None) -> Reckoned:
    """Add what a year of events costs, where it is known what one does."""
    events, patients = told.events, told.patients
    if case is None or events is None:
        return told
    cost = RangedAmount(round(events.value * case.mean))
    if events.low is not None and events.high is not None and case.low is not None and case.high is not None:
        cost = replace(cost, low=round(events.low * max(0, case.low)), high=round(events.high * case.high))
    return replace(told, cost=cost, saved=None if patients is None else round(patients.value * case.mean))
