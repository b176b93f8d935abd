"""Bankgiro numbers: form, check digit, and how they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import bankgiro


def luhn(digits: str) -> int:
    """Return the check digit that belongs behind some digits, worked out the slow way."""
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits))]
    return -sum(sum(divmod(d, 10)) for d in doubled) % 10


BODIES = st.text("0123456789", min_size=6, max_size=7).filter(lambda body: body.strip("0"))


@given(BODIES)
def test_the_right_check_digit_is_let_in_with_and_without_its_hyphen(body: str) -> None:
    whole = f"{body}{luhn(body)}"
    assert bankgiro.canonical(whole) == whole
    assert bankgiro.canonical(bankgiro.formatted(whole)) == whole


@given(BODIES, st.integers(1, 9))
def test_every_other_check_digit_is_refused(body: str, off: int) -> None:
    assert bankgiro.canonical(f"{body}{(luhn(body) + off) % 10}") is None


@given(BODIES, st.data())
def test_one_wrong_digit_is_always_found(body: str, data: st.DataObject) -> None:
    whole = f"{body}{luhn(body)}"
    place = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != whole[place]]))
    assert bankgiro.canonical(whole[:place] + wrong + whole[place + 1 :]) is None


@given(st.text())
def test_whatever_is_let_in_is_seven_or_eight_ascii_digits(text: str) -> None:
    found = bankgiro.canonical(text)
    assert found is None or (found.isascii() and found.isdigit() and len(found) in {7, 8})


@pytest.mark.parametrize(
    "written", ["", "991-234", "9912346 ", "99-12346", "٩٩١٢٣٤٦", "0000000", "991--2346", "123456789"]
)
def test_another_form_is_refused(written: str) -> None:
    assert bankgiro.canonical(written) is None


def test_seven_and_eight_digits_are_printed_with_four_behind_the_hyphen() -> None:
    assert bankgiro.formatted("9912346") == "991-2346"
    assert bankgiro.formatted("12345674") == "1234-5674"
