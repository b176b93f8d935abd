"""The run chart: a share by period around its median."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import PercentAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.series_plot import HEADROOM, SeriesPlot
from kvalitetsapp.texts import _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import RunChart
    from kvalitetsapp.gui.plots.drawing import Place

_LEAST: Final = 0.01


class RunPlot(SeriesPlot):
    """Draws a point per period; those that belong to a change are squares."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PercentAxis("left"), parent)
        self._chart: RunChart

    def places(self) -> Sequence[Place | None]:
        """Return the share of every period."""
        points = self._chart.points
        return [None if point.value is None else (float(slot), point.value) for slot, point in enumerate(points)]

    def span(self) -> Span:
        """Return room for every period and line."""
        values = [point.value or 0.0 for point in self._chart.points]
        top = max([*values, self._chart.median or 0.0, self._chart.target or 0.0, _LEAST]) * HEADROOM
        slots = max(len(values), 1)
        return Span(-0.5, slots * (1.0 + self.part_for([self._of_median()])) - 0.5, -0.02 * top, min(top, 1.02))

    def draw(self) -> None:
        """Draw the periods, the median and the target."""
        chart = self._chart
        self._slots.set_slots([point.label for point in chart.points])
        self.entitle("left", _("Andel"))
        self.add_reference(chart.median, self._of_median(), self.stroke(self.tokens.muted, 1.6))
        target = _("Målvärde {value}").format(value=percent(chart.target))
        self.add_reference(chart.target, target, self.stroke(self.tokens.muted, 1.4, dashed=True))
        self.add_series([point.signal for point in chart.points])

    def _of_median(self) -> str:
        return _("Median {value}").format(value=percent(self._chart.median))
