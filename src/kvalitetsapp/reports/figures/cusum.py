"""The CUSUM: the sum that grows with unexpected events, the limit for an alarm, and the alarms there were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, levels, marks
from kvalitetsapp.texts import _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Cusum

_HEIGHT: Final = 176.0
_LEFT: Final = 36.0
_FOOT: Final = 34.0
_HEAD: Final = 34.0
_BESIDE: Final = 14.0


def draw(chart: Cusum) -> Drawing:
    """Return the chart; after an alarm the sum begins anew."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    area = _area(chart)
    step = axes.nice_step(area.y_max, 5)
    axes.title(drawing, chart.title)
    digits = 0 if float(step).is_integer() else 1 if (step * 10).is_integer() else 2
    ticks = axes.ticks(area.y_max, step)
    axes.draw_y_axis(drawing, area, ticks, lambda value: decimal(value, digits), _("Summa"))
    limit = _("larmgräns {value}").format(value=decimal(chart.limit, 1))
    levels.draw(drawing, area, [levels.Level(chart.limit, limit, (3.0, 2.0), styles.STRONG)])
    places = axes.ticks(area.x_max, axes.whole_step(area.x_max, 8))
    axes.draw_x_axis(drawing, area, places, lambda place: number(round(place)), _("Operation i ordning"))
    first_to_last = _("{first} till {last}").format(first=chart.steps[0].day, last=chart.steps[-1].day)
    drawing.add(axes.text(area.left, area.bottom - 23, first_to_last, size=axes.LABEL_SIZE, colour=styles.MUTED))
    _draw_sum(drawing, area, chart)
    _draw_alarms(drawing, area, chart)
    return drawing


def _area(chart: Cusum) -> axes.Area:
    top = max([chart.limit, 0.1, *(step.value for step in chart.steps)]) * 1.1
    y_max = axes.round_up(top, axes.nice_step(top, 5))
    width = styles.WIDTH - _LEFT - levels.ROOM
    last = max(chart.steps[-1].place, 2)
    return axes.Area(_LEFT, _FOOT, width, _HEIGHT - _FOOT - _HEAD, last, y_max)


def _draw_sum(drawing: Drawing, area: axes.Area, chart: Cusum) -> None:
    line = [area.x(chart.steps[0].place - 1), area.y(0)]
    for step in chart.steps:
        line += [area.x(step.place), area.y(step.value)]
        if step.signal:
            drawing.add(axes.curve(line, styles.ACCENT, 1.0))
            line = [area.x(step.place), area.y(0)]
    if len(line) > 2:
        drawing.add(axes.curve(line, styles.ACCENT, 1.0))


def _draw_alarms(drawing: Drawing, area: axes.Area, chart: Cusum) -> None:
    alarms = [(area.x(step.place), area.y(step.value), step.day) for step in chart.steps if step.signal]
    placer = lettering.Placer(area)
    for x, y, _day in alarms:
        placer.occupy(x - 4, y - 4, x + 4, y + 4)
        drawing.add(marks.triangle(x, y, 3.4, styles.STRONG, up=True))
    for x, y, day in alarms:
        axes.name_beside(drawing, placer, (x, y), _("larm {day}").format(day=day), 6.4, styles.STRONG, within=_BESIDE)
