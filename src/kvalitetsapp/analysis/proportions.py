"""95 % intervals of a proportion or a count, for whole columns; NaN where nothing was followed (n = 0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Floats

Z_95: Final = 1.959963984540054


def rate(events: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return events / n as a fraction, NaN where n is 0."""
    x, total = _columns(events, n)
    return x / total


def wilson(events: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the Wilson score interval (R9; Wilson, J Am Stat Assoc 1927;22:209)."""
    x, total = _columns(events, n)
    p = x / total
    spread = Z_95 * np.sqrt(p * (1 - p) / total + Z_95**2 / (4 * total**2))
    centre, scale = p + Z_95**2 / (2 * total), 1 + Z_95**2 / total
    low = np.where(x == 0, 0.0 * total, (centre - spread) / scale)
    high = np.where(x == total, 1.0, (centre + spread) / scale)
    return low, high


def clopper_pearson(events: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the exact interval (Clopper & Pearson, Biometrika 1934;26:404)."""
    from scipy.special import betaincinv

    x, total = _columns(events, n)
    low = betaincinv(np.maximum(x, 1), np.maximum(total - x, 0) + 1, 0.025)
    high = betaincinv(x + 1, np.maximum(total - x, 1), 0.975)
    return np.where(x == 0, 0.0 * total, low), np.where(x == total, 1.0, high)


def byar(events: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return Byar's interval of a Poisson count, on the count, from 0 for none (Breslow & Day 1987, p. 69)."""
    x = np.asarray(events, dtype=np.float64)
    some, more = np.maximum(x, 1), x + 1
    low = x * (1 - 1 / (9 * some) - Z_95 / (3 * np.sqrt(some))) ** 3
    high = more * (1 - 1 / (9 * more) + Z_95 / (3 * np.sqrt(more))) ** 3
    return low, high


def _columns(events: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    total = np.asarray(n, dtype=np.float64)
    total = np.where(total > 0, total, np.nan)
    return np.where(np.isnan(total), np.nan, np.asarray(events, dtype=np.float64)), total
