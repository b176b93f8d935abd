"""A plotting area with its scales, ticks and labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, PolyLine, Rect, String

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import lettering
from kvalitetsapp.texts import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

TICK_SIZE: Final = 7.0
LABEL_SIZE: Final = 7.4
TITLE_SIZE: Final = 7.8
GAP: Final = 10.0
NEAR: Final = 9.0
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
    base(drawing, area)
    for place in places:
        x = area.x(place)
        drawing.add(Line(x, area.bottom, x, area.bottom - 3, strokeColor=styles.MUTED, strokeWidth=0.7))
        words = shown(place)
        half = lettering.width(words, TICK_SIZE) / 2
        drawing.add(text(min(x, drawing.width - half), area.bottom - 11.5, words, anchor="middle"))
    drawing.add(
        text(area.left + area.width, area.bottom - 23, title, anchor="end", size=LABEL_SIZE, colour=styles.MUTED)
    )


def left_of(places: Sequence[float], shown: Callable[[float], str]) -> float:
    """Return how much room values need to the left of an area."""
    return max((lettering.width(shown(place), TICK_SIZE) for place in places), default=0.0) + 12.0


def whole(value: float) -> str:
    """Return a tick of counts."""
    return number(round(value))


def percents(step: float) -> Callable[[float], str]:
    """Return how percentages are written that are `step` apart, with the decimals they need."""
    digits = next((digits for digits in (0, 1) if abs(step * 100 - round(step * 100, digits)) < 1e-9), 2)
    return lambda value: percent(value, digits)


def title(drawing: Drawing, words: str) -> None:
    """Write what a drawing is about along its top."""
    shown, size = lettering.fitted(words, drawing.width, TITLE_SIZE, styles.BOLD)
    drawing.add(text(0, drawing.height - 8.5, shown, size=size, font=styles.BOLD))


def row_labels(drawing: Drawing, area: Area, y: float, labels: Sequence[str], widest: float = 0.0) -> None:
    """Write labels under the places of a series, as many of them as have room."""
    wide = max([widest, *(lettering.width(label, TICK_SIZE) for label in labels)]) + 5
    for place in lettering.chosen(len(labels), area.width * len(labels) / area.x_max, wide):
        drawing.add(text(area.x(place + 0.5), y, labels[place], anchor="middle"))


def name_beside(
    drawing: Drawing,
    placer: lettering.Placer,
    point: tuple[float, float],
    words: str,
    size: float,
    colour: Color = styles.INK,
    font: str = styles.FONT,
    within: float = 1000.0,
) -> None:
    """Name a point as near as there is room; where there is none the mark stands for itself."""
    wide = lettering.width(words, size, font)
    place = placer.place(*point, wide, size, within)
    if place is None:
        return
    leader(drawing, point, place, wide, size)
    drawing.add(band(_around(*place, wide, size), styles.HALO))
    drawing.add(text(*place, words, size=size, colour=colour, font=font))


def leader(drawing: Drawing, point: tuple[float, float], place: tuple[float, float], wide: float, size: float) -> None:
    """Draw a thin line from a point to its name where the name is not right beside it."""
    (x, y), (left, low) = point, place
    if lettering.distance(place, wide, size, x, y) <= NEAR:
        return
    end = low - 1.5 if low > y else low + size - 1
    drawing.add(Line(x, y, min(max(x, left), left + wide), end, strokeColor=styles.RULE, strokeWidth=0.5))


def _around(left: float, low: float, wide: float, size: float) -> list[float]:
    right, bottom, top = left + wide, low - 1.5, low + size - 1
    return [left, bottom, right, bottom, right, top, left, top]


def base(drawing: Drawing, area: Area) -> None:
    """Draw the line that a series stands on."""
    drawing.add(
        Line(area.left, area.bottom, area.left + area.width, area.bottom, strokeColor=styles.MUTED, strokeWidth=0.7)
    )


def row(drawing: Drawing, low: float, height: float, *, coloured: bool = False) -> None:
    """Draw the ground of a row across the whole drawing: a line under it, and colour if it stands out."""
    if coloured:
        drawing.add(cell(0, low, styles.WIDTH, height, styles.ACCENT_LIGHT))
    drawing.add(Line(0, low, styles.WIDTH, low, strokeColor=styles.FAINT, strokeWidth=0.4))


def stacked(drawings: Sequence[Drawing]) -> Drawing:
    """Return drawings under each other as one."""
    if len(drawings) == 1:
        return drawings[0]
    whole = Drawing(styles.WIDTH, sum(one.height for one in drawings) + GAP * (len(drawings) - 1))
    top = whole.height
    for one in drawings:
        top -= one.height
        whole.add(Group(*one.contents, transform=(1, 0, 0, 1, 0, top)))
        top -= GAP
    return whole


def evenly(count: int, most: int) -> list[range]:
    """Return the places 0 to `count` in runs of nearly the same length, none longer than `most`."""
    runs = max(-(-count // most), 1)
    return [range(count * run // runs, count * (run + 1) // runs) for run in range(runs)]


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


def cell(left: float, bottom: float, width: float, height: float, fill: Color, stroke: Color | None = None) -> Rect:
    """Return a filled rectangle."""
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": 0.6}
    return Rect(left, bottom, width, height, **look)


def box(left: float, bottom: float, width: float, height: float, fill: Color, stroke: Color | None = None) -> Rect:
    """Return a rectangle with slightly rounded corners."""
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": 0.7}
    return Rect(left, bottom, width, height, rx=3, ry=3, **look)
