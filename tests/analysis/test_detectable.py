"""How large a difference a group of a given size can show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import detectable, funnel


def test_r10_power_of_a_doubled_rate_is_that_of_the_domain_notes() -> None:
    found = detectable.power([100, 300, 1000], 0.02, 0.04)
    assert found == pytest.approx([0.21, 0.54, 0.96], abs=0.005)


@given(st.integers(1, 3000), st.floats(0.005, 0.3))
def test_r10_the_critical_count_is_the_smallest_that_is_flagged(n: int, target: float) -> None:
    count = int(detectable.critical_count(n, target))
    if count <= n:
        assert funnel.flags([count], [n], target)[0].startswith("high")
    assert not str(funnel.flags([count - 1], [n], target)[0]).startswith("high")


@given(st.integers(5, 3000), st.floats(0.005, 0.3))
def test_r10_at_the_smallest_rate_the_probability_is_four_fifths(n: int, target: float) -> None:
    rate = float(detectable.smallest_rate(n, target))
    count = int(detectable.critical_count(n, target))
    assert rate > target
    assert float(stats.binom.sf(count - 1, n, rate)) == pytest.approx(0.8, abs=1e-9)


def test_r10_nothing_can_be_shown_without_operations_or_target() -> None:
    assert np.isnan(detectable.smallest_rate([0, 100, 2], [0.02, float("nan"), 0.5])).all()
