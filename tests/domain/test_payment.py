"""Payments: what a reference names, how an amount is laid on documents, and what cannot be placed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.payment import amount_of, lacking_in_share, laid, our_numbers, possible_legal_numbers
from kvalitetsapp.domain.receivable import OwedLine, Receivable

NUMBERS = st.from_regex(r"ZVF[0-9]{20}", fullmatch=True)
OPENS = st.lists(st.integers(-1000, 1000), max_size=6)


@given(number=NUMBERS, gaps=st.lists(st.sampled_from(["", " ", "-", "\u00a0", "\n"]), min_size=23, max_size=23))
def test_our_number_is_found_however_it_is_spaced(number: str, gaps: list[str]) -> None:
    spaced = "".join(letter + gap for letter, gap in zip(number.lower(), gaps, strict=True))
    assert our_numbers(f"Avser, {spaced}, tack") == (number,)


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=4, unique=True))
def test_every_number_of_a_reference_is_found_once_in_order(numbers: list[str]) -> None:
    assert our_numbers(", ".join([*numbers, *numbers])) == tuple(numbers)


def test_a_legal_number_is_the_whole_reference_or_a_long_word_of_it() -> None:
    assert list(possible_legal_numbers(" 12 ")) == ["12"]
    assert list(possible_legal_numbers("Faktura F-4711, 12")) == ["faktura f-4711, 12", "faktura", "f-4711"]
    assert list(possible_legal_numbers("  ")) == []


@given(left=st.integers(-3000, 3000), opens=OPENS)
def test_an_amount_is_laid_in_order_and_never_beyond_what_is_open(left: int, opens: list[int]) -> None:
    shares = laid(left, [(place, str(place), each) for place, each in enumerate(opens)])
    assert [share.basis for share in shares] == sorted({share.basis for share in shares})
    placed = sum(share.amount for share in shares)
    for share in shares:
        assert lacking_in_share(share.amount, left, opens[share.basis]) == ""
    takes = sum(each for each in opens if (each > 0) == (left > 0))
    assert placed == (max(0, min(left, takes)) if left > 0 else min(0, max(left, takes)))


@given(
    lines=st.lists(st.tuples(st.integers(1, 900), st.integers(0, 100), st.sampled_from(ClaimStatus)), min_size=1),
    paid=st.integers(0, 5000),
)
def test_what_is_left_on_the_lines_is_what_is_open(lines: list[tuple[int, int, ClaimStatus]], paid: int) -> None:
    from datetime import date

    owed = tuple(
        OwedLine(place, place, status, amount, amount * share // 100)
        for place, (amount, share, status) in enumerate(lines, 1)
    )
    day = date(2024, 1, 1)
    one = Receivable(1, "n", "p", "P", day, day, paid, owed)
    assert sum(one.left_by_line().values()) == max(0, one.open)
    assert one.undisputed >= 0
    assert one.undisputed + one.disputed + one.written_off - one.overpaid == one.open
    assert one.to_remind_of <= one.undisputed


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("60000,50", 60_000_50),
        ("−60 000", -60_000_00),
        ("- 5", -5_00),
        ("--5", AmountFault.NEGATIVE),
        ("1.234", AmountFault.TWO_READINGS),
        ("(5)", AmountFault.NOT_A_NUMBER),
        ("", AmountFault.NOT_A_NUMBER),
    ],
)
def test_an_amount_may_have_a_minus_and_nothing_else_before_it(text: str, ore: int | AmountFault) -> None:
    assert amount_of(text) == ore
