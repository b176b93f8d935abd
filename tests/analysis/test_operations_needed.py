"""What it would take to know."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kvalitetsapp.analysis import detectable, operations_needed


@pytest.mark.parametrize(("true_rate", "power"), [(0.04, 0.8), (0.04, 0.9), (0.06, 0.8)])
def test_r10_from_so_many_operations_on_the_power_holds_and_not_before(true_rate: float, power: float) -> None:
    needed = operations_needed.operations_needed(0.02, true_rate, power)
    assert needed is not None
    assert detectable.power(needed - 1, 0.02, true_rate) < power
    assert (detectable.power(np.arange(needed, 4 * needed), 0.02, true_rate) >= power).all()
    critical = stats.binom.isf(0.025, needed, 0.02) + 1
    assert stats.binom.sf(critical - 1, needed, true_rate) >= power


def test_r10_a_doubled_rate_takes_some_six_hundred_operations_and_half_as_much_again_two_thousand() -> None:
    assert operations_needed.operations_needed(0.02, 0.04) == 616  # 0.54 at 300 and 0.96 at 1 000, as told
    assert operations_needed.operations_needed(0.02, 0.03) == 1999


def test_the_table_has_both_rates_at_both_powers() -> None:
    table = operations_needed.table(0.05)
    assert [(one.true_rate, one.power) for one in table] == [
        (pytest.approx(0.075), 0.8),
        (pytest.approx(0.075), 0.9),
        (0.1, 0.8),
        (0.1, 0.9),
    ]
    numbers = [one.operations or 0 for one in table]
    assert numbers[0] < numbers[1]
    assert numbers[2] < numbers[3] < numbers[0]
    assert [one.true_rate for one in operations_needed.table(0.6)] == [pytest.approx(0.9)] * 2


@pytest.mark.parametrize(
    ("target", "true_rate", "power"), [(0.001, 0.002, 0.05), (0.005, 0.01, 0.3), (0.001, 0.02, 0.05)]
)
def test_also_a_low_power_is_never_fallen_under_again(target: float, true_rate: float, power: float) -> None:
    n = np.arange(1, 20_000)
    failing = n[detectable.power(n, target, true_rate) < power]
    needed = int(failing[-1]) + 1 if len(failing) else 1
    assert operations_needed.operations_needed(target, true_rate, power) == needed


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("target", "true_rate"), [(0.02, 0.02), (0.02, 0.01), (0.0, 0.1), (0.5, 1.0), (0.02, 0.0202)])
def test_what_can_never_be_told_takes_no_number(target: float, true_rate: float) -> None:
    assert operations_needed.operations_needed(target, true_rate) is None
