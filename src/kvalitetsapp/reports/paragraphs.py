"""Paragraphs as reportlab breaks them into lines, but broken once and drawn at once.

reportlab breaks a paragraph every time it is asked how high it is, parses text that has no markup, and draws it
through an object that does a page's work for every line. Most of a report is paragraphs, so that is most of its time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.pdfbase.pdfmetrics import getAscentDescent, stringWidth
from reportlab.platypus import Paragraph

from kvalitetsapp.reports.markup import bold, raised, unbroken
from kvalitetsapp.reports.page_words import PageWords
from kvalitetsapp.texts import NO_BREAK_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

_NONE: Final = -1e-8
# White space that reportlab would draw otherwise than it is written; a hard space is a letter.
_UNEVEN: Final = re.compile(r"^\s|[^\S \u00a0]|  |\s$")
_AFTER_BULLET: Final = 0.6
# What a fragment may ask for that is drawn by reportlab alone.
_FANCY: Final = ("link", "us_lines", "cbDefn", "backColor")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: the room left in it, less than none if it is squeezed, and its parts, each with how it looks."""

    room: float
    parts: list[tuple[Any, str]]

    def squeezed(self) -> float:
        """Return what is to be added to every space so that the line fits."""
        told = "" if self.room > _NONE else "".join(text for _look, text in self.parts).rstrip(" ")
        spaces = told.count(" ") + told.count(NO_BREAK_SPACE)
        return self.room / spaces if spaces else 0.0


class Prose(Paragraph):
    """A paragraph; the same to look at as reportlab's."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Break it into lines, unless it is broken for that width already."""
        if getattr(self, "_broken_for", None) != availWidth or not hasattr(self, "blPara"):
            if not self._stands_in_one_line(availWidth):
                super().wrap(availWidth, availHeight)
            self._broken_for, self._height = availWidth, self.height
        self.width, self.height = availWidth, self._height
        return availWidth, self._height

    def _stands_in_one_line(self, width: float) -> bool:
        """Tell whether it is one line of one font, and then break it so."""
        style, parts = self.style, self.frags
        text = getattr(parts[0], "text", "") if len(parts) == 1 and not self.bulletText else ""
        if not text or _UNEVEN.search(text):
            return False
        look: Any = parts[0]
        room = width - style.leftIndent - style.firstLineIndent - style.rightIndent
        left = room - stringWidth(text, look.fontName, look.fontSize)
        if left < 0:
            return False
        ascent, descent = getAscentDescent(look.fontName, look.fontSize)
        self.blPara = look.clone(kind=0, lines=[(left, text.split(" "))], ascent=ascent, descent=descent)
        self.height = style.leading
        return True

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - theirs
        """Draw it, by itself where it holds nothing but letters."""
        style: Any = self.style
        lines = list(self._lines())
        if style.alignment not in (TA_LEFT, TA_RIGHT) or any(map(_is_fancy, lines)):
            by_reportlab: Any = super()
            by_reportlab.drawOn(canvas, x, y, _sW)
            return
        if not lines:
            return
        baseline = y + self.height - self._first_size()
        indent = style.firstLineIndent
        if self.bulletText:
            indent = max(indent, self._draw_bullet(canvas, x, baseline) - style.leftIndent)
        words = PageWords(canvas)
        for line in lines:
            aside = max(line.room, 0) if style.alignment == TA_RIGHT else 0
            words.go_to(x + style.leftIndent + indent + aside, baseline)
            words.space(line.squeezed())
            for look, text in line.parts:
                words.go_on(text, look.fontName, look.fontSize, look.textColor, look.rise)
            baseline, indent = baseline - style.leading, 0
        words.put_on_page()

    def _lines(self) -> Iterator[_Line]:
        """Give the lines as they are broken; between words stands a space also where a line ends, for who hears it."""
        broken: Any = self.blPara
        between = "" if getattr(self, "_splitLongWordCount", 0) else " "
        for number, line in enumerate(broken.lines, start=1):
            end = between if number < len(broken.lines) else ""
            if broken.kind:
                last = line.words[-1] if line.words else None
                told = [(part, getattr(part, "text", "") + (end if part is last else "")) for part in line.words]
                yield _Line(line.extraSpace, told)
            else:
                yield _Line(line[0], [(broken, " ".join(line[1]) + end)])

    def _first_size(self) -> float:
        """Return the size of the first line's letters, which stand that far below the top."""
        broken: Any = self.blPara
        return float((broken.lines[0] if broken.kind else broken).fontSize)

    def _draw_bullet(self, canvas: Canvas, x: float, baseline: float) -> float:
        """Draw the bullet and return where the text may begin."""
        style, told = self.style, str(self.bulletText)
        words = PageWords(canvas)
        words.write(
            told, x + style.bulletIndent, baseline, style.bulletFontName, style.bulletFontSize, style.textColor
        )
        words.put_on_page()
        width = stringWidth(told, style.bulletFontName, style.bulletFontSize)
        return float(style.bulletIndent + width + style.bulletFontSize * _AFTER_BULLET)


def plain(text: str, style: ParagraphStyle, bullet: str | None = None) -> Prose:
    """Return a text shown as it is."""
    return _of(style, [_like("x", style).clone(text=unbroken(text))], bullet)


def titled(title: str, text: str, style: ParagraphStyle, bullet: str | None = None) -> Prose:
    """Return a text after a title in bold, both shown as they are."""
    strong, rest = _like(bold("x"), style), _like("x", style)
    return _of(style, [strong.clone(text=unbroken(title)), rest.clone(text=f" {unbroken(text)}")], bullet)


def marked(mark: str, text: str, style: ParagraphStyle) -> Prose:
    """Return the text of a footnote after its mark."""
    before, rest = _like(raised("x"), style), _like("x", style)
    return _of(style, [before.clone(text=mark), rest.clone(text=f" {unbroken(text)}")])


def _of(style: ParagraphStyle, parts: list[Any], bullet: str | None = None) -> Prose:
    """Return a paragraph of fragments, which needs no text to parse."""
    return Prose("", style, bullet, parts)


@cache
def _like(markup: str, style: ParagraphStyle) -> Any:  # noqa: ANN401 - reportlab's fragment
    """Return what reportlab makes of a markup in a style, to be filled with other letters: parsed once."""
    return Paragraph(markup, style).frags[0]


def _is_fancy(line: _Line) -> bool:
    """Tell whether a line holds something else than letters."""
    return any(getattr(look, what, None) for look, _text in line.parts for what in _FANCY)
