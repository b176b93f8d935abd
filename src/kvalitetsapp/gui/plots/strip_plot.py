"""The cost strip: every case as a mark at what its events cost, with the lines that were spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.gui.plots.axes import NumberAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import CostStrip
    from kvalitetsapp.gui.plots.drawing import Place

_ORE: Final = 100
_HEADROOM: Final = 1.05
_ACROSS: Final = 75  # marks that have room side by side
_LEAST_HEIGHT: Final = 6.0  # marks above each other
_LINE_ROOM: Final = 1.7  # marks' heights for the words of a line


class StripPlot(ChartPlot):
    """Draws marks that touch none before them: squares with infection, open where not yet confirmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({"bottom": NumberAxis("bottom")}, parent)
        self._chart: CostStrip
        self.getPlotItem().hideAxis("left")

    def places(self) -> Sequence[Place | None]:
        """Return every case at its cost, lifted over those that it would touch."""
        across = [case.cost / _ORE for case in self._chart.cases]
        order = sorted(range(len(across)), key=across.__getitem__)
        lifts = swarm([across[place] for place in order], self._dearest() / _ACROSS)
        lifted = dict(zip(order, lifts, strict=True))
        return [(across[place], lifted[place]) for place in range(len(across))]

    def span(self) -> Span:
        """Return room for every case and line, the words of the lines above the cases."""
        highest = max([place[1] for place in self._places if place], default=0.0)
        top = max(highest + 1.5, _LEAST_HEIGHT) + _LINE_ROOM * len(self._chart.lines)
        return Span(0.0, self._dearest() * _HEADROOM, -0.7, top)

    def draw(self) -> None:
        """Draw the lines and the cases."""
        self.entitle("bottom", _("Kronor per ärende   ■ med infektion   ● annan komplikation   ofylld: ej bekräftad"))
        self._draw_lines()
        spots = []
        for case, where in zip(self._chart.cases, self._places, strict=True):
            if where is not None:
                symbol = "s" if case.infection else "o"
                colour = self.inks.vermilion if case.infection else self.inks.blue
                make = self.filled if case.confirmed else self.hollow
                spots.append(make(where, symbol, colour, 0.75))
        self.add_marks(spots)

    def _draw_lines(self) -> None:
        """Draw the lines, each with its words at a height of its own."""
        whole = self.span()
        for place, (ore, words) in enumerate(sorted(self._chart.lines)):
            x, top = ore / _ORE, whole.top - _LINE_ROOM * place
            self.add_line([(x, -0.5), (x, top)], self.stroke(self.tokens.muted, 1.4, dashed=True))
            lean = 1 if x > (whole.right - whole.left) * 0.6 else 0
            self.write(words, (x, top), (lean, 0))

    def _dearest(self) -> float:
        lines = [ore for ore, _words in self._chart.lines]
        return max([*(case.cost for case in self._chart.cases), *lines, _ORE]) / _ORE


def swarm(across: Sequence[float], wide: float) -> list[float]:
    """Return how high each mark must lie, in its own heights, to touch none before it; `across` is sorted."""
    lifts: list[float] = []
    recent: list[tuple[float, float]] = []
    for x in (value / wide for value in across):
        recent = [(left, lift) for left, lift in recent if x - left < 1.0]
        free = 0.0
        for left, lift in sorted(recent, key=lambda one: one[1]):
            reach = (1.0 - (x - left) ** 2) ** 0.5
            if lift - reach < free < lift + reach:
                free = lift + reach
        lifts.append(free)
        recent.append((x, free))
    return lifts
