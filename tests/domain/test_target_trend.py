"""Which way a figure has gone between quarters, judged with the intervals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.target_status import Reading
from kvalitetsapp.domain.target_trend import Earlier, Trend, between, difference, told
from support.target_readings import mirrored, readings

WAYS = st.sampled_from([Direction.LOW, Direction.HIGH])
_TURNED = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER}
_OTHER = {Direction.LOW: Direction.HIGH, Direction.HIGH: Direction.LOW}
MANY = Reading(0.05, 0.04, 0.062, 1500)


def kept(*values: float) -> list[Earlier]:
    """Return quarters with a figure each, the oldest first."""
    return [
        Earlier(f"2025-Q{n}", Reading(value, value - 0.005, value + 0.005, 900), "reoperation_2y/1")
        for n, value in enumerate(values, 1)
    ]


def test_a_difference_within_the_noise_is_no_change() -> None:
    assert between(MANY, replace(MANY, value=0.048), Direction.LOW) is Trend.UNCHANGED
    fewer = Reading(0.02, 0.014, 0.028, 1500)
    assert between(MANY, fewer, Direction.LOW) is Trend.BETTER
    assert between(MANY, fewer, Direction.HIGH) is Trend.WORSE


def test_the_interval_of_a_difference_of_shares_is_newcombes() -> None:
    """56/70 against 48/80 of Newcombe's paper (1998, table II, a): method 10 gives 0,0524–0,3339."""
    before = Reading(0.6, 0.490345, 0.700283, 80)
    now = Reading(0.8, 0.691728, 0.877105, 70)
    found = difference(before, now)
    assert found == pytest.approx((0.0524, 0.3339), abs=1e-3)


def test_what_cannot_be_compared_says_so() -> None:
    now = Reading(0.03, 0.025, 0.035, 900)
    assert told(now, "reoperation_2y/1", [], Direction.LOW).trend is Trend.NO_EARLIER
    assert told(None, "", kept(0.05), Direction.LOW).trend is Trend.NO_EARLIER
    assert told(now, "reoperation_2y/2", kept(0.05), Direction.LOW).trend is Trend.OTHER_RECIPE
    assert told(Reading(81), "", [Earlier("2025-Q1", Reading(79), "")], Direction.HIGH).trend is Trend.NO_INTERVAL
    assert told(now, "reoperation_2y/1", kept(0.05), Direction.NEITHER).trend is Trend.NO_DIRECTION


def test_slow_drift_is_seen_against_the_oldest_of_four_quarters() -> None:
    now = Reading(0.034, 0.029, 0.039, 900)
    drift = kept(0.070, 0.046, 0.043, 0.040, 0.037)
    found = told(now, "reoperation_2y/1", drift, Direction.LOW)
    assert (found.trend, found.since) == (Trend.BETTER, "2025-Q2")
    assert told(now, "reoperation_2y/1", drift[-1:], Direction.LOW).trend is Trend.UNCHANGED


@given(readings(), readings(), WAYS)
def test_a_figure_that_is_better_by_the_wanted_direction_is_never_worse(
    before: Reading, now: Reading, way: Direction
) -> None:
    is_better = now.value <= before.value if way is Direction.LOW else now.value >= before.value
    assert not (is_better and between(before, now, way) is Trend.WORSE)
    assert is_better or between(before, now, way) is not Trend.BETTER


@given(readings(), readings(), WAYS)
def test_turning_the_wanted_direction_turns_the_trend(before: Reading, now: Reading, way: Direction) -> None:
    found = between(before, now, way)
    assert between(before, now, _OTHER[way]) is _TURNED.get(found, found)
    assert between(mirrored(before), mirrored(now), _OTHER[way]) is found


@given(readings(), readings(), WAYS)
def test_the_way_back_is_the_opposite(before: Reading, now: Reading, way: Direction) -> None:
    found = between(before, now, way)
    assert between(now, before, way) is _TURNED.get(found, found)
