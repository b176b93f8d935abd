"""How much more units differ than chance gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import funnel, overdispersion
from kvalitetsapp.domain.chart_data import FunnelLimit

TARGET = 0.02


def limits(*sizes: int) -> tuple[FunnelLimit, ...]:
    columns = [funnel.limit(list(sizes), TARGET, level) for level in (0.025, 0.975, 0.001, 0.999)]
    return tuple(FunnelLimit(n, *(float(column[place]) for column in columns)) for place, n in enumerate(sizes))


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=60))
def test_scores_are_winsorised_as_scipy_does_it(scores: list[float]) -> None:
    wanted = stats.mstats.winsorize(np.array(scores), limits=(0.1, 0.1))
    np.testing.assert_allclose(overdispersion.winsorised(np.array(scores)), np.asarray(wanted))


def test_phi_and_the_variance_between_units_are_those_of_the_published_formulas() -> None:
    n = np.array([120, 300, 450, 500, 800, 900, 1100, 1500, 2000, 2500, 3000, 4000])
    events = np.array([6, 2, 20, 4, 30, 9, 40, 20, 60, 30, 90, 60])
    found = overdispersion.of_units(events, n, TARGET)
    assert found is not None
    error = np.sqrt(TARGET * (1 - TARGET) / n)
    z = np.asarray(stats.mstats.winsorize((events / n - TARGET) / error, limits=(0.1, 0.1)))
    weight = 1 / error**2
    tau = (12 * np.mean(z**2) - 11) / (weight.sum() - (weight**2).sum() / weight.sum())
    assert found.units == 12
    assert found.phi == pytest.approx(np.mean(z**2))
    assert found.between == pytest.approx(np.sqrt(tau))


def test_units_that_differ_by_chance_alone_have_nothing_between_them() -> None:
    generator = np.random.default_rng(20260101)
    n = generator.integers(200, 2000, 40)
    found = overdispersion.of_units(generator.binomial(n, TARGET), n, TARGET, limits(100, 500))
    assert found is not None
    assert found.between == 0
    assert found.widened == limits(100, 500)


def test_a_spread_that_was_put_in_is_found_and_widens_the_limits_as_published() -> None:
    generator = np.random.default_rng(20260102)
    n = generator.integers(1000, 4000, 400)
    rate = np.clip(generator.normal(TARGET, 0.006, 400), 0.002, 0.1)
    found = overdispersion.of_units(generator.binomial(n, rate), n, TARGET, limits(50, 200_000))
    assert found is not None
    assert found.phi > 2
    assert found.between == pytest.approx(0.006, rel=0.25)  # winsorising takes some of it away
    spread = np.sqrt(TARGET * (1 - TARGET) / 200_000 + found.between**2)
    assert found.widened[1].high_95 == pytest.approx(TARGET + 1.96 * spread, rel=0.01)
    assert found.widened[1].low_95 == pytest.approx(TARGET - 1.96 * spread, rel=0.05)
    assert found.widened[0].low_998 == 0
    assert found.widened[0].high_95 > limits(50)[0].high_95


@pytest.mark.parametrize("target", [None, 0.0, 1.0])
def test_without_a_target_inside_the_scale_nothing_is_said(target: float | None) -> None:
    assert overdispersion.of_units([1] * 12, [100] * 12, target) is None


def test_fewer_than_ten_units_with_operations_say_nothing() -> None:
    assert overdispersion.of_units([2] * 9 + [0, 0], [100] * 9 + [0, 0], TARGET) is None
    assert overdispersion.of_units([], [], TARGET) is None
    assert overdispersion.of_units([2] * 10, [100] * 10, TARGET) is not None
