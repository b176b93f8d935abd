"""Horizontal lines across a plot, each with its name at its right end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.colors import Color

ROOM: Final = 92.0
"""How much room to the right of an area the names need."""

_SIZE: Final = 6.4
_APART: Final = 8.0


@dataclass(frozen=True, slots=True)
class Level:
    """A line at a value with its name; a dash tells it from the other lines besides its colour."""

    value: float
    name: str
    dash: tuple[float, ...] = ()
    colour: Color = styles.ACCENT


def draw(drawing: Drawing, area: axes.Area, levels: Sequence[Level]) -> None:
    """Draw the lines, and their names beside them without touching."""
    right = area.left + area.width
    for level in levels:
        look: dict[str, Any] = {"strokeDashArray": list(level.dash)} if level.dash else {}
        y = area.y(level.value)
        drawing.add(Line(area.left, y, right, y, strokeColor=level.colour, strokeWidth=0.9, **look))
    wanted = [area.y(level.value) - 2.2 for level in levels]
    heights = lettering.apart(wanted, _APART, area.bottom - 2, area.bottom + area.height)
    for level, height in zip(levels, heights, strict=True):
        words, size = lettering.fitted(level.name, ROOM - 8, _SIZE)
        drawing.add(axes.text(right + 5, height, words, size=size, colour=level.colour))
