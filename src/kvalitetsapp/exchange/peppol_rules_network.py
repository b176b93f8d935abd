"""The rules that Peppol adds to EN 16931 (PEPPOL-EN16931-*, PEPPOL-COMMON-*), as far as they can apply here.

Made after the tests of PEPPOL-EN16931-UBL.sch in Peppol BIS Billing 3.0, release 3.0.21 (May 2026,
https://github.com/OpenPEPPOL/peppol-bis-invoice-3), which has no licence to copy it under. Left out are the rules
of other countries than Sweden and their organisation numbers, and what they are let off (P0112): the one who invoices
is a Swedish region.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.identity import luhn_holds
from kvalitetsapp.exchange.peppol_codes import (
    ADDRESS_SCHEMES,
    CATEGORY_OF_REASON,
    CREDIT_NOTES,
    CURRENCIES,
    DAYS_OF_TAX,
    INVOICES,
    MIME_TYPES,
    NOT_FROM_SWEDEN,
)
from kvalitetsapp.exchange.peppol_document import (
    Document,
    Part,
    Rule,
    at,
    at_most_one,
    named,
    unless,
    where,
)
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SPECIFICATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROCESSES: Final = ("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "urn:peppol:bis:billing_with_response")
_DATES: Final = ("IssueDate", "DueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNTS: Final = (
    "Amount",
    "BaseAmount",
    "PriceAmount",
    "TaxableAmount",
    "LineExtensionAmount",
    "TaxExclusiveAmount",
    "TaxInclusiveAmount",
    "AllowanceTotalAmount",
    "ChargeTotalAmount",
    "PrepaidAmount",
    "PayableRoundingAmount",
    "PayableAmount",
)
_DIRECT_DEBIT: Final = ("49", "59")
_PROJECT: Final = "50"

_OTHER_COUNTRY_TYPE: Final = N_("Dokumentets typ används bara i andra länder.")
_WRONG_REASON_CODE: Final = N_("Koden för skälet till att moms inte tas ut hör till en annan momskategori.")


def is_organisation_number(text: str) -> bool:
    """Tell whether a text is ten digits with a right check digit."""
    return len(text) == 10 and text.isascii() and text.isdigit() and luhn_holds(text)


def _is_location_number(text: str) -> bool:
    """Tell whether a text is digits with a right check digit of GS1."""
    if not (text.isascii() and text.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(text[:-1])))
    return -weighted % 10 == int(text[-1])


def _identifiers(scheme: str) -> Callable[[Document], list[Part]]:
    """Select addresses and numbers of organisations of a scheme."""

    def select(document: Document) -> list[Part]:
        in_parties = [each for party in document.every("PartyIdentification") for each in party.all("ID")]
        found = (*document.every("EndpointID", "CompanyID"), *in_parties)
        return [part for part in found if part.attribute("schemeID") == scheme]

    return select


def _everything(document: Document) -> Iterator[Part]:
    yield document
    yield from chain.from_iterable(document.named.values())


def _has_content(part: Part) -> bool:
    return bool(part.children or part.value)


def _is_date(part: Part) -> bool:
    text = part.element.text or ""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _right_specification(document: Document) -> bool:
    text = document.text("CustomizationID")
    return text.startswith(_SPECIFICATION) and "::" not in text


def _tax_amounts(document: Document) -> Iterator[Part]:
    """Select the tax of the document and of its groups, but not the one in the currency of accounting."""
    for part in document.all("TaxTotal"):
        if part.has("TaxSubtotal"):
            yield from (*part.all("TaxAmount"), *part.all("TaxSubtotal/TaxAmount"))


def _wrong_currency(document: Document) -> Iterator[str]:
    currency = document.text("DocumentCurrencyCode")
    for part in (*document.every(*_AMOUNTS), *_tax_amounts(document)):
        if part.attribute("currencyID") != currency:
            yield part.place


def _of_known_process(name: str) -> Callable[[Document], list[Part]]:
    """Select elements of a name in a document whose process Peppol knows."""
    return lambda document: document.every(name) if document.text("ProfileID") in _PROCESSES else []


def _one_plain_total(document: Document) -> bool:
    plain = [part for part in document.all("TaxTotal") if not part.has("TaxSubtotal")]
    return len(plain) == (1 if document.has("TaxCurrencyCode") else 0)


def _own_accounting_currency(document: Document) -> bool:
    currency = document.text("DocumentCurrencyCode")
    return all(part.value != currency for part in document.all("TaxCurrencyCode"))


def _same_sign(document: Document) -> bool:
    """Tell whether the tax is told in both currencies, if there are two, and has the same sign in both."""
    if not document.has("TaxCurrencyCode"):
        return True
    currencies = (document.text("TaxCurrencyCode"), document.text("DocumentCurrencyCode"))
    told = {part.attribute("currencyID"): part.number for part in document.all("TaxTotal/TaxAmount")}
    amounts = [amount for amount in map(told.get, currencies) if amount is not None]
    same = all(amount <= 0 for amount in amounts) or all(amount >= 0 for amount in amounts)
    return len(amounts) == len(currencies) and same


def _one_project(document: Document) -> bool:
    codes = [part.value for part in document.all("AdditionalDocumentReference/DocumentTypeCode")]
    return not document.is_credit_note or codes.count(_PROJECT) <= 1


def _reason_code(number: int, code: str) -> Rule:
    """Return the rule that a code of exemption is only used in its own category."""

    def select(document: Document) -> list[Part]:
        return [part for part in document.every("TaxCategory") if part.text("TaxExemptionReasonCode").upper() == code]

    def holds(part: Part) -> bool:
        return part.text("ID") == CATEGORY_OF_REASON[code]

    return Rule(f"PEPPOL-EN16931-P0{number}", _WRONG_REASON_CODE, where(select, holds, "TaxExemptionReasonCode"))


DOCUMENT: Final = (
    Rule(
        "PEPPOL-EN16931-R001",
        N_("Uppgiften om vilken process dokumentet hör till saknas."),
        unless(lambda document: document.has("ProfileID"), "ProfileID"),
    ),
    Rule("PEPPOL-EN16931-R002", N_("Dokumentet har fler än en anteckning."), at_most_one("Note")),
    Rule(
        "PEPPOL-EN16931-R003",
        N_("Köparens referens och ordernummer saknas. Ange ett av dem bland vårdgivarens faktureringsuppgifter."),
        unless(
            lambda document: document.has("BuyerReference") or document.has("OrderReference/ID"),
            "BuyerReference",
        ),
    ),
    Rule(
        "PEPPOL-EN16931-R004",
        N_("Dokumentet sägs följa en annan specifikation än Peppol BIS Billing 3."),
        unless(_right_specification, "CustomizationID"),
    ),
    Rule(
        "PEPPOL-EN16931-R005",
        N_("Valutan för bokföringen är samma som dokumentets."),
        unless(_own_accounting_currency, "TaxCurrencyCode"),
    ),
    Rule(
        "PEPPOL-EN16931-R007",
        N_("Processen är ingen som Peppol har godkänt."),
        unless(lambda document: document.text("ProfileID") in _PROCESSES, "ProfileID"),
    ),
    Rule("PEPPOL-EN16931-R008", N_("En uppgift är tom."), where(_everything, _has_content)),
    Rule(
        "PEPPOL-EN16931-R010",
        N_("Mottagarens Peppol-adress saknas. Ange den bland vårdgivarens faktureringsuppgifter."),
        where(at("AccountingCustomerParty/Party"), lambda part: part.has("EndpointID"), "EndpointID"),
    ),
    Rule(
        "PEPPOL-EN16931-R020",
        N_("Regionens Peppol-adress saknas. Ange den bland regionens faktureringsuppgifter."),
        where(at("AccountingSupplierParty/Party"), lambda part: part.has("EndpointID"), "EndpointID"),
    ),
    Rule("PEPPOL-EN16931-R051", N_("Ett belopp är i en annan valuta än dokumentet."), _wrong_currency),
    Rule(
        "PEPPOL-EN16931-R053",
        N_("Dokumentet ska ha precis en momssumma med momsgrupper."),
        unless(
            lambda document: sum(part.has("TaxSubtotal") for part in document.all("TaxTotal")) == 1,
            "TaxTotal",
        ),
    ),
    Rule(
        "PEPPOL-EN16931-R054",
        N_("En momssumma utan momsgrupper hör bara till en valuta för bokföringen."),
        unless(_one_plain_total, "TaxTotal"),
    ),
    Rule(
        "PEPPOL-EN16931-R055",
        N_("Momssumman har olika tecken i de två valutorna."),
        unless(_same_sign, "TaxTotal/TaxAmount"),
    ),
    Rule(
        "PEPPOL-EN16931-R061",
        N_("Autogiro kräver ett medgivande."),
        where(
            lambda document: [
                part for part in document.all("PaymentMeans") if part.text("PaymentMeansCode") in _DIRECT_DEBIT
            ],
            lambda part: part.has("PaymentMandate/ID"),
            "PaymentMandate/ID",
        ),
    ),
    Rule(
        "PEPPOL-EN16931-R080",
        N_("Kreditunderlaget hänvisar till fler än ett projekt."),
        unless(_one_project, "AdditionalDocumentReference"),
    ),
)

CODES: Final = (
    Rule(
        "PEPPOL-EN16931-CL001",
        N_("En bilaga är av ett slag som inte får skickas."),
        where(named("EmbeddedDocumentBinaryObject"), lambda part: part.attribute("mimeCode") in MIME_TYPES | {""}),
    ),
    Rule(
        "PEPPOL-EN16931-CL006",
        N_("Periodens kod är okänd."),
        where(
            lambda document: [
                part for period in document.every("InvoicePeriod") for part in period.all("DescriptionCode")
            ],
            lambda part: part.value in DAYS_OF_TAX,
        ),
    ),
    Rule(
        "PEPPOL-EN16931-CL007",
        N_("Ett belopps valuta är ingen valutakod."),
        where(named(*_AMOUNTS, "TaxAmount"), lambda part: part.attribute("currencyID") in CURRENCIES),
    ),
    Rule(
        "PEPPOL-EN16931-CL008",
        N_("Peppol-adressens slag är okänt. Ange ett annat."),
        where(named("EndpointID"), lambda part: part.element.get("schemeID") in ADDRESS_SCHEMES | {None}),
    ),
    Rule(
        "PEPPOL-EN16931-F001",
        N_("Ett datum är inte skrivet ÅÅÅÅ-MM-DD."),
        where(named(*_DATES), _is_date),
    ),
    Rule(
        "PEPPOL-EN16931-P0100",
        N_("Fakturans typ är ingen som Peppol tar emot."),
        where(_of_known_process("InvoiceTypeCode"), lambda part: part.value in INVOICES),
    ),
    Rule(
        "PEPPOL-EN16931-P0101",
        N_("Kreditunderlagets typ är ingen som Peppol tar emot."),
        where(_of_known_process("CreditNoteTypeCode"), lambda part: part.value in CREDIT_NOTES),
    ),
    Rule(
        "PEPPOL-EN16931-P0112",
        _OTHER_COUNTRY_TYPE,
        where(named("InvoiceTypeCode"), lambda part: part.value not in NOT_FROM_SWEDEN),
    ),
    *(_reason_code(number, code) for number, code in enumerate(CATEGORY_OF_REASON, start=104)),
)

NUMBERS: Final = (
    Rule(
        "PEPPOL-COMMON-R040",
        N_("GLN-numret stämmer inte: det ska vara siffror med rätt kontrollsiffra."),
        where(_identifiers("0088"), lambda part: _is_location_number(part.value)),
    ),
    Rule(
        "PEPPOL-COMMON-R049",
        N_("Organisationsnumret stämmer inte: det ska vara tio siffror med rätt kontrollsiffra."),
        where(_identifiers("0007"), lambda part: is_organisation_number(part.value)),
    ),
)

RULES: Final = (*DOCUMENT, *CODES, *NUMBERS)
