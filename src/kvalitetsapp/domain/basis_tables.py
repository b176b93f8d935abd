"""Documents as tables: all of them in a list, and one as the files that go with its PDF; none holds patient data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import bankgiro
from kvalitetsapp.domain.claim_words import DocumentType
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.basis import Address, Basis, BasisView

BASES: Final[tuple[Column, ...]] = (
    Column("basis_number", Kind.TEXT, N_("Underlag")),
    Column("document_type", Kind.CODE, N_("Slag"), "document_type"),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("receiver", Kind.TEXT, N_("Mottagare")),
    Column("issued_on", Kind.DATE, N_("Utställt")),
    Column("due_on", Kind.DATE, N_("Förfaller")),
    Column("claim_numbers", Kind.TEXT, N_("Krav")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("credited", Kind.MONEY, N_("Krediterat")),
    Column("credited_number", Kind.TEXT, N_("Krediterar")),
    Column("sent_on", Kind.DATE, N_("Skickat")),
    Column("legal_number", Kind.TEXT, N_("Fakturanummer")),
)
LINES: Final[tuple[Column, ...]] = (
    Column("basis_number", Kind.TEXT, N_("Underlag")),
    Column("document_type", Kind.TEXT, N_("Slag")),
    Column("issued_on", Kind.DATE, N_("Utställt")),
    Column("due_on", Kind.DATE, N_("Förfaller")),
    Column("issuer_org_number", Kind.TEXT, N_("Utställarens organisationsnummer")),
    Column("receiver_org_number", Kind.TEXT, N_("Mottagarens organisationsnummer")),
    Column("buyer_reference", Kind.TEXT, N_("Köparens referens")),
    Column("order_reference", Kind.TEXT, N_("Ordernummer")),
    Column("line", Kind.INTEGER, N_("Rad")),
    Column("claim_number", Kind.TEXT, N_("Krav")),
    Column("claim_line", Kind.INTEGER, N_("Kravets rad")),
    Column("text", Kind.TEXT, N_("Text")),
    Column("vat_category", Kind.TEXT, N_("Moms")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("credited_number", Kind.TEXT, N_("Krediterar")),
    Column("credited_line", Kind.INTEGER, N_("Krediterad rad")),
    Column("credit_reason", Kind.INTEGER, N_("Kreditskäl")),
    Column("reason", Kind.TEXT, N_("Skäl")),
)
FACTS: Final[tuple[Column, ...]] = (Column("what", Kind.TEXT, N_("Vad")), Column("value", Kind.TEXT, N_("Värde")))


def bases(views: Iterable[BasisView]) -> Table:
    """Return documents as a table, in the order given."""
    return Table(BASES, [_basis_row(one) for one in views])


def lines(basis: Basis) -> Table:
    """Return the lines of a document with its head on each, as a program reads them."""
    return Table(LINES, [_line_row(basis, place) for place in range(len(basis.lines))])


def facts(basis: Basis) -> Table:
    """Return the head of a document as a table of two columns."""
    rows: list[Row] = [(what, value) for what, value in _facts(basis) if value]
    return Table(FACTS, rows)


def in_lines(address: Address) -> list[str]:
    """Return an address as it is written on a letter."""
    place = f"{address.postcode} {address.city}".strip()
    country = "" if address.country == "SE" else address.country
    return [line for line in (address.street, address.extra, place, country) if line]


def title(basis: Basis) -> str:
    """Return what the document is called."""
    return word("document_type", str(basis.document_type.value))


def number_and_line(basis: Basis) -> str:
    """Return the document that a credit note credits, with its day."""
    return _("{number} av den {day}").format(number=basis.credited_number, day=_iso(basis.credited_on))


def organisation_number(digits: str) -> str:
    """Return an organisation number as it is printed: `232100-9991`."""
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else digits


def _facts(basis: Basis) -> list[tuple[str, str]]:
    issuer, receiver = basis.issuer, basis.receiver
    return [
        (_("Slag"), title(basis)),
        (_("Nummer"), basis.number),
        (_("Krediterar"), number_and_line(basis) if basis.credited_number else ""),
        (_("Utställt"), basis.issued_on.isoformat()),
        (_("Förfaller"), _iso(basis.due_on) if basis.document_type is DocumentType.INVOICE else ""),
        (_("Vård under"), months(basis)),
        (_("Utställare"), ", ".join([issuer.name, *in_lines(issuer.address)])),
        (_("Utställarens organisationsnummer"), organisation_number(issuer.org_number)),
        (_("Momsregistreringsnummer"), issuer.vat_number),
        (_("Bankgiro"), bankgiro.formatted(issuer.bankgiro) if issuer.bankgiro else ""),
        (_("F-skatt"), _("Godkänd för F-skatt") if issuer.f_tax else ""),
        (_("Mottagare"), ", ".join([receiver.name, *in_lines(receiver.address)])),
        (_("Mottagarens organisationsnummer"), organisation_number(receiver.org_number)),
        (_("Köparens referens"), receiver.buyer_reference),
        (_("Ordernummer"), receiver.order_reference),
        (_("Avtal"), ", ".join(basis.agreements)),
        (_("Moms"), f"{word('vat_category', basis.vat_category)}. {basis.vat_reason}"),
    ]


def months(basis: Basis) -> str:
    """Return the months of the care: `2024-03`, or `2024-03 till 2024-05`."""
    first, last = f"{basis.period_start:%Y-%m}", f"{basis.period_end:%Y-%m}"
    return first if first == last else _("{first} till {last}").format(first=first, last=last)


def _basis_row(one: BasisView) -> Row:
    basis = one.basis
    is_invoice = basis.document_type is DocumentType.INVOICE
    return (
        basis.number,
        str(basis.document_type.value),
        basis.receiver.provider_id,
        basis.receiver.name,
        basis.issued_on.isoformat(),
        basis.due_on.isoformat(),
        ", ".join(dict.fromkeys(line.claim_number for line in basis.lines)),
        basis.amount,
        one.credited if is_invoice else None,
        basis.credited_number,
        _iso(one.sent_on),
        one.legal_number,
    )


def _line_row(basis: Basis, place: int) -> Row:
    line, receiver = basis.lines[place], basis.receiver
    return (
        *(basis.number, str(basis.document_type.value), basis.issued_on.isoformat(), basis.due_on.isoformat()),
        *(basis.issuer.org_number, receiver.org_number, receiver.buyer_reference, receiver.order_reference),
        *(line.line, line.claim_number, line.claim_line, line.text, basis.vat_category.value, line.amount),
        *(basis.credited_number, line.credited_line, line.credit_reason, line.reason),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
