"""The value compass of a unit: an indicator in every direction, the best outermost, the nation beside it."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem

from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Compass
    from kvalitetsapp.gui.plots.drawing import Place

_RINGS: Final = (0.25, 0.5, 0.75, 1.0)
_CORNERS: Final = 120
_NAMES: Final = 1.07  # how far out the names lie
_NAMES_PART: Final = 0.3  # of the width, at most, on each side
_GROUND: Final = 60  # of 255
_UPRIGHT: Final = 0.2  # how far from straight up or down a name is centred
_LEANS: Final = {
    0.0: Qt.AlignmentFlag.AlignLeft,
    0.5: Qt.AlignmentFlag.AlignHCenter,
    1.0: Qt.AlignmentFlag.AlignRight,
}


class CompassPlot(ChartPlot):
    """Draws the unit as a filled figure with points and the nation as a dashed line."""

    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({}, parent)
        self._chart: Compass
        item = self.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.getViewBox().setAspectLocked(True)

    def places(self) -> Sequence[Place | None]:
        """Return the unit's place on every axis."""
        return [
            None if axis.value is None else self._at_axis(place, axis.value)
            for place, axis in enumerate(self._chart.axes)
        ]

    def span(self) -> Span:
        """Return room for the circle, the names around it and the line below them."""
        box, line = self.getPlotItem().getViewBox(), self.fontMetrics().height()
        wide, high = max(box.width(), line), max(box.height(), line)
        above, below = line * 2.6, line * 4.2
        radius = max(min((wide / 2 - self._name_width()) / _NAMES, (high - above - below) / 2 / _NAMES), line)
        spare = max(high - above - below - 2 * radius * _NAMES, 0.0) / 2
        top, bottom = radius * _NAMES + above + spare, radius * _NAMES + below + spare
        return Span(-wide / 2 / radius, wide / 2 / radius, -bottom / radius, top / radius)

    def least_lines(self) -> float:
        """Return room for the names around the circle."""
        return 22.0

    def draw(self) -> None:
        """Draw the rings, the axes, the nation and the unit."""
        turn = np.linspace(0, 2 * pi, _CORNERS)
        for ring in _RINGS:
            line = self.stroke(self.tokens.outline if ring == 1.0 else self.tokens.line, 1.0)
            self.getPlotItem().addItem(pg.PlotCurveItem(ring * np.cos(turn), ring * np.sin(turn), pen=line))
        axes = self._chart.axes
        for place, axis in enumerate(axes):
            self.add_line([(0.0, 0.0), self._at_axis(place, 1.0)], self.stroke(self.tokens.line, 1.0))
            name = self.fontMetrics().elidedText(axis.name, Qt.TextElideMode.ElideRight, round(self._name_width()))
            self._draw_name(place, f"{name}\n{axis.shown or NOTHING}")
        self._draw_unit()
        nation = [None if axis.nation is None else self._at_axis(n, axis.nation) for n, axis in enumerate(axes)]
        for one, other in _neighbours(nation):
            self.add_line([one, other], self.stroke(self.tokens.muted, 1.6, dashed=True))
        self._draw_legend()

    def _draw_unit(self) -> None:
        """Draw what lies between neighbours that both have a figure: across a gap nothing is known."""
        ground = QColor(self.inks.blue)
        ground.setAlpha(_GROUND)
        for one, other in _neighbours(self._places):
            part = QGraphicsPolygonItem(QPolygonF([QPointF(0.0, 0.0), QPointF(*one), QPointF(*other)]))
            part.setBrush(QBrush(ground))
            part.setPen(Qt.PenStyle.NoPen)
            self.getPlotItem().addItem(part)
            self.add_line([one, other], self.stroke(self.inks.blue, 2.0))
        self.add_marks([self.filled(corner, "o", self.inks.blue) for corner in self._places if corner is not None])

    def _draw_name(self, place: int, text: str) -> None:
        """Write a name outside the circle, leaning away from it; what has no room is in the sentence of the mark."""
        x, y = self._at_axis(place, _NAMES)
        across = 0.0 if x > _UPRIGHT else 1.0 if x < -_UPRIGHT else 0.5
        item = pg.TextItem(text, color=QColor(self.tokens.text), anchor=(across, 0.5 + y / _NAMES / 2))
        item.setFont(self.font())
        words = item.textItem.document()
        option = words.defaultTextOption()
        option.setAlignment(_LEANS[across])
        words.setDefaultTextOption(option)
        words.setTextWidth(words.idealWidth())
        item.setPos(x, y)
        self.getPlotItem().addItem(item)

    def _follow_size(self, box: object) -> None:
        super()._follow_size(box)
        self.redraw()  # the names have another room

    def _draw_legend(self) -> None:
        whole = self.span()
        self.write(_("● enheten   ┅ riket; ytterst är bäst"), (whole.left, whole.bottom), (0, 1))

    def _name_width(self) -> float:
        """Return the width that a name may have beside the circle."""
        names = [self.fontMetrics().horizontalAdvance(f"{axis.name} ") for axis in self._chart.axes]
        return min(max(names, default=0), float(self.getPlotItem().getViewBox().width()) * _NAMES_PART)

    def _at_axis(self, place: int, value: float) -> Place:
        """Return the place of a value on an axis; the first points upwards and the others follow the clock."""
        turn = pi / 2 - 2 * pi * place / len(self._chart.axes)
        return value * cos(turn), value * sin(turn)


def _neighbours(corners: Sequence[Place | None]) -> list[tuple[Place, Place]]:
    """Return the corners beside each other, around the circle, that both are known."""
    turned = [*corners[1:], *corners[:1]]
    return [(one, other) for one, other in zip(corners, turned, strict=True) if one is not None and other is not None]
