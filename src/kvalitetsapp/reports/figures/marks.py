"""Marks that differ by shape, so that no colour is needed to tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.graphics.shapes import Circle, Polygon, Rect

from kvalitetsapp.reports import styles

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Shape
    from reportlab.lib.colors import Color


def circle(x: float, y: float, radius: float, colour: Color, *, hollow: bool = False) -> Circle:
    """Return a disc, or a ring where it is hollow."""
    fill, stroke, width = _look(colour, hollow=hollow)
    return Circle(x, y, radius, fillColor=fill, strokeColor=stroke, strokeWidth=width)


def square(x: float, y: float, radius: float, colour: Color, *, hollow: bool = False) -> Rect:
    """Return a square as high as a disc of a radius."""
    fill, stroke, width = _look(colour, hollow=hollow)
    look: dict[str, Any] = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": width}
    return Rect(x - radius, y - radius, 2 * radius, 2 * radius, **look)


def diamond(x: float, y: float, radius: float, colour: Color, *, hollow: bool = False) -> Polygon:
    """Return a square that stands on its corner."""
    return _shape([x - radius, y, x, y + radius, x + radius, y, x, y - radius], colour, hollow=hollow)


def triangle(x: float, y: float, radius: float, colour: Color, *, up: bool, hollow: bool = False) -> Polygon:
    """Return a triangle that points up or down."""
    way = radius if up else -radius
    return _shape([x - radius, y - 0.7 * way, x + radius, y - 0.7 * way, x, y + way], colour, hollow=hollow)


def of_flag(x: float, y: float, flag: str, radius: float, colour: Color) -> Shape:
    """Return the mark of a figure within limits (a disc), or outside: a triangle that points where it lies (R10)."""
    if not flag:
        return circle(x, y, radius, colour)
    return triangle(x, y, radius * 1.3, styles.STRONG, up=flag.startswith("high"), hollow=flag.endswith("95"))


def _shape(points: list[float], colour: Color, *, hollow: bool) -> Polygon:
    fill, stroke, width = _look(colour, hollow=hollow)
    return Polygon(points, fillColor=fill, strokeColor=stroke, strokeWidth=width)


def _look(colour: Color, *, hollow: bool) -> tuple[Color, Color, float]:
    return (styles.WHITE, colour, 1.0) if hollow else (colour, styles.WHITE, 0.5)
