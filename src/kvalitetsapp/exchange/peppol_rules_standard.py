"""The rules of EN 16931 (BR-*, UBL-SR-*) that a document of this program could break.

Made after the tests of CEN/TC 434's validation artefacts, release 1.3.16 (March 2026, EUPL 1.2,
https://github.com/ConnectingEurope/eInvoicing-EN16931), which tests run whole on what is written. Rules about what is
never written (allowances and charges at the document, cards, mandates, payees, tax representatives, deliveries, other
categories than E and O) are left to them, and so are code lists that Peppol narrows further.
"""

from __future__ import annotations

from typing import Final

from kvalitetsapp.exchange.peppol_codes import (
    COUNTRIES,
    CURRENCIES,
    ORGANISATION_SCHEMES,
    PAYMENT_MEANS,
    VAT_CATEGORIES,
)
from kvalitetsapp.exchange.peppol_document import (
    NOTHING,
    OF_LINE,
    Document,
    Part,
    Rule,
    at,
    at_most_one,
    category_of,
    filled,
    is_vat,
    lines,
    named,
    total,
    unless,
    where,
)
from kvalitetsapp.texts import N_

_SELLER: Final = "AccountingSupplierParty/Party"
_BUYER: Final = "AccountingCustomerParty/Party"
_TOTAL: Final = "LegalMonetaryTotal"
_BREAKDOWN: Final = "TaxTotal/TaxSubtotal"
_ACCOUNT: Final = "PayeeFinancialAccount/ID"
_CREDIT_TRANSFERS: Final = ("30", "58")

_SUMS_DISAGREE: Final = N_("Dokumentets summor stämmer inte med varandra.")
_TOO_MANY_DECIMALS: Final = N_("Ett belopp har fler än två decimaler.")
_NO_TOTAL: Final = N_("En av dokumentets summor saknas.")
_NO_VAT_GROUP: Final = N_("Momsgruppen är inte fullständig.")
_NO_LINE_FIELD: Final = N_("En rad är inte fullständig.")
_NO_SCHEME: Final = N_("Peppol-adressen saknar uppgift om vilket slags nummer den är.")


def _two_decimals(part: Part) -> bool:
    return len(part.value.partition(".")[2]) <= 2


def _seller_has_vat_number(document: Document) -> bool:
    return any(is_vat(part) for part in document.all(f"{_SELLER}/PartyTaxScheme"))


def _seller_is_known(document: Document) -> bool:
    named_by = (f"{_SELLER}/PartyIdentification/ID", f"{_SELLER}/PartyLegalEntity/CompanyID")
    return _seller_has_vat_number(document) or any(document.has(path) for path in named_by)


def _in_order(period: Part) -> bool:
    start, end = period.text("StartDate"), period.text("EndDate")
    return not start or not end or start <= end


def _has_a_day(period: Part) -> bool:
    return period.has("StartDate") or period.has("EndDate") or period.has("DescriptionCode")


def _totals_add_up(document: Document) -> bool:
    without, tax = document.amount(f"{_TOTAL}/TaxExclusiveAmount"), document.amount("TaxTotal/TaxAmount")
    return None not in (without, tax) and document.amount(f"{_TOTAL}/TaxInclusiveAmount") == without + tax  # type: ignore[operator]


def _payable_is_total(sums: Part) -> bool:
    """Tell whether what is to be paid is the total less what is paid already, and rounding."""
    inclusive, payable = sums.amount("TaxInclusiveAmount"), sums.amount("PayableAmount")
    prepaid, rounding = sums.amount("PrepaidAmount", NOTHING), sums.amount("PayableRoundingAmount", NOTHING)
    if inclusive is None or payable is None or prepaid is None or rounding is None:
        return False
    return payable == inclusive - prepaid + rounding


def _has_category(part: Part) -> bool:
    return category_of(part, "TaxCategory") != ""


