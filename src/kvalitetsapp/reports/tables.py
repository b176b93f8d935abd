"""Tables on paper: words to the left, numbers to the right under each other, heads repeated, long ones parted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table, TableStyle

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.page_words import PageWords
from kvalitetsapp.reports.paragraphs import Prose, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus.flowables import Flowable

ROWS_IN_ONE: Final = 1000
_WRAP_FROM: Final = 12
_AFTER_NUMBERS: Final = 11.0
_PADDING: Final = 7.5
_PADDING_AFTER_NUMBERS: Final = 15.0
_SMALLEST: Final = 4.5
_MARKUP: Final = re.compile("[<&]")
_TAG: Final = re.compile(r"<super.*?</super>|<[^>]*>")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head (`markup` of reportlab allowed), its share of the width, and whether it holds numbers."""

    head: str
    weight: float = 1.0
    number: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """The content of a table; `totals` are rows at the end that are set off, `marked` are rows that are lifted out.

    `groups` are rows that begin a group, whose name may stand in its first row only. With `measures_in_rows` each
    row is of a kind of its own and each column is about somebody.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    totals: int = 0
    marked: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    size: float = 7.8
    measures_in_rows: bool = False


def words(head: str, weight: float = 1.0) -> Column:
    """Return a column of words."""
    return Column(head, weight, number=False)


def flowables(grid: Grid) -> list[Flowable]:
    """Return the table in parts of at most a thousand rows."""
    grid = replace(grid, size=_fitting_size(grid))
    cuts = [*range(0, len(grid.rows), ROWS_IN_ONE), len(grid.rows)]
    return [_part(grid, first, end) for first, end in pairwise(cuts)]


def _widths(grid: Grid) -> list[float]:
    whole = sum(column.weight for column in grid.columns)
    return [styles.WIDTH * column.weight / whole for column in grid.columns]


def _rooms(grid: Grid) -> list[float]:
    """Return how wide a text may be in each column; words after numbers stand further in."""
    before = (False, *(column.number for column in grid.columns))
    return [
        width - (_PADDING_AFTER_NUMBERS if after and not column.number else _PADDING)
        for width, column, after in zip(_widths(grid), grid.columns, before, strict=False)
    ]


def _fitting_size(grid: Grid) -> float:
    """Return the largest font size up to the one asked for at which no number or head is wider than its column."""
    size = grid.size
    for place, (column, room) in enumerate(zip(grid.columns, _rooms(grid), strict=True)):
        numbers = [row[place] for row in grid.rows] if column.number else []
        heads = _TAG.sub(" ", column.head).split()
        widest = max((stringWidth(text, styles.BOLD, grid.size) for text in (*numbers, *heads)), default=0)
        if widest > room:
            size = min(size, grid.size * room / widest)
    return max(size, _SMALLEST)


class GridTable(Table):
    """A table of texts and paragraphs; the same to look at as reportlab's, measured once and drawn at once."""

    def _calc(self, availWidth: float, availHeight: float) -> None:  # noqa: N803 - reportlab's names
        """Measure rows, unless they are; all columns have got their width."""
        if not hasattr(self, "_height"):
            by_reportlab: Any = super()
            by_reportlab._calc(availWidth, availHeight)  # noqa: SLF001 - what it overrides

    def _drawCell(self, value: Any, style: Any, place: tuple[float, float], size: tuple[float, float]) -> None:  # noqa: ANN401, N802 - theirs
        """Draw a text or a paragraph where its alignment lets it stand."""
        (left, bottom), (width, height) = place, size
        low, high = bottom + style.bottomPadding, bottom + height - style.topPadding
        if not isinstance(value, str):
            (paragraph,) = value
            tall = paragraph.wrap(width - style.leftPadding - style.rightPadding, height)[1]
            paragraph.drawOn(self.canv, left + style.leftPadding, low if style.valign == "BOTTOM" else high - tall)
            return
        words, y = PageWords(self.canv), high - style.fontsize
        lines = value.split("\n")
        for left_over, line in zip(reversed(range(len(lines))), lines, strict=True):
            aside = width - style.rightPadding - stringWidth(line, style.fontname, style.fontsize)
            x = left + (aside if style.alignment == "RIGHT" else style.leftPadding)
            words.write(f"{line} " if left_over else line, x, y, style.fontname, style.fontsize, style.color)
            y -= style.leading
        words.put_on_page()


def _part(grid: Grid, first: int, end: int) -> Table:
    heads = [_head(column, grid.size) for column in grid.columns]
    widths, rooms = _widths(grid), _rooms(grid)
    cells = [
        [_cell(text, column, room, grid.size) for text, column, room in zip(row, grid.columns, rooms, strict=True)]
        for row in grid.rows[first:end]
    ]
    table = GridTable([heads, *cells], colWidths=widths, repeatRows=1, hAlign="LEFT", spaceBefore=2, spaceAfter=4)
    table.setStyle(_style(grid, first, end))
    return table


def _head(column: Column, size: float) -> Prose:
    style = styles.head(size, right=column.number)
    return Prose(column.head, style) if _MARKUP.search(column.head) else plain(column.head, style)


def _cell(text: str, column: Column, room: float, size: float) -> str | Prose:
    if column.number or len(text) <= _WRAP_FROM:
        return text
    lines = text.split("\n")
    if len(lines) > 1 and all(stringWidth(line, styles.FONT, size) <= room for line in lines):
        return text
    if len(lines) == 1:
        return plain(text, styles.cell(size))
    return Prose("<br/>".join(escaped(line) for line in lines), styles.cell(size))


def _style(grid: Grid, first: int, end: int) -> TableStyle:
    last = end - first
    commands: list[Any] = [
        ("FONT", (0, 0), (-1, -1), styles.FONT, grid.size, grid.size + 2.4),
        ("TEXTCOLOR", (0, 0), (-1, -1), styles.INK),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), styles.ACCENT_LIGHT),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, styles.ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.35, styles.FAINT),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, styles.RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3.5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3.5),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2),
    ]
    commands += [("ALIGN", (n, 0), (n, -1), "RIGHT") for n, column in enumerate(grid.columns) if column.number]
    after_numbers = [n for n in range(1, len(grid.columns)) if grid.columns[n - 1].number > grid.columns[n].number]
    commands += [("LEFTPADDING", (n, 0), (n, -1), _AFTER_NUMBERS) for n in after_numbers]
    for row in range(len(grid.rows) - grid.totals, len(grid.rows)):
        if first <= row < end:
            place = row - first + 1
            commands.append(("FONTNAME", (0, place), (-1, place), styles.BOLD))
            commands.append(("LINEABOVE", (0, place), (-1, place), 0.8, styles.ACCENT_MIDDLE))
    commands += [
        ("BACKGROUND", (0, row - first + 1), (-1, row - first + 1), styles.STRONG_LIGHT)
        for row in sorted(grid.marked)
        if first <= row < end
    ]
    commands += [
        ("LINEABOVE", (0, row - first + 1), (-1, row - first + 1), 0.8, styles.RULE)
        for row in sorted(grid.groups)
        if first < row < end and row - first < last
    ]
    return TableStyle(commands)
