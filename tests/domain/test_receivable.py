"""What is paid of a document lies on its lines, to the öre."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.receivable import OwedLine, Receivable

DAY = date(2024, 1, 15)
ISSUED = [status for status in ClaimStatus if status not in {ClaimStatus.DRAFT, ClaimStatus.APPROVED}]
LINES = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50), st.sampled_from(ISSUED)), max_size=8)
PAID = st.integers(-20, 500)


def owed(paid: int, *lines: tuple[int, int, ClaimStatus]) -> Receivable:
    """Return a document of lines (amount, credited of it, status of its claim) with something paid on it."""
    told = tuple(
        OwedLine(place, place, status, amount, min(amount, credited))
        for place, (amount, credited, status) in enumerate(lines, 1)
    )
    return Receivable(1, "ZVF", "P01", "Kliniken", DAY, DAY, paid, told)


def test_lines_are_paid_in_order_disputed_ones_and_then_written_off_ones_last() -> None:
    lines = [
        (90, 0, ClaimStatus.WRITTEN_OFF),
        (100, 0, ClaimStatus.DISPUTED),
        (40, 0, ClaimStatus.SENT),
        (70, 10, ClaimStatus.ACCEPTED),
    ]
    assert owed(70, *lines).paid_by_line() == {1: 0, 2: 0, 3: 40, 4: 30}
    assert owed(150, *lines).paid_by_line() == {1: 0, 2: 50, 3: 40, 4: 60}
    assert owed(210, *lines).paid_by_line() == {1: 10, 2: 100, 3: 40, 4: 60}
    assert owed(999, *lines).paid_by_line() == {1: 90, 2: 100, 3: 40, 4: 60}, "an overpayment pays no line"


def test_what_pays_a_settled_claim_stays_on_it_when_others_are_no_longer_disputed() -> None:
    lines = [(100, 0, ClaimStatus.SENT), (40, 0, ClaimStatus.SETTLED)]
    assert owed(40, *lines).paid_by_line() == {1: 0, 2: 40}


@given(LINES, PAID)
def test_as_much_lies_on_the_lines_as_is_paid_and_they_can_take(
    lines: list[tuple[int, int, ClaimStatus]], paid: int
) -> None:
    found = owed(paid, *lines)
    laid, net = found.paid_by_line(), {line.line: line.net for line in found.lines}
    assert all(0 <= laid[line] <= net[line] for line in net)
    assert sum(laid.values()) == min(max(0, paid), sum(net.values()))
    assert found.disputed + found.written_off + found.undisputed == max(0, found.open)


@given(LINES, PAID, st.integers(1, 50))
def test_more_paid_is_never_less_on_any_line(lines: list[tuple[int, int, ClaimStatus]], paid: int, more: int) -> None:
    before, after = owed(paid, *lines).paid_by_line(), owed(paid + more, *lines).paid_by_line()
    assert all(before[line] <= after[line] for line in before)
