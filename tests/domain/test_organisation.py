from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisationsnummer import organisationsnummer as oracle

from kvalitetsapp.domain import organisation


@given(st.integers(10, 99), st.integers(20, 99), st.integers(0, 999_999))
def test_what_is_accepted_is_what_the_organisationsnummer_package_accepts(group: int, middle: int, rest: int) -> None:
    ten = f"{group}{middle}{rest:06d}"
    assert (organisation.canonical(ten) == ten) == oracle.valid(ten)


@pytest.mark.parametrize("delivered", ["556000-0068", "5560000068", "16556000-0068", "165560000068"])
def test_every_notation_gives_the_same_ten_digits(delivered: str) -> None:
    assert organisation.canonical(delivered) == "5560000068"


@pytest.mark.parametrize("delivered", ["5560000069", "8001019876", "556000006", "55 6000 0068", "SE5560000068"])
def test_a_wrong_number_has_no_canonical_form(delivered: str) -> None:
    assert organisation.canonical(delivered) is None
