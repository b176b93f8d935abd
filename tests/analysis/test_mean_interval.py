"""The interval of a mean of skewed amounts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kvalitetsapp.analysis.mean_interval import mean_interval


def test_fewer_than_ten_amounts_have_no_interval() -> None:
    assert mean_interval(np.arange(9)) is None
    assert mean_interval(np.arange(10)) is not None


def test_the_order_of_the_amounts_does_not_matter() -> None:
    amounts = np.random.default_rng(1).integers(0, 10**8, 200)
    assert mean_interval(amounts) == mean_interval(amounts[::-1])


def test_it_agrees_with_the_normal_interval_where_that_holds() -> None:
    amounts = np.random.default_rng(2).normal(10_000_000, 1_000_000, 400).astype(np.int64)
    spread = 1.96 * amounts.std(ddof=1) / 20
    low, high = mean_interval(amounts) or (0, 0)
    assert low == pytest.approx(amounts.mean() - spread, rel=0.003)
    assert high == pytest.approx(amounts.mean() + spread, rel=0.003)


def test_equal_amounts_have_no_width_and_many_fit_in_memory() -> None:
    assert mean_interval(np.full(50_000, 12_345)) == (12_345, 12_345)


@pytest.mark.parametrize("size", [10, 60, 400])
def test_it_is_the_percentile_interval_that_scipy_draws(size: int) -> None:
    amounts = np.random.default_rng(size).lognormal(14, 1.0, size).astype(np.int64)
    amounts[: size // 2] = 0
    drawn = stats.bootstrap((amounts,), np.mean, n_resamples=20_000, method="percentile", rng=3)
    spread = float(np.std(drawn.bootstrap_distribution))
    low, high = mean_interval(amounts) or (0, 0)
    # a tail quantile of 2 000 draws varies with a standard error of about 0.06 standard deviations
    assert low == pytest.approx(drawn.confidence_interval.low, abs=0.25 * spread)
    assert high == pytest.approx(drawn.confidence_interval.high, abs=0.25 * spread)


def test_amounts_drawn_in_classes_have_the_interval_of_single_ones() -> None:
    amounts = np.random.default_rng(5).lognormal(14, 1.2, 5_000).astype(np.int64)
    drawn = stats.bootstrap((amounts,), np.mean, n_resamples=5_000, batch=500, method="percentile", rng=4)
    spread = float(np.std(drawn.bootstrap_distribution))
    low, high = mean_interval(amounts) or (0, 0)
    assert low == pytest.approx(drawn.confidence_interval.low, abs=0.25 * spread)
    assert high == pytest.approx(drawn.confidence_interval.high, abs=0.25 * spread)


def test_a_million_operations_of_which_few_cost_more_have_an_interval_around_their_mean() -> None:
    random = np.random.default_rng(6)
    amounts = np.where(random.random(1_000_000) < 0.1, random.lognormal(15, 1, 1_000_000), 0).astype(np.int64)
    spread = 1.96 * amounts.std() / 1000
    low, high = mean_interval(amounts) or (0, 0)
    assert low == pytest.approx(amounts.mean() - spread, abs=0.2 * spread)
    assert high == pytest.approx(amounts.mean() + spread, abs=0.2 * spread)
    assert mean_interval(amounts) == mean_interval(amounts[::-1])
