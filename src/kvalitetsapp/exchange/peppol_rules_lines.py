"""What Peppol adds to EN 16931 about lines, allowances and charges (PEPPOL-EN16931-R040 to R046, R100 to R130).

Made after the same release of the same file as `peppol_rules_network`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.peppol_document import NOTHING, Document, Part, Rule, at_most_one, lines, total, where
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SLACK: Final = Decimal("0.02")
_ONE: Final = Decimal(1)
_OBJECT: Final = "130"


# Allowances and charges: of the document and of a line; those of a price have rules of their own.


def _allowances(document: Document) -> list[Part]:
    return [
        *document.all("AllowanceCharge"),
        *(part for line in document.lines for part in line.all("AllowanceCharge")),
    ]


def _whole_allowances(document: Document) -> list[Part]:
    """Select allowances that tell both of base amount and per cent, or none of them."""
    return [part for part in _allowances(document) if part.has("MultiplierFactorNumeric") == part.has("BaseAmount")]


def _price_allowances(document: Document) -> Iterator[Part]:
    for line in document.lines:
        yield from line.all("Price/AllowanceCharge")


def _is_share_of_base(part: Part) -> bool:
    share, base = part.amount("MultiplierFactorNumeric"), part.amount("BaseAmount")
    if share is None or base is None:
        return True
    return abs((part.amount("Amount", NOTHING) or NOTHING) - base * share / 100) <= _SLACK


def _wrong_net_price(document: Document) -> Iterator[str]:
    for line in document.lines:
        price = line.amount("Price/PriceAmount")
        for part in line.all("Price/AllowanceCharge"):
            base = part.amount("BaseAmount")
            if base is not None and price != base - (part.amount("Amount", NOTHING) or NOTHING):
                yield f"{line.place}/Price/PriceAmount"


# Lines


def _adds_up(line: Part) -> bool:
    """Tell whether a line's amount is quantity × price, with its allowances and charges, within two öre."""
    quantity = line.amount("InvoicedQuantity", line.amount("CreditedQuantity", _ONE))
    price = line.amount("Price/PriceAmount", NOTHING)
    amount = line.amount("LineExtensionAmount", NOTHING)
    if quantity is None or price is None or amount is None:
        return False
    base = line.amount("Price/BaseQuantity", _ONE) or _ONE
    expected = quantity * price / base + _charged(line, "true") - _charged(line, "false")
    return abs(amount - expected) <= _SLACK


def _charged(line: Part, indicator: str) -> Decimal:
    chosen = (part for part in line.all("AllowanceCharge") if part.text("ChargeIndicator") == indicator)
    return total(chosen, "Amount")


def _outside_period(field: str, wrong: Callable[[str, str], bool]) -> Callable[[Document], Iterable[str]]:
    def check(document: Document) -> Iterator[str]:
        of_document = document.text(f"InvoicePeriod/{field}")
        for line in document.lines:
            for part in line.all(f"InvoicePeriod/{field}"):
                if of_document and wrong(part.value, of_document):
                    yield part.place

    return check


def _same_unit(line: Part) -> bool:
    units = {part.attribute("unitCode") for part in line.all("Price/BaseQuantity") if part.attribute("unitCode")}
    quantities = [*line.all("InvoicedQuantity"), *line.all("CreditedQuantity")]
    return not quantities or units <= {quantities[0].attribute("unitCode")}


def _only_object(line: Part) -> bool:
    return not line.has("DocumentReference") or any(
        part.value == _OBJECT for part in line.all("DocumentReference/DocumentTypeCode")
    )


ALLOWANCES: Final = (
    Rule(
        "PEPPOL-EN16931-R040",
        N_("Ett avdrag eller tillägg är inte den angivna procenten av sitt grundbelopp."),
        where(_whole_allowances, _is_share_of_base, "Amount"),
    ),
    Rule(
        "PEPPOL-EN16931-R041",
        N_("Ett avdrag eller tillägg med procent saknar grundbelopp."),
        where(
            _allowances,
            lambda part: part.has("BaseAmount") or not part.has("MultiplierFactorNumeric"),
            "BaseAmount",
        ),
    ),
    Rule(
        "PEPPOL-EN16931-R042",
        N_("Ett avdrag eller tillägg med grundbelopp saknar procent."),
        where(
            _allowances,
            lambda part: part.has("MultiplierFactorNumeric") or not part.has("BaseAmount"),
            "MultiplierFactorNumeric",
        ),
    ),
    Rule(
        "PEPPOL-EN16931-R043",
        N_("Det framgår inte om något är ett avdrag eller ett tillägg."),
        where(_whole_allowances, lambda part: part.text("ChargeIndicator") in {"true", "false"}, "ChargeIndicator"),
    ),
    Rule(
        "PEPPOL-EN16931-R044",
        N_("Ett pris får inte ha tillägg."),
        where(_price_allowances, lambda part: part.text("ChargeIndicator") == "false", "ChargeIndicator"),
    ),
    Rule(
        "PEPPOL-EN16931-R046",
        N_("Nettopriset är inte bruttopriset minus avdraget."),
        _wrong_net_price,
    ),
)

LINES: Final = (
    Rule(
        "PEPPOL-EN16931-R100",
        N_("En rad gäller fler än ett krav."),
        at_most_one("DocumentReference", lines),
    ),
    Rule(
        "PEPPOL-EN16931-R101",
        N_("En rads hänvisning är inte till det som raden gäller."),
        where(lines, _only_object, "DocumentReference"),
    ),
    Rule(
        "PEPPOL-EN16931-R110",
        N_("En rads period börjar före dokumentets."),
        _outside_period("StartDate", lambda of_line, of_document: of_line < of_document),
    ),
    Rule(
        "PEPPOL-EN16931-R111",
        N_("En rads period slutar efter dokumentets."),
        _outside_period("EndDate", lambda of_line, of_document: of_line > of_document),
    ),
    Rule(
        "PEPPOL-EN16931-R120",
        N_("En rads belopp är inte antal gånger pris."),
        where(lines, _adds_up, "LineExtensionAmount"),
    ),
    Rule(
        "PEPPOL-EN16931-R121",
        N_("Antalet som ett pris gäller ska vara större än noll."),
        where(lines, lambda line: (line.amount("Price/BaseQuantity", _ONE) or NOTHING) > 0, "Price/BaseQuantity"),
    ),
    Rule(
        "PEPPOL-EN16931-R130",
        N_("Priset gäller en annan enhet än raden."),
        where(lines, _same_unit, "Price/BaseQuantity"),
    ),
)

RULES: Final = (*ALLOWANCES, *LINES)
