"""The letter of a reminder: from the parties on the document, the same again, and paid by the number in the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import bases, basis_steps, claim_answers, payments, reminder_letters, reminders
from kvalitetsapp.store import audit, billing
from support import made_claims, made_documents, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.workspace import Workspace

ISSUED = date(2026, 1, 20)


@pytest.fixture
def view(workspace: Workspace) -> BasisView:
    """Return a document of two claims that was sent and is due for a reminder, one of them disputed."""
    made_claims.set_up(workspace)
    first = made_claims.approved(workspace, 1_000_00, events=("2",))
    second = made_claims.approved(workspace, 250_00, events=("3",))
    basis = bases.issue(workspace, [first, second], issued_on=ISSUED).basis
    assert basis is not None
    found = bases.view(workspace, basis.number)
    basis_steps.mark_sent(workspace, found, ground="follow_up", channel="Säker e-post", day=ISSUED)
    claim_answers.dispute(workspace, second, "Ej vår patient")
    return found


def test_the_letter_asks_the_one_on_the_document_for_what_is_not_contested(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    basis_steps.write_legal_number(workspace, view, "90012345")
    with workspace.store.transaction():
        billing.set_receiver(workspace.store, made_documents.RECEIVER.__class__("P01", "Nytt namn"), "Anna")
    reminder = reminders.register(workspace, view.basis.number).reminder
    done = reminder_letters.write(workspace, reminder, tmp_path)
    assert done.path == tmp_path / f"{view.basis.number}-paminnelse-1.pdf"
    told = pdf.read(done.path.read_bytes()).text.replace("\u00a0", " ")
    assert "Till Fjällkliniken AB" in told
    assert "Nytt namn" not in told
    assert "Fakturanummer 90012345" in told
    assert "Underlagets belopp 1 250,00 kr Betalt, krediterat eller undantaget 250,00 kr" in told
    assert f"Betalas senast {reminder.due_on.isoformat()}" in told
    assert "Kvar att betala: 1 000,00 kr" in told
    assert audit.entries(workspace.store)[0].action == "reminder_written"


def test_the_letter_of_a_registered_reminder_can_be_written_again_after_a_payment(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    first = reminder_letters.write(workspace, reminders.register(workspace, view.basis.number).reminder, tmp_path)
    before = first.path.read_bytes()
    payments.record(workspace, NewPayment(workspace.today, 400_00, view.basis.number))
    again = reminder_letters.write(workspace, reminder_letters.latest(workspace, view.basis.number), tmp_path)
    assert (again.path, again.path.read_bytes()) == (first.path, before)


def test_a_document_that_was_never_reminded_of_has_no_letter(workspace: Workspace, view: BasisView) -> None:
    with pytest.raises(InputError, match="har ingen påminnelse"):
        reminder_letters.latest(workspace, view.basis.number)


def test_a_letter_that_cannot_be_written_leaves_no_trace(
    workspace: Workspace, view: BasisView, tmp_path: Path
) -> None:
    reminder = reminders.register(workspace, view.basis.number).reminder
    before = audit.entries(workspace.store)
    with pytest.raises(RefusedError, match="Filen kunde inte skrivas"):
        reminder_letters.write(workspace, reminder, tmp_path / "finns inte")
    assert audit.entries(workspace.store) == before


def test_a_payment_finds_the_document_by_the_number_that_finance_wrote_back(
    workspace: Workspace, view: BasisView
) -> None:
    basis_steps.write_legal_number(workspace, view, "F-90012344")
    basis_steps.write_legal_number(workspace, view, "F-90012345", reason="felskrivet")
    wrong = payments.record(workspace, NewPayment(workspace.today, 10_00, "Faktura F-90012344"))
    right = payments.record(workspace, NewPayment(workspace.today, 400_00, "Faktura f-90012345"))
    placed = {one.payment: one.placed for one in payments.payments(workspace)}
    assert placed == {wrong.payment: 0, right.payment: 400_00}
    reminder = reminders.due(workspace)[0]
    assert (reminder.legal_number, reminder.amount) == ("F-90012345", 600_00)
    assert timedelta(0) < reminder.due_on - reminder.reminded_on
