"""Invoices and credit notes as Peppol BIS Billing 3.0 (UBL 2.1), written from what was frozen when a basis was issued.

The same basis gives the same bytes, whatever the language of the window: what the document says is Swedish. It names
no patient: texts that people typed as reasons stay out, and what a line is about is told by the claim's number.

What is not known is left out, and an element with nothing in it is never written: `peppol_rules` tells afterwards
what the rules miss. Element names are written with their prefix, which is declared at the root.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, indent, tostring

from kvalitetsapp.domain.claim_words import SWEDISH, DocumentType, VatCategory

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.basis import Address, Basis, BasisLine

CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
F_TAX: Final = "Godkänd för F-skatt"
CREDIT_TRANSFER: Final = "30"
BANKGIRO: Final = "SE:BANKGIRO"
INVOICED_OBJECT: Final = "130"

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_AGGREGATES: Final = f"{_UBL}CommonAggregateComponents-2"
_BASICS: Final = f"{_UBL}CommonBasicComponents-2"
_CURRENCY: Final = "SEK"
_PIECES: Final = "C62"
_ORGANISATION: Final = "0007"
_OUTSIDE_REASON: Final = "VATEX-EU-O"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRITTEN_IN_GROUPS: Final = str.maketrans("", "", "-– \u00a0")


@dataclass(frozen=True, slots=True)
class _Kind:
    """The names that differ between an invoice and a credit note."""

    root: str
    type_code: str
    line: str
    quantity: str


_KINDS: Final = {
    DocumentType.INVOICE: _Kind("Invoice", "cbc:InvoiceTypeCode", "cac:InvoiceLine", "cbc:InvoicedQuantity"),
    DocumentType.CREDIT_NOTE: _Kind(
        "CreditNote", "cbc:CreditNoteTypeCode", "cac:CreditNoteLine", "cbc:CreditedQuantity"
    ),
}


def to_xml(basis: Basis, *, legal_number: str = "", credited_legal_number: str = "") -> bytes:
    """Return the e-invoice of a basis, known by the finance system's invoice number where that is told.

    A credit note refers to `credited_legal_number`, else to the number of the basis that it credits.
    """
    kind = _KINDS[basis.document_type]
    number = legal_number or basis.number
    credited = credited_legal_number or basis.credited_number
    root = Element(kind.root, {"xmlns": f"{_UBL}{kind.root}-2", "xmlns:cac": _AGGREGATES, "xmlns:cbc": _BASICS})
    parts = (
        *_head(basis, kind, number),
        *_references(basis, credited),
        _supplier(basis),
        _customer(basis),
        _payment_means(basis, number),
        _group("cac:PaymentTerms", _value("cbc:Note", _terms(basis, number, credited))),
        _tax_total(basis),
        _totals(basis.amount),
        *(_line(basis, line, kind, credited) for line in basis.lines),
    )
    root.extend(part for part in parts if part is not None)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _group(tag: str, *parts: Element | None) -> Element | None:
    """Return an element around those of `parts` that are there, and nothing around nothing."""
    kept = [part for part in parts if part is not None]
    if not kept:
        return None
    element = Element(tag)
    element.extend(kept)
    return element


def _value(tag: str, text: str, **attributes: str) -> Element | None:
    """Return an element with a text on one line that XML allows, and nothing for an empty one."""
    clean = " ".join(_NOT_IN_XML.sub(" ", text).split())
    if not clean:
        return None
    element = Element(tag, attributes)
    element.text = clean
    return element


def _amount(tag: str, ore: int) -> Element | None:
    whole, rest = divmod(abs(ore), 100)
    return _value(tag, f"{'-' if ore < 0 else ''}{whole}.{rest:02d}", currencyID=_CURRENCY)


def _day(tag: str, day: date | None) -> Element | None:
    return None if day is None else _value(tag, day.isoformat())


def _compact(number: str) -> str:
    """Return a number without the hyphens and spaces that it is grouped with when people write it."""
    return number.translate(_WRITTEN_IN_GROUPS)


def _head(basis: Basis, kind: _Kind, number: str) -> tuple[Element | None, ...]:
    invoice = basis.document_type is DocumentType.INVOICE
    return (
        _value("cbc:CustomizationID", CUSTOMIZATION),
        _value("cbc:ProfileID", PROFILE),
        _value("cbc:ID", number),
        _day("cbc:IssueDate", basis.issued_on),
        _day("cbc:DueDate", basis.due_on) if invoice else None,
        _value(kind.type_code, str(int(basis.document_type))),
        _value("cbc:Note", _note(basis)),
        _value("cbc:DocumentCurrencyCode", _CURRENCY),
        _value("cbc:BuyerReference", basis.receiver.buyer_reference),
        _group(
            "cac:InvoicePeriod",
            _day("cbc:StartDate", basis.period_start),
            _day("cbc:EndDate", basis.period_end),
        ),
    )


def _note(basis: Basis) -> str:
    """Return what the document is, with its agreements where they are too many for a reference of their own.

    A number sign would be read as the beginning of a code (BR-CL-08).
    """
    word = SWEDISH["document_type"][str(int(basis.document_type))]
    agreements = f" Avtal: {', '.join(basis.agreements)}." if len(basis.agreements) > 1 else ""
    return f"{word} {basis.number}.{agreements}".replace("#", " ")


def _references(basis: Basis, credited: str) -> tuple[Element | None, ...]:
    """Return what the document refers to; the basis number is also the number of the specification."""
    original = _group(
        "cac:InvoiceDocumentReference",
        _value("cbc:ID", credited),
        _day("cbc:IssueDate", basis.credited_on) if credited else None,
    )
    only_agreement = basis.agreements[0] if len(basis.agreements) == 1 else ""
    return (
        _group("cac:OrderReference", _value("cbc:ID", basis.receiver.order_reference)),
        _group("cac:BillingReference", original) if basis.document_type is DocumentType.CREDIT_NOTE else None,
        _group("cac:ContractDocumentReference", _value("cbc:ID", only_agreement)),
        _group(
            "cac:AdditionalDocumentReference",
            _value("cbc:ID", basis.number),
            _value("cbc:DocumentDescription", "Specifikation, lämnas i en egen kanal"),
        ),
    )


def _supplier(basis: Basis) -> Element | None:
    issuer = basis.issuer
    return _group(
        "cac:AccountingSupplierParty",
        _group(
            "cac:Party",
            _endpoint(issuer.endpoint_scheme, issuer.endpoint),
            _group("cac:PartyIdentification", _value("cbc:ID", issuer.hsa_id)),
            _group("cac:PartyName", _value("cbc:Name", issuer.name)),
            _address(issuer.address),
            _vat_number(basis),
            _tax_scheme(F_TAX, "TAX") if issuer.f_tax else None,
            _legal_entity(issuer.name, issuer.org_number),
            _contact(issuer.contact, issuer.phone, issuer.email),
        ),
    )


def _customer(basis: Basis) -> Element | None:
    receiver = basis.receiver
    return _group(
        "cac:AccountingCustomerParty",
        _group(
            "cac:Party",
            _endpoint(receiver.endpoint_scheme, receiver.endpoint),
            _group("cac:PartyIdentification", _value("cbc:ID", receiver.provider_id)),
            _group("cac:PartyName", _value("cbc:Name", receiver.name)),
            _address(receiver.address),
            _legal_entity(receiver.name, receiver.org_number),
            _contact("", "", receiver.email),
        ),
    )


def _endpoint(scheme: str, endpoint: str) -> Element | None:
    written = _compact(endpoint) if scheme == _ORGANISATION else endpoint
    return _value("cbc:EndpointID", written, **({"schemeID": scheme} if scheme else {}))


def _address(address: Address) -> Element | None:
    return _group(
        "cac:PostalAddress",
        _value("cbc:StreetName", address.street),
        _value("cbc:AdditionalStreetName", address.extra),
        _value("cbc:CityName", address.city),
        _value("cbc:PostalZone", address.postcode),
        _group("cac:Country", _value("cbc:IdentificationCode", address.country)),
    )


def _vat_number(basis: Basis) -> Element | None:
    """Return the number for value added tax, which a document outside the scope of the tax must not have (BR-O-02)."""
    if basis.vat_category is VatCategory.OUTSIDE:
        return None
    return _tax_scheme(_compact(basis.issuer.vat_number), "VAT")


def _tax_scheme(company: str, scheme: str) -> Element | None:
    if not company:
        return None
    return _group(
        "cac:PartyTaxScheme",
        _value("cbc:CompanyID", company),
        _group("cac:TaxScheme", _value("cbc:ID", scheme)),
    )


def _legal_entity(name: str, org_number: str) -> Element | None:
    return _group(
        "cac:PartyLegalEntity",
        _value("cbc:RegistrationName", name),
        _value("cbc:CompanyID", _compact(org_number), schemeID=_ORGANISATION),
    )


def _contact(name: str, phone: str, email: str) -> Element | None:
    return _group(
        "cac:Contact",
        _value("cbc:Name", name),
        _value("cbc:Telephone", phone),
        _value("cbc:ElectronicMail", email),
    )


def _payment_means(basis: Basis, number: str) -> Element | None:
    credit = basis.document_type is DocumentType.CREDIT_NOTE
    account = _value("cbc:ID", _compact(basis.issuer.bankgiro))
    branch = _group("cac:FinancialInstitutionBranch", _value("cbc:ID", BANKGIRO))
    return _group(
        "cac:PaymentMeans",
        _value("cbc:PaymentMeansCode", CREDIT_TRANSFER),
        _day("cbc:PaymentDueDate", basis.due_on) if credit else None,
        _value("cbc:PaymentID", number),
        None if account is None else _group("cac:PayeeFinancialAccount", account, branch),
    )


def _terms(basis: Basis, number: str, credited: str) -> str:
    if basis.document_type is DocumentType.CREDIT_NOTE:
        return f"Krediterar {credited}." if credited else ""
    return f"Betalas senast {basis.due_on.isoformat()}. Ange {number}."


def _tax_total(basis: Basis) -> Element | None:
    return _group(
        "cac:TaxTotal",
        _amount("cbc:TaxAmount", 0),
        _group(
            "cac:TaxSubtotal",
            _amount("cbc:TaxableAmount", basis.amount),
            _amount("cbc:TaxAmount", 0),
            _tax_category("cac:TaxCategory", basis.vat_category, basis.vat_reason),
        ),
    )


def _tax_category(tag: str, category: VatCategory, reason: str = "") -> Element | None:
    """Return the category: exempt is told as 0 per cent, outside the scope of the tax has no per cent at all."""
    outside = category is VatCategory.OUTSIDE
    return _group(
        tag,
        _value("cbc:ID", category.value),
        None if outside else _value("cbc:Percent", "0"),
        _value("cbc:TaxExemptionReasonCode", _OUTSIDE_REASON) if outside and reason else None,
        _value("cbc:TaxExemptionReason", reason),
        _group("cac:TaxScheme", _value("cbc:ID", "VAT")),
    )


def _totals(amount: int) -> Element | None:
    return _group(
        "cac:LegalMonetaryTotal",
        _amount("cbc:LineExtensionAmount", amount),
        _amount("cbc:TaxExclusiveAmount", amount),
        _amount("cbc:TaxInclusiveAmount", amount),
        _amount("cbc:PayableAmount", amount),
    )


def _line(basis: Basis, line: BasisLine, kind: _Kind, credited: str) -> Element | None:
    return _group(
        kind.line,
        _value("cbc:ID", str(line.line)),
        _value("cbc:Note", _credit_note_of(line, credited)),
        _value(kind.quantity, "1", unitCode=_PIECES),
        _amount("cbc:LineExtensionAmount", line.amount),
        _claim(line.claim_number),
        _group(
            "cac:Item",
            _value("cbc:Name", line.text),
            _tax_category("cac:ClassifiedTaxCategory", basis.vat_category),
        ),
        _group("cac:Price", _amount("cbc:PriceAmount", line.amount)),
    )


def _credit_note_of(line: BasisLine, credited: str) -> str:
    """Return which line is credited and why, in the word of the closed list."""
    what = f"Krediterar rad {line.credited_line} i {credited}." if line.credited_line is not None else ""
    why = f" Skäl: {SWEDISH['credit_reason'][str(line.credit_reason)]}." if line.credit_reason is not None else ""
    return what + why


def _claim(number: str) -> Element | None:
    """Return the claim as the object that the line is about (BT-128)."""
    if not number:
        return None
    return _group(
        "cac:DocumentReference",
        _value("cbc:ID", number),
        _value("cbc:DocumentTypeCode", INVOICED_OBJECT),
    )
