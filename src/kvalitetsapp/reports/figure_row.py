"""A row of large figures, each with its interval and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.reports.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 86.0
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, the interval or number behind it, and what it tells."""

    value: str
    behind: str
    label: str
    strong: bool = False


def draw(figures: Sequence[KeyFigure]) -> Picture:
    """Return the figures side by side in boxes of equal width."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    width = (styles.WIDTH - _GAP * (len(figures) - 1)) / len(figures)
    for place, figure in enumerate(figures):
        left = place * (width + _GAP)
        colour = styles.STRONG if figure.strong else styles.ACCENT
        drawing.add(axes.box(left, 0, width, _HEIGHT, styles.STRONG_LIGHT if figure.strong else styles.ACCENT_LIGHT))
        drawing.add(axes.band(_stroke(left + 8, _HEIGHT - 8), colour))
        size = _fitting(figure.value, width - 16, 15)
        drawing.add(axes.text(left + 8, _HEIGHT - 29, figure.value, size=size, font=styles.BOLD, colour=colour))
        size = _fitting(figure.behind, width - 16, 7)
        drawing.add(axes.text(left + 8, _HEIGHT - 42, figure.behind, size=size, colour=styles.INK))
        for line, words in enumerate(simpleSplit(figure.label, styles.FONT, 6.9, width - 14)[:4]):
            drawing.add(axes.text(left + 8, _HEIGHT - 55 - 8.8 * line, words, size=6.9, colour=styles.MUTED))
    return Picture(drawing, _told(figures))


def _told(figures: Sequence[KeyFigure]) -> str:
    return ". ".join(f"{one.label}: {one.value}, {one.behind}" for one in figures)


def _stroke(left: float, low: float) -> list[float]:
    return [left, low, left + 20, low, left + 20, low + 2, left, low + 2]


def _fitting(words: str, room: float, size: float) -> float:
    width = stringWidth(words, styles.FONT if size < 10 else styles.BOLD, size)
    return size if width <= room else size * room / width
