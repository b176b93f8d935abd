"""The rules of a run chart."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kvalitetsapp.analysis import run_chart

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import RunChart


def periods(*events: int, n: int = 100) -> run_chart.Periods:
    keys = [f"2020-{place:02d}" for place in range(len(events))]
    return run_chart.Periods(keys, keys, np.array(events, dtype=np.int64), np.full(len(events), n))


def signals(chart: RunChart) -> list[int]:
    return [place for place, point in enumerate(chart.points) if point.signal]


# Swed & Eisenhart 1943: so few or fewer, so many or more runs are significant at 2.5 % each
@pytest.mark.parametrize(
    ("half", "few", "many"),
    [(5, 2, 10), (6, 3, 11), (7, 3, 13), (8, 4, 14), (9, 5, 15), (10, 6, 16), (11, 7, 17), (12, 7, 19), (20, 14, 28)],
)
def test_limits_of_runs_are_those_of_the_printed_table(half: int, few: int, many: int) -> None:
    assert run_chart.run_limits(half, half) == (few + 1, many - 1)


@pytest.mark.parametrize(("above", "below"), [(3, 5), (5, 5), (6, 4)])
def test_the_chance_of_so_many_runs_is_that_of_counting_every_order(above: int, below: int) -> None:
    size = above + below
    counts = np.zeros(size + 1)
    for high in combinations(range(size), above):
        order = [place in high for place in range(size)]
        counts[1 + sum(a != b for a, b in pairwise(order))] += 1
    found = run_chart.run_probability(np.arange(2, size + 1), above, below)
    np.testing.assert_allclose(found, counts[2:] / counts.sum())


def test_six_in_a_row_on_one_side_are_a_shift_and_the_median_is_passed_over() -> None:
    chart = run_chart.run_chart("Andel", periods(1, 2, 1, 3, 4, 9, 3, 8, 9, 7, 3, 8, 9, 1, 2))
    assert chart.median == pytest.approx(0.03)
    assert run_chart.SHIFT in chart.rules
    assert signals(chart) == [4, 5, 7, 8, 9, 11, 12]
    assert run_chart.SHIFT not in run_chart.run_chart("Andel", periods(1, 1, 1, 1, 1, 9, 9, 9, 9, 9)).rules


def test_five_rising_or_falling_are_a_trend_and_equals_are_passed_over() -> None:
    chart = run_chart.run_chart("Andel", periods(5, 1, 2, 2, 3, 4, 5, 1, 9))
    assert chart.rules == (run_chart.TREND,)
    assert signals(chart) == [1, 2, 4, 5, 6]
    assert run_chart.run_chart("Andel", periods(5, 2, 3, 4, 5, 1)).rules == ()
    assert run_chart.run_chart("Andel", periods(7, 6, 5, 4, 3)).rules == (run_chart.TREND,)


def test_too_many_or_too_few_runs_are_told() -> None:
    to_and_fro = run_chart.run_chart("Andel", periods(*([1, 9] * 6)))
    assert to_and_fro.rules == (run_chart.RUNS,)
    assert signals(to_and_fro) == []
    halves = run_chart.run_chart("Andel", periods(*([1] * 5 + [9] * 5)))
    assert halves.rules == (run_chart.RUNS,)
    assert run_chart.run_chart("Andel", periods(*([1, 9] * 4))).rules == ()  # under ten points nothing can be said


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("events", "n"), [((), 0), ((0,), 0), ((0, 0, 0), 0), ((0,) * 24, 50), ((2,) * 24, 50)])
def test_nothing_or_always_the_same_is_no_change(events: tuple[int, ...], n: int) -> None:
    chart = run_chart.run_chart("Andel", periods(*events, n=n), target=0.02)
    assert (chart.rules, signals(chart), chart.target) == ((), [], 0.02)
    assert (chart.median is None) is (n == 0)


def test_a_period_without_operations_has_no_share_and_breaks_nothing() -> None:
    told = run_chart.Periods(["a", "b", "c"], ["a", "b", "c"], np.array([1, 0, 2]), np.array([50, 0, 50]))
    chart = run_chart.run_chart("Andel", told)
    assert [point.value for point in chart.points] == [0.02, None, 0.04]
    assert chart.median == pytest.approx(0.03)
