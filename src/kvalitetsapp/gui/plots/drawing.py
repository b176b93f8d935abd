"""What charts draw with: lines, marks and words in the theme's colours, and what the axes measure."""

from __future__ import annotations

import contextlib
from html import escape
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPalette

from kvalitetsapp.gui.plots.canvas import Canvas, Inks, pen
from kvalitetsapp.gui.plots.labels import VEIL
from kvalitetsapp.gui.theme import LIGHT, palette_of
from kvalitetsapp.texts import NO_BREAK_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QPen
    from PySide6.QtWidgets import QWidget

Place = tuple[float, float]

_APART: Final = " " * 3
_TICKS: Final = 1.5  # lines of text for the words of ticks
_TITLE_LINE: Final = 1.2
_NARROW: Final = 2.0  # times the words: a plot that is no wider is shared by half
_SIZE: Final = 0.75  # of a mark, in lines of text
_DIAMOND: Final = 1.5  # a diamond of the same size looks smaller


class Drawing(Canvas):
    """A canvas on which charts draw."""

    def __init__(self, axes: Mapping[str, pg.AxisItem], parent: QWidget | None = None) -> None:
        self._titles: dict[str, str] = {}
        super().__init__(axes, parent)

    on_paper = False
    """Whether a picture is being made: nothing of what the pointer or the keyboard is at is shown in it."""

    _thicker = 1.0

    def stroke(self, colour: str, width: float, *, dotted: bool = False, dashed: bool = False) -> QPen:
        """Return a line of a colour that keeps its width whatever the zoom."""
        return pen(colour, width * self._thicker, dotted=dotted, dashed=dashed)

    @contextlib.contextmanager
    def as_on_paper(self, scale: float = 1.0) -> Iterator[None]:
        """Draw in the colours of paper meanwhile, every mark as a shape of its own in place of a stored image.

        `scale` is how many pixels the picture has for one on screen: lines are told in pixels.
        """
        self.on_paper, self._thicker = True, scale
        self.setPalette(palette_of(LIGHT))
        self.dress()
        self.redraw()
        vectors = [item for item in self.scene().items() if isinstance(item, pg.GraphicsItem)]
        for item in vectors:
            item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})  # noqa: FBT003 - pyqtgraph's call
        try:
            yield
        finally:
            for item in vectors:
                item.setExportMode(False)
            self.on_paper, self._thicker = False, 1.0
            self.setPalette(QPalette())  # that of the window again, whatever it becomes
            self.dress()
            self.redraw()

    def entitle(self, side: str, text: str) -> None:
        """Say what an axis measures; parts of it with three spaces between them may stand on lines of their own."""
        self._titles[side] = text
        axis = self.getPlotItem().getAxis(side)
        axis.enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's call
        self.part_titles()

    def part_titles(self) -> None:
        """Part the titles of axes into as many lines as the width needs."""
        metrics, room = self.fontMetrics(), self.getPlotItem().getViewBox().width()
        for side, text in self._titles.items():
            parts = [""]
            for part in text.split(_APART):
                longer = f"{parts[-1]}{_APART}{part}" if parts[-1] else part
                if parts[-1] and side != "left" and metrics.horizontalAdvance(longer) > room:
                    parts.append(part)
                else:
                    parts[-1] = longer
            shown = "<br>".join(escape(part).replace(_APART, NO_BREAK_SPACE * 3) for part in parts)
            axis = self.getPlotItem().getAxis(side)
            if axis.labelText != shown:
                axis.setLabel(shown, color=self.tokens.muted)
            if side != "left":  # pyqtgraph counts on one line only
                axis.setHeight(round(metrics.height() * (_TICKS + _TITLE_LINE * len(parts))))

    def part_for(self, words: Sequence[str]) -> float:
        """Return how much of its width a chart must grow by, to have room for the longest of some words at its end."""
        wide = max([self.fontMetrics().horizontalAdvance(each) for each in words], default=0)
        room, width = wide + self.fontMetrics().height() * 1.2, self.getPlotItem().getViewBox().width()
        if not words:
            return 0.0
        return float(room / (width - room)) if width > _NARROW * room else 1.0

    def add_line(self, points: Sequence[Place], line: QPen) -> None:
        """Draw a line through points; NaN makes a gap."""
        across, up = np.array(points, dtype=float).reshape(-1, 2).T
        self.getPlotItem().addItem(pg.PlotCurveItem(across, up, pen=line, connect="finite"))

    def write(self, text: str, where: Place, anchor: Place, colour: str = "") -> None:
        """Write a text with its `anchor` (parts of its width and height) at a place, over the lines there."""
        ground = QColor(self.tokens.surface)
        ground.setAlpha(VEIL)
        item = pg.TextItem(text, color=QColor(colour or self.tokens.muted), anchor=anchor, fill=ground)
        item.setFont(self.font())
        item.setPos(*where)
        self.getPlotItem().addItem(item, ignoreBounds=True)

    def add_marks(self, spots: Sequence[dict[str, Any]]) -> None:
        """Draw marks, each told as pyqtgraph's scatter wants it; sizes are in lines of text."""
        height = self.fontMetrics().height() * _SIZE
        sized = [
            spot | {"size": height * spot.get("size", 1.0) * (_DIAMOND if spot["symbol"] == "d" else 1.0)}
            for spot in spots
        ]
        scatter = pg.ScatterPlotItem(spots=sized)
        scatter.setZValue(2)
        self.getPlotItem().addItem(scatter)

    def filled(self, where: Place, symbol: str, colour: str, size: float = 1.0) -> dict[str, Any]:
        """Return a mark of one colour with the ground around it."""
        look = {"brush": pg.mkBrush(colour), "pen": self.stroke(self.tokens.surface, 1.0)}
        return {"pos": where, "symbol": symbol, "size": size, **look}

    def hollow(self, where: Place, symbol: str, colour: str, size: float = 1.0) -> dict[str, Any]:
        """Return a mark with the ground in it."""
        look = {"brush": pg.mkBrush(self.tokens.surface), "pen": self.stroke(colour, 1.8)}
        return {"pos": where, "symbol": symbol, "size": size, **look}


def look(inks: Inks, flag: str) -> tuple[str, str]:
    """Return the colour and the shape of where a figure lies among its limits (R10)."""
    if flag.endswith("998"):
        return inks.vermilion, "s"
    return (inks.orange, "d") if flag else (inks.blue, "o")
