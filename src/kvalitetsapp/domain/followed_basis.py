"""Documents as finance follows them: what has come after each, what is open on it, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import BasisStep, DocumentType
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.basis import Basis, BasisView
    from kvalitetsapp.domain.receivable import Receivable

FOLLOWED: Final[tuple[Column, ...]] = (
    Column("basis_number", Kind.TEXT, N_("Underlag")),
    Column("document_type", Kind.CODE, N_("Slag"), "document_type"),
    Column("receiver", Kind.TEXT, N_("Mottagare")),
    Column("issued_on", Kind.DATE, N_("Utställt")),
    Column("due_on", Kind.DATE, N_("Förfaller")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("credited", Kind.MONEY, N_("Krediterat")),
    Column("paid", Kind.MONEY, N_("Betalt")),
    Column("open", Kind.MONEY, N_("Öppet")),
    Column("legal_number", Kind.TEXT, N_("Fakturanummer")),
    Column("sent_on", Kind.DATE, N_("Skickat")),
    Column("files_on", Kind.DATE, N_("Filer skrivna")),
    Column("claim_numbers", Kind.TEXT, N_("Krav")),
    Column("credited_number", Kind.TEXT, N_("Krediterar")),
)


@dataclass(frozen=True, slots=True)
class PaidPart:
    """So much of a payment that pays a document."""

    payment: int
    received_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class FollowedBasis:
    """A document with what has come after it; `owed` is None for a credit note, which asks for nothing."""

    view: BasisView
    owed: Receivable | None
    payments: tuple[PaidPart, ...] = ()

    @property
    def basis(self) -> Basis:
        """Return the document as issued."""
        return self.view.basis

    @property
    def is_credit_note(self) -> bool:
        """Tell whether it credits another document."""
        return self.basis.document_type is DocumentType.CREDIT_NOTE

    @property
    def is_to_send(self) -> bool:
        """Tell whether nobody has noted that it was sent."""
        return self.view.sent_on is None

    @property
    def is_unpaid(self) -> bool:
        """Tell whether something is left to pay that has not been written off."""
        return self.owed is not None and self.owed.open > self.owed.written_off

    @property
    def files_on(self) -> date | None:
        """Return the day on which its files were last written."""
        return self._last(BasisStep.FILES)

    @property
    def reminded_on(self) -> date | None:
        """Return the day on which it was last reminded of."""
        return self._last(BasisStep.REMINDER)

    @property
    def left_to_credit(self) -> int:
        """Return how much of it can be credited; a credit note cannot be."""
        return 0 if self.is_credit_note else self.basis.amount - self.view.credited

    def is_late(self, today: date) -> bool:
        """Tell whether something is left to pay after the due date."""
        return self.is_unpaid and self.basis.due_on < today

    def _last(self, kind: BasisStep) -> date | None:
        return next((one.day for one in reversed(self.view.steps) if one.kind is kind), None)


@dataclass(frozen=True, slots=True)
class FollowedBases:
    """Every document, the latest issued first, as of today."""

    bases: tuple[FollowedBasis, ...]
    today: date


def followed_table(bases: Iterable[FollowedBasis]) -> Table:
    """Return documents as a table, in the order given."""
    return Table(FOLLOWED, [_row(one) for one in bases])


def _row(one: FollowedBasis) -> Row:
    basis, owed = one.basis, one.owed
    return (
        *(basis.number, str(basis.document_type.value), basis.receiver.name, basis.issued_on.isoformat()),
        _iso(None if owed is None else basis.due_on),
        basis.amount,
        *((None, None, None) if owed is None else (owed.credited, owed.paid, owed.open)),
        *(one.view.legal_number, _iso(one.view.sent_on), _iso(one.files_on)),
        ", ".join(dict.fromkeys(line.claim_number for line in basis.lines)),
        basis.credited_number,
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
