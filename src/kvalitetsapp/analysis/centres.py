"""How sure means and medians of groups are, for comparing them with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import order
from kvalitetsapp.analysis.two_groups import Centres

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints

_LEAST: Final = 2
_LEAST_OF_MEDIAN: Final = 3


def means(values: Floats, of_row: Ints, groups: int) -> Centres:
    """Return each group's mean with its variance; from two values on."""
    n = np.bincount(of_row, minlength=groups)
    some = np.maximum(n, 1)
    average = np.bincount(of_row, weights=values, minlength=groups) / some
    squares = np.bincount(of_row, weights=(values - average[of_row]) ** 2, minlength=groups)
    enough = n >= _LEAST
    variance = np.where(enough, squares / np.maximum(n - 1, 1) / some, np.nan)
    average = np.where(n > 0, average, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(average > 0, variance / average**2, np.nan)
    return Centres(average, variance, relative, np.where(enough, n - 1.0, np.nan))


def medians(values: Floats, of_row: Ints, groups: int) -> Centres:
    """Return each group's median with the variance that its order statistics tell, without any distribution.

    Between the c-th smallest and the c-th largest value, c the whole number nearest to (n + 1)/2 − √n, at least 1, lie
    2·z standard errors, z the normal quantile of 1 − P(Bin(n, ½) < c). Source: Price & Bonett, J Stat Comput Simul
    2002;72:119; on the logarithm's scale Bonett & Price, J Educ Behav Stat 2020;45:750. From three values on.
    """
    from scipy.special import bdtr, ndtri

    n = np.bincount(of_row, minlength=groups)
    start = np.cumsum(n) - n
    ranked = np.append(values[order(of_row, np.unique(values, return_inverse=True)[1])], np.nan)
    enough, nothing = n >= _LEAST_OF_MEDIAN, len(values)
    c = np.maximum(np.rint((n + 1) / 2 - np.sqrt(n)), 1).astype(np.int64)

    def at(place: Ints) -> Floats:
        return np.asarray(ranked[np.where(enough, start + place, nothing)], dtype=np.float64)

    middle = (at((n - 1) // 2) + at(n // 2)) / 2
    low, high = at(c - 1), at(n - c)
    errors = 2 * ndtri(1 - bdtr(c - 1.0, np.maximum(n, 1), 0.5))
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithms = np.where(low > 0, np.log(high) - np.log(low), np.nan)
        variance, relative = ((high - low) / errors) ** 2, (logarithms / errors) ** 2
    return Centres(middle, variance, relative, np.full(groups, np.inf))
