"""The interval of a mean of skewed amounts."""

from __future__ import annotations

import numpy as np
import pytest

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
