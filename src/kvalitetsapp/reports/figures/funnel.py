"""The funnel: each provider's rate by its number of operations, within prediction limits around the target (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.texts import _, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Funnel, FunnelLimit, FunnelPoint

HEIGHT: Final = 198.0
_LABEL: Final = 6.8
_ROOM: Final = 1.12
_LIMITS_SEEN_FROM: Final = 5
_LINE_SIZE: Final = 6.2
_LINE_APART: Final = 7.6
_LINE_ROOM: Final = 84.0
_HIGHEST_NAME: Final = HEIGHT - 16
_FEW: Final = 15
_LONGEST_NAME, _LONGEST_OF_MANY = 150.0, 90.0
_LEAST_TOP: Final = 0.01
_Look = tuple[str, str, tuple[float, float] | None, float]
_LIMITS: Final[tuple[_Look, ...]] = (("low_998", "high_998", None, 0.9), ("low_95", "high_95", (3, 2), 0.9))
_WIDENED: Final[tuple[_Look, ...]] = (("low_998", "high_998", (1, 1.6), 1.2), ("low_95", "high_95", (1, 2.6), 0.9))


def draw(funnel: Funnel) -> Drawing:
    """Return the funnel; the highlighted point stands out and named points carry their names."""
    drawing = Drawing(styles.WIDTH, HEIGHT)
    area = _area(funnel)
    step = axes.nice_step(area.y_max, 6)
    title = _("Reopererade inom två år, {joint}").format(joint=word("joint", funnel.joint).lower())
    axes.draw_y_axis(drawing, area, axes.ticks(area.y_max, step), axes.percents(step), title)
    placer = lettering.Placer(area)
    if funnel.overdispersion:
        _draw_limits(drawing, area, funnel.overdispersion.widened, _WIDENED)
    _draw_limits(drawing, area, funnel.limits, _LIMITS)
    _draw_target(drawing, area, funnel)
    axes.draw_x_axis(
        drawing,
        area,
        axes.ticks(area.x_max, axes.whole_step(area.x_max, 8)),
        lambda n: number(round(n)),
        _("Antal uppföljda operationer"),
    )
    _draw_points(drawing, area, funnel.points, placer)
    return drawing


def _area(funnel: Funnel) -> axes.Area:
    largest_n = max(point.n for point in funnel.points)
    wide = [limit.high_998 for limit in funnel.limits if limit.n >= largest_n / _LIMITS_SEEN_FROM]
    top = max([*(point.rate for point in funnel.points), funnel.target, *wide[:1], _LEAST_TOP]) * _ROOM
    step = axes.nice_step(top, 6)
    x_max = axes.round_up(largest_n * 1.1, axes.whole_step(largest_n * 1.1, 8))
    return axes.Area(
        34, 32, styles.WIDTH - 34 - _LINE_ROOM, HEIGHT - 52, max(x_max, 2), min(axes.round_up(top, step), 1.0)
    )


def _draw_limits(drawing: Drawing, area: axes.Area, limits: Sequence[FunnelLimit], looks: Sequence[_Look]) -> None:
    shown = [limit for limit in limits if limit.n <= area.x_max]
    for low, high, dash, width in looks:
        for side in (low, high):
            points = [(area.x(limit.n), getattr(limit, side)) for limit in shown]
            inside = [(x, area.y(value)) for x, value in points if value <= area.y_max]
            if len(inside) > 1:
                drawing.add(
                    axes.curve([part for point in inside for part in point], styles.ACCENT_MIDDLE, width, dash)
                )


def _draw_target(drawing: Drawing, area: axes.Area, funnel: Funnel) -> None:
    """Draw the target, and to the right of the plot the names of all lines."""
    y, right = area.y(funnel.target), area.left + area.width
    drawing.add(Line(area.left, y, right, y, strokeColor=styles.ACCENT, strokeWidth=1.0))
    name = _("riket {value}") if funnel.target_is_national else _("alla i underlaget {value}")
    labels = [(y, name.format(value=percent(funnel.target))), *_limit_names(area, funnel)]
    heights = lettering.apart([place - 2.2 for place, _words in labels], _LINE_APART, area.bottom, _HIGHEST_NAME)
    for (_place, words), height in zip(labels, heights, strict=True):
        shown, size = lettering.fitted(words, _LINE_ROOM - 4, _LINE_SIZE)
        drawing.add(axes.text(right + 4, height, shown, size=size, colour=styles.ACCENT))


def _limit_names(area: axes.Area, funnel: Funnel) -> list[tuple[float, str]]:
    widened = funnel.overdispersion.widened if funnel.overdispersion else ()
    found = []
    for limits, names in (
        (funnel.limits, (_("95\u00a0%"), _("99,8\u00a0%"))),
        (widened, (_("95\u00a0%, vidgad"), _("99,8\u00a0%, vidgad"))),
    ):
        last = [limit for limit in limits if limit.n <= area.x_max][-1:]
        found += [(area.y(limit.high_95), names[0]) for limit in last]
        found += [(area.y(limit.high_998), names[1]) for limit in last]
    return found


def _draw_points(drawing: Drawing, area: axes.Area, points: Sequence[FunnelPoint], placer: lettering.Placer) -> None:
    for point in points:
        x, y = area.x(point.n), area.y(point.rate)
        placer.occupy(x - 4, y - 4, x + 4, y + 4)
    room = _LONGEST_NAME if len(points) <= _FEW else _LONGEST_OF_MANY
    for point in sorted(points, key=lambda one: (not one.highlighted, not one.flag, -one.rate, one.name)):
        if point.name:
            _draw_name(drawing, area, point, placer, room)
    for point in sorted(points, key=lambda one: one.highlighted):
        fill = styles.STRONG if point.highlighted else styles.ACCENT if point.name else styles.MUTED
        radius = 4.2 if point.highlighted else 3.0
        drawing.add(marks.of_flag(area.x(point.n), area.y(point.rate), point.flag, radius, fill))


def _draw_name(drawing: Drawing, area: axes.Area, point: FunnelPoint, placer: lettering.Placer, room: float) -> None:
    font = styles.BOLD if point.highlighted else styles.FONT
    words, size = lettering.fitted(point.name, room, _LABEL, font)
    axes.name_beside(drawing, placer, (area.x(point.n), area.y(point.rate)), words, size, font=font)
