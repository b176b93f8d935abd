"""Log-likelihood CUSUM of operations in the order they were done, and how long it takes to alarm.

Sources: Steiner, Cook, Farewell & Treasure, Monitoring surgical performance using risk-adjusted cumulative sum charts,
Biostatistics 2000;1:441; the run lengths: Brook & Evans, An approach to the probability distribution of cusum run
length, Biometrika 1972;59:539.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.chart_data import Cusum, CusumStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

ODDS_RATIO: Final = 2.0
LIMIT: Final = 3.0
MOST_STEPS: Final = 1500
_STATES: Final = 1000
_RAREST: Final = 0.001


@dataclass(frozen=True, slots=True)
class Operations:
    """Operations in the order they were done: whether what is counted came, and each one's risk of it."""

    counted: Flags
    risk: Floats
    days: Sequence[str]
    keys: Sequence[str]


def cusum(
    title: str,
    operations: Operations,
    target: float | None,
    *,
    odds_ratio: float = ODDS_RATIO,
    limit: float = LIMIT,
    adjusted: bool = False,
) -> Cusum:
    """Return the chart; without a target strictly between 0 and 1 it has no steps and no run lengths.

    `risk` is the target for every operation, or with `adjusted` what a model gives it. Run lengths are those of the
    plain rate `target`, which those of a mixed risk with that mean lie close to. Of more than 1 500 operations only
    those between which the line is straight become steps.
    """
    if target is None or not 0 < target < 1:
        return Cusum(title, 0.0, odds_ratio, limit, (), 0, 0.0, 0.0, adjusted)
    values, alarms = sums(operations.counted, operations.risk, odds_ratio, limit)
    shown = _turns(operations.counted, values) if len(values) > MOST_STEPS else np.arange(len(values))
    steps = tuple(
        CusumStep(place + 1, operations.days[place], float(values[place]), bool(alarms[place]), operations.keys[place])
        for place in shown.tolist()
    )
    false_alarm, detection = run_lengths(target, odds_ratio, limit)
    return Cusum(title, target, odds_ratio, limit, steps, int(alarms.sum()), false_alarm, detection, adjusted)


def weights(counted: Flags, risk: Floats, odds_ratio: float) -> Floats:
    """Return each operation's log-likelihood ratio of the odds times `odds_ratio` against the odds of its risk."""
    return np.asarray(np.log(np.where(counted, odds_ratio, 1.0) / (1 + (odds_ratio - 1) * risk)), dtype=np.float64)


def sums(counted: Flags, risk: Floats, odds_ratio: float, limit: float) -> tuple[Floats, Flags]:
    """Return the sum after each operation, never under 0, and where it reached the limit; the next begins from 0.

    Only an event raises the sum. Between two it only falls, so it is followed from event to event, and what lies
    between is filled in for all at once.
    """
    weight = weights(counted, risk, odds_ratio)
    total = np.cumsum(weight)
    at = np.flatnonzero(counted)
    after = np.empty(len(at))
    alarms = np.zeros(len(weight), dtype=np.bool_)
    value, gone = 0.0, 0.0
    for number, (place, before, now) in enumerate(
        zip(at.tolist(), (total[at] - weight[at]).tolist(), weight[at].tolist(), strict=True)
    ):
        value = max(value + before - gone, 0.0) + now
        gone = before + now
        after[number] = value
        if value >= limit:
            alarms[place] = True
            value = 0.0
    return _filled(total, at, after, alarms), alarms


@lru_cache(maxsize=256)
def run_lengths(target: float, odds_ratio: float = ODDS_RATIO, limit: float = LIMIT) -> tuple[float, float]:
    """Return the average number of operations to an alarm at the target, and where the odds are `odds_ratio` times it.

    At 2 %, odds ratio 2 and limit 3: 3 577 and 310.
    """
    odds = odds_ratio * target / (1 - target)
    return run_length(target, target, odds_ratio, limit), run_length(target, odds / (1 + odds), odds_ratio, limit)


def run_length(target: float, rate: float, odds_ratio: float, limit: float) -> float:
    """Return the average number of operations to an alarm from 0, where the true rate is `rate`.

    The sum is a Markov chain over a grid whose cells divide the fall after an operation without event evenly. The rise
    after one with event ends between two cells and goes to each in proportion, which keeps its mean. In a rate under
    1 per mille the waiting time in events is that at 1 per mille.
    """
    if target < _RAREST:
        scale = _RAREST / target
        return run_length(_RAREST, min(rate * scale, 1.0), odds_ratio, limit) * scale
    fall = math.log1p((odds_ratio - 1) * target)
    cells = max(math.ceil(_STATES * fall / limit), 1)
    width = fall / cells
    size = math.ceil(limit / width - 1e-9)
    return _waiting(size, cells, (math.log(odds_ratio) - fall) / width, rate)


def _waiting(size: int, down: int, up: float, rate: float) -> float:
    """Return the mean time to absorption from state 0 by (I − R) L = 1, a band of `down` below and `up` above."""
    from scipy.linalg import solve_banded

    whole, part = int(up), up - int(up)
    state = np.arange(size)
    band = np.zeros((whole + 1 + down + 1, size))
    diagonal = whole + 1
    band[diagonal] = 1.0
    to = np.maximum(state - down, 0)
    np.add.at(band, (diagonal + state - to, to), rate - 1)
    for rise, share in ((whole, 1 - part), (whole + 1, part)):
        reached = state[state + rise < size] + rise
        band[diagonal - rise, reached] -= rate * share
    return float(solve_banded((down, whole + 1), band, np.ones(size), overwrite_ab=True)[0])


def _filled(total: Floats, at: Ints, after: Floats, alarms: Flags) -> Floats:
    """Return the sum at every operation from the sums after the events `at`."""
    last = np.searchsorted(at, np.arange(len(total)), side="right") - 1
    base = np.append(np.where(alarms[at], 0.0, after), 0.0)[last]
    gone = np.append(total[at], 0.0)[last]
    values = np.maximum(base + total - gone, 0.0)
    values[at] = after
    return np.asarray(values, dtype=np.float64)


def _turns(counted: Flags, values: Floats) -> Ints:
    """Return the places where the line turns: at an event, right before it, where it comes to 0, first and last."""
    shown = counted.copy()
    shown[:-1] |= counted[1:]
    shown[1:] |= counted[:-1]  # after an alarm the line begins again from 0
    shown[1:] |= (values[1:] == 0) & (values[:-1] > 0)
    shown[0] = shown[-1] = True
    return np.arange(len(shown))[shown]
