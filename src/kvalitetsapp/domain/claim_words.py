"""The closed vocabularies of recovery: the life of a claim, documents, credits and payments, with their Swedish words.

Credit reasons are those of Inera's national claim specification (ProcessClaimSpecification 1.1, 2025).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

from kvalitetsapp.texts import N_


class ClaimStatus(StrEnum):
    """How far a claim has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    ISSUED = "issued"
    SENT = "sent"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    DISPUTED = "disputed"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"


class ClaimStep(StrEnum):
    """What was done to a claim; a step that changes no status is an entry in its history."""

    DRAFTED = "drafted"
    CHANGED = "changed"
    APPROVED = "approved"
    RETURNED = "returned"
    ISSUED = "issued"
    SENT = "sent"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    DISPUTED = "disputed"
    ANSWERED = "answered"
    REDETERMINED = "redetermined"
    CREDITED = "credited"
    SETTLED = "settled"
    REOPENED = "reopened"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"


class CapEntryKind(StrEnum):
    """What an entry does to what is left of a cap: a draft draws on it, one that is withdrawn releases it."""

    DRAW = "draw"
    RELEASE = "release"
    CREDIT = "credit"


class CorrectionReason(StrEnum):
    """Why what is claimed of an event is no longer what can be claimed of it."""

    GONE = "gone"
    RELINKED = "relinked"
    NOT_CONFIRMED = "not_confirmed"
    REJECTED = "rejected"
    SHARED = "shared"
    CLASS = "class"
    NOT_COVERED = "not_covered"
    COST = "cost"
    DEDUCTIBLE = "deductible"
    TERMS = "terms"
    MORE = "more"


class ReviewLack(StrEnum):
    """What an issued claim line lacks of a signed review."""

    NONE = "none"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"


class PastDeadline(StrEnum):
    """Why something was not claimed before its last day; the first that holds."""

    IMPORTED_LATE = "imported_late"
    NOT_REVIEWED = "not_reviewed"
    REVIEWED_LATE = "reviewed_late"
    MISSING_COST = "missing_cost"
    COST_LATE = "cost_late"
    NOT_ISSUED = "not_issued"
    NOT_DRAFTED = "not_drafted"


class DocumentType(IntEnum):
    """What a document is (UNTDID 1001)."""

    INVOICE = 380
    CREDIT_NOTE = 381


class CreditReason(IntEnum):
    """Why something is credited."""

    WRONG_REGION = 1
    WRONG_PRICE = 2
    WRONG_PRODUCT = 3
    EARLIER_PARTIAL = 4
    NO_COMMITMENT = 5
    TOO_LATE = 6
    DUPLICATE = 7
    BEFORE_CARE = 8
    NOT_BILLABLE = 9


class VatCategory(StrEnum):
    """How value added tax is told on a document (UNCL 5305): exempt, or outside the scope of the tax."""

    EXEMPT = "E"
    OUTSIDE = "O"


class BasisStep(StrEnum):
    """What was done with a document after it was issued."""

    FILES = "files"
    SENT = "sent"
    LEGAL_NUMBER = "legal_number"
    REMINDER = "reminder"


class PaymentOrigin(StrEnum):
    """Where a payment was read."""

    TYPED = "typed"
    CSV = "csv"
    CAMT_054 = "camt.054"


class AgreementEdit(StrEnum):
    """What was done to an agreement in the program."""

    MADE = "made"
    CHANGED = "changed"
    VERIFIED = "verified"
    ENDED = "ended"


SWEDISH: Final[dict[str, dict[str, str]]] = {
    "claim_status": {
        "draft": N_("Utkast"),
        "approved": N_("Godkänt"),
        "issued": N_("Utställt"),
        "sent": N_("Skickat"),
        "accepted": N_("Accepterat"),
        "partly_accepted": N_("Delvis accepterat"),
        "disputed": N_("Bestritt"),
        "settled": N_("Reglerat"),
        "written_off": N_("Avskrivet"),
        "withdrawn": N_("Återtaget"),
    },
    "claim_step": {
        "drafted": N_("Utkast gjort"),
        "changed": N_("Utkast ändrat"),
        "approved": N_("Godkänt"),
        "returned": N_("Tillbaka till utkast"),
        "issued": N_("Utställt"),
        "sent": N_("Skickat"),
        "accepted": N_("Accepterat av vårdgivaren"),
        "partly_accepted": N_("Delvis accepterat av vårdgivaren"),
        "disputed": N_("Bestritt av vårdgivaren"),
        "answered": N_("Bestridande besvarat"),
        "redetermined": N_("Omprövat"),
        "credited": N_("Krediterat"),
        "settled": N_("Reglerat"),
        "reopened": N_("Öppnat igen"),
        "written_off": N_("Avskrivet"),
        "withdrawn": N_("Återtaget"),
    },
    "cap_entry": {"draw": N_("Krav"), "release": N_("Återtaget utkast"), "credit": N_("Kredit")},
    "correction_reason": {
        "gone": N_("Händelsen finns inte längre"),
        "relinked": N_("Händelsen är kopplad till en annan operation"),
        "not_confirmed": N_("Kopplingen är inte längre bekräftad"),
        "rejected": N_("Kopplingen är avvisad"),
        "shared": N_("Vårdkontaktens kostnad räknas på en annan händelse"),
        "class": N_("Komplikationens slag är ändrat"),
        "not_covered": N_("Händelsen täcks inte längre"),
        "cost": N_("Kostnaden är ändrad"),
        "deductible": N_("Självrisken är ändrad"),
        "terms": N_("Avtalets villkor är ändrade"),
        "more": N_("Mer kan krävas"),
    },
    "review_lack": {
        "none": N_("Ingen granskning"),
        "withdrawn": N_("Granskningen är tagen tillbaka"),
        "imported": N_("Beslutet är inläst, inte signerat här"),
    },
    "past_deadline": {
        "imported_late": N_("Lästes in efter sista anspråksdag"),
        "not_reviewed": N_("Inte granskad"),
        "reviewed_late": N_("Granskad efter sista anspråksdag"),
        "missing_cost": N_("Kostnaden saknas"),
        "cost_late": N_("Kostnaden kom efter sista anspråksdag"),
        "not_issued": N_("Utkast som inte ställdes ut"),
        "not_drafted": N_("Inget utkast gjordes"),
    },
    "document_type": {"380": N_("Fakturaunderlag"), "381": N_("Kreditunderlag")},
    "credit_reason": {
        "1": N_("Fel region"),
        "2": N_("Fel pris"),
        "3": N_("Fel produkt eller DRG"),
        "4": N_("Tidigare delfakturerat"),
        "5": N_("Giltig remiss eller betalningsförbindelse saknas"),
        "6": N_("Äldre än sex månader"),
        "7": N_("Dubblett"),
        "8": N_("Daterad före vården"),
        "9": N_("Får inte faktureras"),
    },
    "vat_category": {"E": N_("Undantagen från moms"), "O": N_("Utanför momsen")},
    "basis_step": {
        "files": N_("Filer skrivna"),
        "sent": N_("Skickat"),
        "legal_number": N_("Fakturanummer från ekonomisystemet"),
        "reminder": N_("Påminnelse"),
    },
    "payment_origin": {"typed": N_("Inskriven"), "csv": N_("Betalningsfil, CSV"), "camt.054": N_("camt.054")},
    "agreement_edit": {
        "made": N_("Upprättat"),
        "changed": N_("Ändrat"),
        "verified": N_("Kontrollerat"),
        "ended": N_("Avslutat"),
    },
}