def _has_rate(part: Part) -> bool:
    """Tell whether a group of tax has a rate, which only what is outside the tax lacks."""
    return category_of(part, "TaxCategory") == "O" or any(
        each.has("Percent") for each in part.all("TaxCategory") if is_vat(each)
    )


def _has_account(means: Part) -> bool:
    return means.text("PaymentMeansCode") not in _CREDIT_TRANSFERS or means.has(_ACCOUNT)


def _has_type(document: Document) -> bool:
    return bool(document.text("InvoiceTypeCode") or document.text("CreditNoteTypeCode"))


def _quantity(line: Part) -> list[Part]:
    return [*line.all("InvoicedQuantity"), *line.all("CreditedQuantity")]


HEAD: Final = (
    Rule("BR-01", N_("Uppgiften om vilken specifikation som följs saknas."), filled("CustomizationID")),
    Rule("BR-02", N_("Dokumentets nummer saknas."), filled("ID")),
    Rule("BR-03", N_("Dokumentets datum saknas."), filled("IssueDate")),
    Rule("BR-04", N_("Dokumentets typ saknas."), unless(_has_type, "InvoiceTypeCode")),
    Rule("BR-05", N_("Valutan saknas."), filled("DocumentCurrencyCode")),
    Rule(
        "BR-06",
        N_("Regionens namn saknas. Ange det bland regionens faktureringsuppgifter."),
        filled(f"{_SELLER}/PartyLegalEntity/RegistrationName"),
    ),
    Rule(
        "BR-07",
        N_("Mottagarens namn saknas. Ange det bland vårdgivarens faktureringsuppgifter."),
        filled(f"{_BUYER}/PartyLegalEntity/RegistrationName"),
    ),
    Rule(
        "BR-08",
        N_("Regionens adress saknas. Ange den bland regionens faktureringsuppgifter."),
        unless(lambda document: document.has(f"{_SELLER}/PostalAddress"), f"{_SELLER}/PostalAddress"),
    ),
    Rule(
        "BR-09",
        N_("Landet saknas i regionens adress."),
        filled("Country/IdentificationCode", at(f"{_SELLER}/PostalAddress")),
    ),
    Rule(
        "BR-10",
        N_("Mottagarens adress saknas. Ange den bland vårdgivarens faktureringsuppgifter."),
        unless(lambda document: document.has(f"{_BUYER}/PostalAddress"), f"{_BUYER}/PostalAddress"),
    ),
    Rule(
        "BR-11",
        N_("Landet saknas i mottagarens adress."),
        filled("Country/IdentificationCode", at(f"{_BUYER}/PostalAddress")),
    ),
    Rule("BR-16", N_("Dokumentet har inga rader."), unless(lambda document: bool(document.lines), "InvoiceLine")),
    Rule("BR-29", N_("Perioden slutar innan den börjar."), where(named("InvoicePeriod"), _in_order, "EndDate")),
    Rule("BR-49", N_("Betalningssättet saknas."), filled("PaymentMeansCode", at("PaymentMeans"))),
    Rule(
        "BR-52",
        N_("Hänvisningen till specifikationen saknar nummer."),
        filled("ID", at("AdditionalDocumentReference")),
    ),
    Rule(
        "BR-55",
        N_("Kreditunderlaget saknar numret på det som krediteras."),
        where(
            at("BillingReference"), lambda part: part.has("InvoiceDocumentReference/ID"), "InvoiceDocumentReference"
        ),
    ),
    Rule(
        "BR-61",
        N_("Kontot att betala till saknas. Ange bankgirot bland regionens faktureringsuppgifter."),
        where(at("PaymentMeans"), _has_account, _ACCOUNT),
    ),
    Rule(
        "BR-62",
        _NO_SCHEME,
        where(at(f"{_SELLER}/EndpointID"), lambda part: "schemeID" in part.element.attrib),
    ),
    Rule(
        "BR-63",
        _NO_SCHEME,
        where(at(f"{_BUYER}/EndpointID"), lambda part: "schemeID" in part.element.attrib),
    ),
    Rule(
        "BR-CO-09",
        N_("Momsregistreringsnumret börjar inte med en landskod."),
        where(
            lambda document: filter(is_vat, document.every("PartyTaxScheme")),
            lambda part: part.text("CompanyID")[:2] in COUNTRIES | {"EL"},
            "CompanyID",
        ),
    ),
    Rule("BR-CO-19", N_("Perioden saknar både första och sista dag."), where(at("InvoicePeriod"), _has_a_day)),
    Rule(
        "BR-CO-26",
        N_("Regionens organisationsnummer saknas. Ange det bland regionens faktureringsuppgifter."),
        unless(_seller_is_known, f"{_SELLER}/PartyLegalEntity/CompanyID"),
    ),
    Rule(
        "UBL-SR-53",
        N_("En uppgift om skatteregistrering är inte fullständig."),
        where(
            at(f"{_SELLER}/PartyTaxScheme"),
            lambda part: part.has("CompanyID") and part.has("TaxScheme/ID"),
            "CompanyID",
        ),
    ),
    Rule("UBL-SR-01", N_("Dokumentet hänvisar till fler än ett avtal."), at_most_one("ContractDocumentReference/ID")),
)

