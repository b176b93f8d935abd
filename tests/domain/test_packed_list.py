"""Columns of whole numbers as small as they can be, and numbers for ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis.waiting.lists import numbers, small
from kvalitetsapp.domain.packed_list import entry_number, of_numbers, of_rising, of_words

WHOLE = st.integers(-(1 << 40), 1 << 40)


@given(st.lists(st.none() | WHOLE))
def test_numbers_come_back_and_those_that_are_missing_are_missing(values: list[int | None]) -> None:
    absent = -(1 << 50)
    assert numbers(of_numbers(values), absent).tolist() == [absent if value is None else value for value in values]


@given(st.lists(st.integers(0, 1 << 62)).map(sorted))
def test_numbers_that_rise_come_back(values: list[int]) -> None:
    assert numbers(of_rising(values)).tolist() == values


@given(st.lists(st.sampled_from(["05", "08", "", None])))
def test_words_come_back(values: list[str | None]) -> None:
    column = of_words(values)
    assert [column.words[place] for place in small(column).tolist()] == values


def test_a_column_takes_no_more_bytes_than_its_numbers_need() -> None:
    assert [of_numbers([least, most]).code for least, most in ((0, 127), (0, 128), (-1, 128), (0, 65_535))] == [
        *("b", "B", "h", "H")
    ]


IDS = st.text("0123456789K-å", min_size=1, max_size=20)


@given(IDS, IDS)
def test_an_id_has_one_number_and_another_id_another(one: str, other: str) -> None:
    assert 0 <= entry_number(one) < 1 << 63
    assert (entry_number(one) == entry_number(other)) == (one == other)


def test_an_id_that_is_a_whole_number_is_that_number_unless_noughts_tell_it_apart() -> None:
    assert entry_number("90112") == 90_112
    assert entry_number("0090112") != 90_112
