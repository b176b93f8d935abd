"""Swedish bankgiro numbers: seven or eight digits, the last of them a check digit."""

from __future__ import annotations

import re
from typing import Final

from kvalitetsapp.domain.identity import luhn_holds

_FORM: Final = re.compile(r"([0-9]{3,4})-?([0-9]{4})")
_DIGITS_BEHIND: Final = 4
_LUHN_LENGTH: Final = 10


def canonical(written: str) -> str | None:
    """Return the digits of a trimmed bankgiro number, None where its form or its check digit is wrong."""
    found = _FORM.fullmatch(written)
    if found is None or not written.isascii():
        return None
    digits = found[1] + found[2]
    # Zeros in front change nothing of the sum, so the check of ten digits holds for fewer.
    return digits if digits.strip("0") and luhn_holds(digits.zfill(_LUHN_LENGTH)) else None


def formatted(digits: str) -> str:
    """Return canonical digits as they are printed: `123-4567` or `1234-5678`."""
    return f"{digits[:-_DIGITS_BEHIND]}-{digits[-_DIGITS_BEHIND:]}"
