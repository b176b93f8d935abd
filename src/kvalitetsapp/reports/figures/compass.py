"""The value compass: a ray per indicator with the unit and the nation on it; outermost is the best of the units."""

from __future__ import annotations

from itertools import groupby
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Circle, Drawing, Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import Compass, CompassAxis

_RADIUS: Final = 84.0
_LEAST_PLOT: Final = 196.0
_HEAD: Final = 16.0
_LINE: Final = 8.6
_SIZE: Final = 6.6
_RINGS: Final = (0.25, 0.5, 0.75, 1.0)
_BESIDE: Final = 12.0


def draw(chart: Compass) -> Drawing:
    """Return the compass; an indicator without a value keeps its ray, and the line has a gap there."""
    half = (len(chart.axes) + 1) // 2 + 1
    plot = max(_LEAST_PLOT, half * _LINE + 12)
    drawing = Drawing(styles.WIDTH, _HEAD + plot)
    axes.title(drawing, chart.title)
    compass = _Place(styles.WIDTH / 2, plot / 2, len(chart.axes))
    for ring in _RINGS:
        look: dict[str, Any] = {"fillColor": None, "strokeColor": styles.FAINT, "strokeWidth": 0.6}
        drawing.add(Circle(compass.x, compass.y, _RADIUS * ring, **look))
    for place in range(len(chart.axes)):
        end = compass.at(place, 1.0)
        drawing.add(Line(compass.x, compass.y, *end, strokeColor=styles.RULE, strokeWidth=0.6))
    _draw_line(drawing, compass, [axis.nation for axis in chart.axes], styles.MUTED, (3, 2), hollow=True)
    _draw_line(drawing, compass, [axis.value for axis in chart.axes], styles.ACCENT, None, hollow=False)
    _draw_lines_names(drawing, compass, chart.axes)
    _draw_names(drawing, compass, chart.axes)
    return drawing


class _Place:
    """Where the middle is, and where a share of a ray's length lies."""

    def __init__(self, x: float, y: float, rays: int) -> None:
        self.x, self.y = x, y
        self._turn = 2 * pi / rays

    def at(self, ray: int, share: float) -> tuple[float, float]:
        """Return the place of a share of a ray; the first ray points up, the next lies clockwise."""
        angle = pi / 2 - self._turn * ray
        reach = _RADIUS * min(max(share, 0.0), 1.0)
        return self.x + reach * cos(angle), self.y + reach * sin(angle)


def _draw_line(
    drawing: Drawing,
    compass: _Place,
    values: Sequence[float | None],
    colour: Color,
    dash: Sequence[float] | None,
    *,
    hollow: bool,
) -> None:
    spots = [None if value is None else compass.at(ray, value) for ray, value in enumerate(values)]
    whole = len(spots) > 2 and all(spot is not None for spot in spots)
    around = [*spots, spots[0]] if len(spots) > 2 else spots
    if whole and not hollow:
        drawing.add(axes.band([part for spot in spots if spot for part in spot], styles.see_through(colour)))
    for told, run in groupby(around, key=lambda spot: spot is not None):
        line = [part for spot in run if spot for part in spot]
        if told and len(line) > 2:
            drawing.add(axes.curve(line, colour, 1.1, dash))
    mark: Callable[..., Any] = marks.diamond if hollow else marks.circle
    for spot in spots:
        if spot is not None:
            drawing.add(mark(*spot, 2.4, colour, hollow=hollow))


def _draw_lines_names(drawing: Drawing, compass: _Place, rays: Sequence[CompassAxis]) -> None:
    """Name both lines where they lie farthest apart."""
    area = axes.Area(compass.x - _RADIUS, compass.y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS, 1, 1)
    placer = lettering.Placer(area)
    for ray, axis in enumerate(rays):
        for value in (axis.value, axis.nation):
            if value is not None:
                x, y = compass.at(ray, value)
                placer.occupy(x - 3, y - 3, x + 3, y + 3)
    told = [(ray, axis) for ray, axis in enumerate(rays) if axis.value is not None]
    ray, axis = max(told, key=lambda one: _apart(one[1]))
    axes.name_beside(drawing, placer, compass.at(ray, axis.value or 0), _("enheten"), _SIZE, styles.ACCENT)
    if axis.nation is not None:
        axes.name_beside(drawing, placer, compass.at(ray, axis.nation), _("riket"), _SIZE, styles.MUTED)


def _apart(axis: CompassAxis) -> float:
    return -1.0 if axis.value is None or axis.nation is None else abs(axis.value - axis.nation)


def _draw_names(drawing: Drawing, compass: _Place, rays: Sequence[CompassAxis]) -> None:
    """Write the indicators on both sides of the compass, each with its figure, and a line to its ray."""
    ends = [(*compass.at(ray, 1.0), axis) for ray, axis in enumerate(rays)]
    middle = (len(rays) + 1) // 2
    _draw_side(drawing, compass, ends[:middle], right=True)
    _draw_side(drawing, compass, ends[middle:], right=False)


def _draw_side(
    drawing: Drawing, compass: _Place, ends: Sequence[tuple[float, float, CompassAxis]], *, right: bool
) -> None:
    edge = compass.x + (_RADIUS + _BESIDE if right else -_RADIUS - _BESIDE)
    room = styles.WIDTH - edge - 3 if right else edge - 3
    heights = lettering.apart([y - 2.4 for _x, y, _axis in ends], _LINE, 4.0, 2 * compass.y - 9)
    for (x, y, axis), height in zip(ends, heights, strict=True):
        shown = lettering.width(axis.shown, _SIZE, styles.BOLD) + 4 if axis.shown else 0
        name, size = lettering.fitted(axis.name, room - shown, _SIZE)
        wide = lettering.width(name, size) + (4 if axis.shown else 0)
        turn = edge + (-4 if right else 4)
        drawing.add(axes.curve([x, y, turn, height + 2.4, edge, height + 2.4], styles.RULE, 0.5))
        left = edge + 2 if right else edge - 2 - wide - shown + (4 if axis.shown else 0)
        drawing.add(axes.text(left, height, name, size=size))
        if axis.shown:
            drawing.add(axes.text(left + wide, height, axis.shown, size=_SIZE, font=styles.BOLD))
