"""Invoice bases and credit notes: the numbered documents that leave the region, without patient data.

The legal invoice number belongs to the finance system; a basis has the number of the national claim specification
(Inera ProcessClaimSpecification 1.1, 2025): `ZVF`, the issuer's organisation number, year and month, six digits.
The counter is one unbroken series per issuer; year and month only tell when. Amounts are integer öre, SEK.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import BasisStep, CreditReason, DocumentType, VatCategory

if TYPE_CHECKING:
    from datetime import date

LAST_COUNTER: Final = 999_999


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in the order in which it is written; `country` is two letters (ISO 3166-1)."""

    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "SE"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The region as the one that claims: every field stands on the document."""

    name: str = ""
    org_number: str = ""
    vat_number: str = ""
    address: Address = Address()
    hsa_id: str = ""
    endpoint_scheme: str = "0007"
    endpoint: str = ""
    bankgiro: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    f_tax: bool = False


@dataclass(frozen=True, slots=True)
class BillingRules:
    """How documents are made here: finance decides.

    `vat_reason` is the reason in words that the category needs; `four_eyes` asks that another than the one who made
    the draft approves it.
    """

    issuer: Issuer = Issuer()
    vat_category: VatCategory = VatCategory.EXEMPT
    vat_reason: str = "Sjukvård, undantagen från moms enligt 10 kap. 6 § mervärdesskattelagen (2023:200)"
    payment_days: int = 30
    reminder_days: int = 10
    four_eyes: bool = True


@dataclass(frozen=True, slots=True)
class Receiver:
    """A provider as the one who pays; what the import of providers tells is filled in where this says nothing."""

    provider_id: str
    name: str = ""
    org_number: str = ""
    address: Address = Address()
    endpoint_scheme: str = "0007"
    endpoint: str = ""
    buyer_reference: str = ""
    order_reference: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A line of a document: which line of which claim it asks for or credits, in words without patient data.

    `credited_line` is the line of the document that the credit note refers to.
    """

    line: int
    claim: int
    claim_line: int
    claim_number: str
    text: str
    amount: int
    credited_line: int | None = None
    credit_reason: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A document as issued: nothing of it changes afterwards. A credit note's amounts are positive.

    `credited_number` is the document that it credits. `period_start` and `period_end` bound the care in whole months,
    so that a document with a single line does not tell the day of anyone's care.
    """

    basis: int
    number: str
    document_type: DocumentType
    issuer: Issuer
    receiver: Receiver
    issued_on: date
    due_on: date
    period_start: date
    period_end: date
    agreements: tuple[str, ...]
    vat_category: VatCategory
    vat_reason: str
    lines: tuple[BasisLine, ...]
    issued_by: str
    issued_at: str
    credits: int | None = None
    credited_number: str = ""
    credited_on: date | None = None

    @property
    def amount(self) -> int:
        """Return what the document comes to."""
        return sum(line.amount for line in self.lines)

    @property
    def counter(self) -> int:
        """Return the place in the issuer's series."""
        return int(self.number[-6:])


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What is asked to be credited: so much of a line of a document, why by the national list, and why in words."""

    line: int
    amount: int
    credit_reason: CreditReason
    reason: str


@dataclass(frozen=True, slots=True)
class BasisStepTaken:
    """What was done with a document after it was issued; `content` tells the rest by name."""

    kind: BasisStep
    day: date
    content: dict[str, str]
    who: str
    taken_at: str


@dataclass(frozen=True, slots=True)
class BasisView:
    """A document with what has come after it: its credit notes, and every step in order."""

    basis: Basis
    credit_notes: tuple[Basis, ...]
    steps: tuple[BasisStepTaken, ...]

    @property
    def credited(self) -> int:
        """Return how much of the document is credited."""
        return sum(one.amount for one in self.credit_notes)

    @property
    def legal_number(self) -> str:
        """Return the finance system's number as last written back, "" where there is none."""
        told = [one.content["legal_number"] for one in self.steps if one.kind is BasisStep.LEGAL_NUMBER]
        return told[-1] if told else ""

    @property
    def sent_on(self) -> date | None:
        """Return the day on which the document was first sent."""
        return next((one.day for one in self.steps if one.kind is BasisStep.SENT), None)

    def left_of(self, line: int) -> int:
        """Return how much of a line is not credited, nothing where there is no such line."""
        whole = sum(one.amount for one in self.basis.lines if one.line == line)
        notes = (one for note in self.credit_notes for one in note.lines)
        return whole - sum(one.amount for one in notes if one.credited_line == line)


def basis_number(org_number: str, day: date, counter: int) -> str:
    """Return the 23 characters that a document is known by.

    Raises:
        ValueError: the organisation number is not ten digits, or the series has come to its end.
    """
    if not (len(org_number) == 10 and org_number.isascii() and org_number.isdigit()):
        raise ValueError(org_number)
    if not 1 <= counter <= LAST_COUNTER:
        raise ValueError(counter)
    return f"ZVF{org_number}{day:%y%m}{counter:06d}"
