"""1 − Kaplan–Meier with its band, and under the axis how many are followed and how many events have come (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.texts import _, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import Curve, CurveStep, Survival

_PLOT: Final = 138.0
_LINE: Final = 11.0
_DAYS_IN_YEAR: Final = 365
_LEFT: Final = 112.0
_LOOKS: Final = (
    (styles.ACCENT, styles.see_through(styles.ACCENT), None),
    (styles.STRONG, styles.see_through(styles.STRONG), (5, 2)),
    (styles.MUTED, styles.see_through(styles.MUTED), (1.5, 1.5)),
)


def draw(survival: Survival) -> Drawing:
    """Return the curves of all joints in one plot with their numbers under it."""
    below = 34 + _LINE * 2 * len(survival.curves)
    drawing = Drawing(styles.WIDTH, _PLOT + below + 16)
    area = _area(survival.curves, below)
    step = axes.nice_step(area.y_max, 5)
    digits = 0 if round(step * 100, 6) == round(step * 100) else 1
    title = _("Andel med {event}").format(event=word("surgery_level", survival.event).lower())
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), lambda v: percent(v, digits), title)
    for curve, (colour, light, _dash) in zip(survival.curves, _LOOKS, strict=False):
        drawing.add(axes.band(_band(curve.steps, area), light))
        for limit in ("high", "low"):
            drawing.add(axes.curve(_stairs(_limit(curve.steps, limit), area), colour, 0.45, (1, 1.5)))
    for curve, (colour, _light, dash) in zip(survival.curves, _LOOKS, strict=False):
        drawing.add(axes.curve(_stairs([(s.day, s.value) for s in curve.steps], area), colour, 1.3, dash))
    axes.draw_x_axis(drawing, area, _days(area.x_max), _when, _("Tid sedan operationen"))
    _draw_names(drawing, area, survival.curves)
    _draw_risk(drawing, area, survival.curves)
    return drawing


def _area(curves: Sequence[Curve], below: float) -> axes.Area:
    last = max(curve.steps[-1].day for curve in curves)
    top = max((step.high if step.high is not None else step.value) for curve in curves for step in curve.steps)
    top = max(top * 1.05, 0.01)
    step = axes.nice_step(top, 5)
    return axes.Area(_LEFT, below, styles.WIDTH - _LEFT - 52, _PLOT, max(last, 1), min(axes.round_up(top, step), 1.0))


def _days(last: float) -> list[float]:
    return [float(day) for day in range(0, int(last) + 1, _DAYS_IN_YEAR if last > 2 * _DAYS_IN_YEAR else 182)]


def _when(day: float) -> str:
    if not day:
        return "0"
    if day % _DAYS_IN_YEAR == 0:
        return _("{n} år").format(n=round(day / _DAYS_IN_YEAR))
    return _("{n} mån").format(n=round(day / 30.4))


def _stairs(points: Sequence[tuple[float, float]], area: axes.Area) -> list[float]:
    places: list[float] = []
    height = area.y(0)
    for day, value in points:
        places += [area.x(day), height, area.x(day), area.y(value)]
        height = area.y(value)
    return places


def _band(steps: Sequence[CurveStep], area: axes.Area) -> list[float]:
    high = _stairs(_limit(steps, "high"), area)
    low = _stairs(_limit(steps, "low"), area)
    backwards = [part for place in range(len(low) - 2, -1, -2) for part in low[place : place + 2]]
    return high + backwards


def _limit(steps: Sequence[CurveStep], side: str) -> list[tuple[float, float]]:
    limits = ((step, getattr(step, side)) for step in steps)
    return [(step.day, step.value if limit is None else limit) for step, limit in limits]


def _draw_names(drawing: Drawing, area: axes.Area, curves: Sequence[Curve]) -> None:
    below = -1000.0
    looks = {id(curve): look[0] for curve, look in zip(curves, _LOOKS, strict=False)}
    for curve in sorted(curves, key=lambda one: one.steps[-1].value):
        end = curve.steps[-1]
        y = max(area.y(end.value) - 2.5, below + 9)
        below = y
        drawing.add(
            axes.text(
                area.x(end.day) + 5, y, word("joint", curve.joint), size=7.4, colour=looks[id(curve)], font=styles.BOLD
            )
        )


def _draw_risk(drawing: Drawing, area: axes.Area, curves: Sequence[Curve]) -> None:
    y = area.bottom - 38
    for curve, (colour, _light, _dash) in zip(curves, _LOOKS, strict=False):
        joint = word("joint", curve.joint)
        y = _draw_line(drawing, area, y, _("{joint}: under risk").format(joint=joint), colour, curve, "at_risk")
        y = _draw_line(drawing, area, y, _("{joint}: händelser").format(joint=joint), colour, curve, "events")


def _draw_line(
    drawing: Drawing, area: axes.Area, y: float, name: str, colour: Color, curve: Curve, what: str
) -> float:
    drawing.add(axes.text(0, y, name, size=6.8, colour=colour))
    for row in curve.risk:
        drawing.add(axes.text(area.x(row.day), y, number(getattr(row, what)), anchor="middle", size=6.8))
    return y - _LINE
