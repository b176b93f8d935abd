"""The risk-adjusted CUSUM: a sum that rises with every event and alarms at its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import DecimalAxis, NumberAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.texts import _, decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Cusum
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.16
_PARTS: Final = 48


class CusumPlot(ChartPlot):
    """Draws the sum after each operation; alarms are squares with their day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({"left": DecimalAxis("left"), "bottom": NumberAxis("bottom")}, parent)
        self._chart: Cusum

    def places(self) -> Sequence[Place | None]:
        """Return the sum after every operation."""
        return [(float(step.place), step.value) for step in self._chart.steps]

    def span(self) -> Span:
        """Return room for every operation and the limit."""
        values = [step.value for step in self._chart.steps]
        top, bottom = max([*values, self._chart.limit]) * _HEADROOM, min([*values, 0.0])
        last = max((step.place for step in self._chart.steps), default=1)
        return Span(0.0, last * 1.02 + 1, bottom - 0.02 * top, top)

    def draw(self) -> None:
        """Draw the sum under its limit."""
        chart, whole = self._chart, self.span()
        self.entitle("left", _("Summa"))
        self.entitle("bottom", _("Operationer i följd"))
        limit = [(whole.left + (whole.right - whole.left) * part / _PARTS, chart.limit) for part in range(_PARTS + 1)]
        self.add_line([limit[0], limit[-1]], self.stroke(self.tokens.muted, 1.4, dashed=True))
        self.labels.along(_("Larmgräns {value}").format(value=decimal(chart.limit, 1)), limit, self.tokens.muted)
        self.add_line([one for one in self._places if one is not None], self.stroke(self.inks.blue, 1.6))
        alarms = [place for place, step in enumerate(chart.steps) if step.signal]
        self.add_marks(
            [self.filled(where, "s", self.inks.vermilion) for where in map(self._places.__getitem__, alarms) if where]
        )
        for place in alarms:
            self.labels.beside(chart.steps[place].day, place, self.tokens.text)
