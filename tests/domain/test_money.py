from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.money import LARGEST_ORE, AmountFault, from_number, parse
from kvalitetsapp.texts import kronor

ORE = st.integers(0, 10**12)
SPACES = st.sampled_from(["", " ", "\u00a0", "\u202f"])


@given(ORE, SPACES, st.sampled_from([",", "."]))
def test_what_is_written_with_two_decimals_is_read_back_exactly(ore: int, space: str, sign: str) -> None:
    text = f"{ore // 100:,}".replace(",", space) + f"{sign}{ore % 100:02d}"
    found = parse(text)
    assert found == ore
    assert isinstance(found, int)


@given(ORE)
def test_what_the_program_writes_for_people_it_reads(ore: int) -> None:
    assert parse(kronor(ore).removesuffix("kr").strip()) == ore


@given(st.integers(0, 10**10), st.integers(0, 9), st.sampled_from([",", "."]))
def test_one_decimal_is_tens_of_ore(whole: int, tenth: int, sign: str) -> None:
    assert parse(f"{whole}{sign}{tenth}") == whole * 100 + tenth * 10


@given(st.text("0123456789 ,.-\u2212()eE+\u00a0NaInf"))
def test_nothing_is_ever_read_as_anything_but_whole_ore_or_a_fault(text: str) -> None:
    found = parse(text)
    assert isinstance(found, AmountFault) or (type(found) is int and 0 <= found <= LARGEST_ORE)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([",", "."]))
def test_three_digits_after_a_sign_are_never_guessed(left: int, right: int, sign: str) -> None:
    assert parse(f"{left}{sign}{right:03d}") is AmountFault.TWO_READINGS


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1.234", AmountFault.TWO_READINGS),
        ("12,345", AmountFault.TWO_READINGS),
        ("1.234,50", AmountFault.TWO_READINGS),
        ("1,234.50", AmountFault.TWO_READINGS),
        ("1.2.3", AmountFault.TWO_READINGS),
        ("1 23,5", AmountFault.TWO_READINGS),
        ("12 34", AmountFault.TWO_READINGS),
        ("12,", AmountFault.TWO_READINGS),
        ("NaN", AmountFault.NOT_A_NUMBER),
        ("1e5", AmountFault.NOT_A_NUMBER),
        ("(500)", AmountFault.NOT_A_NUMBER),
        ("cirka 4000", AmountFault.NOT_A_NUMBER),
        ("1_000", AmountFault.NOT_A_NUMBER),
        ("١٢٣", AmountFault.NOT_A_NUMBER),
        ("+500", AmountFault.NOT_A_NUMBER),
        ("-1234,5", AmountFault.NEGATIVE),
        ("-1\u00a0234,50", AmountFault.NEGATIVE),
        ("\u2212500", AmountFault.NEGATIVE),
        ("-" * 5000, AmountFault.NOT_A_NUMBER),
        ("9" * 17, AmountFault.TOO_LARGE),
        ("10000000000000,01", AmountFault.TOO_LARGE),
    ],
)
def test_an_amount_that_cannot_be_right_is_refused(text: str, fault: AmountFault) -> None:
    assert parse(text) is fault


@pytest.mark.parametrize(("text", "ore"), [("0", 0), ("0,00", 0), ("60\u202f000,5", 6_000_050), ("0012", 1200)])
def test_an_amount_of_zero_is_a_value(text: str, ore: int) -> None:
    assert parse(text) == ore


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (60000, 6_000_000),
        (Decimal("9850.50"), 985_050),
        (Decimal("99999.99"), 9_999_999),
        (Decimal("0.001"), AmountFault.NOT_A_NUMBER),
        (Decimal("NaN"), AmountFault.NOT_A_NUMBER),
        (Decimal("1e999999999"), AmountFault.TOO_LARGE),
        (-1, AmountFault.NEGATIVE),
        (True, AmountFault.NOT_A_NUMBER),
        ("60000", AmountFault.NOT_A_NUMBER),
    ],
)
def test_a_number_of_an_agreement_is_whole_ore(value: object, expected: int | AmountFault) -> None:
    assert from_number(value) == expected
