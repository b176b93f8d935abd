"""What happens to a document after it is issued: sent with its disclosure logged, numbered by finance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.claim_words import BasisStep, ClaimStatus, ClaimStep, CreditReason
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import bases, basis_steps, credit_notes, payments, reminders
from kvalitetsapp.store import claims, disclosures
from support import made_claims, made_stores, reviewing
from support.whole_store import left_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.basis_steps import BasisOutcome
    from kvalitetsapp.services.workspace import Workspace

DAY = date(2026, 2, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return the small store with a document of a claim of two lines."""
    with left_whole(made_stores.opened(tmp_path, _with_a_document)) as opened:
        yield opened


def _with_a_document(folder: Path) -> Workspace:
    made = reviewing.make(folder)
    made_claims.set_up(made)
    issued(made, made_claims.approved(made, 1_000_00, 250_50))
    return made


@pytest.fixture
def view(workspace: Workspace) -> BasisView:
    (only,) = bases.all_bases(workspace)
    return only


def issued(workspace: Workspace, claim: int) -> BasisView:
    basis = bases.issue(workspace, [claim], issued_on=DAY).basis
    assert basis is not None
    return bases.view(workspace, basis.number)


def again(workspace: Workspace, view: BasisView) -> BasisView:
    return bases.view(workspace, view.basis.number)


def sent(workspace: Workspace, view: BasisView, day: date = DAY) -> BasisOutcome:
    return basis_steps.mark_sent(workspace, view, ground="follow_up", channel="Säker e-post", day=day)


def test_sending_sends_the_claims_and_logs_what_each_contact_disclosed(workspace: Workspace, view: BasisView) -> None:
    claim = view.basis.lines[0].claim
    done = sent(workspace, view)
    assert done.changes == {Changed.BASES, Changed.CLAIMS, Changed.QUESTIONS}
    assert made_claims.status(workspace, claim) is ClaimStatus.SENT
    step = claims.steps(workspace.store, claim)[-1]
    assert (step.kind, step.day, step.basis) == (ClaimStep.SENT, DAY, view.basis.basis)
    logged = disclosures.all_disclosures(workspace.store)
    assert sorted(one.event_ref for one in logged) == ["bok/2", "bok/3"]
    assert {(one.receiver, one.ground, one.disclosed_on) for one in logged} == {
        ("Fjällkliniken AB", "Uppföljning enligt avtal", DAY)
    }
    assert all(view.basis.number in one.what for one in logged)
    assert again(workspace, view).sent_on == DAY


def test_what_is_sent_again_is_a_further_step_and_moves_no_claim(workspace: Workspace, view: BasisView) -> None:
    claim = view.basis.lines[0].claim
    sent(workspace, view)
    before = claims.steps(workspace.store, claim)
    sent(workspace, view, DAY + timedelta(days=5))
    assert claims.steps(workspace.store, claim) == before
    assert again(workspace, view).sent_on == DAY
    assert len(disclosures.all_disclosures(workspace.store)) == 4


def test_a_sent_credit_note_discloses_only_what_it_credits(workspace: Workspace, view: BasisView) -> None:
    line = CreditLine(1, 5, CreditReason.WRONG_PRICE, "fel")
    note = credit_notes.issue(workspace, view.basis.basis, [line], issued_on=DAY).basis
    assert note is not None
    sent(workspace, bases.view(workspace, note.number))
    assert [one.event_ref for one in disclosures.all_disclosures(workspace.store)] == ["bok/2"]
    assert made_claims.status(workspace, view.basis.lines[0].claim) is ClaimStatus.ISSUED


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"ground": ""}, "Grunden för utlämnandet saknas"),
        ({"channel": " "}, "saknas"),
        ({"receiver": "196812099874"}, "personnummer"),
        ({"day": DAY - timedelta(days=1)}, "Dagen ska ligga"),
        ({"day": date(2100, 1, 1)}, "Dagen ska ligga"),
    ],
)
def test_sending_without_how_why_or_a_possible_day_is_refused(
    workspace: Workspace, view: BasisView, told: dict[str, object], message: str
) -> None:
    given = {"ground": "follow_up", "channel": "brev", "day": DAY} | told
    with pytest.raises(InputError, match=message):
        basis_steps.mark_sent(workspace, view, **given)  # type: ignore[arg-type]
    assert again(workspace, view).steps == ()
    assert disclosures.all_disclosures(workspace.store) == ()


def test_the_number_of_the_finance_system_is_written_back_once_and_corrected_with_a_reason(
    workspace: Workspace, view: BasisView
) -> None:
    basis_steps.write_legal_number(workspace, view, " 90012345 ")
    assert again(workspace, view).legal_number == "90012345"
    for number, reason, message in (("90012345", "igen", "redan"), ("90012346", "", "Skriv varför"), ("", "", "1–50")):
        with pytest.raises(InputError, match=message):
            basis_steps.write_legal_number(workspace, view, number, reason=reason)
    basis_steps.write_legal_number(workspace, view, "90012346", reason="felskrivet")
    now = again(workspace, view)
    assert now.legal_number == "90012346"
    assert [one.kind for one in now.steps] == [BasisStep.LEGAL_NUMBER] * 2
    assert now.steps[-1].content["reason"] == "felskrivet"


def test_two_documents_never_have_the_same_legal_number_at_once(workspace: Workspace, view: BasisView) -> None:
    other = issued(workspace, made_claims.approved(workspace, 5))
    basis_steps.write_legal_number(workspace, view, "90012345")
    with pytest.raises(RefusedError, match=view.basis.number):
        basis_steps.write_legal_number(workspace, other, "90012345")
    basis_steps.write_legal_number(workspace, view, "90012346", reason="satt på fel underlag")
    basis_steps.write_legal_number(workspace, other, "90012345")
    numbers = [one.legal_number for one in bases.all_bases(workspace)]
    assert numbers == ["90012346", "90012345"]


def test_a_document_is_paid_by_the_number_that_the_finance_system_gave_it(
    workspace: Workspace, view: BasisView
) -> None:
    basis_steps.write_legal_number(workspace, view, "F-90012345")
    payments.record(workspace, NewPayment(DAY, view.basis.amount, "Faktura f-90012345"))
    assert made_claims.status(workspace, view.basis.lines[0].claim) is ClaimStatus.SETTLED


def test_a_reminder_is_a_step_with_what_was_open_and_when_it_is_to_be_paid(
    workspace: Workspace, view: BasisView
) -> None:
    sent(workspace, view)
    reminder = reminders.register(workspace, view.basis.number).reminder
    step = again(workspace, view).steps[-1]
    assert (step.kind, step.day) == (BasisStep.REMINDER, workspace.today)
    assert step.content == {"amount": str(view.basis.amount), "due_on": reminder.due_on.isoformat()}
