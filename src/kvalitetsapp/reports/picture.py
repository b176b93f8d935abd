"""A drawing in a report, with what it says in words for who does not see it.

Its shapes are written in PDF's own operators: reportlab's renderer saves, sets and restores some twenty properties for
each of them. What is not of the few kinds that figures are made of is left to reportlab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from kvalitetsapp.reports.page_words import PageWords, rgb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.reports.tagging import TaggedCanvas

# Where the points that bend a rounded corner stand, as parts of its radius: reportlab's boxes, and circles.
_BOX_CORNER: Final = 0.4472
_CIRCLE_ARC: Final = 0.5523
_PAINT: Final = {(True, False): "S", (False, True): "f*", (True, True): "B*", (False, False): "n"}
_ASIDE: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Picture(Flowable):
    """A drawing that is read as a text."""

    def __init__(self, drawing: Drawing, told: str) -> None:
        super().__init__()
        self.drawing, self.told = drawing, told
        self.width, self.height = drawing.width, drawing.height

    def draw(self) -> None:
        """Draw it as one figure."""
        canvas = cast("TaggedCanvas", self.canv)
        canvas.begin(canvas.tags.figure(self.told, self.width, self.height))
        for shape in self.drawing.contents:
            outline = _OUTLINES.get(type(shape))
            if outline and _is_usual(shape):
                canvas.write(_painted(shape, outline(shape)))
            elif type(shape) is String and _is_opaque(shape.fillColor):
                _write(canvas, shape)
            else:
                Drawing(self.width, self.height, shape).drawOn(canvas, 0, 0)
        canvas.end()


def _write(canvas: TaggedCanvas, shape: Any) -> None:  # noqa: ANN401 - reportlab's shapes have no types
    words, font, size = PageWords(canvas), shape.fontName, shape.fontSize
    aside = _ASIDE[shape.textAnchor] * stringWidth(shape.text, font, size)
    words.write(shape.text, shape.x - aside, shape.y, font, size, shape.fillColor)
    words.put_on_page()


def _is_usual(shape: Any) -> bool:  # noqa: ANN401 - reportlab's
    """Tell whether a shape is opaque, with lines that end and meet as lines do by themselves."""
    colours = shape.strokeColor, getattr(shape, "fillColor", None)
    return not (shape.strokeLineCap or shape.strokeLineJoin) and all(map(_is_opaque, colours))


def _is_opaque(colour: Color | None) -> bool:
    return colour is None or colour.alpha == 1


def _painted(shape: Any, outline: str) -> str:  # noqa: ANN401 - reportlab's
    stroke, fill = shape.strokeColor, getattr(shape, "fillColor", None)
    look = []
    if stroke is not None:
        look.append(f"{rgb(stroke)} RG {shape.strokeWidth:g} w")
    if fill is not None:
        look.append(f"{rgb(fill)} rg")
    if shape.strokeDashArray:
        look.append(f"[{' '.join(f'{length:g}' for length in shape.strokeDashArray)}] 0 d")
    return f"q {' '.join(look)} {outline} {_PAINT[stroke is not None, fill is not None]} Q"


def _line(shape: Any) -> str:  # noqa: ANN401 - reportlab's
    return _through((shape.x1, shape.y1, shape.x2, shape.y2))


def _polyline(shape: Any) -> str:  # noqa: ANN401 - reportlab's
    return _through(shape.points)


def _polygon(shape: Any) -> str:  # noqa: ANN401 - reportlab's
    return f"{_through(shape.points)} h"


def _through(points: Sequence[float]) -> str:
    first, *rest = (f"{points[at]:.3f} {points[at + 1]:.3f}" for at in range(0, len(points), 2))
    return " ".join([f"{first} m", *(f"{point} l" for point in rest)])


def _rect(shape: Any) -> str:  # noqa: ANN401 - reportlab's
    if shape.rx or shape.ry:
        return _rounded(shape.x, shape.y, shape.width, shape.height, shape.rx, _BOX_CORNER)
    return f"{shape.x:.3f} {shape.y:.3f} {shape.width:.3f} {shape.height:.3f} re"


def _circle(shape: Any) -> str:  # noqa: ANN401 - reportlab's
    return _rounded(shape.cx - shape.r, shape.cy - shape.r, 2 * shape.r, 2 * shape.r, shape.r, 1 - _CIRCLE_ARC)


def _rounded(x: float, y: float, width: float, height: float, radius: float, bend: float) -> str:
    """Return a box whose corners are arcs: of a circle, where its sides are no longer than they."""
    right, top, near = x + width, y + height, bend * radius
    corners = (
        (right - radius, y, right - near, y, right, y + near, right, y + radius),
        (right, top - radius, right, top - near, right - near, top, right - radius, top),
        (x + radius, top, x + near, top, x, top - near, x, top - radius),
        (x, y + radius, x, y + near, x + near, y, x + radius, y),
    )
    told = [f"{x + radius:.3f} {y:.3f} m"]
    for begins_x, begins_y, *arc in corners:
        told.append(f"{begins_x:.3f} {begins_y:.3f} l {' '.join(f'{part:.3f}' for part in arc)} c")
    return f"{' '.join(told)} h"


_OUTLINES: Final[dict[type, Callable[[Any], str]]] = {
    Line: _line,
    PolyLine: _polyline,
    Polygon: _polygon,
    Rect: _rect,
    Circle: _circle,
}
