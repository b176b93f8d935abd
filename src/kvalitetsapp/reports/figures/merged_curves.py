"""Curves whose steps and table tell of no single persons: steps are put together until each holds enough events.

The table is thinned first, until no count in it and no difference between its rows is small. Steps are then put
together between its rows, each new one at the day of the last event in it, where the curve has its true height again.
So neither the steps, nor the table, nor the two held against each other tell of a few.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kvalitetsapp.domain.chart_data import CurveStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import AtRisk, Curve
    from kvalitetsapp.reports.cells import Cells


def merged(curve: Curve, cells: Cells) -> Curve | None:
    """Return what may be shown of a curve, None where it rests on too few events."""
    steps = _from_zero(curve.steps)
    rises = [after for before, after in pairwise(steps) if after.value > before.value]
    events = max([len(rises), *(row.events for row in curve.risk)])
    if not steps or cells.small(curve.operations) or cells.small(events):
        return None
    risk = _thinned(curve.risk, rises, cells)
    told = replace(curve, steps=_steps(steps, rises, risk, cells), risk=risk)
    return _rounded(told, cells) if cells.strict else told


def _rounded(curve: Curve, cells: Cells) -> Curve:
    """Return the curve in whole per cents over rounded counts."""
    steps = tuple(
        CurveStep(step.day, round(step.value, 2), _whole(step.low), _whole(step.high), _whole(step.incidence))
        for step in curve.steps
    )
    risk = tuple(
        replace(
            row,
            at_risk=cells.rounded(row.at_risk),
            events=cells.rounded(row.events),
            deaths=cells.rounded(row.deaths),
        )
        for row in curve.risk
    )
    return replace(curve, operations=cells.rounded(curve.operations), steps=steps, risk=risk)


def _whole(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 2)


def _from_zero(steps: Sequence[CurveStep]) -> list[CurveStep]:
    """Return the steps after one of height 0, so that every event is a rise: at least one event each."""
    if not steps or not steps[0].value:
        return list(steps)
    incidence = None if steps[0].incidence is None else 0.0
    return [CurveStep(steps[0].day, 0.0, None, None, incidence), *steps]


def _thinned(risk: Sequence[AtRisk], rises: Sequence[CurveStep], cells: Cells) -> tuple[AtRisk, ...]:
    """Return the rows that differ by no small number, and after the last of which no small number of events comes."""
    kept: list[AtRisk] = []
    events = deaths = 0
    for row in risk:
        if not any(cells.small(count) for count in (row.at_risk, row.events - events, row.deaths - deaths)):
            kept.append(row)
            events, deaths = row.events, row.deaths
    while kept and kept[-1].events and cells.small(sum(rise.day > kept[-1].day for rise in rises)):
        kept.pop()
    return tuple(kept)


def _steps(
    steps: Sequence[CurveStep], rises: Sequence[CurveStep], risk: Sequence[AtRisk], cells: Cells
) -> tuple[CurveStep, ...]:
    ends = [row.day for row in risk if row.events] + [steps[-1].day]
    found, begin = [steps[0]], -1
    for end in dict.fromkeys(ends):
        found += _put_together([rise for rise in rises if begin < rise.day <= end], cells)
        begin = end
    last = found[-1]
    if last.day < steps[-1].day:
        found.append(replace(last, day=steps[-1].day))
    return tuple(found)


def _put_together(rises: Sequence[CurveStep], cells: Cells) -> list[CurveStep]:
    """Return the last rise of each run that is long enough; what is left over belongs to the last run."""
    if not rises:
        return []
    least = next((count for count in range(1, len(rises)) if not cells.small(count)), len(rises))
    ends = [*range(least, len(rises) - least + 1, least), len(rises)]
    return [rises[end - 1] for end in ends]
