"""Statistics of two numbers, without a store."""

from __future__ import annotations

import pytest
from scipy import stats

from kvalitetsapp.errors import InputError
from kvalitetsapp.services import statistics


def test_an_interval_is_told_by_each_method() -> None:
    rows = statistics.interval(events=2, n=50).records()
    assert [row["method"] for row in rows] == ["wilson", "clopper_pearson", "byar"]
    test = stats.binomtest(2, 50)
    for row, wanted in zip(rows, (test.proportion_ci(method="wilson"), test.proportion_ci()), strict=False):
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(tuple(wanted))
        assert row["rate"] == 0.04


@pytest.mark.parametrize(("events", "n"), [(3, 2), (0, 0)])
def test_more_events_than_operations_are_refused(events: int, n: int) -> None:
    with pytest.raises(InputError):
        statistics.interval(events=events, n=n)


def test_what_so_many_operations_can_show_is_that_of_the_domain_notes() -> None:
    half, double = statistics.detectable(n=300, target=0.02).records()
    assert double["power"] == pytest.approx(0.54, abs=0.005)
    assert (double["true_rate"], double["needed_80"], double["needed_90"]) == (0.04, 616, 814)
    assert half["needed_80"] == 1999
    assert half["detectable"] == double["detectable"]


@pytest.mark.filterwarnings("error")
def test_no_operations_can_show_nothing_and_a_target_that_is_no_share_is_refused() -> None:
    assert {row["power"] for row in statistics.detectable(n=0, target=0.02).records()} == {None}
    assert statistics.detectable(n=100, target=0.0).rows == []
    with pytest.raises(InputError):
        statistics.detectable(n=100, target=2)
