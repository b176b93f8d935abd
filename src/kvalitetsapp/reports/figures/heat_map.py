"""The heat map: a table whose cells are coloured by their value; the value stands in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import HeatMap

_NAMES: Final = 126.0
_ROW: Final = 13.0
_MOST_ROWS: Final = 45
_HEAD_LINES: Final = 3
_LINE: Final = 7.4
_SIZE: Final = 6.6
_HEAD_SIZE: Final = 6.2
_LEAST, _MOST = 30.0, 70.0
_LONGEST_HEAD_WORD: Final = 58.0
_STRONGEST: Final = 0.55  # more, and the text has too little contrast


def draw(chart: HeatMap) -> Drawing:
    """Return the whole map; columns that have no room beside the others stand under them."""
    return axes.stacked(parts(chart))


def parts(chart: HeatMap) -> tuple[Drawing, ...]:
    """Return the map as drawings that a page holds."""
    needed = _needed(chart)
    runs = axes.evenly(len(chart.columns), int((styles.WIDTH - _NAMES) / needed))
    colours = _Colours(chart)
    return tuple(
        _part(chart, rows, columns, colours) for rows in axes.evenly(len(chart.rows), _MOST_ROWS) for columns in runs
    )


def _needed(chart: HeatMap) -> float:
    """Return how wide a column must be for what stands in it and, within reason, for the words of its head."""
    shown = max(lettering.width(cell.shown, _SIZE) for row in chart.cells for cell in row)
    heads = max(lettering.width(word, _HEAD_SIZE) for name in chart.columns for word in name.split() or [""])
    return min(max(shown + 5, min(heads, _LONGEST_HEAD_WORD) + 4, _LEAST), _MOST)


class _Colours:
    """Blue on the wanted side of the middle, orange on the other; without a middle the darker the higher."""

    def __init__(self, chart: HeatMap) -> None:
        values = [cell.value for row in chart.cells for cell in row if cell.value is not None]
        self._middle = chart.middle or 0.0
        self._reach = max((abs(value - self._middle) for value in values), default=0.0) or 1.0
        self._above = styles.STRONG if chart.low_is_good and chart.middle is not None else styles.ACCENT
        self._below = styles.ACCENT if chart.low_is_good else styles.STRONG

    def of(self, value: float | None) -> Color:
        """Return the colour of a value; white where there is none."""
        if value is None:
            return styles.WHITE
        away = (value - self._middle) / self._reach
        ink, share = (self._above if away > 0 else self._below), _STRONGEST * abs(away)
        parts = ((1 - share) + share * part for part in (ink.red, ink.green, ink.blue))
        return Color(*parts)


def _part(chart: HeatMap, rows: range, columns: range, colours: _Colours) -> Drawing:
    wide = min((styles.WIDTH - _NAMES) / len(columns), _MOST)
    heads = [lettering.lines(chart.columns[c], wide - 3, _HEAD_SIZE, _HEAD_LINES) for c in columns]
    head = _LINE * max(len(lines) for lines in heads)
    drawing = Drawing(styles.WIDTH, 14 + head + 4 + _ROW * len(rows) + 1)
    axes.title(drawing, chart.title)
    for place, lines in enumerate(heads):
        middle = _NAMES + wide * (place + 0.5)
        for line, (words, size) in enumerate(reversed(lines)):
            y = 1 + _ROW * len(rows) + 4 + _LINE * line
            drawing.add(axes.text(middle, y, words, anchor="middle", size=size, colour=styles.MUTED))
    for place, row in enumerate(rows):
        low = 1 + _ROW * (len(rows) - 1 - place)
        words, size = lettering.fitted(chart.rows[row], _NAMES - 6, _SIZE)
        drawing.add(axes.text(0, low + 4, words, size=size))
        for column_place, column in enumerate(columns):
            cell = chart.cells[row][column]
            left = _NAMES + wide * column_place
            drawing.add(axes.cell(left, low, wide, _ROW, colours.of(cell.value), styles.FAINT))
            words, size = lettering.fitted(cell.shown, wide - 3, _SIZE)
            drawing.add(axes.text(left + wide / 2, low + 4, words, anchor="middle", size=size))
    return drawing
