"""Small numbers outside the department: hidden, and not to be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports.cells import ALSO_HIDDEN, HIDDEN, Cells

INSIDE, OUTSIDE = Cells(suppress=False), Cells(suppress=True)


def test_inside_the_department_every_count_stands() -> None:
    assert INSIDE.column([1, 4, 5], with_total=True) == ["1", "4", "5"]
    assert INSIDE.table([[1, 1], [1, 1]]) == [["1", "1"], ["1", "1"]]


def test_outside_one_to_four_are_hidden_and_zero_and_five_are_shown() -> None:
    assert [OUTSIDE.count(n) for n in range(6)] == ["0", *[HIDDEN] * 4, "5"]


def test_a_hidden_count_cannot_be_had_from_the_total() -> None:
    assert OUTSIDE.column([3, 20, 8, 31], with_total=True) == [HIDDEN, "20", ALSO_HIDDEN, "31"]


def test_where_nothing_else_can_be_hidden_the_total_is() -> None:
    assert OUTSIDE.column([3, 0, 3], with_total=True) == [HIDDEN, "0", HIDDEN]


def test_a_rate_of_hidden_events_or_of_fewer_than_ten_is_not_shown_outside() -> None:
    few, small = Share(3, 100, 0.03, 0.01, 0.08), Share(5, 9, 0.56, 0.2, 0.8)
    assert OUTSIDE.rate(few) == OUTSIDE.interval(few) == "–"
    assert OUTSIDE.rate(small) == "–"
    assert INSIDE.rate(few) == "3,0\u00a0%"
    assert INSIDE.interval(few) == "1,0–8,0\u00a0%"


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_line_of_a_table_has_just_one_hidden_cell_beside_others_above_zero(body: list[list[int]]) -> None:
    rows = [[*row, sum(row)] for row in body]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    shown = OUTSIDE.table(rows)
    lines = [list(zip(row, texts, strict=True)) for row, texts in zip(rows, shown, strict=True)]
    lines += [list(column) for column in zip(*lines, strict=True)]
    for line in lines:
        hidden = [count for count, text in line if text in (HIDDEN, ALSO_HIDDEN)]
        shown_above_zero = [count for count, text in line if text not in (HIDDEN, ALSO_HIDDEN) and count]
        assert len(hidden) != 1 or not shown_above_zero
    assert all(text not in {"1", "2", "3", "4"} for row in shown for text in row)
