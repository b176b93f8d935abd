"""The caterpillar: figures with intervals by unit, ordered by number of operations and never by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsRectItem

from kvalitetsapp.domain.chart_marks import ratio
from kvalitetsapp.gui.plots.axes import DecimalAxis, PercentAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.drawing import look
from kvalitetsapp.gui.plots.lane_plot import LanePlot
from kvalitetsapp.texts import _, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Bar, Caterpillar
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.06
_LEAST: Final = 0.01
_WIDER: Final = 1.8  # how much wider than the large units need it may be for the small ones' sake
_ABOVE: Final = 1.1  # lanes above the first, for the words of the target


class CaterpillarPlot(LanePlot):
    """Draws a point and its interval in a lane per unit, and the target across all of them."""

    def __init__(self, *, ratios: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(DecimalAxis("bottom") if ratios else PercentAxis("bottom"), parent)
        self._chart: Caterpillar

    def names(self) -> Sequence[str]:
        """Return every unit with its number of operations."""
        return [f"{bar.name} ({number(bar.n)})" for bar in self._chart.bars]

    def places(self) -> Sequence[Place | None]:
        """Return the figures, the first unit highest."""
        return [None if bar.value is None else (bar.value, -float(lane)) for lane, bar in enumerate(self._chart.bars)]

    def span(self) -> Span:
        """Return room for every figure; the intervals of the small half go out of the picture where they are wide."""
        told = [bar for bar in self._chart.bars if bar.value is not None]
        large = sorted(told, key=lambda bar: bar.n)[len(told) // 2 :]
        values = [bar.value or 0.0 for bar in told] + [bar.high or 0.0 for bar in large]
        needed = max([*values, self._chart.target or 0.0, _LEAST]) * _HEADROOM
        right = max(needed, min(self.reach(), needed * _WIDER))
        return Span(0.0, right, 0.4 - len(self._chart.bars), _ABOVE)

    def reach(self) -> float:
        """Return the end of the longest interval."""
        return max([bar.high or 0.0 for bar in self._chart.bars], default=0.0) * _HEADROOM

    def draw(self) -> None:
        """Draw the lanes over the line of the target."""
        self.entitle("bottom", _("Observerat delat med förväntat") if self._chart.ratio else _("Andel"))
        target = self._chart.target
        if target is not None:
            bottom, top = 0.4 - len(self._chart.bars), 0.6
            self.add_line([(target, bottom), (target, top)], self.stroke(self.tokens.muted, 1.4, dashed=True))
            shown = ratio(target) if self._chart.ratio else percent(target)
            words = f"{self._chart.target_label} {shown}"
            self.write(words, (target, top), (self._lean(target), 1))
        for lane, bar in enumerate(self._chart.bars):
            self._draw_bar(bar, -float(lane))

    def _lean(self, target: float) -> float:
        """Return how far to the left of the target its words begin, so that they stay in the picture."""
        return min(max(target / self.span().right, 0.0), 1.0)

    def _draw_bar(self, bar: Bar, y: float) -> None:
        colour, symbol = look(self.inks, bar.flag)
        if bar.highlighted:
            self._draw_ground(y)
        if bar.value is None:
            self.write(_("inget uppföljt"), (0.0, y), (0, 0.5))
            return
        if bar.low is not None and bar.high is not None:
            self.add_line([(bar.low, y), (bar.high, y)], self.stroke(colour, 2.0))
        self.add_marks([self.filled((bar.value, y), symbol, colour)])

    def _draw_ground(self, y: float) -> None:
        ground = QGraphicsRectItem(0.0, y - 0.46, max(self.span().right, self.reach()), 0.92)
        ground.setPen(Qt.PenStyle.NoPen)
        ground.setBrush(QBrush(QColor(self.tokens.accent_soft)))
        ground.setZValue(-5)
        self.getPlotItem().addItem(ground, ignoreBounds=True)
