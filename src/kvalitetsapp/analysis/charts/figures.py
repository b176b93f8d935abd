"""The figure of each group of operations, with its 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.indicators import intervals
from kvalitetsapp.domain.indicator import Measure

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.cohorts import Groups
    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.domain.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Figures:
    """One figure per group; NaN where there is none, `events` 0 for means and medians."""

    events: Ints
    n: Ints
    value: Floats
    low: Floats
    high: Floats


def of_groups(rows: pd.DataFrame, groups: Groups, indicator: Indicator) -> Figures:
    """Return the groups' figures: shares with Wilson's interval, means with Student's, medians with that of ranks."""
    n = groups.count()
    if indicator.is_share:
        events = groups.count(rows["numerator"].to_numpy(dtype=np.bool_))
        return Figures(events, n, proportions.rate(events, n), *proportions.wilson(events, n))
    value = rows["value"].to_numpy(dtype=np.float64)
    made = intervals.median if indicator.measure is Measure.MEDIAN else intervals.mean
    return Figures(np.zeros_like(n), n, *made(value, groups.of_row, len(n)))


def whole(rows: pd.DataFrame, indicator: Indicator) -> float | None:
    """Return the figure of all rows together, None of none."""
    if not len(rows):
        return None
    if indicator.is_share:
        return float(rows["numerator"].mean())
    return _centre(rows["value"].to_numpy(dtype=np.float64), indicator)


def of_members(members: pd.DataFrame, indicator: Indicator) -> float | None:
    """Return the figure of all `indicators.members` together, None of none: `whole` of their rows, without them."""
    value = members["value"].to_numpy(dtype=np.float64)[members["counted"].to_numpy(dtype=np.bool_)]
    if not len(value):
        return None
    return float((value > 0).mean()) if indicator.is_share else _centre(value, indicator)


def _centre(value: Floats, indicator: Indicator) -> float:
    return float(np.median(value) if indicator.measure is Measure.MEDIAN else value.mean())


def told(value: float) -> float | None:
    """Return a figure as charts hold it: nothing is None."""
    return None if np.isnan(value) else float(value)
