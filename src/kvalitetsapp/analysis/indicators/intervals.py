"""95 % intervals of means and medians by group, for whole columns; NaN where a group has too few values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import order

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

_TAIL: Final = 0.025
_LEAST: Final = 2
_LEAST_OF_MEDIAN: Final = 6


def mean(values: Floats, of_row: Ints, groups: int) -> tuple[Floats, Floats, Floats]:
    """Return the mean of each group's values with Student's t interval; the interval needs two values."""
    from scipy.special import stdtrit

    n = np.bincount(of_row, minlength=groups)
    some = np.where(n > 0, n, 1)
    average = np.bincount(of_row, weights=values, minlength=groups) / some
    squares = np.bincount(of_row, weights=(values - average[of_row]) ** 2, minlength=groups)
    enough = np.maximum(n, _LEAST)
    width = stdtrit(enough - 1.0, 1 - _TAIL) * np.sqrt(squares / (enough - 1) / enough)
    width = np.where(n >= _LEAST, width, np.nan)
    average = np.where(n > 0, average, np.nan)
    return average, average - width, average + width


def median(values: Floats, of_row: Ints, groups: int) -> tuple[Floats, Floats, Floats]:
    """Return the median of each group's values with the interval between order statistics, at least 95 % sure.

    From the r-th smallest to the r-th largest value, r the greatest with P(Bin(n, ½) < r) ≤ 0.025; six values are
    needed. Source: Conover, Practical Nonparametric Statistics (1999), section 3.2.
    """
    n = np.bincount(of_row, minlength=groups)
    start = np.cumsum(n) - n
    ranked = np.append(values[order(of_row, np.unique(values, return_inverse=True)[1])], np.nan)
    nothing = len(values)
    r = _rank(n)
    middle = (ranked[_at(n > 0, start + (n - 1) // 2, nothing)] + ranked[_at(n > 0, start + n // 2, nothing)]) / 2
    low, high = ranked[_at(r > 0, start + r - 1, nothing)], ranked[_at(r > 0, start + n - r, nothing)]
    return middle, low, high


def _rank(n: Ints) -> Ints:
    """Return the greatest r with P(Bin(n, ½) < r) ≤ 0.025, 0 where there is none."""
    from scipy.special import bdtrik

    enough = np.maximum(n, _LEAST_OF_MEDIAN)
    return np.where(n < _LEAST_OF_MEDIAN, 0, np.ceil(bdtrik(_TAIL, enough.astype(np.float64), 0.5))).astype(np.int64)


def _at(holds: Flags, place: Ints, nothing: int) -> Ints:
    return np.where(holds, place, nothing)
