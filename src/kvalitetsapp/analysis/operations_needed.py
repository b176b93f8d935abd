"""What it would take to know: how many operations a group needs before a true rate over the target shows (R10).

The flag is the exact one of the funnel, so the power is that of an exact one-sided binomial test at 2.5 per cent
(Chernick & Liu, The saw-toothed behavior of power versus sample size, Am. Stat. 2002;56:149).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import detectable
from kvalitetsapp.analysis.proportions import Z_95
from kvalitetsapp.domain.operations_needed import OperationsNeeded

if TYPE_CHECKING:
    from collections.abc import Sequence

TIMES: Final = (1.5, 2.0)
POWERS: Final = (0.8, 0.9)
MOST: Final = 100_000
_ROOM: Final = 64
_TEETH: Final = 8
"""Of a low power the last fall lies some teeth of the saw, each at most 1 / target wide, beyond the normal n."""


def table(
    target: float, times: Sequence[float] = TIMES, powers: Sequence[float] = POWERS
) -> tuple[OperationsNeeded, ...]:
    """Return the operations needed for each multiple of the target and each power; no rate of 1 or more."""
    rates = [target * each for each in times if target * each < 1]
    return tuple(
        OperationsNeeded(target, rate, power, operations_needed(target, rate, power))
        for rate in rates
        for power in powers
    )


def operations_needed(target: float, true_rate: float, power: float = detectable.POWER) -> int | None:
    """Return the smallest n from which on the power never falls under `power` again; None over 100 000 operations.

    The power rises as a saw: at single smaller n it may already be reached. None too where the true rate is not over
    the target.
    """
    if not 0 < target < true_rate < 1 or not 0 < power < 1:
        return None
    around = _normal(target, true_rate, power)
    if around > MOST:
        return None
    n = np.arange(1, int(around * 2 + _TEETH / target) + _ROOM)
    failing = n[detectable.power(n, target, true_rate) < power]
    needed = int(failing[-1]) + 1 if len(failing) else int(n[0])
    return needed if needed <= MOST else None


def _normal(target: float, true_rate: float, power: float) -> float:
    """Return the n of the normal approximation, which the exact one lies near."""
    from scipy.special import ndtri

    spread = Z_95 * np.sqrt(target * (1 - target)) + float(ndtri(power)) * np.sqrt(true_rate * (1 - true_rate))
    return float((spread / (true_rate - target)) ** 2)
