"""The funnel: each provider's rate by its number of operations, within prediction limits around the target (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Circle, Drawing, Line
from reportlab.pdfbase.pdfmetrics import stringWidth

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.texts import _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.chart_data import Funnel, FunnelLimit, FunnelPoint

HEIGHT: Final = 198.0
_LABEL: Final = 6.8
_ROOM: Final = 1.12
_LIMITS_SEEN_FROM: Final = 5
_NEAR: Final = 9.0
_LINE_LABEL: Final = 34.0
_LINE_APART: Final = 7.2
_LEAST_TOP: Final = 0.01


def draw(funnel: Funnel) -> Drawing:
    """Return the funnel; the highlighted point stands out and named points carry their names."""
    drawing = Drawing(styles.WIDTH, HEIGHT)
    area = _area(funnel)
    step = axes.nice_step(area.y_max, 6)
    title = _("Reopererade inom två år, {joint}").format(joint=word("joint", funnel.joint).lower())
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), _percent(step), title)
    _draw_limits(drawing, area, funnel.limits)
    _draw_target(drawing, area, funnel)
    axes.draw_x_axis(
        drawing,
        area,
        axes.ticks(area.x_max, axes.whole_step(area.x_max, 8)),
        lambda n: number(round(n)),
        _("Antal uppföljda operationer"),
    )
    _draw_points(drawing, area, funnel.points)
    return drawing


def _area(funnel: Funnel) -> axes.Area:
    largest_n = max(point.n for point in funnel.points)
    wide = [limit.high_998 for limit in funnel.limits if limit.n >= largest_n / _LIMITS_SEEN_FROM]
    top = max([*(point.rate for point in funnel.points), funnel.target, *wide[:1], _LEAST_TOP]) * _ROOM
    step = axes.nice_step(top, 6)
    x_max = axes.round_up(largest_n * 1.1, axes.whole_step(largest_n * 1.1, 8))
    return axes.Area(34, 32, styles.WIDTH - 46, HEIGHT - 52, max(x_max, 2), min(axes.round_up(top, step), 1.0))


def _percent(step: float) -> Callable[[float], str]:
    digits = 0 if round(step * 100, 6) == round(step * 100) else 1
    return lambda value: percent(value, digits)


def _draw_limits(drawing: Drawing, area: axes.Area, limits: Sequence[FunnelLimit]) -> None:
    shown = [limit for limit in limits if limit.n <= area.x_max]
    looks = (
        ("low_998", "high_998", None),
        ("low_95", "high_95", (3, 2)),
    )
    for low, high, dash in looks:
        for side in (low, high):
            points = [(area.x(limit.n), getattr(limit, side)) for limit in shown]
            inside = [(x, area.y(value)) for x, value in points if value <= area.y_max]
            if len(inside) > 1:
                drawing.add(axes.curve([part for point in inside for part in point], styles.ACCENT_MIDDLE, 0.9, dash))


def _draw_target(drawing: Drawing, area: axes.Area, funnel: Funnel) -> None:
    y = area.y(funnel.target)
    drawing.add(Line(area.left, y, area.left + area.width, y, strokeColor=styles.ACCENT, strokeWidth=1.0))
    name = _("riket {value}") if funnel.target_is_national else _("alla i underlaget {value}")
    words = name.format(value=decimal(funnel.target * 100, 1) + "\u00a0%")
    labels = [(y, words)]
    last = [limit for limit in funnel.limits if limit.n <= area.x_max][-1]
    labels += [(area.y(last.high_95), _("95\u00a0%")), (area.y(last.high_998), _("99,8\u00a0%"))]
    below = area.bottom - _LINE_APART
    for place, name_of_line in sorted(labels):
        below = max(place + 2.5, below + _LINE_APART)
        right = area.left + area.width
        drawing.add(axes.text(right, below, name_of_line, anchor="end", size=6.2, colour=styles.ACCENT))


def _draw_points(drawing: Drawing, area: axes.Area, points: Sequence[FunnelPoint]) -> None:
    _draw_names(drawing, area, points)
    for point in sorted(points, key=lambda one: one.highlighted):
        flagged = point.flag.startswith("high")
        fill = styles.STRONG if point.highlighted or (flagged and point.name) else styles.ACCENT
        radius = 4.2 if point.highlighted else 3.0
        if not point.name and not point.highlighted:
            fill = styles.MUTED
        drawing.add(
            Circle(
                area.x(point.n), area.y(point.rate), radius, fillColor=fill, strokeColor=styles.WHITE, strokeWidth=0.7
            )
        )


def _draw_names(drawing: Drawing, area: axes.Area, points: Sequence[FunnelPoint]) -> None:
    """Name the points where the names cover no point and no other name, with a thin line where that is not beside."""
    right = area.left + area.width
    taken = [(area.x(p.n) - 4, area.y(p.rate) - 4, area.x(p.n) + 4, area.y(p.rate) + 4) for p in points]
    taken.append((right - _LINE_LABEL, area.bottom, right, area.bottom + area.height))
    named = [point for point in points if point.name]
    for point in sorted(named, key=lambda one: (not one.highlighted, -one.rate, one.name)):
        width = stringWidth(point.name, styles.BOLD if point.highlighted else styles.FONT, _LABEL)
        x, y = area.x(point.n), area.y(point.rate)
        free = [place for place in _places(area, x, y, width) if not _covers(place, width, taken)]
        if not free:
            continue
        left, low = free[0]
        taken.append((left - 1, low - 1.5, left + width + 1, low + _LABEL - 1))
        _draw_leader(drawing, (x, y), (left, low), width)
        font = styles.BOLD if point.highlighted else styles.FONT
        drawing.add(axes.band(_around(left, low, width), styles.HALO))
        drawing.add(axes.text(left, low, point.name, size=_LABEL, font=font))


def _around(left: float, low: float, width: float) -> list[float]:
    right, bottom, top = left + width, low - 1.5, low + _LABEL - 1
    return [left, bottom, right, bottom, right, top, left, top]


def _places(area: axes.Area, x: float, y: float, width: float) -> list[tuple[float, float]]:
    """Return where a name can stand inside the area, the nearest places first."""
    lifts = [-2.4, *(sign * step for step in range(9, 120, 9) for sign in (1, -1))]
    shifts = (6.0, -width - 6.0, -width / 2, 18.0, -width - 18.0)
    every = [(x + shift, y + lift) for lift in lifts for shift in shifts if lift != lifts[0] or shift != -width / 2]
    every.sort(key=lambda place: _distance(place, width, x, y))
    right, top = area.left + area.width, area.bottom + area.height
    return [
        (left, low)
        for left, low in every
        if left >= area.left + 2 and left + width <= right and area.bottom + 2 <= low <= top - _LABEL
    ]


def _distance(place: tuple[float, float], width: float, x: float, y: float) -> float:
    left, low = place
    across = max(left - x, x - left - width, 0)
    return float((across**2 + (low + _LABEL / 3 - y) ** 2) ** 0.5)


def _draw_leader(drawing: Drawing, point: tuple[float, float], place: tuple[float, float], width: float) -> None:
    (x, y), (left, low) = point, place
    if _distance(place, width, x, y) <= _NEAR:
        return
    near = min(max(x, left), left + width)
    end = low - 1.5 if low > y else low + _LABEL - 1
    drawing.add(Line(x, y, near, end, strokeColor=styles.RULE, strokeWidth=0.5))


def _covers(place: tuple[float, float], width: float, taken: Sequence[tuple[float, float, float, float]]) -> bool:
    left, low = place
    right, high = left + width, low + _LABEL - 1
    return any(left < x2 and right > x1 and low - 1.5 < y2 and high > y1 for x1, y1, x2, y2 in taken)
