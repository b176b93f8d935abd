"""The flow of cases and kronor, a lane per step from the purchased operations to what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyqtgraph as pg
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem

from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.texts import _, kronor_rounded, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import CaseFlow, FlowStep
    from kvalitetsapp.gui.plots.drawing import Place

_HIGH: Final = 0.3  # of a lane, a bar
_LINES: Final = 2.4


class FlowPlot(LanePlot):
    """Draws a filled bar for how many and an open one for how many kronor, each against the most of its kind."""

    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(pg.AxisItem("bottom"), parent)
        self._chart: CaseFlow
        self.getPlotItem().getAxis("bottom").setTicks([])

    def names(self) -> Sequence[str]:
        """Return the steps."""
        return [step.label for step in self._chart.steps]

    def least_lines(self) -> float:
        """Return room for two bars in each lane."""
        return max(len(self._chart.steps) * _LINES + 4.0, 10.0)

    def places(self) -> Sequence[Place | None]:
        """Return the middle of the lane of every step that anything is known of."""
        return [
            None if step.count is None and step.amount is None else (0.0, -float(lane))
            for lane, step in enumerate(self._chart.steps)
        ]

    def span(self) -> Span:
        """Return the lanes with room for the words after the bars."""
        told = [kronor_rounded(step.amount) for step in self._chart.steps]
        return Span(0.0, 1.0 + self.part_for(told), 0.4 - len(self._chart.steps), 0.6)

    def draw(self) -> None:
        """Draw the bars."""
        self.entitle("bottom", _("fylld: antal   ofylld: kronor"))
        most = max([step.count or 0 for step in self._chart.steps], default=0)
        dearest = max([step.amount or 0 for step in self._chart.steps], default=0)
        for lane, step in enumerate(self._chart.steps):
            self._draw_step(step, -float(lane), most, dearest)

    def _draw_step(self, step: FlowStep, y: float, most: int, dearest: int) -> None:
        both = step.count is not None and step.amount is not None
        if step.count is not None:
            self._draw_bar(step.count / max(most, 1), y + (0.2 if both else 0.0), number(step.count), filled=True)
        if step.amount is not None:
            part = step.amount / max(dearest, 1)
            self._draw_bar(part, y - (0.2 if both else 0.0), kronor_rounded(step.amount), filled=False)

    def _draw_bar(self, part: float, y: float, words: str, *, filled: bool) -> None:
        colour = self.inks.blue if filled else self.inks.vermilion
        bar = QGraphicsRectItem(0.0, y - _HIGH / 2, max(part, 0.002), _HIGH)
        bar.setPen(self.stroke(colour, 1.6))
        bar.setBrush(QBrush(QColor(colour if filled else self.tokens.surface)))
        self.getPlotItem().addItem(bar)
        self.write(words, (max(part, 0.002), y), (0, 0.5), self.tokens.text)
