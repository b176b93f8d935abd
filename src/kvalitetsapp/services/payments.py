"""Payments: typed, laid on documents by their reference or by hand, and taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import payment as domain
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.claim_words import PaymentOrigin
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.payment import NewPayment, lacking_in_share, lacking_in_text
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.open_documents import OpenDocuments
from kvalitetsapp.services.settling import reopen_if_owed, settle_if_paid
from kvalitetsapp.store import audit, receivables
from kvalitetsapp.store import payments as store
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.payment import Match, Payment, Share
    from kvalitetsapp.domain.receivable import Receivable
    from kvalitetsapp.services.workspace import Workspace

CHANGED: Changes = frozenset({Changed.PAYMENTS, Changed.CLAIMS})


@dataclass(frozen=True, slots=True)
class PaymentOutcome:
    """What was done with which payment, in a sentence."""

    payment: int
    said: str
    changes: Changes = CHANGED


@needs(Right.READ_CLAIMS)
def payments(workspace: Workspace) -> tuple[Payment, ...]:
    """Return every payment that stands, the latest received first."""
    return store.all_payments(workspace.store)


def of_number(workspace: Workspace, payment: int) -> Payment:
    """Return a payment.

    Raises:
        InputError: there is none of that number, or it is taken back.
    """
    found = store.of_number(workspace.store, payment)
    if found is None:
        raise InputError(
            _("Det finns ingen betalning med nummer {number}. Numren står i listan.").format(number=payment)
        )
    return found


@needs(Right.READ_CLAIMS)
def that_take(workspace: Workspace, payment: int) -> tuple[Receivable, ...]:
    """Return the documents that what is left of a payment can be placed on, the first due first.

    Raises:
        InputError: there is no such payment.
    """
    left = of_number(workspace, payment).left
    every = receivables.all_receivables(workspace.store)
    return tuple(one for one in every if domain.fitting(left, one.open))


@needs(Right.PREPARE_CLAIMS)
def record(workspace: Workspace, new: NewPayment) -> PaymentOutcome:
    """Keep a payment that someone types, laid on what its reference names.

    Raises:
        InputError: the amount is zero, the day is to come, or a text is missing, too long or holds a personal number.
    """
    _check(workspace, new)
    with workspace.store.transaction():
        number = store.add(workspace.store, new, PaymentOrigin.TYPED, workspace.user, this_moment())
        shares = lay(workspace, number, new, OpenDocuments.read(workspace.store))
        settle_all(workspace, shares)
        _trace(workspace, "payment_recorded", number, amount=new.amount, placed=_told(shares))
    return PaymentOutcome(number, _said_of_placing(number, new.amount, shares))


@needs(Right.PREPARE_CLAIMS)
def place(workspace: Workspace, payment: int, number: str, amount: int | None = None) -> PaymentOutcome:
    """Let so much of a payment pay for a document, as much as it can where no amount is told.

    `number` is ours or the legal one. One paid back is placed where the provider has paid too much.

    Raises:
        InputError: there is no such payment or document, or the amount does not fit them.
    """
    with workspace.store.transaction():
        paid = of_number(workspace, payment)
        owed = document(workspace, number)
        wanted = amount if amount is not None else domain.fitting(paid.left, owed.open)
        if lacking := lacking_in_share(wanted, paid.left, owed.open):
            raise InputError(lacking)
        store.add_match(workspace.store, payment, owed.basis, wanted, "hand", workspace.user, this_moment())
        settle_if_paid(workspace, owed.basis)
        _trace(workspace, "payment_placed", payment, basis=owed.number, amount=wanted)
    said = _("{amount} av betalning nr {number} är placerade på {basis}.")
    return PaymentOutcome(payment, said.format(amount=kronor(wanted), number=payment, basis=owed.number))


@needs(Right.PREPARE_CLAIMS)
def unplace(workspace: Workspace, matches: Sequence[int], reason: str) -> PaymentOutcome:
    """Let parts of a payment, known by the number of each, pay for nothing again.

    Raises:
        InputError: there is no such part, or the reason is missing, too long or holds a personal number.
        RefusedError: money was paid back on the document because of it.
    """
    reason = _reason(reason)
    with workspace.store.transaction():
        found = [_match(workspace, number) for number in matches]
        for match in found:
            store.withdraw_match(workspace.store, match.match, this_moment())
        _follow(workspace, found, reason)
        for match in found:
            told = {"basis": match.number, "amount": match.amount, "reason": reason}
            _trace(workspace, "payment_unplaced", match.payment, **told)
    said = _("Placeringen av betalning nr {number} på {basis} är borttagen.")
    return PaymentOutcome(found[0].payment, said.format(number=found[0].payment, basis=found[0].number))


@needs(Right.PREPARE_CLAIMS)
def unplace_from(workspace: Workspace, payment: int, number: str, reason: str) -> PaymentOutcome:
    """Let nothing of a payment pay for a document any more.

    Raises:
        InputError: there is no such payment or document, nothing is placed there, or the reason is not one.
        RefusedError: money was paid back on the document because of it.
    """
    owed = document(workspace, number)
    there = [match.match for match in of_number(workspace, payment).matches if match.basis == owed.basis]
    if not there:
        raise InputError(
            _("Inget av betalning nr {number} är placerat på {basis}.").format(number=payment, basis=owed.number)
        )
    return unplace(workspace, there, reason)


@needs(Right.PREPARE_CLAIMS)
def withdraw(workspace: Workspace, payment: int, reason: str) -> PaymentOutcome:
    """Take a payment back, with everything that it pays for; a file that holds it does not add it again.

    Raises:
        InputError: there is no such payment, or the reason is missing, too long or holds a personal number.
        RefusedError: money was paid back on a document because of it.
    """
    reason = _reason(reason)
    with workspace.store.transaction():
        paid = of_number(workspace, payment)
        store.withdraw(workspace.store, payment, this_moment())
        _follow(workspace, paid.matches, reason)
        told = {"amount": paid.amount, "received_on": paid.received_on.isoformat(), "reason": reason}
        _trace(workspace, "payment_withdrawn", payment, **told)
    return PaymentOutcome(payment, _("Betalning nr {number} är återtagen.").format(number=payment))


def document(workspace: Workspace, number: str) -> Receivable:
    """Return what is owed on the document of a number, ours or the legal one.

    Raises:
        InputError: there is none, or it is a credit note.
    """
    known = OpenDocuments.read(workspace.store)
    basis = known.of_number(number)
    if basis is None:
        raise InputError(
            _("Det finns inget underlag med nummer {number}. Ange hela numret eller fakturanumret.").format(
                number=number.strip()
            )
        )
    owed = known.owed(basis)
    if owed is None:
        raise InputError(
            _("{number} är ett kreditunderlag och tar inga betalningar. Välj underlaget som det krediterar.").format(
                number=number.strip()
            )
        )
    return owed


def lay(workspace: Workspace, payment: int, new: NewPayment, known: OpenDocuments) -> tuple[Share, ...]:
    """Lay a new payment on what its reference names, inside a transaction; claims are settled by `settle_all`."""
    shares = known.lay(new.amount, new.reference)
    for share in shares:
        store.add_match(
            workspace.store, payment, share.basis, share.amount, "reference", workspace.user, this_moment()
        )
    return shares


def settle_all(workspace: Workspace, shares: Iterable[Share]) -> None:
    """Settle the claims of the documents that payments have been laid on, where they are paid in full."""
    for basis in dict.fromkeys(share.basis for share in shares):
        settle_if_paid(workspace, basis)


def _check(workspace: Workspace, new: NewPayment) -> None:
    if new.amount == 0:
        raise InputError(_("Beloppet är noll. Skriv vad som betalades."))
    if new.received_on > workspace.today:
        raise InputError(_("Betalningens dag har inte varit än."))
    for name in ("reference", "payer", "note"):
        if lacking := lacking_in_text(name, getattr(new, name)):
            raise InputError(lacking)


def _match(workspace: Workspace, number: int) -> Match:
    found = store.match_of_number(workspace.store, number)
    if found is None:
        raise InputError(_("Placeringen finns inte längre. Läs om listan."))
    return found


def _follow(workspace: Workspace, gone: Iterable[Match], reason: str) -> None:
    """Open claims again that are no longer paid for; nothing may be left that was paid back but never paid."""
    for basis in dict.fromkeys(match.basis for match in gone):
        owed = receivables.of_basis(workspace.store, basis)
        if owed is not None and owed.paid < 0:
            raise RefusedError(
                _("Något är återbetalt på {number} på grund av betalningen. Ta bort den placeringen först.").format(
                    number=owed.number
                )
            )
        reopen_if_owed(workspace, basis, reason)


def _reason(text: str) -> str:
    if not text.strip():
        raise InputError(_("Skriv varför. Skälet sparas i loggen."))
    if lacking := lacking_in_text("note", text):
        raise InputError(lacking)
    return text.strip()


def _said_of_placing(number: int, amount: int, shares: tuple[Share, ...]) -> str:
    placed = sum(share.amount for share in shares)
    if not shares:
        text = _("Betalning nr {number} är sparad. Referensen passar inget öppet underlag: ej placerad.")
        return text.format(number=number)
    text = _("Betalning nr {number} är sparad. {placed} är placerade på {bases}, {left} är kvar.")
    return text.format(
        number=number,
        placed=kronor(placed),
        bases=", ".join(share.number for share in shares),
        left=kronor(amount - placed),
    )


def _told(shares: Iterable[Share]) -> dict[str, int]:
    return {share.number: share.amount for share in shares}


def _trace(workspace: Workspace, action: str, payment: int, **told: object) -> None:
    detail = json.dumps({"payment": payment, **told}, ensure_ascii=False)
    audit.append(workspace.store, workspace.user, action, target=f"payment/{payment}", detail=detail)
