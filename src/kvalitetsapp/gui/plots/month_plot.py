"""Counts at month ends as lines; a month without a list is a gap in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import NumberAxis, SlotAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.waiting_charts import MonthLine, MonthSeries
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.12
_SHAPES: Final = ("o", "s", "d", "t1")


class MonthPlot(ChartPlot):
    """Draws a line per count, solid or dashed, with marks of a shape of its own and its name at its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._slots = SlotAxis("bottom")
        super().__init__({"left": NumberAxis("left"), "bottom": self._slots}, parent)
        self._chart: MonthSeries

    def places(self) -> Sequence[Place | None]:
        """Return the highest value of every month, None in a gap."""
        chart = self._chart
        highest = [max((v for v in chart.values(n) if v is not None), default=None) for n in range(len(chart.months))]
        return [None if value is None else (float(slot), float(value)) for slot, value in enumerate(highest)]

    def span(self) -> Span:
        """Return room for every month, from nothing to the most, and for the names of the lines."""
        most = max([value or 0 for line in self._chart.lines for value in line.values], default=0)
        top = max(most * _HEADROOM, 1.0)
        slots = max(len(self._chart.months), 1)
        room = self.part_for([line.name for line in self._chart.lines])
        return Span(-0.5, slots * (1.0 + room) - 0.5, -0.03 * top, top)

    def draw(self) -> None:
        """Draw the lines, each name where its line ends."""
        self._slots.set_slots(self._chart.months)
        self.entitle("left", _("Antal väntande"))
        ends: list[float] = []
        height = self.span().top / max(self.getPlotItem().getViewBox().height() / self.fontMetrics().height(), 8.0)
        for place, line in enumerate(self._chart.lines):
            self._draw_line(line, place)
        for place, line in self._by_end():
            self._name(line, place, ends, height * 1.1)

    def _by_end(self) -> list[tuple[int, MonthLine]]:
        return sorted(enumerate(self._chart.lines), key=lambda one: -_end(one[1])[1])

    def _draw_line(self, line: MonthLine, place: int) -> None:
        nan, colour = float("nan"), self._colour(place)
        points = [(float(slot), nan if value is None else float(value)) for slot, value in enumerate(line.values)]
        self.add_line(points, self.stroke(colour, 1.6, dashed=line.dashed))
        shape = _SHAPES[place // 2 % len(_SHAPES)]
        mark = self.hollow if line.dashed else self.filled
        told = [point for point, value in zip(points, line.values, strict=True) if value is not None]
        self.add_marks([mark(point, shape, colour, 0.6) for point in told])

    def _colour(self, place: int) -> str:
        inks = self.inks
        return (inks.blue, inks.vermilion, inks.orange, inks.grey)[place // 2 % 4]

    def _name(self, line: MonthLine, place: int, taken: list[float], apart: float) -> None:
        slot, value = _end(line)
        if slot < 0:
            return
        y = min([value, *(other - apart for other in taken)])
        taken.append(y)
        self.write(line.name, (len(self._chart.months) - 0.6, y), (0, 0.5), self._colour(place))


def _end(line: MonthLine) -> tuple[int, float]:
    """Return the last month of a line that has a value, with it; (-1, 0) where none has."""
    told = [(slot, float(value)) for slot, value in enumerate(line.values) if value is not None]
    return told[-1] if told else (-1, 0.0)
