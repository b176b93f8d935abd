"""A plotting area with its scales, ticks and labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, Rect, String

from kvalitetsapp.reports import styles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

TICK_SIZE: Final = 7.0
LABEL_SIZE: Final = 7.4
_NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a drawing with a linear scale from 0 in both directions."""

    left: float
    bottom: float
    width: float
    height: float
    x_max: float
    y_max: float

    def x(self, value: float) -> float:
        """Return the place of a value across."""
        return self.left + self.width * value / self.x_max

    def y(self, value: float) -> float:
        """Return the place of a value upwards, never outside the area."""
        return self.bottom + self.height * min(max(value / self.y_max, 0.0), 1.0)


def nice_step(largest: float, most: int) -> float:
    """Return a round step that gives at most `most` ticks up to `largest`."""
    if largest <= 0:
        return 1.0
    raw = largest / most
    power = 10.0 ** math.floor(math.log10(raw))
    return next(step * power for step in _NICE if step * power >= raw * (1 - 1e-9))


def whole_step(largest: float, most: int) -> float:
    """Return a round step for counts: a whole number."""
    step = max(nice_step(largest, most), 1.0)
    return step if step.is_integer() else 2 * step


def ticks(largest: float, step: float) -> list[float]:
    """Return the ticks from 0 to `largest`."""
    return [step * place for place in range(int(largest / step + 1e-6) + 1)]


def round_up(largest: float, step: float) -> float:
    """Return the first multiple of `step` that is not below `largest`."""
    return step * math.ceil(largest / step - 1e-9)


def draw_y_axis(
    drawing: Drawing, area: Area, places: Sequence[float], shown: Callable[[float], str], title: str
) -> None:
    """Draw horizontal grid lines with their values, and the title above them."""
    for place in places:
        y = area.y(place)
        drawing.add(Line(area.left, y, area.left + area.width, y, strokeColor=styles.FAINT, strokeWidth=0.5))
        drawing.add(text(area.left - 5, y - 2.5, shown(place), anchor="end"))
    drawing.add(text(area.left, area.bottom + area.height + 7, title, size=LABEL_SIZE, colour=styles.MUTED))


def draw_x_axis(
    drawing: Drawing, area: Area, places: Sequence[float], shown: Callable[[float], str], title: str
) -> None:
    """Draw the base line with ticks and values, and the title below them."""
    drawing.add(
        Line(area.left, area.bottom, area.left + area.width, area.bottom, strokeColor=styles.MUTED, strokeWidth=0.7)
    )
    for place in places:
        x = area.x(place)
        drawing.add(Line(x, area.bottom, x, area.bottom - 3, strokeColor=styles.MUTED, strokeWidth=0.7))
        drawing.add(text(x, area.bottom - 11.5, shown(place), anchor="middle"))
    drawing.add(
        text(area.left + area.width, area.bottom - 23, title, anchor="end", size=LABEL_SIZE, colour=styles.MUTED)
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: Literal["start", "middle", "end"] = "start",
    size: float = TICK_SIZE,
    colour: Color = styles.INK,
    font: str = styles.FONT,
) -> String:
    """Return words at a place."""
    return String(x, y, words, textAnchor=anchor, fontName=font, fontSize=size, fillColor=colour)


def curve(points: Sequence[float], colour: Color, width: float, dash: Sequence[float] | None = None) -> PolyLine:
    """Return a line through the places x, y, x, y and so on."""
    look: dict[str, Any] = {"strokeDashArray": list(dash)} if dash else {}
    return PolyLine(list(points), strokeColor=colour, strokeWidth=width, **look)


def band(points: Sequence[float], colour: Color) -> Polygon:
    """Return a filled outline."""
    return Polygon(list(points), fillColor=colour, strokeColor=None, strokeWidth=0)


def box(left: float, bottom: float, width: float, height: float, fill: Color, stroke: Color | None = None) -> Rect:
    """Return a rectangle with slightly rounded corners."""
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": 0.7}
    return Rect(left, bottom, width, height, rx=3, ry=3, **look)
