"""What is wrong with what someone says of a claim: an amount, or a reason; told at its field, in Swedish."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain import money, reasons
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.texts import N_, _, kronor

_AMOUNT_FAULTS: Final = {
    AmountFault.NOT_A_NUMBER: N_("Inget belopp. Skriv till exempel 60000,50."),
    AmountFault.TWO_READINGS: N_("Beloppet kan läsas på två sätt. Skriv till exempel 60000,50."),
}


def wrong_with_amount(text: str, most: int) -> str:
    """Return why a text is no amount from nothing to `most`, "" where it is one."""
    found = money.parse(text.strip())
    if isinstance(found, AmountFault) and found in _AMOUNT_FAULTS:
        return _(_AMOUNT_FAULTS[found])
    if isinstance(found, AmountFault) or found > most:
        return _("Beloppet kan vara mellan 0 kr och {amount}.").format(amount=kronor(most))
    return ""


def wrong_with_reason(text: str, *, required: bool = True) -> str:
    """Return why a reason cannot be kept, "" where it can."""
    return reasons.wrong_with(text, _("Skriv varför. Skälet sparas i kravets historik.") if required else "")
