"""R10: prediction limits around a target and the flags of units, from the binomial distribution.

Source of the limits: Spiegelhalter, Statist. Med. 2005;24:1185, appendix A.1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import proportions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Floats, Ints, Texts

LIMITS: Final = {"pi95_low": 0.025, "pi95_high": 0.975, "pi998_low": 0.001, "pi998_high": 0.999}
_FLAGS: Final = (("high_998", 0.001), ("low_998", 0.001), ("high_95", 0.025), ("low_95", 0.025))
_TIE: Final = 1 + 1e-12  # a probability that equals the level in exact arithmetic counts as reaching it


def at_most(count: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> Floats:
    """Return P(R ≤ count) of n operations at the rate `target`."""
    from scipy.special import bdtr

    k, total, p = _broadcast(count, n, target)
    probability = bdtr(np.clip(k, 0, total).astype(np.float64), total, p)
    return np.where(k < 0, np.where(np.isnan(p), np.nan, 0.0), probability)


def at_least(count: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> Floats:
    """Return P(R ≥ count) of n operations at the rate `target`."""
    from scipy.special import bdtrc

    k, total, p = _broadcast(count, n, target)
    probability = bdtrc(np.clip(k - 1, 0, total).astype(np.float64), total, p)
    return np.where(k <= 0, np.where(np.isnan(p), np.nan, 1.0), probability)


def limit(n: npt.ArrayLike, target: npt.ArrayLike, level: float | Floats) -> Floats:
    """Return the interpolated prediction limit at probability `level` as a fraction; NaN without n or target."""
    total, _, p = _broadcast(n, n, target)
    count = _quantile(total, p, level)
    reached, before = at_most(count, total, p), at_most(count - 1, total, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (count - (reached - level) / (reached - before)) / total
    return np.where(total > 0, np.clip(value, 0.0, 1.0) + 0.0, np.nan)


def flags(events: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> Texts:
    """Return high_998, high_95, low_95, low_998 or "" from the exact probabilities of what was seen."""
    x, total, p = _broadcast(events, n, target)
    high, low = at_least(x, total, p), at_most(x, total, p)
    reached = [(high if flag.startswith("high") else low) <= level * _TIE for flag, level in _FLAGS]
    seen = total > 0
    return np.select([seen & hit for hit in reached], [flag for flag, _ in _FLAGS], "").astype(object)


def figures(events: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> dict[str, Floats | Texts]:
    """Return rate, ci_low, ci_high, the four limits and flag as columns; NaN and "" where n is 0."""
    low, high = proportions.wilson(events, n)
    columns: dict[str, Floats | Texts] = {"rate": proportions.rate(events, n), "ci_low": low, "ci_high": high}
    columns |= _limits(n, target)
    return columns | {"flag": flags(events, n, target)}


def of_table(unit: Sequence[str], events: Sequence[int], n: Sequence[int], target: float | None) -> pd.DataFrame:
    """Return the funnel of any table around `target` (None: its pooled rate), sorted by unit.

    Columns: unit · events, n counts · rate, ci_low, ci_high, pi95_low, pi95_high, pi998_low, pi998_high fractions ·
    flag. A unit with n = 0 is counted as 0 of 0 and has no figures.
    """
    seen = np.asarray(n, dtype=np.int64)
    counts = np.where(seen > 0, np.asarray(events, dtype=np.int64), 0)
    around = float(proportions.rate(counts.sum(), seen.sum())) if target is None else target
    frame = pd.DataFrame({"unit": np.array(list(unit), dtype=object), "events": counts, "n": seen})
    frame = frame.assign(**figures(counts, seen, around))
    return frame.sort_values("unit", kind="stable", ignore_index=True)


def limit_curve(target: float, n_values: Sequence[int]) -> pd.DataFrame:
    """Return the limits for drawing: n · pi95_low, pi95_high, pi998_low, pi998_high as fractions."""
    n = np.asarray(n_values, dtype=np.int64)
    return pd.DataFrame({"n": n} | _limits(n, target))


def _limits(n: npt.ArrayLike, target: npt.ArrayLike) -> dict[str, Floats]:
    """Return the limits of whole columns, all levels in one search."""
    levels = np.array(list(LIMITS.values()))[:, np.newaxis]
    return dict(zip(LIMITS, limit(n, target, levels), strict=True))


def _quantile(n: Ints, target: Floats, level: float | Floats) -> Ints:
    """Return the smallest count r with P(R ≤ r) ≥ level, by halving."""
    high = np.broadcast_to(n, np.broadcast_shapes(n.shape, np.shape(level)))
    low = np.full_like(high, -1)
    while bool(np.any(high - low > 1)):
        middle = (low + high) // 2
        enough = at_most(middle, n, target) >= level
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def _broadcast(count: npt.ArrayLike, n: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Ints, Ints, Floats]:
    counts, total, p = np.broadcast_arrays(count, n, target)
    return counts.astype(np.int64), total.astype(np.int64), p.astype(np.float64)
