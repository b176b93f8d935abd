"""The g-chart: how many operations or days lie between rare events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.gui.plots.axes import NumberAxis
from kvalitetsapp.gui.plots.chart_plot import Span
from kvalitetsapp.gui.plots.series_plot import HEADROOM, SeriesPlot
from kvalitetsapp.texts import _, decimal, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import GChart
    from kvalitetsapp.gui.plots.drawing import Place


class GPlot(SeriesPlot):
    """Draws a point per event, and what has passed since the last one as an open triangle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(NumberAxis("left"), parent)
        self._chart: GChart

    def places(self) -> Sequence[Place | None]:
        """Return what lies before every event."""
        return [(float(slot), float(point.between)) for slot, point in enumerate(self._chart.points)]

    def span(self) -> Span:
        """Return room for every event, for what has passed since, and for the limits."""
        chart = self._chart
        limits = [value for value in (chart.centre, chart.high, chart.expected) if value is not None]
        top = max([*(point.between for point in chart.points), chart.since_last, *limits, 1.0]) * HEADROOM
        slots = len(chart.points) + 1
        room = self.part_for([_worded(_("Övre gräns {value}"), chart.high)]) if limits else 0.0
        return Span(-0.6, slots * (1.0 + room) - 0.4, -0.02 * top, top)

    def draw(self) -> None:
        """Draw the events within their limits."""
        chart = self._chart
        self._slots.set_slots([*(point.day for point in chart.points), self._so_far()])
        days = chart.counted == "days"
        self.entitle("left", _("Dagar mellan händelser") if days else _("Operationer mellan händelser"))
        middle = self.stroke(self.tokens.muted, 1.6)
        limit = self.stroke(self.tokens.muted, 1.2, dashed=True)
        expected = self.stroke(self.inks.orange, 1.4, dotted=True)
        for value, words, line in (
            (chart.centre, _("Mittlinje {value}"), middle),
            (chart.high, _("Övre gräns {value}"), limit),
            (chart.low, _("Undre gräns {value}"), limit),
            (chart.expected, _("Väntat {value}"), expected),
        ):
            self.add_reference(value, _worded(words, value), line)
        self.add_series([point.signal for point in chart.points])
        if chart.points:
            self._draw_since()

    def _draw_since(self) -> None:
        last = (float(len(self._chart.points)), float(self._chart.since_last))
        before = self._places[-1]
        if before is not None:
            self.add_line([before, last], self.stroke(self.inks.grey, 1.4, dotted=True))
        self.add_marks([self.hollow(last, "t1", self.inks.blue)])

    def _so_far(self) -> str:
        return _("hittills {n}").format(n=number(self._chart.since_last))


def _worded(text: str, value: float | None) -> str:
    return text.format(value="" if value is None else decimal(value, 1))
