"""Text from data in reportlab's markup, where `<` and `&` would otherwise be read as tags."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

from kvalitetsapp.texts import NO_BREAK_SPACE

_UNIT_AFTER_NUMBER: Final = re.compile(r"(?<=\d) (?=%|kr\b|\d{3}\b)")


def unbroken(text: str) -> str:
    """Return `text` so that no line ends between a number and its unit."""
    return _UNIT_AFTER_NUMBER.sub(NO_BREAK_SPACE, text)


def escaped(text: str) -> str:
    """Return `text` so that it is shown as it is, and no line ends between a number and its unit."""
    return escape(unbroken(text))


def bold(text: str) -> str:
    """Return `text` in bold, shown as it is."""
    return f"<b>{escaped(text)}</b>"


def raised(mark: str) -> str:
    """Return a footnote's mark."""
    return f"<super size='5.5' rise='2.6'>{escape(mark)}</super>"
