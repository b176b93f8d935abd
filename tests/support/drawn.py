"""Where the words and shapes of a drawing lie: nothing may be clipped, and no words may lie over others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from reportlab.graphics import shapes
from reportlab.pdfbase.pdfmetrics import stringWidth

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOVE, _BELOW = 0.72, 0.16  # of the size: how far figures and small letters reach, nearly
_SLACK = 0.3


@dataclass(frozen=True, slots=True)
class Words:
    """Words with the box that they fill."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def over(self, other: Words) -> bool:
        """Tell whether these words lie over others."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upwards = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > _SLACK and upwards > _SLACK


def words(drawing: shapes.Drawing) -> list[Words]:
    """Return all words that are drawn."""
    return [_words(one, x, y) for one, x, y in leaves(drawing) if isinstance(one, shapes.String) and one.text]


def faults(drawing: shapes.Drawing) -> list[str]:
    """Return what is wrong with a drawing: words or shapes outside it, words over words."""
    found = words(drawing)
    outside = [
        f"outside: {one.text}"
        for one in found
        if one.left < -_SLACK
        or one.right > drawing.width + _SLACK
        or one.bottom < -_SLACK
        or one.top > drawing.height + _SLACK
    ]
    outside += [f"outside: {kind} {x:.1f}, {y:.1f}" for kind, x, y in _corners(drawing) if not _within(drawing, x, y)]
    return outside + [f"over: {one.text} | {other.text}" for one, other in _neighbours(found) if one.over(other)]


def _neighbours(found: list[Words]) -> Iterator[tuple[Words, Words]]:
    """Give the pairs that share some height: pages of tables have many words, and few beside each other."""
    rising = sorted(found, key=lambda one: one.bottom)
    for place, one in enumerate(rising):
        for other in islice(rising, place + 1, None):
            if other.bottom > one.top:
                break
            yield one, other


def _within(drawing: shapes.Drawing, x: float, y: float) -> bool:
    return -1.0 <= x <= drawing.width + 1.0 and -1.0 <= y <= drawing.height + 1.0


def leaves(shape: Any, x: float = 0, y: float = 0) -> Iterator[tuple[Any, float, float]]:  # noqa: ANN401 - reportlab's
    """Give every shape with how far it is moved."""
    for one in shape.contents:
        if isinstance(one, shapes.Group):
            yield from leaves(one, x + one.transform[4], y + one.transform[5])
        else:
            yield one, x, y


def _words(one: Any, x: float, y: float) -> Words:  # noqa: ANN401 - as above
    wide = stringWidth(one.text, one.fontName, one.fontSize)
    left = x + one.x - wide * {"start": 0, "middle": 0.5, "end": 1}[one.textAnchor]
    low = y + one.y
    return Words(one.text, left, low - _BELOW * one.fontSize, left + wide, low + _ABOVE * one.fontSize)


def _corners(drawing: shapes.Drawing) -> Iterator[tuple[str, float, float]]:
    for one, dx, dy in leaves(drawing):
        if not isinstance(one, shapes.String):
            for x, y in _points(one):
                yield type(one).__name__, x + dx, y + dy


def _points(one: Any) -> list[tuple[float, float]]:  # noqa: ANN401 - as above
    if isinstance(one, shapes.Polygon | shapes.PolyLine):
        return list(zip(one.points[::2], one.points[1::2], strict=True))
    x1, y1, x2, y2 = one.getBounds()
    return [(x1, y1), (x2, y2)]
