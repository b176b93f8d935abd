"""Small numbers outside the department: hidden, and not to be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports.cells import ALSO_HIDDEN, Cells
from support import attacked

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN = "<5"
INSIDE, OUTSIDE, STRICT = Cells(), Cells(SmallNumbers.PLAIN), Cells(SmallNumbers.STRICT)


def table(cells: Cells, rows: Sequence[Sequence[int]]) -> list[list[str]]:
    """Return a table whose last column and last row are totals, so that no line gives a hidden cell away."""
    if not rows:
        return []
    last_row, last = len(rows) - 1, len(rows[0]) - 1
    counts = {(r, c): count for r, row in enumerate(rows) for c, count in enumerate(row)}
    sums = [((r, last), [(r, c) for c in range(last)]) for r in range(len(rows))]
    if last_row:
        sums += [((last_row, c), [(r, c) for r in range(last_row)]) for c in range(last + 1)]
    shown = cells.protected(counts, sums)
    return [[shown[r, c] for c in range(last + 1)] for r in range(len(rows))]


def test_inside_the_department_every_count_stands() -> None:
    assert INSIDE.column([1, 4, 5], with_total=True) == ["1", "4", "5"]
    assert table(INSIDE, [[1, 1], [1, 1]]) == [["1", "1"], ["1", "1"]]


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


def test_what_lies_between_two_nested_counts_is_protected_too() -> None:
    counts = {"all": 40, "early": 38, "late": 2}
    sums = [("all", ["early", "late"])]
    shown = OUTSIDE.protected(counts, sums, frozenset({"late"}))
    assert ALSO_HIDDEN in shown.values(), "40 − 38 would tell of two persons"
    assert INSIDE.protected(counts, sums, frozenset({"late"})) == {"all": "40", "early": "38"}


def test_two_hidden_counts_whose_sum_leaves_one_possibility_are_not_enough() -> None:
    assert OUTSIDE.column([1, 1, 30, 40, 72], with_total=True) == [HIDDEN, HIDDEN, ALSO_HIDDEN, "40", "72"]
    assert OUTSIDE.column([4, 4, 30, 40, 78], with_total=True) == [HIDDEN, HIDDEN, ALSO_HIDDEN, "40", "78"]


def test_in_the_strict_mode_up_to_seven_are_hidden_and_the_rest_rounded_to_five() -> None:
    assert [STRICT.count(n) for n in (0, 1, 7, 8, 12, 13)] == ["0", "≤7", "≤7", "10", "10", "15"]
    assert STRICT.rate(Share(33, 300, 0.11, 0.08, 0.15)) == "12\u00a0%", "35 of 300"


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_nobody_can_work_out_a_small_number_of_a_table_with_its_totals(body: list[list[int]]) -> None:
    rows = [[*row, sum(row)] for row in body]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    shown = table(OUTSIDE, rows)
    assert all(text not in {"1", "2", "3", "4"} for row in shown for text in row)
    for (r, c), (least, most) in attacked.table(shown, HIDDEN).items():
        if 0 < rows[r][c] < 5:
            assert most - least > 0.99, f"{rows[r][c]} in row {r}, column {c} can be worked out"
