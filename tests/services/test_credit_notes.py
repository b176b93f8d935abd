"""Documents credited in whole or part: both know of each other, the cap gets its room, never more than there was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep, CreditReason, DocumentType
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import bases, credit_notes
from kvalitetsapp.store import audit, claims
from kvalitetsapp.store import bases as store
from support import made_claims, reviewing, trials

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis, BasisView
    from kvalitetsapp.services.workspace import Workspace

WRONG_PRICE = CreditReason.WRONG_PRICE


@pytest.fixture
def basis(workspace: Workspace) -> Basis:
    """Return a document with a claim of two lines."""
    return issued(workspace, made_claims.approved(workspace, 1_000_00, 250_50))


def issued(workspace: Workspace, *wanted: int) -> Basis:
    made_claims.set_up(workspace)
    found = bases.issue(workspace, wanted, issued_on=date(2026, 2, 1)).basis
    assert found is not None
    return found


def credited(workspace: Workspace, basis: Basis, *lines: CreditLine) -> Basis:
    done = credit_notes.issue(workspace, basis.basis, lines)
    assert done.faults == ()
    assert done.basis is not None
    return done.basis


def seen(workspace: Workspace, basis: Basis) -> BasisView:
    return bases.view(workspace, basis.number)


def test_a_part_is_credited_and_both_documents_tell_of_each_other(workspace: Workspace, basis: Basis) -> None:
    note = credited(workspace, basis, CreditLine(2, 50_00, WRONG_PRICE, " fel prisår "))
    assert (note.document_type, note.counter, note.amount) == (DocumentType.CREDIT_NOTE, basis.counter + 1, 50_00)
    assert (note.credits, note.credited_number, note.credited_on) == (basis.basis, basis.number, basis.issued_on)
    (line,) = note.lines
    assert (line.line, line.credited_line, line.credit_reason, line.reason) == (1, 2, 2, "fel prisår")
    assert (note.issuer, note.receiver) == (basis.issuer, basis.receiver)
    view = seen(workspace, basis)
    assert (view.credit_notes, view.credited) == ((note,), 50_00)
    assert [view.left_of(one) for one in (1, 2)] == [1_000_00, 200_50]
    assert seen(workspace, note).basis == note
    assert [one.basis for one in bases.of_claim(workspace, basis.lines[0].claim)] == [basis, note]
    claim = basis.lines[0].claim
    assert made_claims.status(workspace, claim) is ClaimStatus.ISSUED
    assert claims.steps(workspace.store, claim)[-1].kind is ClaimStep.CREDITED
    assert audit.entries(workspace.store)[0].action == "credit_note_issued"


def test_what_is_credited_is_room_under_the_cap_again(workspace: Workspace, basis: Basis) -> None:
    claim = basis.lines[0].claim
    drawn = made_claims.CAP - basis.amount
    assert made_claims.left_under_the_cap(workspace, claim) == drawn
    credited(workspace, basis, CreditLine(1, 400_00, WRONG_PRICE, "fel"), CreditLine(2, 50, WRONG_PRICE, "fel"))
    assert made_claims.left_under_the_cap(workspace, claim) == drawn + 400_50


def test_a_claim_that_is_credited_to_the_last_ore_is_withdrawn(workspace: Workspace) -> None:
    one = made_claims.approved(workspace, 1_000_00)
    other = made_claims.approved(workspace, 500_00)
    basis = issued(workspace, one, other)
    credited(workspace, basis, CreditLine(1, 600_00, WRONG_PRICE, "fel"))
    credited(workspace, basis, CreditLine(1, 400_00, CreditReason.DUPLICATE, "igen"))
    assert made_claims.status(workspace, one) is ClaimStatus.WITHDRAWN
    assert made_claims.status(workspace, other) is ClaimStatus.ISSUED
    assert made_claims.left_under_the_cap(workspace, one) == made_claims.CAP - 500_00


def test_the_whole_of_what_is_left_is_credited_in_one_go(workspace: Workspace, basis: Basis) -> None:
    credited(workspace, basis, CreditLine(1, 1, WRONG_PRICE, "fel"))
    rest = credit_notes.whole(seen(workspace, basis), CreditReason.NOT_BILLABLE, "Avtalet gällde inte")
    note = credited(workspace, basis, *rest)
    assert note.amount == basis.amount - 1
    assert credit_notes.whole(seen(workspace, basis), CreditReason.NOT_BILLABLE, "igen") == ()
    assert made_claims.status(workspace, basis.lines[0].claim) is ClaimStatus.WITHDRAWN


def test_a_settled_claim_is_credited_and_stays_settled(workspace: Workspace, basis: Basis) -> None:
    claim = basis.lines[0].claim
    with workspace.store.transaction():
        workspace.store.write("UPDATE claims SET status = 'settled'")
    credited(workspace, basis, *credit_notes.whole(seen(workspace, basis), WRONG_PRICE, "fel"))
    assert made_claims.status(workspace, claim) is ClaimStatus.SETTLED


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (CreditLine(1, 1_000_01, WRONG_PRICE, "fel"), "lines.1.amount"),
        (CreditLine(1, 0, WRONG_PRICE, "fel"), "lines.1.amount"),
        (CreditLine(1, -5, WRONG_PRICE, "fel"), "lines.1.amount"),
        (CreditLine(3, 5, WRONG_PRICE, "fel"), "lines.3"),
        (CreditLine(1, 5, WRONG_PRICE, " "), "lines.1.reason"),
        (CreditLine(1, 5, WRONG_PRICE, "x" * 201), "lines.1.reason"),
        (CreditLine(1, 5, WRONG_PRICE, "två\nrader"), "lines.1.reason"),
        (CreditLine(1, 5, WRONG_PRICE, "gällde 19681209-9874"), "lines.1.reason"),
        (CreditLine(1, 5, 10, "fel"), "lines.1.credit_reason"),  # type: ignore[arg-type]
    ],
)
def test_a_line_that_cannot_be_credited_is_refused_at_its_field(
    workspace: Workspace, basis: Basis, line: CreditLine, field: str
) -> None:
    good = CreditLine(2, 1, WRONG_PRICE, "fel")
    done = credit_notes.issue(workspace, basis.basis, [line, good])
    assert (done.basis, [one.field for one in done.faults]) == (None, [field])
    assert len(store.all_bases(workspace.store)) == 1
    assert made_claims.left_under_the_cap(workspace, basis.lines[0].claim) == made_claims.CAP - basis.amount


def test_nothing_twice_no_credit_of_a_credit_and_no_day_before(workspace: Workspace, basis: Basis) -> None:
    part = CreditLine(1, 5, WRONG_PRICE, "fel")
    note = credited(workspace, basis, part)
    assert _refused(workspace, note.basis, part) == ["basis"]
    assert _refused(workspace, basis.basis, part, part) == ["lines"]
    assert _refused(workspace, basis.basis) == ["lines"]
    for day in (basis.issued_on - timedelta(days=1), workspace.today + timedelta(days=1)):
        done = credit_notes.issue(workspace, basis.basis, [part], issued_on=day)
        assert [one.field for one in done.faults] == ["issued_on"]
    with pytest.raises(InputError, match="inget underlag"):
        credit_notes.issue(workspace, 99, [part])


def _refused(workspace: Workspace, basis: int, *lines: CreditLine) -> list[str]:
    return [one.field for one in credit_notes.issue(workspace, basis, lines).faults]


@settings(max_examples=trials.few(5, at_length=40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.integers(1, 500), min_size=1, max_size=2),
    asked=st.lists(st.tuples(st.integers(1, 2), st.integers(-5, 400)), max_size=6),
)
def test_no_order_of_credits_ever_takes_back_more_than_was_asked_for(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int], asked: list[tuple[int, int]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("kredit")
    with reviewing.make(folder) as workspace:
        claim = made_claims.approved(workspace, *amounts)
        basis = issued(workspace, claim)
        left = dict(enumerate(amounts, start=1))
        for line, amount in asked:
            done = credit_notes.issue(workspace, basis.basis, [CreditLine(line, amount, WRONG_PRICE, "fel")])
            possible = 0 < amount <= left.get(line, 0)
            assert (done.basis is not None) is possible
            left[line] = left.get(line, 0) - (amount if possible else 0)
        whole = sum(left.get(line, 0) for line in range(1, len(amounts) + 1))
        assert made_claims.left_under_the_cap(workspace, claim) == made_claims.CAP - whole
        assert (made_claims.status(workspace, claim) is ClaimStatus.WITHDRAWN) is (whole == 0)
        counters = [one.counter for one in store.all_bases(workspace.store)]
        assert counters == list(range(1, len(counters) + 1))
        assert audit.first_broken(workspace.store) is None
