"""The rules of EN 16931 about exemption (BR-E-*) and what lies outside the tax (BR-O-*).

Made after the same release as `peppol_rules_standard`. Only the two categories that a document can have here are
covered, and no document has allowances or charges.
"""

from __future__ import annotations

from typing import Final

from kvalitetsapp.exchange.peppol_document import (
    OF_LINE,
    Document,
    Part,
    Rule,
    category_of,
    is_vat,
    total,
    unless,
    where,
)
from kvalitetsapp.texts import N_

_SELLER: Final = "AccountingSupplierParty/Party"
_BUYER: Final = "AccountingCustomerParty/Party"
_BREAKDOWN: Final = "TaxTotal/TaxSubtotal"

_NOT_ONE_GROUP: Final = N_("Momskategorin på raderna ska ha precis en momsgrupp.")
_RATE_WRONG: Final = N_("Momssatsen stämmer inte med momskategorin.")
_TAX_NOT_ZERO: Final = N_("Momsen ska vara 0 kr i den här momskategorin.")
_NO_REASON: Final = N_("Skälet till att moms inte tas ut saknas. Ange det bland regionens faktureringsuppgifter.")
_LINES_AND_GROUP: Final = N_("Momsgruppens belopp är inte radernas summa.")
_MIXED: Final = N_("Ett dokument utanför momsen får inte ha andra momskategorier.")


def _in_breakdown(document: Document, code: str) -> list[Part]:
    """Return the groups of tax of a category."""
    return [part for part in document.all(_BREAKDOWN) if category_of(part, "TaxCategory") == code]


def _of(document: Document, code: str) -> list[Part]:
    """Return the lines of a category."""
    return [line for line in document.lines if category_of(line, OF_LINE) == code]


def _is_used(document: Document, code: str) -> bool:
    """Tell whether a line or a group of tax has a category."""
    return bool(_in_breakdown(document, code)) or bool(_of(document, code))


def _one_group(code: str) -> Rule:
    return Rule(
        f"BR-{code}-01",
        _NOT_ONE_GROUP,
        unless(lambda document: not _is_used(document, code) or len(_in_breakdown(document, code)) == 1, _BREAKDOWN),
    )


def _group_is_sum_of_lines(code: str) -> Rule:
    def holds(document: Document) -> bool:
        of_category = total(_of(document, code), "LineExtensionAmount")
        return all(part.amount("TaxableAmount") == of_category for part in _in_breakdown(document, code))

    return Rule(f"BR-{code}-08", _LINES_AND_GROUP, unless(holds, f"{_BREAKDOWN}/TaxableAmount"))


def _no_tax(code: str) -> Rule:
    return Rule(
        f"BR-{code}-09",
        _TAX_NOT_ZERO,
        where(lambda document: _in_breakdown(document, code), lambda part: part.amount("TaxAmount") == 0, "TaxAmount"),
    )


def _reason(code: str) -> Rule:
    def holds(part: Part) -> bool:
        return part.has("TaxCategory/TaxExemptionReason") or part.has("TaxCategory/TaxExemptionReasonCode")

    field = "TaxCategory/TaxExemptionReason"
    return Rule(f"BR-{code}-10", _NO_REASON, where(lambda document: _in_breakdown(document, code), holds, field))


def _any_vat_number(document: Document) -> bool:
    parties = (_SELLER, _BUYER)
    return any(is_vat(part) for party in parties for part in document.all(f"{party}/PartyTaxScheme"))


EXEMPT: Final = (
    _one_group("E"),
    Rule(
        "BR-E-02",
        N_("Momskategori E kräver regionens momsregistreringsnummer. Ange det bland regionens faktureringsuppgifter."),
        unless(
            lambda document: not _of(document, "E") or document.has(f"{_SELLER}/PartyTaxScheme/CompanyID"),
            f"{_SELLER}/PartyTaxScheme/CompanyID",
        ),
    ),
    Rule(
        "BR-E-05",
        _RATE_WRONG,
        where(
            lambda document: _of(document, "E"),
            lambda line: line.amount(f"{OF_LINE}/Percent") == 0,
            f"{OF_LINE}/Percent",
        ),
    ),
    _group_is_sum_of_lines("E"),
    _no_tax("E"),
    _reason("E"),
)

OUTSIDE: Final = (
    _one_group("O"),
    Rule(
        "BR-O-02",
        N_("Ett dokument utanför momsen får inte ha något momsregistreringsnummer."),
        unless(
            lambda document: not _of(document, "O") or not _any_vat_number(document),
            f"{_SELLER}/PartyTaxScheme/CompanyID",
        ),
    ),
    Rule(
        "BR-O-05",
        _RATE_WRONG,
        where(
            lambda document: _of(document, "O"),
            lambda line: not line.has(f"{OF_LINE}/Percent"),
            f"{OF_LINE}/Percent",
        ),
    ),
    _group_is_sum_of_lines("O"),
    _no_tax("O"),
    _reason("O"),
    Rule(
        "BR-O-11",
        _MIXED,
        unless(
            lambda document: (
                not _in_breakdown(document, "O")
                or all(category_of(part, "TaxCategory") == "O" for part in document.all(_BREAKDOWN))
            ),
            _BREAKDOWN,
        ),
    ),
    Rule(
        "BR-O-12",
        _MIXED,
        unless(
            lambda document: (
                not _in_breakdown(document, "O")
                or all(category_of(line, OF_LINE) == "O" for line in document.lines if category_of(line, OF_LINE))
            ),
            OF_LINE,
        ),
    ),
)

RULES: Final = (*EXEMPT, *OUTSIDE)
