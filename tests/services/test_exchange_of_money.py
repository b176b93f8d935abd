"""Documents and payments carried between two stores: all that hang together, under the rules that hold here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import ClaimStatus, CreditReason
from kvalitetsapp.domain.exchanged import Standing
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.services import bases, basis_steps, claim_answers, credit_notes, exchange_merge, payments
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import audit, dialect, exchanges, receivables
from support import made_claims, made_stores, reviewing, two_stores
from support.reviewing import ANNA, BO
from support.two_stores import send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


def _make(folder: Path) -> Workspace:
    workspace = reviewing.make(folder)
    made_claims.set_up(workspace)
    made_claims.approved(workspace, 1_000_00, 250_50)
    made_claims.approved(workspace, 600_00, events=("3",))
    return workspace


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Return two stores with two approved claims and all that documents need."""
    parted = two_stores.parted(made_stores.opened(tmp_path, _make), tmp_path, ANNA, BO)
    one, other = next(parted), next(parted)
    yield one, other
    for each in (one, other):
        assert dialect.faults(each.store.conn) == []
        assert audit.first_broken(each.store) is None
    assert list(parted) == []


def issue(workspace: Workspace, *claims: int) -> str:
    outcome = bases.issue(workspace, claims)
    assert outcome.basis is not None, outcome.faults
    return outcome.basis.number


def things(workspace: Workspace) -> dict[str, object]:
    return {one.id: (one.base, frozenset(one.told_acts), one.state) for one in exchange_merge.things_here(workspace)}


def test_a_document_with_its_credit_note_and_payment_is_here_as_it_was_there(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = two
    number = issue(there, 1)
    view = bases.view(there, number)
    basis_steps.mark_sent(there, view, ground="follow_up", channel="Säker e-post")
    basis_steps.write_legal_number(there, view, "90012345")
    line = CreditLine(1, 400_00, CreditReason.WRONG_PRICE, "Priset avsåg fel år")
    assert credit_notes.issue(there, view.basis.basis, [line]).basis is not None
    payments.record(there, NewPayment(there.today, 850_50, "90012345"))
    assert demanded(there, 1).status is ClaimStatus.SETTLED
    outcome = send(there, here, tmp_path)
    assert outcome.held == ()
    assert things(here) == things(there)
    assert demanded(here, 1).status is ClaimStatus.SETTLED
    kept = ("SELECT number, content FROM bases ORDER BY counter", "SELECT amount FROM payments")
    assert [here.store.rows(sql) for sql in kept] == [there.store.rows(sql) for sql in kept]
    assert [one.open for one in receivables.all_receivables(here.store)] == [0]
    assert send(here, there, tmp_path).taken == 0


def test_no_personal_number_is_in_a_package_that_the_other_store_has(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    from kvalitetsapp.store import package_file

    there, here = two
    number = issue(there, 1)
    content = package_file.opened(two_stores.package(there, tmp_path).read_bytes(), two_stores.PASSPHRASE)
    assert b"196812099874" not in content
    send(there, here, tmp_path)
    (told,) = here.store.rows("SELECT content FROM bases WHERE number = ?", (number,))
    assert "196812099874" in told[0]


def test_the_same_number_given_in_both_is_a_conflict_that_nobody_can_take(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    from kvalitetsapp.domain.exchange_conflict import Settled
    from kvalitetsapp.errors import RefusedError
    from kvalitetsapp.services import exchange_conflicts

    there, here = two
    issue(there, 1)
    issue(here, 2)
    before = things(here)
    outcome = send(there, here, tmp_path)
    assert [one.standing for one in outcome.held] == [Standing.CONFLICT]
    (noted,) = exchanges.conflicts(here.store)
    assert "numret finns här med ett annat innehåll" in noted.reason
    with pytest.raises(RefusedError, match="annat innehåll"):
        exchange_conflicts.settle(here, noted.number, Settled.THEIRS, "deras var först")
    assert things(here) == before
    assert demanded(here, 1).status is ClaimStatus.APPROVED  # nothing of a half taken claim
    exchange_conflicts.settle(here, noted.number, Settled.OURS, "vårt är skickat")
    assert send(there, here, tmp_path).held == ()


def test_answers_given_apart_are_settled_by_the_steps_of_claims(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    from kvalitetsapp.domain.exchange_conflict import Settled
    from kvalitetsapp.services import exchange_conflicts

    there, here = two
    issue(there, 1)
    claim_answers.mark_sent(there, [1])
    assert send(there, here, tmp_path).held == ()
    claim_answers.accept(here, 1)
    claim_answers.dispute(there, 1, "kravet bestrids")
    (held,) = send(there, here, tmp_path).held
    assert "båda har gått vidare" in held.reason
    (noted,) = exchanges.conflicts(here.store)
    exchange_conflicts.settle(here, noted.number, Settled.THEIRS, "brevet kom till ekonomi")
    assert demanded(here, 1).status is ClaimStatus.DISPUTED
    assert send(here, there, tmp_path).held == ()
    assert demanded(there, 1).status is ClaimStatus.DISPUTED
    assert things(here) == things(there)


def test_payments_recorded_apart_never_pay_more_than_is_owed(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    there, here = two
    number = issue(there, 1)
    claim_answers.mark_sent(there, [1])
    send(there, here, tmp_path)
    payments.record(here, NewPayment(here.today, 1_000_00, number))
    payments.record(there, NewPayment(there.today, 500_00, number))
    (held,) = send(there, here, tmp_path).held
    assert "mer skulle vara betalt" in held.reason
    assert [one.open for one in receivables.all_receivables(here.store)] == [250_50]


def test_two_payments_recorded_apart_settle_the_claim_together(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    there, here = two
    number = issue(there, 1)
    claim_answers.mark_sent(there, [1])
    send(there, here, tmp_path)
    payments.record(here, NewPayment(here.today, 1_000_00, number))
    payments.record(there, NewPayment(there.today, 250_50, number))
    assert send(there, here, tmp_path).held == ()
    assert demanded(here, 1).status is ClaimStatus.SETTLED
