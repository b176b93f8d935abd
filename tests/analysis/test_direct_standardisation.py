"""Direct age standardisation: the weights, what it comes to, and how often its intervals hold what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp import settings
from kvalitetsapp.analysis import direct_standardisation as standard
from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.cohorts import AGE_LIMITS
from kvalitetsapp.exchange.standard_population import read_standard_population

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats

EUROPE = read_standard_population(settings.resources_dir() / "codes" / "esp2013.csv")


def weights(youngest: int, oldest: int) -> Floats:
    return standard.weights(EUROPE, AGE_LIMITS, youngest, oldest)


def test_the_ages_of_the_standard_are_those_that_there_are_and_their_weights_are_one_together() -> None:
    # of 100 000: 28 000 from 35 to 54, then 12 500, 10 500, 6 500 and 2 500 in steps of ten years
    assert weights(38, 97) == pytest.approx(np.array([28.0, 12.5, 10.5, 6.5, 2.5]) / 60)
    assert weights(0, 110) == pytest.approx(np.array([68.0, 12.5, 10.5, 6.5, 2.5]) / 100)
    assert weights(66, 71) == pytest.approx(np.array([0.0, 0.0, 1.0, 0.0, 0.0]))
    assert weights(64, 65) == pytest.approx(np.array([0.0, 6.0, 5.5, 0.0, 0.0]) / 11.5)


def test_a_standardised_share_is_the_weighted_one_of_its_ages() -> None:
    n, events = np.array([[10, 100, 200, 90, 20]]), np.array([[1, 4, 10, 9, 4]])
    weight = weights(35, 99)
    found = standard.of_shares(events, n, weight)
    by_hand = 28 / 60 * 0.1 + 12.5 / 60 * 0.04 + 10.5 / 60 * 0.05 + 6.5 / 60 * 0.1 + 2.5 / 60 * 0.2
    assert found.value[0] == pytest.approx(by_hand)
    low, high = proportions.wilson(events[0], n[0])
    share = events[0] / n[0]
    assert found.low[0] == pytest.approx(by_hand - np.sqrt(((share - low) ** 2 * weight**2).sum()))
    assert found.high[0] == pytest.approx(by_hand + np.sqrt(((high - share) ** 2 * weight**2).sum()))


def test_of_one_age_the_interval_is_wilsons() -> None:
    found = standard.of_shares(np.array([[0, 0, 7, 0, 0]]), np.array([[0, 0, 60, 0, 0]]), weights(66, 71))
    low, high = proportions.wilson([7], [60])
    assert (found.low[0], found.high[0]) == pytest.approx((low[0], high[0]))


def test_a_group_that_lacks_an_age_has_no_standardised_figure() -> None:
    n = np.array([[0, 5, 5, 5, 5], [5, 5, 5, 5, 5]])
    assert np.isnan(standard.of_shares(np.zeros_like(n), n, weights(35, 99)).value).tolist() == [True, False]
    few = np.array([[1, 5, 5, 5, 5]])
    mean, variance = np.ones((1, 5)), np.array([[np.nan, 1, 1, 1, 1]])
    assert np.isnan(standard.of_means(few, mean, variance, weights(35, 99)).value[0])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=5, max_size=5))
def test_a_standardised_share_is_between_those_of_its_ages_and_within_its_interval(
    ages: list[tuple[int, int]],
) -> None:
    events, n = np.array([[x for x, _y in ages]]), np.array([[x + y + 1 for x, y in ages]])
    found = standard.of_shares(events, n, weights(35, 99))
    share = events / n
    assert share.min() - 1e-12 <= found.value[0] <= share.max() + 1e-12
    assert 0 <= found.low[0] <= found.value[0] <= found.high[0] <= 1


@pytest.mark.parametrize(
    ("n", "rates"),
    [
        ((18, 75, 120, 66, 21), (0.7, 0.75, 0.8, 0.85, 0.8)),
        ((90, 375, 600, 330, 105), (0.02, 0.02, 0.03, 0.04, 0.08)),
        ((18, 75, 120, 66, 21), (0.02, 0.02, 0.03, 0.04, 0.08)),
    ],
)
def test_the_interval_holds_what_is_true_about_as_often_as_it_says(
    n: tuple[int, ...], rates: tuple[float, ...]
) -> None:
    persons = np.tile(np.array(n), (8000, 1))
    found = standard.of_shares(np.random.default_rng(5).binomial(persons, rates), persons, weights(35, 99))
    true = float(np.array(rates) @ weights(35, 99))
    assert 0.91 < np.mean((found.low <= true) & (true <= found.high)) < 0.97


def test_the_interval_of_a_mean_holds_what_is_true_as_often_as_it_says() -> None:
    rng, n = np.random.default_rng(6), np.array([4, 20, 30, 15, 5])
    centre = np.array([2.0, 3.0, 4.0, 5.0, 6.0])
    draws = [rng.normal(centre[age], 1.5, (4000, size)) for age, size in enumerate(n)]
    mean = np.stack([each.mean(axis=1) for each in draws], axis=1)
    variance = np.stack([each.var(axis=1, ddof=1) / each.shape[1] for each in draws], axis=1)
    found = standard.of_means(np.tile(n, (4000, 1)), mean, variance, weights(35, 99))
    true = float(centre @ weights(35, 99))
    assert np.mean((found.low <= true) & (true <= found.high)) == pytest.approx(0.95, abs=0.02)