CODES: Final = (
    Rule(
        "BR-CL-04",
        N_("Valutan är ingen valutakod."),
        where(named("DocumentCurrencyCode"), lambda part: part.value in CURRENCIES),
    ),
    Rule(
        "BR-CL-11",
        N_("Organisationsnumrets slag är okänt."),
        where(
            lambda document: [each for each in document.every("CompanyID") if each.attribute("schemeID")],
            lambda part: part.attribute("schemeID") in ORGANISATION_SCHEMES,
        ),
    ),
    Rule(
        "BR-CL-14",
        N_("Landet är ingen landskod med två stora bokstäver."),
        where(named("IdentificationCode"), lambda part: part.value in COUNTRIES),
    ),
    Rule(
        "BR-CL-16",
        N_("Betalningssättets kod är okänd."),
        where(named("PaymentMeansCode"), lambda part: part.value in PAYMENT_MEANS),
    ),
    Rule(
        "BR-CL-17",
        N_("Momskategorin är okänd."),
        where(at(f"{_BREAKDOWN}/TaxCategory/ID"), lambda part: part.value in VAT_CATEGORIES),
    ),
    Rule(
        "BR-CL-18",
        N_("Momskategorin är okänd."),
        where(
            lambda document: (part for line in document.lines for part in line.all("Item/ClassifiedTaxCategory/ID")),
            lambda part: part.value in VAT_CATEGORIES,
        ),
    ),
)

