"""A heat map of figures: a row per unit, a column per measure, the figure in every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from kvalitetsapp.domain import chart_marks
from kvalitetsapp.gui.plots.axes import SlotAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.gui.plots.shades import SHADES, legible, mixed
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics, QPainter
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import HeatCell, HeatMap
    from kvalitetsapp.gui.plots.drawing import Place

_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_MOST_LINES: Final = 4  # in the name of a column
_LEAST_LETTERS: Final = 3  # of a word on a line
_DEEPEST: Final = 3  # of `SHADES`: where two inks go from a middle the deepest would shout


class HeatPlot(LanePlot):
    """Paints every cell in a shade of its figure and writes the figure in it; columns are named above."""

    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(pg.AxisItem("bottom"), parent)
        self._chart: HeatMap
        self._columns = SlotAxis("top")
        self.getPlotItem().setAxisItems({"top": self._columns})
        self.getPlotItem().showAxis("top")
        self._columns.setStyle(tickLength=0)
        self.getPlotItem().getAxis("bottom").setTicks([])
        self.dress()

    def names(self) -> Sequence[str]:
        """Return the rows."""
        return self._chart.rows

    def places(self) -> Sequence[Place | None]:
        """Return the middle of every cell, row by row."""
        chart = self._chart
        return [
            None if cell.value is None and not cell.shown else (float(column), -float(row))
            for row, cells in enumerate(chart.cells)
            for column, cell in enumerate(cells)
        ]

    def span(self) -> Span:
        """Return room for every cell."""
        return Span(-0.5, max(len(self._chart.columns), 1) - 0.5, 0.5 - max(len(self._chart.rows), 1), 0.5)

    def show_whole(self) -> None:
        """Show the whole map, the names of its columns as far as there is room for them."""
        super().show_whole()
        if self._places:
            metrics = self.fontMetrics()
            room = self.getPlotItem().getViewBox().width() / len(self._chart.columns) - metrics.averageCharWidth() * 2
            names = [_in_lines(one, metrics, round(room)) for one in self._chart.columns]
            most = max(name.count("\n") for name in names) + 1
            self._columns.set_slots(names)
            self._columns.setHeight(metrics.height() * (most + 0.4))

    def outline(self, place: int) -> QRectF | None:
        """Return the cell."""
        row, column = divmod(place, len(self._chart.columns))
        return QRectF(column - 0.47, -row - 0.45, 0.94, 0.9)

    def step(self, place: int, key: Qt.Key) -> int:
        """Walk to the next cell in a direction; at an edge one stays."""
        row, column = divmod(place, len(self._chart.columns))
        down, right = _STEPS[key]
        row, column = row + down, column + right
        inside = 0 <= row < len(self._chart.rows) and 0 <= column < len(self._chart.columns)
        return row * len(self._chart.columns) + column if inside else place

    def mark_at(self, where: QPointF) -> int | None:
        """Return the cell at a place of the widget."""
        box, spot = self.getPlotItem().getViewBox(), self.mapToScene(where.toPoint())
        if not self._places or not box.sceneBoundingRect().contains(spot):
            return None
        here = box.mapSceneToView(spot)
        row, column = round(-here.y()), round(here.x())
        if not (0 <= row < len(self._chart.rows) and 0 <= column < len(self._chart.columns)):
            return None
        place = row * len(self._chart.columns) + column
        return place if self._places[place] is not None else None

    def dress(self) -> None:
        """Take the colours of the palette, above the columns as well."""
        super().dress()
        for side in ("top", "left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(QColor(self.tokens.surface))
            axis.setTextPen(QColor(self.tokens.muted))
            axis.setTickFont(self.font())

    def draw(self) -> None:
        """Paint the cells."""
        if self._chart.middle is not None:
            self.entitle("bottom", _("blått: på den önskade sidan av jämförelsen   orange: på den andra"))
        cells = [square.cell for square in chart_marks.marks(self._chart)]
        painted = [(self.outline(place), self.shade(cell), cell.shown) for place, cell in enumerate(cells)]
        self.getPlotItem().addItem(_Cells(self, painted), ignoreBounds=True)

    def shade(self, cell: HeatCell) -> QColor:
        """Return the ground of a cell: deeper the further its figure is from the middle, or from nothing."""
        ground, middle = QColor(self.tokens.surface), self._chart.middle
        values = [one.value for row in self._chart.cells for one in row if one.value is not None]
        if cell.value is None or not values:
            return ground
        widest = max(abs(value - (middle or 0.0)) for value in values)
        part = abs(cell.value - (middle or 0.0)) / widest if widest else 0.0
        if not part:
            return ground
        shades = SHADES if middle is None else SHADES[:_DEEPEST]
        depth = shades[min(int(part * len(shades)), len(shades) - 1)]
        wanted = middle is None or (cell.value < middle) == self._chart.low_is_good
        return mixed(ground, QColor(self.inks.blue if wanted else self.inks.vermilion), depth)


def _in_lines(name: str, metrics: QFontMetrics, room: int) -> str:
    """Return a name over as many lines as are allowed, long words parted; what does not fit is shortened with dots."""
    words = [part for word in name.split() for part in _parted(word, metrics, room)]
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and (metrics.horizontalAdvance(longer) > room or lines[-1].endswith("-")):
            lines.append(word)
        else:
            lines[-1] = longer
    kept = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in kept if line)


def _parted(word: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Return a word in parts that fit, all but the last with a hyphen."""
    parts: list[str] = []
    while len(word) > _LEAST_LETTERS and metrics.horizontalAdvance(word) > room:
        fits = [n for n in range(_LEAST_LETTERS, len(word) - 2) if metrics.horizontalAdvance(word[:n] + "-") <= room]
        if not fits:
            break
        parts.append(word[: fits[-1]] + "-")
        word = word[fits[-1] :]
    return [*parts, word]


class _Cells(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """All cells as one item: a text item in each would make a large map slow."""

    def __init__(self, plot: HeatPlot, cells: Sequence[tuple[QRectF | None, QColor, str]]) -> None:
        super().__init__()
        self._plot, self._cells = plot, cells

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return what the cells cover."""
        whole = self._plot.span()
        return QRectF(whole.left, whole.bottom, whole.right - whole.left, whole.top - whole.bottom)

    def paint(self, painter: QPainter, *_what: Any) -> None:  # noqa: ANN401 - Qt's options
        """Paint grounds and figures; the figures keep the size of text at every scale."""
        tokens, metrics = self._plot.tokens, self._plot.fontMetrics()
        placed, painter_font = painter.transform(), self._plot.font()
        painter.resetTransform()
        painter.setFont(painter_font)
        for covered, ground, shown in self._cells:
            if covered is not None:
                room = placed.mapRect(covered)
                painter.fillRect(room, ground)
                painter.setPen(legible(ground, tokens))
                text = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, round(room.width()))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
