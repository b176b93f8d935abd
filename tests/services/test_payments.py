"""Payments: laid by reference and by hand, never more than is open or than was paid; claims follow what is paid."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_answers, payments
from kvalitetsapp.store import audit
from kvalitetsapp.store import claims as claims_store
from support import made_bases
from support.made_bases import credit, issue, legal_number, statuses

if TYPE_CHECKING:
    from kvalitetsapp.services.payments import PaymentOutcome
    from kvalitetsapp.services.workspace import Workspace

PAID = date(2024, 2, 1)


def pay(workspace: Workspace, amount: int, reference: str = "") -> PaymentOutcome:
    """Record a payment."""
    return payments.record(workspace, NewPayment(PAID, amount, reference))


def on(workspace: Workspace, number: str) -> tuple[int, int]:
    """Return what is paid and what is open on a document."""
    owed = payments.document(workspace, number)
    return owed.paid, owed.open


def test_a_payment_that_names_our_number_pays_the_document_and_settles_its_claims(workspace: Workspace) -> None:
    made = issue(workspace, 70_000_00, 30_000_50)
    done = pay(workspace, 100_000_50, made.number)
    assert on(workspace, made.number) == (100_000_50, 0)
    assert statuses(workspace, made) == ["settled", "settled"]
    assert done.said == (
        f"Betalning nr 1 är sparad. 100\u00a0000,50\u00a0kr är placerade på {made.number}, 0,00\u00a0kr är kvar."
    )
    assert done.changes == {Changed.PAYMENTS, Changed.CLAIMS}
    assert audit.entries(workspace.store)[0].action == "payment_recorded"


@pytest.mark.parametrize("form", ["Avser {0} tack", "{1}", "zvf {2}", "Faktura F-4711"])
def test_a_reference_is_found_in_text_with_blanks_and_as_a_legal_number(workspace: Workspace, form: str) -> None:
    made = issue(workspace, 500_00)
    legal_number(workspace, made, "f-4711")
    parts = " ".join(made.number[place : place + 4] for place in range(0, 23, 4))
    pay(workspace, 500_00, form.format(made.number, parts, made.number[3:13] + "-" + made.number[13:]))
    assert on(workspace, made.number) == (500_00, 0)


def test_a_legal_number_that_two_documents_have_or_a_short_word_names_nothing(workspace: Workspace) -> None:
    first, second = issue(workspace, 500_00), issue(workspace, 500_00)
    legal_number(workspace, first, "F-1001")
    legal_number(workspace, second, "F-1001")
    pay(workspace, 500_00, "F-1001")
    legal_number(workspace, second, "12")
    pay(workspace, 500_00, "betalning 12 st")
    assert [one.left for one in payments.payments(workspace)] == [500_00, 500_00]
    pay(workspace, 500_00, "F-1001")  # now the number of one alone
    assert on(workspace, first.number) == (500_00, 0)


def test_several_references_are_paid_first_due_first_and_the_rest_stays_over(workspace: Workspace) -> None:
    later = issue(workspace, 300_00, days=60)
    sooner = issue(workspace, 200_00, days=10)
    other = issue(workspace, 900_00, days=1)
    pay(workspace, 250_00, f"{later.number}, {sooner.number}")
    assert on(workspace, sooner.number) == (200_00, 0)
    assert on(workspace, later.number) == (50_00, 250_00)
    pay(workspace, 400_00, later.number)
    (second, _first) = payments.payments(workspace)
    assert (second.placed, second.left) == (250_00, 150_00)
    assert on(workspace, other.number) == (0, 900_00)


def test_a_payment_that_fits_nothing_is_kept_and_said_to_be_unplaced(workspace: Workspace) -> None:
    done = pay(workspace, 100_00, "hittas inte")
    assert done.said == "Betalning nr 1 är sparad. Referensen passar inget öppet underlag: ej placerad."
    assert payments.payments(workspace)[0].left == 100_00


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewPayment(PAID, 0, "x"), "Beloppet är noll. Skriv vad som betalades."),
        (NewPayment(date.today() + timedelta(days=1), 1, "x"), "Betalningens dag har inte varit än."),  # noqa: DTZ011
        (NewPayment(PAID, 1, "x" * 501), "Referensen är för lång: högst 500 tecken."),
        (NewPayment(PAID, 1, "", note="19681209-9874"), "Anteckningen innehåller ett personnummer. Ta bort det."),
    ],
)
def test_what_cannot_be_a_payment_is_refused(workspace: Workspace, new: NewPayment, said: str) -> None:
    with pytest.raises(InputError, match=said):
        payments.record(workspace, new)
    assert payments.payments(workspace) == ()


def test_a_payment_is_placed_by_hand_in_parts_and_never_too_much(workspace: Workspace) -> None:
    first, second = issue(workspace, 300_00), issue(workspace, 200_00)
    pay(workspace, 400_00)
    with pytest.raises(InputError, match="Bara 300,00\u00a0kr är öppet på underlaget"):
        payments.place(workspace, 1, first.number, 350_00)
    payments.place(workspace, 1, first.number)
    with pytest.raises(InputError, match="redan betalt"):
        payments.place(workspace, 1, first.number)
    with pytest.raises(InputError, match="Bara 100,00\u00a0kr är kvar av betalningen"):
        payments.place(workspace, 1, second.number, 150_00)
    for wrong in (0, -50_00):
        with pytest.raises(InputError, match="samma tecken"):
            payments.place(workspace, 1, second.number, wrong)
    payments.place(workspace, 1, second.number)
    assert on(workspace, second.number) == (100_00, 100_00)
    with pytest.raises(InputError, match="Inget är kvar av betalningen"):
        payments.place(workspace, 1, second.number)


def test_what_is_named_wrongly_is_refused(workspace: Workspace) -> None:
    made = issue(workspace, 300_00)
    note = credit(workspace, made, 1, 100_00)
    pay(workspace, 400_00)
    with pytest.raises(InputError, match="är ett kreditunderlag och tar inga betalningar"):
        payments.place(workspace, 1, note.number)
    with pytest.raises(InputError, match="inget underlag med nummer 4711"):
        payments.place(workspace, 1, "4711")
    with pytest.raises(InputError, match="ingen betalning med nummer 9"):
        payments.place(workspace, 9, made.number)


def test_money_paid_back_goes_only_where_too_much_is_paid(workspace: Workspace) -> None:
    made = issue(workspace, 300_00)
    pay(workspace, 300_00, made.number)
    pay(workspace, -100_00, made.number)  # nothing is owed yet: it stays over
    assert on(workspace, made.number) == (300_00, 0)
    with pytest.raises(InputError, match="betalt med för mycket"):
        payments.place(workspace, 2, made.number)
    note = credit(workspace, made, 1, 120_00)
    assert payments.document(workspace, made.number).overpaid == 120_00
    payments.place(workspace, 2, made.number)
    pay(workspace, -50_00, note.number)  # the credit note leads to what it credits
    assert on(workspace, made.number) == (180_00, 0)
    assert payments.payments(workspace)[0].left == -30_00


def test_money_paid_back_by_the_legal_number_of_a_credit_note_goes_where_that_credits(workspace: Workspace) -> None:
    made = issue(workspace, 300_00)
    pay(workspace, 300_00, made.number)
    legal_number(workspace, credit(workspace, made, 1, 120_00), "F-2001")
    pay(workspace, 50_00, "F-2001")
    assert on(workspace, made.number) == (300_00, -120_00)
    pay(workspace, -120_00, "Kredit F-2001")
    assert on(workspace, made.number) == (180_00, 0)


def test_unplacing_opens_what_was_settled_and_is_traced_with_its_reason(workspace: Workspace) -> None:
    made = issue(workspace, 300_00)
    pay(workspace, 300_00, made.number)
    with pytest.raises(InputError, match="Skriv varför"):
        payments.unplace_from(workspace, 1, made.number, " ")
    payments.unplace_from(workspace, 1, made.number, "Hörde till ett annat")
    assert statuses(workspace, made) == ["sent"]
    steps = claims_store.steps(workspace.store, made.lines[0][0])
    assert [step.kind.value for step in steps] == ["sent", "settled", "reopened"]
    assert steps[-1].reason == "Hörde till ett annat"
    assert json.loads(audit.entries(workspace.store)[0].detail)["reason"] == "Hörde till ett annat"
    with pytest.raises(InputError, match="Inget av betalning nr 1 är placerat"):
        payments.unplace_from(workspace, 1, made.number, "igen")


def test_a_claim_that_was_settled_by_itself_opens_when_what_paid_it_is_gone(workspace: Workspace) -> None:
    made = issue(workspace, 300_00, 200_00)
    pay(workspace, 300_00, made.number)
    claim_answers.settle(workspace, made.lines[0][0])
    assert statuses(workspace, made) == ["settled", "sent"]
    payments.withdraw(workspace, 1, "fel")
    assert statuses(workspace, made) == ["sent", "sent"]


def test_only_the_claims_that_are_no_longer_paid_open_again(workspace: Workspace) -> None:
    made = issue(workspace, 300_00, 200_00)
    pay(workspace, 300_00, made.number)
    pay(workspace, 200_00, made.number)
    assert statuses(workspace, made) == ["settled", "settled"]
    payments.withdraw(workspace, 2, "fel")
    assert statuses(workspace, made) == ["settled", "sent"]


def test_what_was_paid_back_because_of_a_payment_is_unplaced_first(workspace: Workspace) -> None:
    made = issue(workspace, 300_00)
    pay(workspace, 300_00, made.number)
    credit(workspace, made, 1, 300_00)
    pay(workspace, -300_00, made.number)
    with pytest.raises(RefusedError, match="Något är återbetalt"):
        payments.withdraw(workspace, 1, "fel")
    assert on(workspace, made.number) == (0, 0)
    payments.unplace_from(workspace, 2, made.number, "fel")
    payments.withdraw(workspace, 1, "fel")
    assert on(workspace, made.number) == (0, 0)
    assert [one.payment for one in payments.payments(workspace)] == [2]


def test_a_document_paid_before_it_was_noted_as_sent_is_sent_and_settled(workspace: Workspace) -> None:
    made = issue(workspace, 300_00, status=ClaimStatus.ISSUED)
    pay(workspace, 300_00, made.number)
    steps = claims_store.steps(workspace.store, made.lines[0][0])
    assert [step.kind.value for step in steps] == ["issued", "sent", "settled"]


def test_a_disputed_part_is_what_is_left_when_the_rest_is_paid(workspace: Workspace) -> None:
    made = issue(workspace, 100_00, 200_00, 50_00)
    made_bases.set_status(workspace, made.lines[0][0], ClaimStatus.DISPUTED)
    pay(workspace, 220_00, made.number)
    owed = payments.document(workspace, made.number)
    assert (owed.disputed, owed.undisputed, owed.left_by_line()) == (100_00, 30_00, {1: 100_00, 2: 0, 3: 30_00})
    pay(workspace, 100_00, made.number)
    assert payments.document(workspace, made.number).disputed == 30_00
