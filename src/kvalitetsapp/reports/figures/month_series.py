"""Counts at month ends as lines, with a gap where a month cannot be told."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Shape
    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.waiting_charts import MonthLine, MonthSeries

_HEIGHT: Final = 190.0
_FOOT: Final = 26.0
_HEAD: Final = 36.0
_NAMES: Final = 118.0
_SIZE: Final = 6.6
_APART: Final = 8.4
_COLOURS: Final = (styles.ACCENT, styles.STRONG, styles.MUTED)


def draw(chart: MonthSeries) -> Drawing:
    """Return the chart: solid lines for all, dashed for those without MOV and PVV, names at the ends."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    most = max([value or 0 for line in chart.lines for value in line.values], default=0)
    step = axes.whole_step(max(most * 1.05, 1.0), 5)
    top = axes.round_up(max(most * 1.05, 1.0), step)
    ticks = axes.ticks(top, step)
    left = axes.left_of(ticks, axes.whole)
    area = axes.Area(left, _FOOT, styles.WIDTH - left - _NAMES, _HEIGHT - _FOOT - _HEAD, len(chart.months), top)
    axes.title(drawing, chart.title)
    axes.draw_y_axis(drawing, area, ticks, axes.whole, _("Antal väntande"))
    axes.base(drawing, area)
    axes.row_labels(drawing, area, area.bottom - 11, chart.months)
    for place, line in enumerate(chart.lines):
        _draw_line(drawing, area, line, place)
    _name_lines(drawing, area, chart)
    return drawing


def _draw_line(drawing: Drawing, area: axes.Area, line: MonthLine, place: int) -> None:
    spots = [(area.x(month + 0.5), value) for month, value in enumerate(line.values)]
    colour = _colour(place)
    for told, run in groupby(spots, key=lambda spot: spot[1] is not None):
        points = [part for x, value in run for part in (x, area.y(value or 0))] if told else []
        if len(points) > 2:
            drawing.add(axes.curve(points, colour, 1.1, (3.0, 2.0) if line.dashed else None))
    for x, value in spots:
        if value is not None:
            drawing.add(_mark(place, x, area.y(value), hollow=line.dashed))


def _mark(place: int, x: float, y: float, *, hollow: bool) -> Shape:
    draw_mark = marks.square if place // 2 % 2 else marks.circle
    return draw_mark(x, y, 1.5, _colour(place), hollow=hollow)


def _colour(place: int) -> Color:
    return _COLOURS[place // 2 % len(_COLOURS)]


def _name_lines(drawing: Drawing, area: axes.Area, chart: MonthSeries) -> None:
    ends = [(place, line, _last(line)) for place, line in enumerate(chart.lines)]
    told = [(place, line, value) for place, line, value in ends if value is not None]
    wanted = [area.y(value) - 2.2 for _place, _line, value in told]
    heights = lettering.apart(wanted, _APART, area.bottom - 2, area.bottom + area.height)
    for (place, line, value), height in zip(told, heights, strict=True):
        at_the_end = line.values[-1] is not None
        words = _("{name}, {n}").format(name=line.name, n=number(value)) if at_the_end else line.name
        shown, size = lettering.fitted(words, _NAMES - 8, _SIZE)
        drawing.add(axes.text(area.left + area.width + 5, height, shown, size=size, colour=_colour(place)))


def _last(line: MonthLine) -> int | None:
    return next((value for value in reversed(line.values) if value is not None), None)
