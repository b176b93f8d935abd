"""Operations between events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import g_chart


def gaps(between: list[int], since_last: int = 0) -> g_chart.Gaps:
    names = [f"ref/{place}" for place in range(len(between))]
    return g_chart.Gaps(np.array(between, dtype=np.int64), since_last, names, ["2020-01-01"] * len(between))


@given(st.floats(0.0005, 0.6))
def test_limits_are_the_quantiles_of_the_geometric_distribution(rate: float) -> None:
    centre, low, high, run_length = g_chart.limits(rate)
    gap = stats.geom(rate, loc=-1)  # the number before the event
    assert centre == gap.ppf(0.5)
    assert high is not None
    assert gap.sf(high - 1) <= 0.025 + 1e-12 < gap.sf(high - 2) + 2e-12
    if low is None:
        assert gap.cdf(0) > 0.025
        assert run_length is None
    else:
        assert gap.cdf(low) <= 0.025 + 1e-12 < gap.cdf(low + 1) + 2e-12
        assert run_length == pytest.approx(1 / gap.cdf(low))


def test_gaps_too_short_are_signals_and_the_chance_of_a_false_one_is_told() -> None:
    chart = g_chart.g_chart("Infektion", g_chart.OPERATIONS, gaps([120, 90, 0, 1, 200, 150, 80, 110], 40))
    assert [point.between for point in chart.points if point.signal] == [0, 1]
    rate = 8 / (8 + 751 + 40)
    assert chart.run_length == pytest.approx(1 / (1 - (1 - rate) ** 2))
    assert chart.since_last == 40
    assert chart.expected is None


def test_a_target_gives_limits_also_where_few_have_been_hurt() -> None:
    chart = g_chart.g_chart("Infektion", g_chart.OPERATIONS, gaps([0, 300]), target=0.01)
    assert chart.expected == pytest.approx(99)
    assert (chart.centre, chart.low) == (68, 1)
    assert [point.signal for point in chart.points] == [True, False]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("between", [[], [5], [3] * 7, [0] * 20])
def test_few_events_or_nothing_but_events_have_no_limits(between: list[int]) -> None:
    chart = g_chart.g_chart("Infektion", g_chart.DAYS, gaps(between))
    assert (chart.centre, chart.low, chart.high, chart.run_length) == (None, None, None, None)
    assert [point.signal for point in chart.points] == [False] * len(between)


def test_what_is_common_has_no_lower_limit() -> None:
    chart = g_chart.g_chart("Händelser", g_chart.OPERATIONS, gaps([0, 1, 2, 0, 1, 3, 1, 2, 0]))
    assert chart.centre == 1
    assert (chart.low, chart.run_length) == (None, None)
