"""The forest of equal care: a lane per group with its interval, the age standardised figure under the crude one."""

from __future__ import annotations

from math import isfinite, log2
from typing import TYPE_CHECKING, Final

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem

from kvalitetsapp.domain import forest_words
from kvalitetsapp.gui.plots.axes import DecimalAxis, PercentAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.texts import decimal, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Forest, ForestRow
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 0.06
_LEAST: Final = 0.01
_ABOVE: Final = 1.1  # lanes above the first, for the words of the line
_MANY, _FAR_ABOVE = 12, 1.6  # lanes, from which they are too low for those words
_APART: Final = 0.16  # of a lane, between the crude and the standardised figure
_FARTHEST: Final = 5.0  # powers of two that a ratio is drawn to
_ARROW: Final = 0.012  # of the width, so that an arrow at the edge is whole
_WIDER: Final = 2.5  # how much farther from the line than the figures their intervals are followed


class RatioAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Ratios on the scale of their logarithm: ½, 1, 2 as far from each other."""

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's name
        """Return the ratios of logarithms to the base 2."""
        return [decimal(2.0**value, 2 if value < 0 else 1) for value in values]


class PointsAxis(DecimalAxis):
    """Differences of shares in percentage points."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return the differences as numbers of percentage points."""
        return super().tickStrings([value * 100 for value in values], scale, spacing * 100)


class ForestPlot(LanePlot):
    """Draws a point and its interval in a lane per group, and the line that they are read against."""

    def __init__(self, chart: Forest, parent: QWidget | None = None) -> None:
        self._is_ratio = chart.quantity == "ratio"
        super().__init__(_axis(chart), parent)
        self._chart: Forest

    def names(self) -> Sequence[str]:
        """Return every group with its number of operations."""
        return [f"{row.name} ({number(row.n)})" for row in self._chart.rows]

    def places(self) -> Sequence[Place | None]:
        """Return the figures, the first group highest; one without a figure stands at the line."""
        left = self.span().left
        at = (self._middle if row.value is None else max(self._x(row.value), left) for row in self._chart.rows)
        return [(x, -float(lane)) for lane, x in enumerate(at)]

    def span(self) -> Span:
        """Return room for every figure, and for intervals that are not far wider than they are."""
        middle = self._middle
        told = [each for row in self._chart.rows for each in (row.value, row.adjusted) if each is not None]
        values = [self._x(each) for each in told if each or not self._is_ratio]
        ends = [self._x(end) for row in self._chart.rows for end in _ends(row) if end or not self._is_ratio]
        far = max([abs(each - middle) for each in values], default=0.0)
        reach = max(far * 1.15, min(max([abs(each - middle) for each in ends], default=0.0), far * _WIDER + _LEAST))
        right = middle + reach * (1 + _HEADROOM) + _LEAST
        left = middle - reach * (1 + _HEADROOM) - _LEAST
        if self._chart.quantity == "value" and min([*values, *ends, 0.0]) >= 0:
            left = 0.0
        return Span(left, right, 0.4 - len(self._chart.rows), _ABOVE if len(self._chart.rows) < _MANY else _FAR_ABOVE)

    def draw(self) -> None:
        """Draw the lanes over the line."""
        self.entitle("bottom", forest_words.heading(self._chart))
        bottom, top = 0.4 - len(self._chart.rows), 0.6
        if self._chart.line is not None:
            x = self._middle
            self.add_line([(x, bottom), (x, top)], self.stroke(self.tokens.muted, 1.4, dashed=True))
            whole = self.span()
            lean = min(max((x - whole.left) / (whole.right - whole.left), 0.0), 1.0)
            words = self._chart.line_label
            if self._chart.quantity == "value":
                words = f"{words} {forest_words.shown(self._chart, self._chart.line)}"
            self.write(words, (x, top), (lean, 1))
        for lane, row in enumerate(self._chart.rows):
            self._draw_row(row, -float(lane))

    @property
    def _middle(self) -> float:
        return 0.0 if self._chart.line is None else self._x(self._chart.line)

    def _x(self, value: float) -> float:
        if not self._is_ratio:
            return value
        return max(min(log2(value), _FARTHEST), -_FARTHEST) if value > 0 else -_FARTHEST

    def _draw_row(self, row: ForestRow, y: float) -> None:
        inks = self.inks
        away = forest_words.is_away(self._chart, row)
        if away:
            self._draw_ground(y)
        if row.value is None:
            self.write(row.note, (self._middle, y), (0.5, 0.5))
            return
        lane = y + (_APART if row.adjusted is not None else 0.0)
        left = self.span().left
        self._draw_interval(row.low, row.high, lane, inks.blue)
        spots = [self.filled((max(self._x(row.value), left), lane), "o", inks.blue, 0.9)]
        if row.adjusted is not None:
            self._draw_interval(row.adjusted_low, row.adjusted_high, y - _APART, inks.orange)
            spots.append(self.hollow((max(self._x(row.adjusted), left), y - _APART), "d", inks.orange, 0.9))
        self.add_marks(spots)

    def _draw_interval(self, low: float | None, high: float | None, y: float, colour: str) -> None:
        """Draw an interval; an arrow tells that it goes on beyond the chart."""
        if low is None and high is None:
            return
        whole = self.span()
        left = whole.left if low is None else self._x(low)
        right = whole.right if high is None or not isfinite(high) else self._x(high)
        self.add_line([(left, y), (right, y)], self.stroke(colour, 1.8))
        inset = (whole.right - whole.left) * _ARROW
        beyond = [((whole.left + inset, y), "t3")] if left < whole.left else []
        beyond += [((whole.right - inset, y), "t2")] if right > whole.right else []
        if beyond:
            self.add_marks([self.filled(end, arrow, colour, 0.8) for end, arrow in beyond])

    def _draw_ground(self, y: float) -> None:
        whole = self.span()
        ground = QGraphicsRectItem(whole.left, y - 0.46, whole.right - whole.left, 0.92)
        ground.setPen(Qt.PenStyle.NoPen)
        ground.setBrush(QBrush(QColor(self.tokens.accent_soft)))
        ground.setZValue(-5)
        self.getPlotItem().addItem(ground, ignoreBounds=True)


def _axis(chart: Forest) -> pg.AxisItem:
    if chart.quantity == "ratio":
        return RatioAxis("bottom")
    if not chart.is_share:
        return DecimalAxis("bottom")
    return PointsAxis("bottom") if chart.quantity == "difference" else PercentAxis("bottom")


def _ends(row: ForestRow) -> list[float]:
    every = (row.low, row.high, row.adjusted_low, row.adjusted_high)
    return [end for end in every if end is not None]
