"""The rules of Peppol for suppliers in Sweden (SE-R-001 to SE-R-013).

Made after the same release of the same file as `peppol_rules_network`. Where that calls a rule a warning (the account
and the way to pay), it is a fault here: a region's invoice should not leave with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.peppol_document import Document, Part, Rule, is_vat, where
from kvalitetsapp.exchange.peppol_rules_network import is_organisation_number
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable

_SUPPLIER: Final = "AccountingSupplierParty"
_CUSTOMER: Final = "AccountingCustomerParty"
_SWEDEN: Final = "SE"
_F_TAX: Final = "GODKÄND FÖR F-SKATT"
_RATES: Final = (6, 12, 25)
_PAY_BY_GIRO: Final = N_("Betalning till bankgiro eller plusgiro ska ha betalningssättet 30.")


def _vat_numbers(document: Document) -> list[Part]:
    """Select the supplier's Swedish numbers for value added tax."""
    if not document.from_country(_SUPPLIER, _SWEDEN):
        return []
    schemes = [part for part in document.all(f"{_SUPPLIER}/Party/PartyTaxScheme") if is_vat(part)]
    return [part for scheme in schemes for part in scheme.all("CompanyID") if part.value.startswith(_SWEDEN)]


def _organisation_numbers(document: Document) -> list[Part]:
    if not document.from_country(_SUPPLIER, _SWEDEN):
        return []
    return document.all(f"{_SUPPLIER}/Party/PartyLegalEntity/CompanyID")


def _tax_registrations(document: Document) -> list[Part]:
    """Select what the supplier tells of its registration for other tax than value added tax."""
    if not _organisation_numbers(document):
        return []
    schemes = [part for part in document.all(f"{_SUPPLIER}/Party/PartyTaxScheme") if not is_vat(part)]
    return [part for scheme in schemes for part in scheme.all("CompanyID")]


def _standard_rates(document: Document) -> list[Part]:
    if not _vat_numbers(document):
        return []
    return [part for part in document.every("TaxCategory", "ClassifiedTaxCategory") if part.text("ID") == "S"]


def _accounts(giro: str) -> Callable[[Document], list[Part]]:
    """Select the accounts of a giro that a credit transfer goes to."""

    def select(document: Document) -> list[Part]:
        accounts = (
            account
            for means in _means(document)
            if means.text("PaymentMeansCode") == "30"
            for account in means.all("PayeeFinancialAccount")
            if account.text("FinancialInstitutionBranch/ID") == giro
        )
        return [part for account in accounts for part in account.all("ID")]

    return select


def _means(document: Document) -> list[Part]:
    return document.all("PaymentMeans") if document.from_country(_SUPPLIER, _SWEDEN) else []


def _domestic_means(document: Document) -> list[Part]:
    return _means(document) if document.from_country(_CUSTOMER, _SWEDEN) else []


def _is_digits(part: Part) -> bool:
    return part.value.isascii() and part.value.isdigit()


_bankgiro, _plusgiro = _accounts("SE:BANKGIRO"), _accounts("SE:PLUSGIRO")

RULES: Final = (
    Rule(
        "SE-R-001",
        N_("Regionens momsregistreringsnummer ska ha 14 tecken: SE, tio siffror och 01."),
        where(_vat_numbers, lambda part: len(part.value) == 14),
    ),
    Rule(
        "SE-R-002",
        N_("Regionens momsregistreringsnummer ska sluta med tolv siffror."),
        where(_vat_numbers, lambda part: part.value[2:14].isascii() and part.value[2:14].isdigit()),
    ),
    Rule(
        "SE-R-003",
        N_("Regionens organisationsnummer ska bara ha siffror."),
        where(_organisation_numbers, _is_digits),
    ),
    Rule(
        "SE-R-004",
        N_("Regionens organisationsnummer ska ha tio siffror."),
        where(_organisation_numbers, lambda part: len(part.value) == 10),
    ),
    Rule(
        "SE-R-005",
        N_("Uppgiften om skatt ska vara ”Godkänd för F-skatt”."),
        where(_tax_registrations, lambda part: part.value.upper() == _F_TAX),
    ),
    Rule(
        "SE-R-006",
        N_("Momssatsen är ingen svensk momssats."),
        where(_standard_rates, lambda part: part.amount("Percent") in _RATES, "Percent"),
    ),
    Rule("SE-R-007", N_("Plusgirot ska bara ha siffror."), where(_plusgiro, _is_digits)),
    Rule("SE-R-008", N_("Regionens bankgiro ska bara ha siffror."), where(_bankgiro, _is_digits)),
    Rule(
        "SE-R-009",
        N_("Regionens bankgiro ska ha sju eller åtta siffror."),
        where(_bankgiro, lambda part: len(part.value) in {7, 8}),
    ),
    Rule(
        "SE-R-010",
        N_("Plusgirot ska ha två till åtta siffror."),
        where(_plusgiro, lambda part: 2 <= len(part.value) <= 8),
    ),
    Rule(
        "SE-R-011",
        _PAY_BY_GIRO,
        where(_means, lambda part: part.text("PaymentMeansCode") not in {"50", "56"}, "PaymentMeansCode"),
    ),
    Rule(
        "SE-R-012",
        N_("Betalning inom Sverige ska ha betalningssättet 30."),
        where(_domestic_means, lambda part: part.text("PaymentMeansCode") != "31", "PaymentMeansCode"),
    ),
    Rule(
        "SE-R-013",
        N_("Regionens organisationsnummer har fel kontrollsiffra."),
        where(_organisation_numbers, lambda part: is_organisation_number(part.value[:10])),
    ),
)
