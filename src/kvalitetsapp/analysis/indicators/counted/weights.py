"""Excess weight lost, as the obesity registers count it: the share of the weight above BMI 25 that is gone.

Source: Brethauer et al., Surg. Obes. Relat. Dis. 2015;11:489 (%EWL = (initial weight − weight) / (initial weight −
ideal weight) × 100, the ideal weight being that of BMI 25).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats

IDEAL_BMI: Final = 25.0
_CM: Final = 100.0
_PERCENT: Final = 100.0


def excess_weight_lost(before: Floats, now: Floats, height_cm: Floats) -> Floats:
    """Return how many per cent of their excess weight people have lost; NaN where nothing was in excess or is told."""
    excess = before - IDEAL_BMI * (height_cm / _CM) ** 2
    some = excess > 0
    return np.where(some, _PERCENT * (before - now) / np.where(some, excess, 1.0), np.nan)
