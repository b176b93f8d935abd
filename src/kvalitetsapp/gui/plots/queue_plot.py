"""Groups that wait, a lane each: how many, and how many of them for long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem

from kvalitetsapp.domain.waiting_chart_words import told
from kvalitetsapp.gui.plots.axes import NumberAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.gui.plots.shades import mixed
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.waiting_charts import QueueBar, QueueBars
    from kvalitetsapp.gui.plots.drawing import Place

_HIGH: Final = 0.6  # of a lane, a bar
_TICK: Final = 0.42
_DEPTHS: Final = (0.28, 0.6, 1.0)


class QueuePlot(LanePlot):
    """Draws a bar in three shades, a stroke at those without MOV and PVV, and the counts behind the bar."""

    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(NumberAxis("bottom"), parent)
        self._chart: QueueBars

    def names(self) -> Sequence[str]:
        """Return the groups."""
        return [bar.name for bar in self._chart.bars]

    def places(self) -> Sequence[Place | None]:
        """Return the end of every bar."""
        return [
            None if bar.waiting is None else (float(bar.waiting), -float(lane))
            for lane, bar in enumerate(self._chart.bars)
        ]

    def span(self) -> Span:
        """Return the lanes with room for the words after the bars."""
        most = max([bar.waiting or 0 for bar in self._chart.bars], default=0)
        room = self.part_for([_counts(bar) for bar in self._chart.bars])
        return Span(0.0, max(most, 1) * (1.02 + room), 0.4 - len(self._chart.bars), 0.6)

    def draw(self) -> None:
        """Draw the bars."""
        self.entitle("bottom", _("Antal: alla · över 90 · över 150 dagar   streck: utan MOV/PVV"))
        for lane, bar in enumerate(self._chart.bars):
            if bar.waiting is not None:
                self._draw_bar(bar, -float(lane))

    def _draw_bar(self, bar: QueueBar, y: float) -> None:
        ground, ink = QColor(self.tokens.surface), QColor(self.inks.blue)
        counts = (bar.waiting, bar.over_90, bar.over_150)
        for count, depth in zip(counts, _DEPTHS, strict=True):
            item = QGraphicsRectItem(0.0, y - _HIGH / 2, float(count or 0), _HIGH)
            item.setPen(self.stroke(self.inks.blue, 1.0))
            item.setBrush(QBrush(mixed(ground, ink, depth)))
            if count:
                self.getPlotItem().addItem(item)
        if bar.without is not None:
            line = [(float(bar.without), y - _TICK), (float(bar.without), y + _TICK)]
            self.add_line(line, self.stroke(self.inks.vermilion, 2.4))
        self.write(_counts(bar), (float(bar.waiting or 0), y), (0, 0.5), self.tokens.text)


def _counts(bar: QueueBar) -> str:
    return f"{told(bar.waiting)} · {told(bar.over_90)} · {told(bar.over_150)}"
