"""How large a difference must be before a group of this size can show it (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import funnel

if TYPE_CHECKING:
    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Floats, Ints

POWER: Final = 0.8
_LEVEL: Final = 0.025


def critical_count(n: npt.ArrayLike, target: npt.ArrayLike) -> Ints:
    """Return the smallest number of events among n that is flagged as high at 95 %; n + 1 where none is."""
    total, p = _columns(n, target)
    low, high = np.full_like(total, 0), total + 1
    while bool(np.any(high - low > 1)):
        middle = (low + high) // 2
        flagged = funnel.at_least(middle, total, p) <= _LEVEL
        low, high = np.where(flagged, low, middle), np.where(flagged, middle, high)
    return high


def power(n: npt.ArrayLike, target: npt.ArrayLike, true_rate: npt.ArrayLike) -> Floats:
    """Return the probability that n operations at `true_rate` are flagged as high at 95 % around `target`."""
    total, p = _columns(n, target)
    return funnel.at_least(critical_count(total, p), total, true_rate)


def smallest_rate(n: npt.ArrayLike, target: npt.ArrayLike) -> Floats:
    """Return the smallest true rate that is flagged as high at 95 % with probability 0.8; NaN where no count is.

    P(R ≥ c) of n operations at the rate p is the regularised incomplete beta function I_p(c, n − c + 1), solved for p.
    """
    from scipy.special import betaincinv

    total, p = _columns(n, target)
    count = critical_count(total, p)
    possible = (count <= total) & (total > 0) & ~np.isnan(p)
    found = betaincinv(np.where(possible, count, 1), np.where(possible, total - count + 1, 1), POWER)
    return np.where(possible, found, np.nan)


def _columns(n: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Ints, Floats]:
    total, p = np.broadcast_arrays(n, target)
    return total.astype(np.int64), p.astype(np.float64)
