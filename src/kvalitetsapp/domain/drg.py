"""DRG: weights as whole ten-thousandths, and the cost that a weight and the price of weight 1.0 make (R14)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from kvalitetsapp.texts import decimal

UNITS: Final = 10_000
"""Weight 1.0."""
WEIGHT_LIMIT: Final = 1_000 * UNITS
"""Weights are below this, so a comma or a point in one can never part thousands."""
HIGHEST_PRICE: Final = 10_000_000_00
"""No price of weight 1.0 is above ten million kronor (öre); with the limit of weights no product passes 64 bits."""
FIRST_YEAR: Final = 1990
DECIMALS: Final = 4

_WEIGHT: Final = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_LOOKS_LIKE_ONE: Final = re.compile(r"[0-9][0-9 \u00a0\u202f.,]*")


class WeightFault(Enum):
    """Why a text is no weight."""

    NOT_A_NUMBER = "bad_weight"
    TWO_READINGS = "ambiguous_weight"
    DECIMALS = "weight_decimals"
    NOT_ABOVE_ZERO = "weight_zero"
    TOO_LARGE = "weight_too_large"


def parse_weight(text: str) -> int | WeightFault:
    """Return the ten-thousandths of a trimmed weight (`0,8123` → 8123), or what is wrong with it."""
    found = _WEIGHT.fullmatch(text)
    if found is None:
        return WeightFault.TWO_READINGS if _LOOKS_LIKE_ONE.fullmatch(text) else WeightFault.NOT_A_NUMBER
    whole, decimals = found.group(1), found.group(2) or ""
    if len(decimals) > DECIMALS:
        return WeightFault.DECIMALS
    if len(whole) > len(str(WEIGHT_LIMIT)) or int(whole) * UNITS >= WEIGHT_LIMIT:
        return WeightFault.TOO_LARGE
    weight = int(whole) * UNITS + int(decimals.ljust(DECIMALS, "0"))
    return weight or WeightFault.NOT_ABOVE_ZERO


def weight_text(weight: int) -> str:
    """Return a weight as people read it: `0,8123`."""
    return decimal(weight / UNITS, DECIMALS)


def cost(weight: int, price: int) -> int:
    """Return what a weight costs at the price of weight 1.0, in öre, half an öre upwards."""
    return (weight * price + UNITS // 2) // UNITS


def normalised(code: str) -> str:
    """Return a DRG code as it is compared: `h10n ` → `H10N`."""
    return code.strip().upper()