TOTALS: Final = (
    Rule("BR-12", _NO_TOTAL, filled(f"{_TOTAL}/LineExtensionAmount")),
    Rule("BR-13", _NO_TOTAL, filled(f"{_TOTAL}/TaxExclusiveAmount")),
    Rule("BR-14", _NO_TOTAL, filled(f"{_TOTAL}/TaxInclusiveAmount")),
    Rule("BR-15", _NO_TOTAL, filled(f"{_TOTAL}/PayableAmount")),
    Rule("BR-45", _NO_VAT_GROUP, filled("TaxableAmount", at(_BREAKDOWN))),
    Rule("BR-46", _NO_VAT_GROUP, filled("TaxAmount", at(_BREAKDOWN))),
    Rule(
        "BR-47",
        _NO_VAT_GROUP,
        where(at(_BREAKDOWN), lambda part: bool(category_of(part, "TaxCategory")), "TaxCategory/ID"),
    ),
    Rule("BR-48", _NO_VAT_GROUP, where(at(_BREAKDOWN), _has_rate, "TaxCategory/Percent")),
    Rule(
        "BR-CO-10",
        N_("Dokumentets summa är inte radernas summa."),
        unless(
            lambda document: (
                document.amount(f"{_TOTAL}/LineExtensionAmount") == total(document.lines, "LineExtensionAmount")
            ),
            f"{_TOTAL}/LineExtensionAmount",
        ),
    ),
    Rule(
        "BR-CO-13",
        _SUMS_DISAGREE,
        where(
            at(_TOTAL),
            lambda part: part.amount("TaxExclusiveAmount") == part.amount("LineExtensionAmount"),
            "TaxExclusiveAmount",
        ),
    ),
    Rule(
        "BR-CO-14",
        _SUMS_DISAGREE,
        where(
            at("TaxTotal"),
            lambda part: (
                not part.has("TaxSubtotal") or part.amount("TaxAmount") == total(part.all("TaxSubtotal"), "TaxAmount")
            ),
            "TaxAmount",
        ),
    ),
    Rule("BR-CO-15", _SUMS_DISAGREE, unless(_totals_add_up, f"{_TOTAL}/TaxInclusiveAmount")),
    Rule("BR-CO-16", _SUMS_DISAGREE, where(at(_TOTAL), _payable_is_total, "PayableAmount")),
    Rule("BR-CO-18", _NO_VAT_GROUP, unless(lambda document: document.has(_BREAKDOWN), _BREAKDOWN)),
    Rule("BR-DEC-09", _TOO_MANY_DECIMALS, where(at(f"{_TOTAL}/LineExtensionAmount"), _two_decimals)),
    Rule("BR-DEC-12", _TOO_MANY_DECIMALS, where(at(f"{_TOTAL}/TaxExclusiveAmount"), _two_decimals)),
    Rule("BR-DEC-14", _TOO_MANY_DECIMALS, where(at(f"{_TOTAL}/TaxInclusiveAmount"), _two_decimals)),
    Rule("BR-DEC-18", _TOO_MANY_DECIMALS, where(at(f"{_TOTAL}/PayableAmount"), _two_decimals)),
    Rule("BR-DEC-19", _TOO_MANY_DECIMALS, where(at(f"{_BREAKDOWN}/TaxableAmount"), _two_decimals)),
    Rule("BR-DEC-20", _TOO_MANY_DECIMALS, where(at(f"{_BREAKDOWN}/TaxAmount"), _two_decimals)),
)

LINES: Final = (
    Rule("BR-21", _NO_LINE_FIELD, filled("ID", lines)),
    Rule("BR-22", _NO_LINE_FIELD, where(lines, lambda line: bool(_quantity(line)), "InvoicedQuantity")),
    Rule(
        "BR-23",
        _NO_LINE_FIELD,
        where(
            lines, lambda line: any("unitCode" in each.element.attrib for each in _quantity(line)), "InvoicedQuantity"
        ),
    ),
    Rule("BR-24", _NO_LINE_FIELD, filled("LineExtensionAmount", lines)),
    Rule("BR-25", N_("En rad saknar text."), filled("Item/Name", lines)),
    Rule("BR-26", _NO_LINE_FIELD, filled("Price/PriceAmount", lines)),
    Rule(
        "BR-27",
        N_("En rads pris är negativt."),
        where(lines, lambda line: (line.amount("Price/PriceAmount") or NOTHING) >= 0, "Price/PriceAmount"),
    ),
    Rule(
        "BR-CO-04",
        N_("En rad saknar momskategori."),
        where(lines, lambda line: bool(category_of(line, OF_LINE)), OF_LINE),
    ),
    Rule(
        "BR-DEC-23",
        _TOO_MANY_DECIMALS,
        where(
            lambda document: (part for line in document.lines for part in line.all("LineExtensionAmount")),
            _two_decimals,
        ),
    ),
    Rule(
        "UBL-SR-48",
        N_("En rad har fler än en momskategori."),
        where(lines, lambda line: len(line.all(OF_LINE)) == 1, OF_LINE),
    ),
)

RULES: Final = (*HEAD, *CODES, *TOTALS, *LINES)
