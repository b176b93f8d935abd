"""A scale across a drawing, linear or logarithmic; what lies beyond its ends stops there in an arrow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Line, Polygon

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.colors import Color


@dataclass(frozen=True, slots=True)
class Across:
    """A scale from `low` to `high` over a width."""

    left: float
    width: float
    low: float
    high: float
    log: bool = False

    @property
    def right(self) -> float:
        """Return where the scale ends."""
        return self.left + self.width

    def x(self, value: float) -> float:
        """Return the place of a value, at an end where it lies beyond it."""
        kept = min(max(value, self.low), self.high)
        if self.log:
            return self.left + self.width * math.log(kept / self.low) / math.log(self.high / self.low)
        return self.left + self.width * (kept - self.low) / (self.high - self.low)

    def interval(self, drawing: Drawing, low: float, high: float, y: float, colour: Color = styles.ACCENT) -> None:
        """Draw an interval, with an arrow where it goes on beyond the scale."""
        drawing.add(Line(self.x(low), y, self.x(high), y, strokeColor=colour, strokeWidth=1.2))
        if high > self.high:
            drawing.add(_arrow(self.right, y, 3, colour))
        if low < self.low:
            drawing.add(_arrow(self.left, y, -3, colour))

    def axis(self, drawing: Drawing, bottom: float, places: Sequence[float], shown: Callable[[float], str]) -> None:
        """Draw the line under the scale with its values."""
        drawing.add(Line(self.left, bottom, self.right, bottom, strokeColor=styles.MUTED, strokeWidth=0.7))
        for place in places:
            x = self.x(place)
            drawing.add(Line(x, bottom, x, bottom - 3, strokeColor=styles.MUTED, strokeWidth=0.7))
            drawing.add(axes.text(x, bottom - 10.5, shown(place), anchor="middle", size=6.6))


def of_ratios(left: float, width: float, power: int) -> tuple[Across, list[float]]:
    """Return a scale of ratios from 2^−power to 2^power with 1 in the middle, and up to seven places to name."""
    every = math.ceil(power / 3)
    places = [2.0**exponent for exponent in range(-every * (power // every), power + 1, every)]
    return Across(left, width, 2.0**-power, 2.0**power, log=True), places


def _arrow(x: float, y: float, length: float, colour: Color) -> Polygon:
    points = [x - length, y - 2, x - length, y + 2, x, y]
    return Polygon(points, fillColor=colour, strokeColor=None, strokeWidth=0)
