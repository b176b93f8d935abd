"""R15: deductible and cap, to the öre, whatever the history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import cap_ledger

ORE = st.integers(0, 400_000_00)


@dataclass(frozen=True)
class Case:
    """One case: its terms and its events' costs in order."""

    deductible: int
    cap: int
    whole_cap_each: bool
    costs: list[int]


CASES = st.lists(st.builds(Case, st.integers(0, 60_000_00), ORE, st.booleans(), st.lists(ORE, min_size=1, max_size=6)))


def drawn(cases: list[Case]) -> cap_ledger.Draws:
    sizes = [len(case.costs) for case in cases]
    return cap_ledger.draw(
        np.repeat(np.arange(len(cases)), sizes),
        np.array([cost for case in cases for cost in case.costs], dtype=np.int64),
        np.repeat(np.array([case.deductible for case in cases], dtype=np.int64), sizes),
        np.repeat(np.array([case.cap for case in cases], dtype=np.int64), sizes),
        np.repeat(np.array([case.whole_cap_each for case in cases], dtype=np.bool_), sizes),
    )


def by_hand(case: Case) -> list[tuple[int, int, int, int]]:
    """The rule as a clerk would follow it, event by event."""
    rows, deductible, cap = [], case.deductible, case.cap
    for cost in case.costs:
        if case.whole_cap_each:
            cap = case.cap
        borne = min(cost, deductible)
        claimable = min(cost - borne, cap)
        deductible, cap = deductible - borne, cap - claimable
        rows.append((borne, claimable, cost - borne - claimable, cap))
    return rows


@given(CASES)
def test_r15_every_event_draws_what_a_clerk_would_draw(cases: list[Case]) -> None:
    found = drawn(cases)
    columns = (found.deductible, found.claimable, found.over_cap, found.cap_left)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    assert list(rows) == [row for case in cases for row in by_hand(case)]


@given(CASES)
def test_r15_no_ore_is_lost_and_no_case_passes_its_cap(cases: list[Case]) -> None:
    found = drawn(cases)
    costs = np.array([cost for case in cases for cost in case.costs], dtype=np.int64)
    np.testing.assert_array_equal(found.deductible + found.claimable + found.over_cap, costs)
    begin = 0
    for case in cases:
        part = slice(begin, begin + len(case.costs))
        begin += len(case.costs)
        assert 0 <= found.deductible[part].sum() <= case.deductible
        assert min(found.claimable[part].min(), found.over_cap[part].min(), found.cap_left[part].min()) >= 0
        drawn_upon = found.claimable[part].max() if case.whole_cap_each else found.claimable[part].sum()
        assert 0 <= drawn_upon <= case.cap


def test_r15_the_cap_may_be_met_to_the_ore() -> None:
    found = drawn([Case(2_500_50, 99_999_99, whole_cap_each=False, costs=[2_500_51, 99_999_98, 1])])
    assert found.claimable.tolist() == [1, 99_999_98, 0]
    assert found.over_cap.tolist() == [0, 0, 1]
    assert found.cap_left.tolist() == [99_999_98, 0, 0]


def test_r15_sums_far_above_any_cap_stay_exact() -> None:
    found = drawn([Case(1, 2**40, whole_cap_each=False, costs=[2**41 + 1])] * 1000)
    assert set(found.claimable.tolist()) == {2**40}
    assert set(found.over_cap.tolist()) == {2**40}


def test_r15_a_ledger_without_events_is_empty() -> None:
    assert drawn([]).claimable.tolist() == []
