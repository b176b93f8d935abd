"""Swedish organisation numbers."""

from __future__ import annotations

import re
from typing import Final

from kvalitetsapp.domain.identity import luhn_holds

_FORM: Final = re.compile(r"(?:16)?([1-9][0-9][2-9][0-9]{3})-?([0-9]{4})")


def canonical(delivered: str) -> str | None:
    """Return the ten digits of a trimmed organisation number, None where form, third digit or check digit is wrong."""
    found = _FORM.fullmatch(delivered)
    if found is None:
        return None
    digits = found[1] + found[2]
    return digits if luhn_holds(digits) else None
