"""A cost that someone enters by hand for a care contact (R14): the last resort, always with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import drg, money, reasons
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class ManualCost:
    """A cost as it was entered, in öre; `withdrawn_at` is "" while it stands."""

    manual_cost: int
    episode: int
    cost: int
    price_year: int | None
    reason: str
    who: str
    entered_at: str
    withdrawn_at: str = ""


class CostPart(StrEnum):
    """What has to be said of a cost that is entered."""

    AMOUNT = "amount"
    YEAR = "price_year"
    REASON = "reason"


_AMOUNT_FAULTS: Final = {
    AmountFault.NOT_A_NUMBER: N_("Beloppet går inte att läsa. Skriv till exempel 60000,50."),
    AmountFault.TWO_READINGS: N_("Beloppet går att läsa på två sätt. Skriv till exempel 60000,50."),
    AmountFault.NEGATIVE: N_("En kostnad är aldrig negativ."),
    AmountFault.TOO_LARGE: N_("Beloppet är för stort för att vara en kostnad."),
}


def wrong_with(part: CostPart, text: str, today: date) -> str:
    """Return why what is typed cannot be kept, in a Swedish sentence, "" where it can."""
    text = text.strip()
    match part:
        case CostPart.AMOUNT:
            found = money.parse(text)
            if not text:
                return _("Beloppet saknas. Skriv kostnaden i kronor.")
            return _(_AMOUNT_FAULTS[found]) if isinstance(found, AmountFault) else ""
        case CostPart.YEAR:
            return "" if _is_year(text, today) else _wrong_year(today)
        case _:
            return wrong_with_reason(text)


def wrong_with_reason(text: str) -> str:
    """Return why a reason cannot be kept, "" where it can."""
    return reasons.wrong_with(text, _("Skälet saknas. Skriv varifrån kostnaden kommer eller varför den tas bort."))


def _is_year(text: str, today: date) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4 and drg.FIRST_YEAR <= int(text) <= today.year + 1


def _wrong_year(today: date) -> str:
    return _("Prisåret ska vara ett årtal från {first} till {last}.").format(first=drg.FIRST_YEAR, last=today.year + 1)
