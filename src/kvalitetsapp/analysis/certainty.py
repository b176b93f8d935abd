"""What can be said of figures against a target: from the exact limits, and from what so many operations can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import detectable, funnel
from kvalitetsapp.domain.provider_comparison import Certainty

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints, Texts

DOUBLE: Final = 2.0
_OF_FLAGS: Final = {
    "high_998": Certainty.CERTAINLY_HIGHER,
    "high_95": Certainty.LIKELY_HIGHER,
    "low_95": Certainty.LIKELY_LOWER,
    "low_998": Certainty.CERTAINLY_LOWER,
}


def of_shares(events: Ints, n: Ints, target: float | None, *, high_is_good: bool) -> tuple[list[Certainty], Texts]:
    """Return what can be said of each share, and its flag (R10).

    Within the limits the group must be large enough for twice the target (of what is not wanted) to be flagged with
    probability 0.8; else too little is known.
    """
    if target is None:
        return [Certainty.NO_COMPARISON] * len(n), np.full(len(n), "", dtype=object)
    flags = funnel.flags(events, n, target)
    around = unwanted(target, high_is_good=high_is_good)
    seen = detectable.power(n, around, times(around, DOUBLE)) >= detectable.POWER
    told = [
        _OF_FLAGS.get(flag, Certainty.NOT_TOLD_APART if enough else Certainty.TOO_LITTLE)
        for flag, enough in zip(flags.tolist(), (seen & (n > 0) & (around > 0)).tolist(), strict=True)
    ]
    return told, flags


def of_means(low: Floats, high: Floats, n: Ints, target: float | None, least: int) -> list[Certainty]:
    """Return what can be said of means or medians by their 95 % intervals; never that anything is certain.

    Fewer than `least` operations are too few.
    """
    if target is None:
        return [Certainty.NO_COMPARISON] * len(n)
    rows = zip(low.tolist(), high.tolist(), n.tolist(), strict=True)
    return [_of_mean(lowest, highest, count, target, least) for lowest, highest, count in rows]


def unwanted(rate: float, *, high_is_good: bool) -> float:
    """Return a rate as that of what nobody wants."""
    return 1 - rate if high_is_good else rate


def times(around: float, factor: float) -> float:
    """Return a rate `factor` times as bad; where that is no rate, half way to 1."""
    worse = around * factor
    return worse if worse < 1 else (1 + around) / 2


def _of_mean(low: float, high: float, n: int, target: float, least: int) -> Certainty:
    if n < least or np.isnan(low) or np.isnan(high):
        return Certainty.TOO_LITTLE
    if low > target:
        return Certainty.LIKELY_HIGHER
    return Certainty.LIKELY_LOWER if high < target else Certainty.NOT_TOLD_APART
