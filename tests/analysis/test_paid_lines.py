"""What is paid of a document lies on its lines, to the öre."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis.paid_lines import lay

LINES = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 50), st.integers(0, 2)), max_size=12)
PAID = st.tuples(*[st.integers(-20, 200)] * 4)


def laid(lines: list[tuple[int, int, int]], paid: tuple[int, ...]) -> list[int]:
    """Lay payments on lines that are numbered as they come."""
    basis = np.array([one for one, _net, _turn in lines], dtype=np.int64)
    net = np.array([net for _basis, net, _turn in lines], dtype=np.int64)
    turn = np.array([each for _basis, _net, each in lines], dtype=np.int64)
    found = lay(basis, np.arange(len(lines)), net, turn, np.array(paid, dtype=np.int64)[basis])
    return [int(amount) for amount in found]


def test_lines_are_paid_in_order_those_whose_turn_is_later_last() -> None:
    lines = [(1, 100, 1), (1, 40, 0), (1, 60, 0)]
    assert laid(lines, (0, 70)) == [0, 40, 30]
    assert laid(lines, (0, 150)) == [50, 40, 60]
    assert laid(lines, (0, 500)) == [100, 40, 60], "an overpayment pays no line"


@given(LINES, PAID)
def test_no_line_is_paid_less_than_nothing_or_more_than_it_claims(
    lines: list[tuple[int, int, int]], paid: tuple[int, ...]
) -> None:
    for amount, (_basis, net, _turn) in zip(laid(lines, paid), lines, strict=True):
        assert 0 <= amount <= net


@given(LINES, PAID)
def test_as_much_lies_on_a_documents_lines_as_is_paid_of_it_and_they_can_take(
    lines: list[tuple[int, int, int]], paid: tuple[int, ...]
) -> None:
    found = laid(lines, paid)
    for basis in {basis for basis, _net, _turn in lines}:
        mine = [place for place, line in enumerate(lines) if line[0] == basis]
        can_take = sum(lines[place][1] for place in mine)
        assert sum(found[place] for place in mine) == min(max(paid[basis], 0), can_take)


@given(LINES, PAID, st.integers(1, 50))
def test_more_paid_is_never_less_on_any_line(
    lines: list[tuple[int, int, int]], paid: tuple[int, ...], more: int
) -> None:
    after = laid(lines, tuple(amount + more for amount in paid))
    assert all(then <= now for then, now in zip(laid(lines, paid), after, strict=True))
