"""Amounts: read exactly, kept as integer öre."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Final

LARGEST_ORE: Final = 10**15
_LONGEST: Final = 16
_AMOUNT: Final = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)(?:[.,]([0-9]{1,2}))?")
_LOOKS_LIKE_ONE: Final = re.compile(r"[0-9][0-9 \u00a0\u202f.,]*")
_MINUS: Final = ("-", "\u2212")


class AmountFault(Enum):
    """Why a text is no amount."""

    NOT_A_NUMBER = "bad_amount"
    TWO_READINGS = "ambiguous_amount"
    NEGATIVE = "negative_amount"
    TOO_LARGE = "amount_too_large"


def parse(text: str) -> int | AmountFault:
    """Return the öre of a trimmed amount in kronor, or what is wrong with it.

    Groups of three may be parted by space, no-break or narrow no-break space; one or two decimals follow comma or
    point. Whatever could also be read as thousands (`1.234`, `12,345`, `1.234,50`) is refused.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return _fault(text)
    whole, decimals = found.groups()
    if not whole.isdigit():
        whole = whole.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if len(whole) > _LONGEST:
        return AmountFault.TOO_LARGE
    ore = int(whole) * 100
    if decimals:
        ore += int(decimals) if len(decimals) > 1 else int(decimals) * 10
    return ore if ore <= LARGEST_ORE else AmountFault.TOO_LARGE


def from_number(value: object) -> int | AmountFault:
    """Return the öre of a number that a TOML file holds (int or `Decimal`), or what is wrong with it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return AmountFault.NOT_A_NUMBER
    amount = Decimal(value)
    if not amount.is_finite():
        return AmountFault.NOT_A_NUMBER
    if amount < 0:
        return AmountFault.NEGATIVE
    if amount > LARGEST_ORE // 100:
        return AmountFault.TOO_LARGE
    ore = int(amount * 100)
    return ore if ore == amount * 100 else AmountFault.NOT_A_NUMBER


def _fault(text: str) -> AmountFault:
    if text.startswith(_MINUS) and _AMOUNT.fullmatch(text[1:].strip()):
        return AmountFault.NEGATIVE
    return AmountFault.TWO_READINGS if _LOOKS_LIKE_ONE.fullmatch(text) else AmountFault.NOT_A_NUMBER
