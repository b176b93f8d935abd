"""The run chart: a share by period around its median, with what each period rests on under the axis."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.domain.chart_captions import rule_word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, levels, marks
from kvalitetsapp.texts import NOTHING, _, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import RunChart, RunPoint

_HEIGHT: Final = 184.0
_LEFT: Final = 36.0
_FOOT: Final = 34.0
_HEAD: Final = 34.0
_LEAST_TOP: Final = 0.01


def draw(chart: RunChart) -> Drawing:
    """Return the chart; a period that cannot be told is a gap."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    area = _area(chart)
    step = axes.nice_step(area.y_max, 5)
    axes.title(drawing, chart.title)
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), axes.percents(step), _("Andel"))
    levels.draw(drawing, area, _levels(chart))
    axes.base(drawing, area)
    counts = [_counts(point) for point in chart.points]
    labels = [point.label for point in chart.points]
    widest = max(lettering.width(words, axes.TICK_SIZE) for words in (*labels, *counts))
    axes.row_labels(drawing, area, area.bottom - 11, labels, widest)
    axes.row_labels(drawing, area, area.bottom - 21, counts, widest)
    under = _("händelser/antal")
    drawing.add(axes.text(area.left + area.width + 5, area.bottom - 21, under, size=6.4, colour=styles.MUTED))
    _draw_points(drawing, area, chart)
    return drawing


def _counts(point: RunPoint) -> str:
    if point.value is None:
        return NOTHING
    return _("{events}/{n}").format(events=number(point.events), n=number(point.n))


def _area(chart: RunChart) -> axes.Area:
    known = [value for value in (chart.median, chart.target, *(p.value for p in chart.points)) if value is not None]
    top = max([*known, _LEAST_TOP]) * 1.08
    y_max = min(axes.round_up(top, axes.nice_step(top, 5)), 1.0)
    width = styles.WIDTH - _LEFT - levels.ROOM
    return axes.Area(_LEFT, _FOOT, width, _HEIGHT - _FOOT - _HEAD, len(chart.points), y_max)


def _levels(chart: RunChart) -> list[levels.Level]:
    found = []
    if chart.median is not None:
        found.append(levels.Level(chart.median, _("median {value}").format(value=percent(chart.median))))
    if chart.target is not None:
        name = _("mål {value}").format(value=percent(chart.target))
        found.append(levels.Level(chart.target, name, (3.0, 2.0), styles.MUTED))
    return found


def _draw_points(drawing: Drawing, area: axes.Area, chart: RunChart) -> None:
    spots = [(area.x(place + 0.5), point) for place, point in enumerate(chart.points)]
    for told, run in groupby(spots, key=lambda spot: spot[1].value is not None):
        if told:
            line = [part for x, point in run for part in (x, area.y(point.value or 0))]
            if len(line) > 2:
                drawing.add(axes.curve(line, styles.ACCENT_MIDDLE, 0.9))
    radius = min(2.6, max(area.width / area.x_max * 0.4, 1.1))
    placer = lettering.Placer(area)
    last = None
    for x, point in spots:
        if point.value is None:
            continue
        y = area.y(point.value)
        placer.occupy(x - radius, y - radius, x + radius, y + radius)
        signal = marks.square(x, y, radius, styles.STRONG)
        drawing.add(signal if point.signal else marks.circle(x, y, radius, styles.ACCENT))
        last = (x, y) if point.signal else last
    if last is not None:
        words = ", ".join(rule_word(code) for code in chart.rules) or _("signal")
        axes.name_beside(drawing, placer, last, words, 6.4, styles.STRONG)
