"""1 − Kaplan–Meier with its band, cumulative incidence beside it, and under the axis those at risk (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import Curve, CurveStep, Survival

_PLOT: Final = 138.0
_LINE: Final = 11.0
_DAYS_IN_YEAR: Final = 365
_LEFT: Final = 118.0
_RIGHT: Final = 82.0
_SIZE: Final = 6.8
_MOST_CURVES: Final = 3
_LOOKS: Final = (
    (styles.ACCENT, styles.see_through(styles.ACCENT), None),
    (styles.STRONG, styles.see_through(styles.STRONG), (5, 2)),
    (styles.MUTED, styles.see_through(styles.MUTED), (1.5, 1.5)),
)
_COMPETING: Final = (3, 1.6)


def draw(survival: Survival) -> Drawing:
    """Return the curves of all joints with their numbers under them; more than three stand in plots of their own."""
    return axes.stacked(parts(survival))


def parts(survival: Survival) -> tuple[Drawing, ...]:
    """Return plots of at most three curves each, all with the same scale."""
    curves = [curve for curve in survival.curves if curve.steps]
    with_deaths = any(row.deaths for curve in curves for row in curve.risk)
    lines = ("at_risk", "events", "deaths") if with_deaths else ("at_risk", "events")
    return tuple(
        _part(survival.event, curves[run.start : run.stop], _scale(curves), lines)
        for run in axes.evenly(len(curves), _MOST_CURVES)
    )


def _part(event: str, curves: Sequence[Curve], scale: tuple[float, float], lines: Sequence[str]) -> Drawing:
    below = 34 + _LINE * len(lines) * len(curves)
    drawing = Drawing(styles.WIDTH, _PLOT + below + 16)
    area = axes.Area(_LEFT, below, styles.WIDTH - _LEFT - _RIGHT, _PLOT, *scale)
    step = axes.nice_step(area.y_max, 5)
    title = _("Andel med {event}").format(event=word("surgery_level", event).lower())
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), axes.percents(step), title)
    for curve, (colour, light, _dash) in zip(curves, _LOOKS, strict=False):
        drawing.add(axes.band(_band(curve.steps, area), light))
        for limit in ("high", "low"):
            drawing.add(axes.curve(_stairs(_limit(curve.steps, limit), area), colour, 0.3, (0.8, 2)))
    for curve, (colour, _light, dash) in zip(curves, _LOOKS, strict=False):
        drawing.add(axes.curve(_stairs([(s.day, s.value) for s in curve.steps], area), colour, 1.3, dash))
        competing = [(s.day, s.incidence) for s in curve.steps if s.incidence is not None]
        if competing:
            drawing.add(axes.curve(_stairs(competing, area), styles.lighter(colour), 0.9, _COMPETING))
    axes.draw_x_axis(drawing, area, _days(area.x_max), _when, _("Tid sedan operationen"))
    _draw_names(drawing, area, curves)
    _draw_risk(drawing, area, curves, lines)
    return drawing


def _scale(curves: Sequence[Curve]) -> tuple[float, float]:
    last = max(curve.steps[-1].day for curve in curves)
    top = max((step.high if step.high is not None else step.value) for curve in curves for step in curve.steps)
    top = max(top * 1.05, 0.01)
    return max(last, 1), min(axes.round_up(top, axes.nice_step(top, 5)), 1.0)


def _days(last: float) -> list[float]:
    """Return the ticks: half years, years, or as many years as leave room for the words."""
    years = last / _DAYS_IN_YEAR
    step = _DAYS_IN_YEAR * (1 if years <= 10 else round(axes.whole_step(years, 10))) if years > 2 else 182
    return [float(day) for day in range(0, int(last) + 1, step)]


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
    """Name both lines of every curve at its end."""
    names: list[tuple[CurveStep, float, str, Color, str]] = []
    for curve, (colour, _light, _dash) in zip(curves, _LOOKS, strict=False):
        end, joint = curve.steps[-1], word("joint", curve.joint)
        names.append((end, end.value, joint, colour, styles.BOLD))
        if end.incidence is not None:
            names.append((end, end.incidence, _("{joint}, incidens").format(joint=joint), colour, styles.FONT))
    heights = lettering.apart(
        [area.y(value) - 2.5 for _end, value, *_rest in names], 8.6, area.bottom + 1, area.bottom + area.height
    )
    for (end, _value, name, colour, font), height in zip(names, heights, strict=True):
        left = max(area.x(end.day), area.left + area.width * 0.5) + 5
        words, size = lettering.fitted(name, styles.WIDTH - left, 7.2, font)
        drawing.add(axes.text(left, height, words, size=size, colour=colour, font=font))


def _draw_risk(drawing: Drawing, area: axes.Area, curves: Sequence[Curve], lines: Sequence[str]) -> None:
    names = {"at_risk": _("{joint}: under risk"), "events": _("{joint}: händelser"), "deaths": _("{joint}: döda")}
    y = area.bottom - 38
    for curve, (colour, _light, _dash) in zip(curves, _LOOKS, strict=False):
        for line in lines:
            _draw_line(drawing, area, y, names[line].format(joint=word("joint", curve.joint)), colour, curve, line)
            y -= _LINE


def _draw_line(drawing: Drawing, area: axes.Area, y: float, name: str, colour: Color, curve: Curve, what: str) -> None:
    words, size = lettering.fitted(name, _LEFT - 18, _SIZE)
    drawing.add(axes.text(0, y, words, size=size, colour=colour))
    free = area.left - 17
    for row in curve.risk:
        x, shown = area.x(row.day), number(getattr(row, what))
        half = lettering.width(shown, _SIZE) / 2
        if x - half >= free and row.day <= area.x_max:
            drawing.add(axes.text(x, y, shown, anchor="middle", size=_SIZE))
            free = x + half + 4
