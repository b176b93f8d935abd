"""A short document drawn from the top down, line by line: letters, where a report's machinery costs too much.

It looks like every other report: the same fonts, header, foot, page x of y, watermark, and the same bytes again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kvalitetsapp.reports import document, styles
from kvalitetsapp.reports.fonts import HouseFont
from kvalitetsapp.reports.page_words import PageWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.reports.document import PageFrame
    from kvalitetsapp.reports.tables import Column

_TOP: Final = styles.PAGE_HEIGHT - styles.TOP
_CELL: Final = 3.5
_PAIR_GAP: Final = 8.0
_COLUMN_GAP: Final = 16.0
_INDENT: Final = 82.0
_WIDEST_LABEL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is drawn: its font, size, distance between lines and colour."""

    font: str = styles.FONT
    size: float = 8.6
    leading: float = 11.8
    colour: Color = styles.INK


BODY: Final = Look()
STRONG: Final = Look(styles.BOLD)
SMALL: Final = Look(size=7.4, leading=10.0, colour=styles.MUTED)
LABEL: Final = Look(size=7.2, leading=10.6, colour=styles.MUTED)
CELL: Final = Look(size=7.8, leading=10.4)
HEAD: Final = Look(styles.BOLD, 7.2, 9.4)
TITLE: Final = Look(styles.BOLD, 21, 26, styles.ACCENT)
SECTION: Final = Look(styles.BOLD, 9.6, 13)
_FOOT: Final = Look(size=document.HEADER_SIZE)
_SHARE_OF_FOOT: Final = 0.8
SUM: Final = Look(styles.BOLD, 11, 15)


