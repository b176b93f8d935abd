"""A share by period around its median, and the rules that tell a change from chance.

Sources: Perla, Provost & Murray, The run chart: a simple analytical tool, BMJ Qual. Saf. 2011;20:46 (shift, trend and
runs); the limits of runs: Swed & Eisenhart, Ann. Math. Stat. 1943;14:66, here worked out from the distribution that
their table was made from (Wald & Wolfowitz, Ann. Math. Stat. 1940;11:147); how often the rules are wrong: Anhøj &
Olesen, PLoS One 2014;9:e113825.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import begins
from kvalitetsapp.domain.chart_data import RunChart, RunPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

SHIFT: Final = "shift"
TREND: Final = "trend"
RUNS: Final = "runs"
SHIFT_LENGTH: Final = 6
TREND_LENGTH: Final = 5
LEAST_FOR_RUNS: Final = 10
_LEVEL: Final = 0.025


@dataclass(frozen=True, slots=True)
class Periods:
    """Events among n by period, in their order; a period without operations has no share."""

    keys: Sequence[str]
    labels: Sequence[str]
    events: Ints
    n: Ints


def run_chart(title: str, periods: Periods, *, target: float | None = None) -> RunChart:
    """Return the chart: the median of the periods' shares, the points in a shift or trend, and the rules that hold."""
    has = periods.n > 0
    value = np.where(has, periods.events / np.maximum(periods.n, 1), 0.0)
    median = float(np.median(value[has])) if has.any() else None
    signal = np.zeros(len(value), dtype=np.bool_)
    rules: list[str] = []
    if median is not None:
        in_shift, in_trend = shifts(value[has], median), trends(value[has])
        signal[has] = in_shift | in_trend
        held = ((SHIFT, in_shift.any()), (TREND, in_trend.any()), (RUNS, runs_are_odd(value[has], median)))
        rules = [name for name, holds in held if holds]
    rows = zip(periods.keys, periods.labels, periods.events.tolist(), periods.n.tolist(), strict=True)
    points = tuple(
        RunPoint(key, label, events, n, float(value[place]) if n > 0 else None, bool(signal[place]))
        for place, (key, label, events, n) in enumerate(rows)
    )
    return RunChart(title, points, median, target, tuple(rules))


def shifts(value: Floats, median: float) -> Flags:
    """Tell which points stand in six or more in a row on one side; points on the median are passed over."""
    marked = np.zeros(len(value), dtype=np.bool_)
    off = np.flatnonzero(value != median)
    marked[off] = _long(value[off] > median, SHIFT_LENGTH)
    return marked


def trends(value: Floats) -> Flags:
    """Tell which points stand in five or more in a row that all rise or all fall; a point like the one before is not.

    Of equal points in a row the first counts and the others are passed over.
    """
    marked = np.zeros(len(value), dtype=np.bool_)
    kept = np.flatnonzero(begins(value))
    rising = np.diff(value[kept]) > 0
    long = _long(rising, TREND_LENGTH - 1)
    marked[kept[:-1][long]] = True
    marked[kept[1:][long]] = True
    return marked


def runs_are_odd(value: Floats, median: float) -> bool:
    """Tell whether there are fewer or more runs about the median than chance gives; of fewer than ten points never."""
    off = value[value != median]
    above = int((off > median).sum())
    if len(off) < LEAST_FOR_RUNS or not 0 < above < len(off):
        return False
    fewest, most = run_limits(above, len(off) - above)
    return not fewest <= int(begins(off > median).sum()) <= most


def run_limits(above: int, below: int) -> tuple[int, int]:
    """Return the fewest and most runs that are no signal: each tail beyond them has at most 2.5 per cent."""
    number = np.arange(2, above + below + 1)
    chance = run_probability(number, above, below)
    fewest = int(number[np.cumsum(chance) > _LEVEL][0])
    most = int(number[np.cumsum(chance[::-1])[::-1] > _LEVEL][-1])
    return fewest, most


def run_probability(runs: Ints, above: int, below: int) -> Floats:
    """Return P(exactly so many runs) in a random order of `above` and `below` points."""
    from scipy.special import comb

    half, odd = runs // 2, runs % 2 == 1
    even_ways = 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    odd_ways = comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(below - 1, half)
    return np.where(odd, odd_ways, even_ways) / comb(above + below, above)


def _long(side: Flags, length: int) -> Flags:
    """Tell which places stand in a run of at least `length` equal ones."""
    if not len(side):
        return side
    run = np.cumsum(begins(side)) - 1
    return np.asarray(np.bincount(run)[run] >= length, dtype=np.bool_)
