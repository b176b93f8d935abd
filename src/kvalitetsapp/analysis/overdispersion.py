"""How much more units differ from a target than chance alone gives.

Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statist. Med. 2005;24:1185, appendix A.3,
and Spiegelhalter, Handling over-dispersion of performance indicators, Qual. Saf. Health Care 2005;14:347.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.chart_data import FunnelLimit, Overdispersion

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Floats

LEAST_UNITS: Final = 10
WINSORISED: Final = 0.1
_LEVEL: Final = 0.95


def of_units(
    events: npt.ArrayLike, n: npt.ArrayLike, target: float | None, limits: Sequence[FunnelLimit] = ()
) -> Overdispersion | None:
    """Return how overdispersed units are around `target`, with `limits` widened by it.

    None of fewer than ten units with operations: the variance between so few cannot be told from chance. The test
    compares units · phi with the 95 % point of chi-square; winsorising makes it cautious.
    """
    from scipy.special import chdtri

    total = np.asarray(n, dtype=np.float64)
    counted = np.asarray(events, dtype=np.float64)[total > 0]
    total = total[total > 0]
    units = len(total)
    if units < LEAST_UNITS or target is None or not 0 < target < 1:
        return None
    z = winsorised((counted / total - target) / np.sqrt(target * (1 - target) / total))
    phi = float(np.mean(z**2))
    over = units * phi > float(chdtri(units, 1 - _LEVEL))
    between = float(np.sqrt(between_variance(phi, total, target))) if over else 0.0
    return Overdispersion(units, phi, between, tuple(_widened(limit, target, between) for limit in limits))


def winsorised(z: Floats, share: float = WINSORISED) -> Floats:
    """Return z with the `share` lowest and highest drawn in to the nearest of the others, rounded down to units."""
    cut = int(share * len(z))
    ordered = np.sort(z)
    return np.clip(z, ordered[cut], ordered[len(z) - 1 - cut])


def between_variance(phi: float, n: Floats, target: float) -> float:
    """Return the additive variance between units by the method of moments (DerSimonian & Laird 1986), 0 at the least.

    tau² = (I·phi − (I − 1)) / (Σw − Σw²/Σw) with the weights w = n / (target (1 − target)).
    """
    weight = n / (target * (1 - target))
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max((len(n) * phi - (len(n) - 1)) / room, 0.0) if room > 0 else 0.0


def _widened(limit: FunnelLimit, target: float, between: float) -> FunnelLimit:
    """Return a limit as much further from the target as the added variance makes a standard error larger.

    The published normal limits are target ± z √(s² + tau²); drawing out the exact ones in the same proportion keeps
    them where they are when tau is 0 and above 0 where n is small.
    """
    if limit.n <= 0 or not between:
        return limit
    variance = target * (1 - target) / limit.n
    scale = float(np.sqrt(1 + between**2 / variance))

    def drawn_out(value: float) -> float:
        return min(max(target + (value - target) * scale, 0.0), 1.0)

    return replace(
        limit,
        low_95=drawn_out(limit.low_95),
        high_95=drawn_out(limit.high_95),
        low_998=drawn_out(limit.low_998),
        high_998=drawn_out(limit.high_998),
    )
