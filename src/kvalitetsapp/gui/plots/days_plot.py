"""How long those have waited who wait: a bar per class of days, with lines where a wait is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem

from kvalitetsapp.domain.waiting_chart_words import days_of
from kvalitetsapp.gui.plots.axes import NumberAxis, SlotAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.gui.plots.shades import mixed
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.waiting_charts import DaysBar, DaysHistogram
    from kvalitetsapp.gui.plots.drawing import Place

_WIDE: Final = 0.42  # half of a bar
_HEADROOM: Final = 1.18
_PALE: Final = 0.3


class DaysPlot(ChartPlot):
    """Draws a pale bar for all and a deep one within it for those without MOV and PVV."""

    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        self._slots = SlotAxis("bottom")
        super().__init__({"left": NumberAxis("left"), "bottom": self._slots}, parent)
        self._chart: DaysHistogram

    def places(self) -> Sequence[Place | None]:
        """Return the top of every bar."""
        return [
            None if bar.waiting is None else (float(slot), float(bar.waiting))
            for slot, bar in enumerate(self._chart.bars)
        ]

    def span(self) -> Span:
        """Return room for every bar."""
        top = max([bar.waiting or 0 for bar in self._chart.bars], default=0) * _HEADROOM
        return Span(-0.6, max(len(self._chart.bars), 1) - 0.4, 0.0, max(top, 1.0))

    def outline(self, place: int) -> QRectF | None:
        """Return the bar, no lower than can be seen."""
        high = max(float(self._chart.bars[place].waiting or 0), self.span().top * 0.02)
        return QRectF(place - _WIDE, 0.0, 2 * _WIDE, high)

    def draw(self) -> None:
        """Draw the bars and the lines of long waits."""
        self._slots.set_slots([days_of(bar) for bar in self._chart.bars])
        self.entitle("left", _("Antal väntande"))
        self.entitle("bottom", _("Dagar sedan beslutet   hel stapel: alla   fylld del: utan MOV/PVV"))
        for place, bar in enumerate(self._chart.bars):
            self._bar(place, bar.waiting, _PALE)
            self._bar(place, bar.without, 1.0)
        for limit in self._chart.limits:
            self._limit(limit)

    def _bar(self, place: int, count: int | None, depth: float) -> None:
        if not count:
            return
        item = QGraphicsRectItem(place - _WIDE, 0.0, 2 * _WIDE, float(count))
        item.setPen(self.stroke(self.inks.blue, 1.0))
        item.setBrush(QBrush(mixed(QColor(self.tokens.surface), QColor(self.inks.blue), depth)))
        self.getPlotItem().addItem(item)

    def _limit(self, limit: int) -> None:
        at = _edge(self._chart.bars, limit)
        if at is None:
            return
        top = self.span().top
        self.add_line([(at, 0.0), (at, top)], self.stroke(self.inks.vermilion, 1.6, dashed=True))
        self.write(_("{n} dagar").format(n=number(limit)), (at, top), (0, 0), self.inks.vermilion)


def _edge(bars: Sequence[DaysBar], limit: int) -> float | None:
    """Return where among the bars a day lies, None where it lies beyond them."""
    return next((place - 0.5 for place, bar in enumerate(bars) if bar.first >= limit), None)
