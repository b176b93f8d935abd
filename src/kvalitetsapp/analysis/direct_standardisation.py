"""Direct age standardisation: what a figure would be if every group had the ages of a standard population."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.two_groups import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints
    from kvalitetsapp.domain.standard_population import StandardGroup

_TAIL: Final = 0.025


def weights(standard: Sequence[StandardGroup], limits: Sequence[int], youngest: int, oldest: int) -> Floats:
    """Return the weight of the ages below the first limit, between them and from the last, together 1.

    Only the standard's groups from that of the youngest age to that of the oldest count: ages that nobody compared
    here has weigh nothing.
    """
    found = np.zeros(len(limits) + 1)
    for group in standard:
        last = oldest if group.age_to is None else group.age_to
        if group.age_from <= oldest and youngest <= last:
            found[sum(group.age_from >= limit for limit in limits)] += group.weight
    return np.asarray(found / max(found.sum(), 1.0), dtype=np.float64)


def of_shares(events: Ints, n: Ints, weight: Floats) -> Limits:
    """Return each group's standardised share from its events and persons (groups × ages); NaN without some age.

    The interval is put together from Wilson's intervals of the ages (Zou, Huang & Zhang, Comput Stat Data Anal
    2009;53:1080). Those that are usual for rates of counts do not do for shares of few: that of Dobson (Stat Med
    1991;10:457) is too narrow where an age has no events, that of Fay and Feuer (Stat Med 1997;16:791) too wide.
    """
    share = proportions.rate(events, n)
    low, high = proportions.wilson(events, n)
    value = np.nan_to_num(share) @ weight
    down, up = (np.sqrt(np.nan_to_num((share - end) ** 2) @ weight**2) for end in (low, high))
    found = Limits(value, np.maximum(value - down, 0.0), np.minimum(value + up, 1.0))
    return found.where(_has_every_age(n, weight))


def of_means(n: Ints, mean: Floats, variance: Floats, weight: Floats) -> Limits:
    """Return each group's standardised mean from the n, mean and variance of its ages; NaN without two of some age.

    `variance` is that of the mean of an age. The interval is Student's, with Satterthwaite's degrees of freedom
    (Biometrics Bulletin 1946;2:110); without any spread there is none.
    """
    from scipy.special import stdtrit

    told = _has_every_age(n, weight) & ((n > 1) | (weight == 0)).all(axis=1)
    value = np.nan_to_num(mean) @ weight
    parts = np.nan_to_num(variance) * weight**2
    together = parts.sum(axis=1)
    squares = (parts**2 / np.maximum(n - 1, 1)).sum(axis=1)
    degrees = np.where(squares > 0, together**2 / np.where(squares > 0, squares, 1.0), 1.0)
    width = np.where(together > 0, stdtrit(degrees, 1 - _TAIL) * np.sqrt(together), np.nan)
    return Limits(value, value - width, value + width).where(told)


def _has_every_age(n: Ints, weight: Floats) -> Flags:
    return np.asarray(((n > 0) | (weight == 0)).all(axis=1), dtype=np.bool_)