class Sheet:
    """A document in the making; `y` is where the next line begins, and a page ends by itself when it is full."""

    def __init__(self, frame: PageFrame) -> None:
        styles.register_fonts()
        self._frame = frame
        self._target = io.BytesIO()
        begins_with: Any = {"initialFontName": styles.FONT, "initialFontSize": 9, "initialLeading": 12}
        self.canvas = Canvas(
            self._target,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            lang=document.LANGUAGE,
            **begins_with,
        )
        self._introduce()
        self._begin_page()

    def finish(self) -> bytes:
        """End the last page and return the file."""
        last = self.canvas.getPageNumber()
        self._end_page()
        document.label_pages(self.canvas, last)
        self.canvas.save()
        return self._target.getvalue()

    def room(self, height: float) -> bool:
        """Make sure that so much fits on the page, and tell whether a new one was begun for it."""
        if self.y - height >= styles.BOTTOM:
            return False
        self._end_page()
        self._begin_page()
        return True

    def down(self, points: float) -> None:
        """Leave some room."""
        self.y -= points

    def text(self, text: str, look: Look = BODY) -> None:
        """Write a paragraph over the whole width."""
        for line in wrapped(text, look, styles.WIDTH):
            self.room(look.leading)
            self._write(line, styles.LEFT, self.y, look)
            self.y -= look.leading

    def line(self, colour: Color = styles.RULE, width: float = 0.6) -> None:
        """Draw a line over the whole width."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(styles.LEFT, self.y, styles.PAGE_WIDTH - styles.RIGHT, self.y)

    def columns(self, parts: Sequence[Sequence[tuple[str, Look]]], gap: float = 18.0) -> None:
        """Write blocks of text beside each other, each over an equal share of the width."""
        share = (styles.WIDTH - gap * (len(parts) - 1)) / len(parts)
        ready = [[(line, look) for text, look in part for line in wrapped(text, look, share)] for part in parts]
        height = max(sum(look.leading for _line, look in part) for part in ready)
        self.room(height)
        for place, part in enumerate(ready):
            y, x = self.y, styles.LEFT + place * (share + gap)
            for line, look in part:
                self._write(line, x, y, look)
                y -= look.leading
        self.y -= height

    def facts(self, *columns: Sequence[tuple[str, str]], look: Look = CELL) -> None:
        """Write labels with what they tell behind them, in columns beside each other; without what tells nothing."""
        told = [[(label, value) for label, value in column if value] for column in columns]
        share = (styles.WIDTH - _COLUMN_GAP * (len(told) - 1)) / len(told)
        labels = [label for column in told for label, _value in column]
        widest = max((width_of(label, LABEL) for label in labels), default=0)
        indent = min(max(widest + _PAIR_GAP, _INDENT), share * _WIDEST_LABEL)
        for row in zip_longest(*told, fillvalue=("", "")):
            self._facts_in_a_row(row, share, indent, look)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Write a table under its heads, which come again on every page that it goes on to."""
        whole = sum(column.weight for column in columns)
        widths = [styles.WIDTH * column.weight / whole for column in columns]
        self._heads(columns, widths)
        for row in rows:
            cells = [wrapped(text, CELL, width - 2 * _CELL) for text, width in zip(row, widths, strict=True)]
            height = max(map(len, cells)) * CELL.leading + 5
            if self.room(height):
                self._heads(columns, widths)
            self._cells(cells, columns, widths, CELL)
            self.y -= height
            self.canvas.setStrokeColor(styles.FAINT)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(styles.LEFT, self.y, styles.PAGE_WIDTH - styles.RIGHT, self.y)

    def right(self, text: str, look: Look) -> None:
        """Write a line that ends at the right edge."""
        self.room(look.leading)
        self._write(text, styles.PAGE_WIDTH - styles.RIGHT - width_of(text, look), self.y, look)
        self.y -= look.leading

    def band(self, left: str, right: str, look: Look = STRONG) -> None:
        """Write a line on a coloured ground, one text at each end."""
        height = look.leading + 5
        self._ground(height)
        x = styles.PAGE_WIDTH - styles.RIGHT - _CELL - width_of(right, look)
        self._write(left, styles.LEFT + _CELL, self.y - 3, look)
        self._write(right, x, self.y - 3, look)
        self.y -= height + 3

    def _ground(self, height: float) -> None:
        self.canvas.setFillColor(styles.ACCENT_LIGHT)
        self.canvas.rect(styles.LEFT, self.y - height, styles.WIDTH, height, stroke=0, fill=1)

    def _facts_in_a_row(self, told: Sequence[tuple[str, str]], share: float, indent: float, look: Look) -> None:
        ready = [(label, wrapped(value, look, share - indent)) for label, value in told]
        height = max(len(lines) for _label, lines in ready) * look.leading + 1.2
        self.room(height)
        for place, (label, lines) in enumerate(ready):
            x = styles.LEFT + place * (share + _COLUMN_GAP)
            self._write(label, x, self.y, LABEL, leading=look.leading)
            for number, line in enumerate(lines):
                self._write(line, x + indent, self.y - number * look.leading, look)
        self.y -= height

    def _heads(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        heads = [wrapped(column.head, HEAD, width - 2 * _CELL) for column, width in zip(columns, widths, strict=True)]
        height = max(map(len, heads)) * HEAD.leading + 6
        self.room(height + 2 * CELL.leading)
        self._ground(height)
        self._cells(heads, columns, widths, HEAD)
        self.y -= height
        self.line(styles.ACCENT, 0.8)

    def _cells(
        self, cells: Sequence[Sequence[str]], columns: Sequence[Column], widths: Sequence[float], look: Look
    ) -> None:
        x = styles.LEFT
        for lines, column, width in zip(cells, columns, widths, strict=True):
            for number, line in enumerate(lines):
                aside = width - _CELL - width_of(line, look) if column.number else _CELL
                self._write(line, x + aside, self.y - 2.5 - number * look.leading, look)
            x += width

    def _write(self, text: str, x: float, y: float, look: Look, *, leading: float = 0.0) -> None:
        baseline = y - (leading or look.leading) * 0.76
        self._words.write(text, x, baseline, look.font, look.size, look.colour)

    def _begin_page(self) -> None:
        frame, canvas = self._frame, self.canvas
        self._words = PageWords(canvas)
        document.watermark(canvas, shown=frame.sample)
        top = _TOP + 16
        canvas.setFont(styles.FONT, document.HEADER_SIZE)
        canvas.setFillColor(styles.MUTED)
        canvas.drawString(styles.LEFT, top, frame.header_left)
        canvas.drawRightString(styles.PAGE_WIDTH - styles.RIGHT, top, frame.header_right)
        document.foot(canvas, wrapped(frame.footer, _FOOT, styles.WIDTH * _SHARE_OF_FOOT)[0])
        self.y = _TOP + 11
        self.line(width=0.5)
        self.y = _TOP

    def _end_page(self) -> None:
        """Put all words of the page on it at once, over its lines and grounds."""
        self._words.put_on_page()
        self.canvas.showPage()

    def _introduce(self) -> None:
        canvas, author = self.canvas, document.AUTHOR
        canvas.setTitle(self._frame.title)
        canvas.setSubject(self._frame.header_left)
        for told in (canvas.setAuthor, canvas.setCreator, canvas.setProducer):
            told(author)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        inner: Any = canvas
        for name in (styles.FONT, styles.BOLD):
            font = pdfmetrics.getFont(name)
            if isinstance(font, HouseFont):
                font.give_out_letters(inner._doc)  # noqa: SLF001 - what fonts know a document by


def width_of(text: str, look: Look) -> float:
    """Return how wide a text is in points."""
    return float(sum(map(_widths(look.font), text)) * look.size * 0.001)


@cache
def _widths(font: str) -> Callable[[str], float]:
    """Return what tells the width of a letter, in thousandths of the size: looked up once for every letter."""
    styles.register_fonts()
    known: Any = pdfmetrics.getFont(font)
    return cache(lambda letter: float(known.face.getCharWidth(ord(letter))))


def wrapped(text: str, look: Look, width: float) -> list[str]:
    """Return a text in lines no wider than `width`; a word that is wider by itself is parted."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width_of(paragraph, look) <= width:
            lines.append(paragraph)
            continue
        current = ""
        for word in paragraph.split(" "):
            longer = f"{current} {word}" if current else word
            if width_of(longer, look) <= width:
                current = longer
                continue
            if current:
                lines.append(current)
            current = word
            while len(current) > 1 and width_of(current, look) > width:
                fits = _fitting(current, look, width)
                lines.append(current[:fits])
                current = current[fits:]
        lines.append(current)
    return lines


def _fitting(word: str, look: Look, width: float) -> int:
    """Return how many characters of a word fit, at least one."""
    used = 0.0
    for place, letter in enumerate(word):
        used += width_of(letter, look)
        if used > width:
            return max(place, 1)
    return len(word)
