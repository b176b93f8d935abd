"""R14: DRG weights are read exactly or refused, and weight times price is right to the öre."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import drg
from kvalitetsapp.domain.drg import WeightFault

WEIGHTS = st.integers(1, drg.WEIGHT_LIMIT - 1)
PRICES = st.integers(1, drg.HIGHEST_PRICE)


@pytest.mark.parametrize(
    ("text", "weight"),
    [("0,8123", 8123), ("0.8123", 8123), ("1", 10_000), ("1,5", 15_000), ("1,234", 12_340), ("999,9999", 9_999_999)],
)
def test_r14_a_weight_is_kept_in_whole_ten_thousandths(text: str, weight: int) -> None:
    assert drg.parse_weight(text) == weight


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("0,81234", WeightFault.DECIMALS),
        ("0", WeightFault.NOT_ABOVE_ZERO),
        ("0,0000", WeightFault.NOT_ABOVE_ZERO),
        ("1.234,5", WeightFault.TWO_READINGS),
        ("1 234", WeightFault.TWO_READINGS),
        ("1,2,3", WeightFault.TWO_READINGS),
        ("1000", WeightFault.TOO_LARGE),
        ("9" * 40, WeightFault.TOO_LARGE),
        ("-1", WeightFault.NOT_A_NUMBER),
        ("1e3", WeightFault.NOT_A_NUMBER),
        ("½", WeightFault.NOT_A_NUMBER),
        (",5", WeightFault.NOT_A_NUMBER),
    ],
)
def test_r14_a_weight_that_is_none_or_can_be_read_twice_is_refused(text: str, fault: WeightFault) -> None:
    assert drg.parse_weight(text) is fault


@given(WEIGHTS)
def test_r14_a_weight_reads_back_as_it_is_shown(weight: int) -> None:
    assert drg.parse_weight(drg.weight_text(weight)) == weight


@given(WEIGHTS, PRICES)
def test_r14_the_cost_by_drg_is_weight_times_price_to_the_ore_half_an_ore_upwards(weight: int, price: int) -> None:
    exact = Decimal(weight) / 10_000 * Decimal(price)
    assert drg.cost(weight, price) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_r14_no_product_of_a_weight_and_a_price_that_are_let_in_passes_64_bits() -> None:
    assert (drg.WEIGHT_LIMIT - 1) * drg.HIGHEST_PRICE + drg.UNITS < 2**63
