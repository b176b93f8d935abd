"""Differences and ratios of two groups, held against statsmodels, scipy and what has been printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from kvalitetsapp.analysis import centres, two_groups
from kvalitetsapp.analysis.two_groups import Limits

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints

TABLES = [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 1, 29), (3, 200, 7, 150), (1, 9, 40, 4000)]
"""Events and persons of two groups; the first four by Newcombe 1998, one of them with an event more."""


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def one(found: Limits) -> tuple[float, float, float]:
    return float(found.value[0]), float(found.low[0]), float(found.high[0])


def difference(x: int, n: int, y: int, m: int) -> Limits:
    return two_groups.difference(two_groups.share(ints(x), ints(n)), two_groups.share(ints(y), ints(m)))


def ratio(x: int, n: int, y: int, m: int) -> Limits:
    return two_groups.share_ratio(ints(x), ints(n), ints(y), ints(m))


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_of_shares_is_that_of_newcombes_table_ii(
    table: tuple[int, int, int, int], low: float, high: float
) -> None:
    found = difference(*table)
    assert found.low[0] == pytest.approx(low, abs=5e-5)
    assert found.high[0] == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("table", TABLES)
def test_shares_agree_with_statsmodels(table: tuple[int, int, int, int]) -> None:
    _value, low, high = one(difference(*table))
    assert (low, high) == pytest.approx(confint_proportions_2indep(*table, compare="diff", method="newcomb"))
    _value, low, high = one(ratio(*table))
    assert (low, high) == pytest.approx(confint_proportions_2indep(*table, compare="ratio", method="score"), rel=1e-6)


def test_a_ratio_to_nothing_has_no_end_and_one_of_nothing_to_nothing_is_none() -> None:
    assert one(ratio(0, 20, 5, 30))[:2] == (0.0, 0.0)
    value, low, high = one(ratio(5, 20, 0, 30))
    assert (value, high) == (np.inf, np.inf)
    assert low > 1
    assert np.isnan(one(ratio(0, 20, 0, 30))).all()
    assert np.isnan(one(ratio(0, 0, 1, 30))).all()


counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_whichever_group_is_held_against_the_other_the_same_is_told(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    _value, low, high = one(difference(*first, *second))
    assert (-high, -low) == pytest.approx(one(difference(*second, *first))[1:])
    if first[0] and second[0]:
        value, low, high = one(ratio(*first, *second))
        assert low <= value * (1 + 1e-9)
        assert value <= high * (1 + 1e-9)
        assert (1 / high, 1 / low) == pytest.approx(one(ratio(*second, *first))[1:], rel=1e-5)


def test_means_differ_by_welch_as_scipy_has_it() -> None:
    rng = np.random.default_rng(7)
    first, second = rng.gamma(2, 2, 30), rng.gamma(3, 2, 50)
    made = centres.means(np.concatenate([first, second]), np.repeat([0, 1], [30, 50]), 2)
    found = two_groups.centre_difference(made.at(ints(0)), made.at(ints(1)))
    told = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert one(found) == pytest.approx((first.mean() - second.mean(), told.low, told.high))


def test_a_ratio_of_means_is_worked_out_on_the_scale_of_logarithms() -> None:
    made = centres.means(floats(2, 4, 6, 8, 1, 2, 3, 4), np.repeat([0, 1], 4), 2)
    value, low, high = one(two_groups.centre_ratio(made.at(ints(0)), made.at(ints(1))))
    # both have the variance 20/3 ÷ 4 ÷ 25 of the logarithm, and six degrees of freedom
    width = stats.t.ppf(0.975, 6) * np.sqrt(2 * 20 / 3 / 4 / 25)
    assert (value, low, high) == pytest.approx((2.0, 2 * np.exp(-width), 2 * np.exp(width)))


def test_a_mean_of_one_value_and_a_figure_below_nothing_have_no_interval_or_ratio() -> None:
    made = centres.means(floats(2, -1, -3, -2), np.array([0, 1, 1, 1]), 2)
    assert np.isnan(one(two_groups.centre_difference(made.at(ints(0)), made.at(ints(1))))[1])
    assert np.isnan(one(two_groups.centre_ratio(made.at(ints(0)), made.at(ints(1))))).all()


def test_of_means_without_any_spread_nothing_is_more_than_chance_gives() -> None:
    made = centres.means(np.repeat([2.0, 3.0], 5), np.repeat([0, 1], 5), 2)
    for found in (two_groups.centre_difference, two_groups.centre_ratio):
        assert np.isnan(one(found(made.at(ints(0)), made.at(ints(1))))[1:]).all()


def test_ratios_of_figures_put_together_keep_within_those_of_their_ends() -> None:
    first, second = Limits(floats(0.2), floats(0.1), floats(0.3)), Limits(floats(0.1), floats(0.08), floats(0.12))
    value, low, high = one(two_groups.ratio(first, second))
    assert value == pytest.approx(2)
    assert 0.1 / 0.12 < low < value < high < 0.3 / 0.08
    assert np.isinf(two_groups.ratio(first, Limits(floats(0.1), floats(0.0), floats(0.3))).high[0])


@pytest.mark.parametrize("end", [0.012, 0.0199999, 0.02, 0.021, 0.09])
def test_the_ends_of_a_ratio_put_together_are_those_that_a_difference_of_nothing_gives(end: float) -> None:
    first, second = Limits(floats(0.05), floats(0.04), floats(0.065)), Limits(floats(0.01), floats(0.004), floats(end))
    _value, low, high = one(two_groups.ratio(first, second))
    for found, place in ((low, 1), (high, 2)):
        times = Limits(*(column * found for column in (second.value, second.low, second.high)))
        assert one(two_groups.difference(first, times))[place] == pytest.approx(0, abs=1e-9)


def test_medians_have_the_variance_of_their_order_statistics() -> None:
    values = np.arange(1.0, 26.0)  # c = round(13 - 5) = 8: from the 8th to the 18th smallest
    made = centres.medians(values, np.zeros(25, dtype=np.int64), 1)
    z = stats.norm.ppf(1 - stats.binom.cdf(7, 25, 0.5))
    assert made.value[0] == 13
    assert made.variance[0] == pytest.approx(((18 - 8) / (2 * z)) ** 2)
    assert made.log_variance[0] == pytest.approx((np.log(18 / 8) / (2 * z)) ** 2)


def test_intervals_of_medians_hold_what_is_true_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    draws, first, second = 1500, 40, 60
    values = np.concatenate([rng.lognormal(1, 0.6, draws * first), rng.lognormal(1.3, 0.6, draws * second)])
    of_row = np.concatenate([np.repeat(np.arange(draws), first), draws + np.repeat(np.arange(draws), second)])
    made = centres.medians(values, of_row, 2 * draws)
    mine, other = made.at(np.arange(draws)), made.at(draws + np.arange(draws))
    for found, true in (
        (two_groups.centre_difference(mine, other), np.exp(1) - np.exp(1.3)),
        (two_groups.centre_ratio(mine, other), np.exp(-0.3)),
    ):
        assert np.mean((found.low <= true) & (true <= found.high)) == pytest.approx(0.95, abs=0.02)
