"""The funnel: every provider's rate by its volume, within prediction limits around the target (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.funnel import target_label
from kvalitetsapp.gui.plots.axes import NumberAxis, PercentAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.gui.plots.drawing import look
from kvalitetsapp.texts import _, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPen
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Funnel, FunnelLimit
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.12
_LEAST: Final = 0.01
_BEYOND: Final = 1.04  # of the largest unit, where no limits are given
_HIGHLIGHTED: Final = 1.4


class FunnelPlot(ChartPlot):
    """Draws a point per provider, its shape by where it lies, and the limits with their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({"left": PercentAxis("left"), "bottom": NumberAxis("bottom")}, parent)
        self._chart: Funnel

    def places(self) -> Sequence[Place | None]:
        """Return every provider's rate by its volume."""
        return [(float(point.n), point.rate) for point in self._chart.points]

    def span(self) -> Span:
        """Return room for every point; the limits of the small half may go out of the picture."""
        points, limits = self._chart.points, self._chart.limits
        volumes = sorted((point.n for point in points), reverse=True)
        from_n = volumes[len(volumes) // 2] if volumes else 1
        highs = [limit.high_998 for limit in limits if limit.n >= from_n]
        highest = max([*(point.rate for point in points), self._chart.target, *highs])
        top = min(max(highest * _HEADROOM, _LEAST), 1.0)
        right = limits[-1].n if limits else max([*volumes, 10]) * _BEYOND
        return Span(0.0, float(right), -top * 0.02, top)

    def draw(self) -> None:
        """Draw the limits, the target and the points."""
        chart, tokens = self._chart, self.tokens
        within = ngettext("Reopererade inom {n} dag", "Reopererade inom {n} dagar", chart.within)
        self.entitle("left", chart.measure or within.format(n=number(chart.within)))
        self.entitle("bottom", _("Uppföljda operationer"))
        widened = () if chart.overdispersion is None else chart.overdispersion.widened
        self._draw_limits(chart.limits, self.stroke(tokens.muted, 1.4), self.stroke(tokens.muted, 1.2, dashed=True))
        self._draw_limits(widened, self.stroke(self.inks.orange, 1.2, dotted=True))
        self._draw_words()
        self.add_marks(
            [
                self.filled((float(point.n), point.rate), symbol, colour, _HIGHLIGHTED if point.highlighted else 1.0)
                for point in chart.points
                for colour, symbol in (look(self.inks, point.flag),)
            ]
        )
        for place, point in enumerate(chart.points):
            if point.name:
                self.labels.beside(point.name, place, tokens.text)

    def _draw_limits(self, limits: Sequence[FunnelLimit], outer: QPen, inner: QPen | None = None) -> None:
        for line, low, high in ((outer, "low_998", "high_998"), (inner, "low_95", "high_95")):
            for side in (low, high):
                if line is not None and limits:
                    self.add_line([(limit.n, getattr(limit, side)) for limit in limits], line)

    def _draw_words(self) -> None:
        """Write along the limits and the target what they are."""
        chart, right = self._chart, self.span().right
        grid = [float(limit.n) for limit in chart.limits] or [0.0, right]
        target = f"{target_label(is_national=chart.target_is_national)} {percent(chart.target)}"
        self.add_line([(0.0, chart.target), (right, chart.target)], self.stroke(self.inks.blue, 1.6))
        along: list[tuple[str, list[Place]]] = [
            (_("99,8 %"), [(limit.n, limit.high_998) for limit in chart.limits]),
            (_("95 %"), [(limit.n, limit.high_95) for limit in chart.limits]),
            (target, [(n, chart.target) for n in grid]),
        ]
        if chart.overdispersion is not None and chart.overdispersion.widened:
            wide: list[Place] = [(limit.n, limit.high_998) for limit in chart.overdispersion.widened]
            along.append((_("99,8 % med större spridning"), wide))
        for words, line in along:
            if line:
                self.labels.along(words, line, self.tokens.muted)
