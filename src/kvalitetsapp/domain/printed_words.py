"""Whether what somebody typed can stand in a report: not too long, nobody's number, no signs that cannot be seen."""

from __future__ import annotations

import unicodedata
from typing import Final

from kvalitetsapp.domain import identity
from kvalitetsapp.texts import _

LONGEST_LINE: Final = 200
_LINE_ENDS: Final = "\n\r\t"


def wrong_with_line(text: str) -> str:
    """Return why a name, a role or another single line cannot be printed, in a Swedish sentence, "" where it can."""
    hidden = has_unseen(text) or not set(_LINE_ENDS).isdisjoint(text)
    if hidden or len(text.strip()) > LONGEST_LINE or identity.hidden(text) != text:
        return _(
            "Namn, roll, ansvarig, mottagare och ändamål skrivs på en rad med högst {n} tecken, utan personnummer och "
            "utan tecken som inte syns."
        ).format(n=LONGEST_LINE)
    return ""


def has_unseen(text: str) -> bool:
    """Tell whether a text has signs that cannot be seen but change what is: control signs, marks of direction."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in text if sign not in _LINE_ENDS)
