"""Operations or days between rare events, with probability limits of the geometric distribution.

Sources: Benneyan, Number-between g-type statistical quality control charts for monitoring adverse events, Health Care
Manag. Sci. 2001;4:305; Kaminsky et al., Statistical control charts based on a geometric distribution, J. Qual.
Technol. 1992;24:63.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.chart_data import GapPoint, GChart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Ints

OPERATIONS: Final = "operations"
DAYS: Final = "days"
LEAST_EVENTS: Final = 8
LEVEL: Final = 0.025
_TIE: Final = 1 + 1e-12


@dataclass(frozen=True, slots=True)
class Gaps:
    """What lies between events: for each the number since the one before (or since the start), and since the last."""

    between: Ints
    since_last: int
    keys: Sequence[str]
    days: Sequence[str]


def g_chart(title: str, counted: str, gaps: Gaps, *, target: float | None = None) -> GChart:
    """Return the chart; limits around `target` (a share of operations, or events per day), else around the own rate.

    The first gap counts from the start: a geometric waiting time has no memory. The centre is the median. A gap is a
    signal when so short a one comes with probability 0.025 or less. Where even two events in a row are likelier than
    that there is no lower limit and no signal; such a share is better followed in a run chart or a CUSUM. `run_length`
    is 1 / P(gap at or under the lower limit), `expected` the mean gap at `target`. Without a target limits take at
    least eight events.
    """
    known = target is not None and 0 < target < 1
    rate = target if known else own_rate(gaps)
    centre, low, high, run_length = limits(rate) if rate is not None else (None, None, None, None)
    signal = gaps.between <= low if low is not None else np.zeros(len(gaps.between), dtype=np.bool_)
    rows = zip(gaps.keys, gaps.days, gaps.between.tolist(), signal.tolist(), strict=True)
    points = tuple(GapPoint(key, day, between, hit) for key, day, between, hit in rows)
    expected = (1 - target) / target if target is not None and known else None
    return GChart(title, counted, points, gaps.since_last, centre, low, high, run_length, expected)


def own_rate(gaps: Gaps) -> float | None:
    """Return events per operation (or day), with what has passed since the last one; None of few or only events."""
    events = len(gaps.between)
    passed = int(gaps.between.sum()) + gaps.since_last
    return events / (events + passed) if events >= LEAST_EVENTS and passed else None


def limits(rate: float) -> tuple[float | None, float | None, float | None, float | None]:
    """Return median, lower and upper limit of the gap at a rate, and the run length of false alarms.

    P(gap ≤ x) = 1 − (1 − rate)^(x + 1): the lower limit is the largest x where it is at most 0.025, the upper the
    smallest where P(gap ≥ x) is.
    """
    stay = math.log1p(-rate)
    centre = max(math.ceil(math.log(0.5) / stay / _TIE) - 1, 0)
    high = max(math.ceil(math.log(LEVEL) / stay / _TIE), 0)
    low = math.floor(math.log1p(-LEVEL) / stay * _TIE) - 1
    if low < 0:
        return float(centre), None, float(high), None
    return float(centre), float(low), float(high), -1 / math.expm1(stay * (low + 1))
