"""Charts of figures in order of time, joined by a line, with lines of reference across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import SlotAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyqtgraph as pg
    from PySide6.QtGui import QPen
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.plots.drawing import Place

HEADROOM: Final = 1.16
"""How much higher than its highest figure a series is drawn, for the words above it."""

_PARTS: Final = 48  # of a line of reference, where its words may stand


class SeriesPlot(ChartPlot):
    """Draws points in slots from the left; what signals has another shape and colour."""

    def __init__(self, left: pg.AxisItem, parent: QWidget | None = None) -> None:
        self._slots = SlotAxis("bottom")
        super().__init__({"left": left, "bottom": self._slots}, parent)

    def add_series(self, signals: Sequence[bool]) -> None:
        """Draw the marks and the line through them; it breaks where there is none."""
        nan = float("nan")
        self.add_line([(nan, nan) if one is None else one for one in self._places], self.stroke(self.inks.grey, 1.4))
        inks = self.inks
        self.add_marks(
            [
                self.filled(place, "s", inks.vermilion) if signal else self.filled(place, "o", inks.blue)
                for place, signal in zip(self._places, signals, strict=True)
                if place is not None
            ]
        )

    def add_reference(self, value: float | None, words: str, line: QPen) -> None:
        """Draw a line across with its words, where there is a value for it."""
        if value is not None:
            whole = self.span()
            points = _across(whole.left, whole.right, value)
            self.add_line([points[0], points[-1]], line)
            self.labels.along(words, points, self.tokens.muted)


def _across(left: float, right: float, value: float) -> list[Place]:
    return [(left + (right - left) * part / _PARTS, value) for part in range(_PARTS + 1)]
