"""Whole numbers of events behind a printed share, against rounding done by hand and against trying every number."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis.possible_counts import possible_counts, rounds_to, share_of
from kvalitetsapp.domain.typed_figures import Counts, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDINARY = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, int]:
    """Return n, k of n, and a number of decimals."""
    n = draw(st.integers(1, 20_000))
    return n, draw(st.integers(0, n)), draw(st.integers(0, 3))


def printed(events: int, n: int, decimals: int, rounding: str) -> Decimal:
    """Return a share as a program prints it; 60 digits are more than tell a half from what is beside it here."""
    exact = Context(prec=60).divide(Decimal(100 * events), Decimal(n))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)


@given(shares(), st.sampled_from(ORDINARY))
def test_a_share_that_was_rounded_from_a_whole_number_is_always_found_possible(
    share: tuple[int, int, int], rounding: str
) -> None:
    n, events, decimals = share
    found = possible_counts(printed(events, n, decimals, rounding), n)
    assert found.is_possible
    assert found.counts is not None
    assert found.counts.low <= events <= found.counts.high


@given(shares(), st.sampled_from([ROUND_DOWN, ROUND_CEILING]))
def test_a_share_whose_decimals_were_cut_or_raised_is_possible_or_told_to_be_that(
    share: tuple[int, int, int], rounding: str
) -> None:
    n, events, decimals = share
    found = possible_counts(printed(events, n, decimals, rounding), n)
    way = found.truncated if rounding == ROUND_DOWN else found.raised
    assert found.is_possible or (way is not None and way.low <= events <= way.high)


def every_share() -> Iterator[tuple[int, Decimal]]:
    for n in range(1, 31):
        yield from ((n, Decimal(digits)) for digits in range(101))
        yield from ((n, Decimal(digits).scaleb(-1)) for digits in range(0, 1001, 7))


def test_trying_every_number_finds_the_same_ones() -> None:
    for n, value in every_share():
        half = Fraction(1, 2 * 10 ** max(0, -int(value.as_tuple().exponent)))
        by_hand = [k for k in range(n + 1) if abs(Fraction(100 * k, n) - Fraction(value)) <= half]
        found = possible_counts(value, n)
        assert found.is_possible == bool(by_hand), (n, value)
        if by_hand:
            assert found.counts == Counts(by_hand[0], by_hand[-1])
        else:
            cut = [k for k in range(n + 1) if printed(k, n, -int(value.as_tuple().exponent), ROUND_DOWN) == value]
            up = [k for k in range(n + 1) if printed(k, n, -int(value.as_tuple().exponent), ROUND_CEILING) == value]
            assert found.truncated == (Counts(cut[0], cut[-1]) if cut else None), (n, value)
            assert found.raised == (Counts(up[0], up[-1]) if up else None), (n, value)


def test_the_numbers_told_where_none_is_possible_lie_next_to_the_share() -> None:
    for n, value in every_share():
        found = possible_counts(value, n)
        if not found.is_possible:
            assert found.below is not None
            assert found.above is not None
            assert found.above.events == found.below.events + 1
            assert found.below.value < value < found.above.value


@pytest.mark.parametrize(
    ("text", "n", "rounding"),
    [
        ("50", 100, Rounding.NEAREST),
        ("0", 200, Rounding.NEAREST),
        ("13", 8, Rounding.HALF_UP),  # 12,5 % is 13 % with the half up
        ("12", 8, Rounding.HALF_EVEN),  # and 12 % with the half to even
        ("37", 8, Rounding.HALF_DOWN),  # 37,5 % is 37 % only with the half down
        ("0.5", 336, Rounding.TRUNCATED),
        ("6.4", 426, Rounding.RAISED),
        ("4.1", 475, Rounding.NONE),
    ],
)
def test_the_way_of_rounding_is_told(text: str, n: int, rounding: Rounding) -> None:
    assert possible_counts(Decimal(text), n).rounding is rounding


def test_more_decimals_leave_fewer_possible_numbers() -> None:
    assert possible_counts(Decimal(3), 30).counts == Counts(1, 1)
    assert not possible_counts(Decimal("3.0"), 30).is_possible
    assert possible_counts(Decimal("3.3"), 30).is_possible


@given(st.integers(1, 10**12), st.integers(0, 2), st.data())
def test_from_a_hundred_times_the_last_decimal_on_every_share_is_possible(
    n: int, decimals: int, data: st.DataObject
) -> None:
    digits = data.draw(st.integers(0, 100 * 10**decimals))
    if n >= 100 * 10**decimals:
        assert possible_counts(Decimal(digits).scaleb(-decimals), n).is_possible


def test_a_share_is_rounded_with_its_half_up_and_a_figure_is_the_other_one_rounded() -> None:
    assert str(share_of(1, 8, 0)) == "13"
    assert str(share_of(22, 503, 1)) == "4.4"
    assert rounds_to(Decimal("98.3"), Decimal(98))
    assert rounds_to(Decimal("98.5"), Decimal(98))
    assert not rounds_to(Decimal("98.6"), Decimal(98))
