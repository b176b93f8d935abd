"""The words of a page, gathered in PDF's own operators.

reportlab's text object says the same in three times the time: a specification has some ninety words a page, and their
fonts and colours are few.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfmetrics

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

# What a string in a PDF must not hold as it is: its own signs, and what is no ASCII.
_ESCAPED: Final = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256), *b"()\\")}


class PageWords:
    """The words of a page on their way there, drawn over its lines and grounds."""

    def __init__(self, canvas: Canvas) -> None:
        inner: Any = canvas
        self._page, self._document = inner._code, inner._doc  # noqa: SLF001 - where reportlab gathers a page, and fonts
        self._told: list[str] = []
        self._font: tuple[str, float, int] | None = None
        self._colour: Color | None = None
        self._rise = self._more = 0.0

    def write(self, text: str, x: float, y: float, font: str, size: float, colour: Color) -> None:
        """Write a line that begins at a point."""
        self.go_to(x, y)
        self.go_on(text, font, size, colour)

    def go_to(self, x: float, y: float) -> None:
        """Let the next text begin at a point."""
        self._told.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def space(self, more: float) -> None:
        """Make every space that comes so much wider than it is, narrower if less than nothing."""
        if more != self._more:
            self._told.append(f"{more:.4f} Tw")
            self._more = more

    def go_on(self, text: str, font: str, size: float, colour: Color, rise: float = 0) -> None:
        """Write on where the last text ended, above the line if it rises."""
        if colour is not self._colour:
            self._told.append(f"{rgb(colour)} rg")
            self._colour = colour
        if rise != self._rise:
            self._told.append(f"{rise:g} Ts")
            self._rise = rise
        known: Any = pdfmetrics.getFont(font)
        for subset, codes in known.splitString(text, self._document):
            if (font, size, subset) != self._font:
                self._told.append(f"{known.getSubsetInternalName(subset, self._document)} {size:g} Tf")
                self._font = (font, size, subset)
            self._told.append(f"({codes.decode('latin-1').translate(_ESCAPED)}) Tj")

    def put_on_page(self) -> None:
        """Draw all of it, and leave colours as they were."""
        self._page.append(f"q BT {' '.join(self._told)} ET Q")


@cache
def rgb(colour: Color) -> str:
    """Return a colour as PDF writes it."""
    return f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g}"
