"""The figure of each group of operations, with its 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import proportions
from kvalitetsapp.domain.indicator import Measure

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.cohorts import Groups
    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.domain.indicator import Indicator

LEAST_FOR_MEDIAN: Final = 6
_LEVEL: Final = 0.025


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
    made = _medians if indicator.measure is Measure.MEDIAN else _means
    return Figures(np.zeros_like(n), n, *made(value, groups.of_row, n))


def whole(rows: pd.DataFrame, indicator: Indicator) -> float | None:
    """Return the figure of all rows together, None of none."""
    if not len(rows):
        return None
    if indicator.is_share:
        return float(rows["numerator"].mean())
    value = rows["value"].to_numpy(dtype=np.float64)
    return float(np.median(value) if indicator.measure is Measure.MEDIAN else value.mean())


def told(value: float) -> float | None:
    """Return a figure as charts hold it: nothing is None."""
    return None if np.isnan(value) else float(value)


def _means(value: Floats, group: Ints, n: Ints) -> tuple[Floats, Floats, Floats]:
    """Return mean and Student's interval; of fewer than two there is no interval."""
    from scipy.special import stdtrit

    some = np.maximum(n, 1)
    mean = np.where(n > 0, np.bincount(group, weights=value, minlength=len(n)) / some, np.nan)
    around = np.bincount(group, weights=(value - mean[group]) ** 2, minlength=len(n))
    free = np.maximum(n - 1, 1)
    spread = np.where(n > 1, stdtrit(free, 1 - _LEVEL) * np.sqrt(around / free / some), np.nan)
    return mean, mean - spread, mean + spread


def _medians(value: Floats, group: Ints, n: Ints) -> tuple[Floats, Floats, Floats]:
    """Return median and the interval between ranks of at least 95 % by the binomial (Conover 1999, section 3.2).

    Fewer than six have no such ranks.
    """
    from scipy.special import bdtr

    ordered = np.append(value[np.lexsort((value, group))], np.nan)
    begin = np.cumsum(n) - n
    middle = np.where(n > 0, (ordered[begin + np.maximum(n - 1, 0) // 2] + ordered[begin + n // 2]) / 2, np.nan)
    rank = np.zeros_like(n)  # how many ranks are left out at each end
    while bool((more := (bdtr(rank.astype(np.float64), n, 0.5) <= _LEVEL) & (rank < n // 2)).any()):
        rank = rank + more
    has = (n >= LEAST_FOR_MEDIAN) & (rank > 0)
    low = np.where(has, ordered[begin + np.maximum(rank - 1, 0)], np.nan)
    high = np.where(has, ordered[begin + n - np.maximum(rank, 1)], np.nan)
    return middle, low, high
