"""Whether a reason in someone's own words can be kept: not too long, and without anybody's personal number."""

from __future__ import annotations

from typing import Final

from kvalitetsapp.domain import identity
from kvalitetsapp.texts import _

LONGEST: Final = 1000


def wrong_with(text: str, missing: str = "") -> str:
    """Return why a reason cannot be kept, "" where it can; `missing` is what is said where there is none."""
    text = text.strip()
    if not text:
        return missing
    if len(text) > LONGEST:
        return _("Skälet är för långt: högst {n} tecken.").format(n=LONGEST)
    if identity.hidden(text) != text:
        return _("Skälet innehåller ett personnummer. Ta bort det.")
    return ""
