"""Charts with a named lane per mark, from the top; a lane is pointed at anywhere in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt

from kvalitetsapp.gui.plots.axes import LaneAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyqtgraph as pg
    from PySide6.QtWidgets import QWidget

_NAMES: Final = 0.34  # of the width, at most
_GAP: Final = 4  # letters between the names and the lanes
_LINES: Final = 1.5  # of text, for a lane
_AROUND: Final = 5.0  # lines for the axis and its title
_LEAST: Final = 10.0


class LanePlot(ChartPlot):
    """Draws a lane for every mark, the first highest; lane number n lies at -n."""

    def __init__(self, bottom: pg.AxisItem, parent: QWidget | None = None) -> None:
        self._lanes = LaneAxis("left")
        super().__init__({"left": self._lanes, "bottom": bottom}, parent)
        self._lanes.setStyle(tickLength=0)

    def names(self) -> Sequence[str]:
        """Return the names of the lanes."""
        raise NotImplementedError

    def least_lines(self) -> float:
        """Return room for every lane."""
        return max(len(self.names()) * _LINES + _AROUND, _LEAST)

    def show_whole(self) -> None:
        """Show the whole chart, its names as far as there is room for them."""
        if self._chart is not None:
            room = round(self.width() * _NAMES)
            metrics = self.fontMetrics()
            shown = [metrics.elidedText(one, Qt.TextElideMode.ElideRight, room) for one in self.names()]
            self._lanes.set_lanes(shown)
            widest = max([metrics.horizontalAdvance(one) for one in shown], default=0)
            self._lanes.setWidth(widest + metrics.averageCharWidth() * _GAP)
        super().show_whole()

    def outline(self, place: int) -> QRectF | None:
        """Return the lane."""
        left, right = self.span().left, max(self.span().right, self.reach())
        return QRectF(left, -place - 0.46, right - left, 0.92)

    def mark_at(self, where: QPointF) -> int | None:
        """Return the lane at a place of the widget."""
        box = self.getPlotItem().getViewBox()
        spot = self.mapToScene(where.toPoint())
        lane = round(-box.mapSceneToView(spot).y())
        inside = box.sceneBoundingRect().contains(spot) or self._lanes.sceneBoundingRect().contains(spot)
        return lane if inside and 0 <= lane < len(self._places) and self._places[lane] is not None else None
