"""What a document would say before it is issued: to whom, what for, how much, and what still keeps it from being."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.basis import Receiver
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.domain.field_fault import FieldFault

LINES: Final[tuple[Column, ...]] = (
    Column("claim_number", Kind.TEXT, N_("Krav")),
    Column("claim_line", Kind.INTEGER, N_("Kravets rad")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("amount", Kind.MONEY, N_("Belopp")),
)
_OF_RULES: Final = ("vat_category", "vat_reason", "payment_days", "reminder_days")


@dataclass(frozen=True, slots=True)
class IssuingPreview:
    """A document that is not yet one; `receiver` is None where the claims are of several providers, or none."""

    claims: tuple[Claim, ...]
    receiver: Receiver | None
    due_on: date
    faults: tuple[FieldFault, ...]

    @property
    def amount(self) -> int:
        """Return what it would come to."""
        return sum(one.amount for one in self.claims)

    @property
    def lacks_of_rules(self) -> bool:
        """Tell whether something is lacking that the rules of documents tell, the issuer among them."""
        return any(is_of_rules(one) for one in self.faults)

    @property
    def lacks_of_receiver(self) -> bool:
        """Tell whether something is lacking of the one who pays."""
        return any(is_of_receiver(one) for one in self.faults)


def is_of_rules(fault: FieldFault) -> bool:
    """Tell whether a fault is mended among the rules of documents."""
    return fault.field.startswith("issuer.") or fault.field in _OF_RULES


def is_of_receiver(fault: FieldFault) -> bool:
    """Tell whether a fault is mended among what is told of the one who pays."""
    return fault.field.startswith("receiver.")


def in_words(fault: FieldFault) -> str:
    """Return a fault with whose field it is at, for a list of faults that stand at no field."""
    if fault.field.startswith("issuer."):
        return _("Utställaren: {message}").format(message=fault.message)
    if is_of_receiver(fault):
        return _("Mottagaren: {message}").format(message=fault.message)
    return fault.message


def lines_table(preview: IssuingPreview) -> Table:
    """Return what the document would ask for, a row for every line of its claims."""
    pairs = [(one, line) for one in preview.claims for line in one.lines]
    rows = [(one.number, line.line, line.event_ref, line.event_date.isoformat(), line.amount) for one, line in pairs]
    return Table(LINES, [tuple(row) for row in rows])
