"""The g-chart: how many operations or days lie between events that are rare, with the limits that chance gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, levels, marks
from kvalitetsapp.texts import _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import GChart

_HEIGHT: Final = 176.0
_LEFT: Final = 36.0
_FOOT: Final = 24.0
_HEAD: Final = 34.0
_BESIDE: Final = 14.0
_SIZE: Final = 6.4


def draw(chart: GChart) -> Drawing:
    """Return the chart; the last mark, hollow, is what has passed since the last event."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    area = _area(chart)
    step = axes.whole_step(area.y_max, 5)
    days = chart.counted != "operations"
    head = _("Dagar sedan förra händelsen") if days else _("Operationer sedan förra händelsen")
    axes.title(drawing, chart.title)
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), lambda value: number(round(value)), head)
    levels.draw(drawing, area, _levels(chart))
    axes.base(drawing, area)
    axes.row_labels(drawing, area, area.bottom - 11, [point.day for point in chart.points])
    _draw_points(drawing, area, chart)
    return drawing


def _area(chart: GChart) -> axes.Area:
    known = [value for value in (chart.centre, chart.high, chart.expected) if value is not None]
    top = max([1.0, chart.since_last, *known, *(point.between for point in chart.points)]) * 1.06
    y_max = axes.round_up(top, axes.whole_step(top, 5))
    width = styles.WIDTH - _LEFT - levels.ROOM
    return axes.Area(_LEFT, _FOOT, width, _HEIGHT - _FOOT - _HEAD, len(chart.points) + 1, y_max)


def _levels(chart: GChart) -> list[levels.Level]:
    told = (
        (chart.high, _("övre gräns {n}"), (3.0, 2.0), styles.ACCENT),
        (chart.centre, _("mittlinje {n}"), (), styles.ACCENT),
        (chart.expected, _("väntat {n}"), (1.0, 1.5), styles.MUTED),
        (chart.low or None, _("nedre gräns {n}"), (3.0, 2.0), styles.ACCENT),
    )
    return [
        levels.Level(value, name.format(n=decimal(value, 1)), dash, colour)
        for value, name, dash, colour in told
        if value is not None
    ]


def _draw_points(drawing: Drawing, area: axes.Area, chart: GChart) -> None:
    places = [(area.x(place + 0.5), area.y(point.between)) for place, point in enumerate(chart.points)]
    placer = lettering.Placer(area)
    drawing.add(axes.curve([part for place in places for part in place], styles.ACCENT_MIDDLE, 0.8))
    now = (area.x(len(places) + 0.5), area.y(chart.since_last))
    look: dict[str, Any] = {"strokeDashArray": [1, 1.5]}
    drawing.add(Line(*places[-1], *now, strokeColor=styles.ACCENT_MIDDLE, strokeWidth=0.8, **look))
    radius = min(2.6, max(area.width / area.x_max * 0.4, 1.1))
    for x, y in (*places, now):
        placer.occupy(x - radius, y - radius, x + radius, y + radius)
    for (x, y), point in zip(places, chart.points, strict=True):
        flagged = marks.diamond(x, y, radius * 1.5, styles.STRONG)
        drawing.add(flagged if point.signal else marks.circle(x, y, radius, styles.ACCENT))
    drawing.add(marks.square(*now, radius, styles.ACCENT, hollow=True))
    axes.name_beside(drawing, placer, now, _("hittills {n}").format(n=number(chart.since_last)), _SIZE)
    for (x, y), point in zip(places, chart.points, strict=True):
        if point.signal:
            words = _("signal: {n}").format(n=number(point.between))
            axes.name_beside(drawing, placer, (x, y), words, _SIZE, styles.STRONG, within=_BESIDE)
