"""The CUSUM step by step, and how long it takes to alarm."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import cusum


def one_by_one(counted: list[bool], risk: float, limit: float) -> tuple[list[float], list[bool]]:
    """Steiner's recursion with odds ratio 2, an operation at a time."""
    value, values, alarms = 0.0, [], []
    for hit in counted:
        value = max(value + math.log((2 if hit else 1) / (1 + risk)), 0)
        values.append(value)
        alarms.append(value >= limit)
        if alarms[-1]:
            value = 0.0
    return values, alarms


def operations(counted: list[bool], risk: float) -> cusum.Operations:
    days = [f"2020-01-{1 + place % 28:02d}" for place in range(len(counted))]
    return cusum.Operations(
        np.array(counted), np.full(len(counted), risk), days, [f"ref/{n}" for n in range(len(counted))]
    )


@given(st.lists(st.booleans(), max_size=80), st.sampled_from([0.02, 0.3, 0.7]), st.sampled_from([0.6, 1.0, 3.0]))
def test_sums_and_alarms_are_those_of_the_recursion(counted: list[bool], risk: float, limit: float) -> None:
    values, alarms = cusum.sums(np.array(counted, dtype=bool), np.full(len(counted), risk), 2.0, limit)
    wanted_values, wanted_alarms = one_by_one(counted, risk, limit)
    np.testing.assert_allclose(values, wanted_values, atol=1e-12)
    assert alarms.tolist() == wanted_alarms


def test_a_risk_of_its_own_weighs_every_operation() -> None:
    risk = np.array([0.01, 0.2, 0.05])
    found = cusum.weights(np.array([True, True, False]), risk, 2.0)
    np.testing.assert_allclose(found, [math.log(2 / 1.01), math.log(2 / 1.2), math.log(1 / 1.05)])


def test_run_lengths_at_two_per_cent_are_those_that_are_told() -> None:
    false_alarm, detection = cusum.run_lengths(0.02, 2.0, 3.0)
    assert false_alarm == pytest.approx(3570, rel=0.03)
    assert detection == pytest.approx(310, rel=0.03)


@pytest.mark.parametrize("rate", [0.02, 0.0718, 0.2])
def test_run_lengths_are_those_of_the_chain_of_all_reachable_sums(rate: float) -> None:
    """Where an event raises the sum by nine times what another operation lowers it, the sums are whole steps."""
    target, height = 2 ** (1 / 10) - 1, 27
    matrix = np.eye(height)
    for value in range(height):
        matrix[value, max(value - 1, 0)] -= 1 - rate
        if value + 9 < height:
            matrix[value, value + 9] -= rate
    wanted = np.linalg.solve(matrix, np.ones(height))[0]
    limit = height * math.log(1 + target)
    assert cusum.run_length(target, rate, 2.0, limit - 1e-9) == pytest.approx(wanted, rel=1e-3)


def test_a_rarer_outcome_takes_operations_in_proportion() -> None:
    at, rarer = cusum.run_lengths(0.001), cusum.run_lengths(0.0005)
    assert rarer[0] == pytest.approx(2 * at[0])
    assert rarer[1] == pytest.approx(2 * at[1], rel=0.01)


@pytest.mark.long
@pytest.mark.parametrize(("rate", "told"), [(0.02, 0), (0.04 / 1.02, 1)])
def test_run_lengths_are_those_of_a_simulation(rate: float, told: int) -> None:
    generator = np.random.default_rng(20260103)
    up, down = math.log(2 / 1.02), math.log(1 / 1.02)
    chains = 4000
    value, length, running = np.zeros(chains), np.zeros(chains), np.ones(chains, dtype=bool)
    while running.any():
        hit = generator.random(chains) < rate
        value = np.maximum(value + np.where(hit, up, down), 0)
        length += running
        running &= value < 3.0
    error = length.std() / math.sqrt(chains)
    assert abs(length.mean() - cusum.run_lengths(0.02)[told]) < 3 * error


def test_the_chart_counts_alarms_begins_anew_and_names_its_operations() -> None:
    counted = [False] * 5 + [True] * 10
    chart = cusum.cusum("Ett", operations(counted, 0.02), 0.02)
    alarms = [step for step in chart.steps if step.signal]
    assert [(step.place, step.key) for step in alarms] == [(10, "ref/9"), (15, "ref/14")]
    assert chart.alarms == 2
    assert chart.steps[10].value == pytest.approx(math.log(2 / 1.02))  # the one after the alarm
    assert (chart.target, chart.odds_ratio, chart.limit, chart.adjusted) == (0.02, 2.0, 3.0, False)


def test_a_long_series_keeps_every_turn_of_its_line() -> None:
    generator = np.random.default_rng(4)
    counted = (generator.random(9000) < 0.03).tolist()
    chart = cusum.cusum("Ett", operations(counted, 0.02), 0.02)
    values, _alarms = cusum.sums(np.array(counted), np.full(9000, 0.02), 2.0, 3.0)
    assert len(chart.steps) < 1500
    drawn = np.interp(np.arange(1, 9001), [step.place for step in chart.steps], [step.value for step in chart.steps])
    assert np.abs(drawn - values).max() < 0.02  # one operation without event
    assert (chart.steps[0].place, chart.steps[-1].place) == (1, 9000)


@pytest.mark.parametrize("target", [None, 0.0, 1.0])
def test_without_a_target_there_is_an_empty_chart(target: float | None) -> None:
    chart = cusum.cusum("Ett", operations([True, False], 0.0), target)
    assert (chart.steps, chart.alarms, chart.false_alarm) == ((), 0, 0.0)


def test_without_operations_there_is_a_chart_without_steps() -> None:
    chart = cusum.cusum("Ett", operations([], 0.02), 0.02)
    assert (chart.steps, chart.alarms) == ((), 0)
