"""How a figure of one group differs from that of another: differences and ratios with 95 % intervals, whole columns.

NaN where nothing can be told. A difference is the first group's figure less the second's, a ratio the first's divided
by the second's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.proportions import Z_95

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

_HALVINGS: Final = 70
_WIDEST: Final = 40.0  # of ln ratio: beyond it there is no end
_TAIL: Final = 0.025


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures with the ends of their 95 % intervals."""

    value: Floats
    low: Floats
    high: Floats

    def at(self, place: Ints) -> Limits:
        """Return the figures at some places; those at -1 are not known."""
        return Limits(*(np.append(column, np.nan)[place] for column in (self.value, self.low, self.high)))

    def where(self, kept: Flags) -> Limits:
        """Return the figures, those that are not kept as not known."""
        return Limits(*(np.where(kept, column, np.nan) for column in (self.value, self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Centres:
    """Means or medians with the variance of each, that of its logarithm (NaN: has none), and degrees of freedom."""

    value: Floats
    variance: Floats
    log_variance: Floats
    freedom: Floats

    def at(self, place: Ints) -> Centres:
        """Return the centres at some places; those at -1 are not known."""
        every = (self.value, self.variance, self.log_variance, self.freedom)
        return Centres(*(np.append(column, np.nan)[place] for column in every))


# shares


def share(events: npt.ArrayLike, n: npt.ArrayLike) -> Limits:
    """Return shares with Wilson's intervals."""
    return Limits(proportions.rate(events, n), *proportions.wilson(events, n))


def difference(one: Limits, other: Limits) -> Limits:
    """Return differences whose intervals are put together from those of the figures, by squaring and adding.

    Of shares with Wilson's intervals it is Newcombe's hybrid score interval (Stat Med 1998;17:873, method 10), of any
    other figures the method of variance estimates recovery (Zou & Donner, Stat Med 2008;27:1693).
    """
    value = one.value - other.value
    down = np.sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = np.sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Limits(value, value - down, value + up)


def share_ratio(
    events: npt.ArrayLike, n: npt.ArrayLike, other_events: npt.ArrayLike, other_n: npt.ArrayLike
) -> Limits:
    """Return ratios of shares with Miettinen and Nurminen's score interval (Stat Med 1985;4:213).

    From 0 where the first has no events; without an end (infinity) where the second has none, and NaN where neither.
    """
    one, other = (np.asarray(each, dtype=np.float64) for each in (events, other_events))
    total, other_total = (np.asarray(each, dtype=np.float64) for each in (n, other_n))
    told = (total > 0) & (other_total > 0) & (one + other > 0)
    table = _Tables(*(np.where(told, each, 1.0) for each in (one, total, other, other_total)))
    with np.errstate(divide="ignore"):
        value = table.events / table.n * table.other_n / table.other_events
        middle = np.clip(np.log(value), -_WIDEST, _WIDEST)
    low = _root(table.inside, middle, np.full(len(middle), -_WIDEST))
    high = _root(table.inside, middle, np.full(len(middle), _WIDEST))
    low = np.where(table.events == 0, 0.0, np.exp(low))
    high = np.where(table.other_events == 0, np.inf, np.exp(high))
    return Limits(value, low, high).where(told)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Events and persons of two groups."""

    events: Floats
    n: Floats
    other_events: Floats
    other_n: Floats

    def inside(self, log_ratio: Floats) -> Flags:
        """Tell which ratios are within the interval: not refused at 5 % by the score of both groups together."""
        theta = np.exp(log_ratio)
        every = self.n + self.other_n
        a = every * theta
        b = -(theta * self.n + self.events + self.other_n + theta * self.other_events)
        c = self.events + self.other_events
        under = np.clip((-b - np.sqrt(np.maximum(b**2 - 4 * a * c, 0))) / (2 * a), 0.0, 1.0)
        over = np.clip(theta * under, 0.0, 1.0)
        variance = (over * (1 - over) / self.n + theta**2 * under * (1 - under) / self.other_n) * every / (every - 1)
        score = self.events / self.n - theta * self.other_events / self.other_n
        return np.asarray(score**2 <= Z_95**2 * variance, dtype=np.bool_)


def _root(inside: Callable[[Floats], Flags], middle: Floats, edge: Floats) -> Floats:
    """Return the last place from the middle to an edge that is inside, by halving."""
    near, far = middle.copy(), edge.copy()
    for _halving in range(_HALVINGS):
        between = (near + far) / 2
        holds = inside(between)
        near, far = np.where(holds, between, near), np.where(holds, far, between)
    return near


def ratio(one: Limits, other: Limits) -> Limits:
    """Return ratios of figures above 0, put together from their intervals (Donner & Zou 2012).

    Source: Stat Methods Med Res 2012;21:347. The ends are the ratios r at which `difference` of the first and r times
    the second ends at 0: roots of r²·u₂(2θ₂ − u₂) − 2r·θ₁θ₂ + l₁(2θ₁ − l₁), and of the same with the other ends,
    written so that they hold also where u₂ ≥ 2θ₂. NaN where a figure is not above 0; without an end (infinity) where
    the second may be 0.
    """
    told = (one.value > 0) & (other.value > 0)
    first, second = np.where(told, one.value, 1.0), np.where(told, other.value, 1.0)
    low, high, other_low, other_high = (
        np.where(told, np.maximum(each, 0.0), 1.0) for each in (one.low, one.high, other.low, other.high)
    )
    product = first * second
    under, over = low * (2 * first - low), high * (2 * first - high)
    other_over, other_under = other_high * (2 * second - other_high), other_low * (2 * second - other_low)
    start = under / (product + np.sqrt(np.maximum(product**2 - under * other_over, 0)))
    with np.errstate(divide="ignore"):
        end = (product + np.sqrt(np.maximum(product**2 - over * other_under, 0))) / other_under
    return Limits(first / second, start, end).where(told)


# means and medians


def centre_difference(one: Centres, other: Centres) -> Limits:
    """Return differences of means by Welch (Biometrika 1947;34:28), of medians by Price and Bonett (2002)."""
    value = one.value - other.value
    width = _width(one.variance, one.freedom, other.variance, other.freedom)
    return Limits(value, value - width, value + width)


def centre_ratio(one: Centres, other: Centres) -> Limits:
    """Return ratios of means or medians above 0 on the logarithm's scale (Bonett & Price 2020)."""
    told = (one.value > 0) & (other.value > 0)
    value = np.where(told, one.value, np.nan) / np.where(told, other.value, np.nan)
    width = _width(one.log_variance, one.freedom, other.log_variance, other.freedom)
    return Limits(value, value * np.exp(-width), value * np.exp(width)).where(~np.isnan(width))


def _width(variance: Floats, freedom: Floats, other_variance: Floats, other_freedom: Floats) -> Floats:
    """Return half the interval, by Student's t with the degrees of freedom of Welch and Satterthwaite.

    NaN of means where neither group has any spread: it tells nothing of how far chance reaches.
    """
    from scipy.special import stdtrit

    together = variance + other_variance
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = together**2 / (variance**2 / freedom + other_variance**2 / other_freedom)
    normal = ~np.isfinite(degrees)
    quantile = np.where(normal, Z_95, stdtrit(np.where(normal, 1.0, degrees), 1 - _TAIL))
    without_spread = (together == 0) & np.isfinite(freedom)
    return np.asarray(np.where(without_spread, np.nan, quantile * np.sqrt(together)), dtype=np.float64)
