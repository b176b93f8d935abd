"""1 − Kaplan–Meier with its band, the cumulative incidence beside it, and who is followed in rows below (R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from kvalitetsapp.domain import chart_marks
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.plots.axes import PercentAxis, TimeAxis
from kvalitetsapp.gui.plots.chart_plot import ChartPlot, Span
from kvalitetsapp.gui.plots.risk_rows import RiskRow, RiskRows
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.chart_data import Curve, Survival
    from kvalitetsapp.gui.plots.drawing import Place

_HEADROOM: Final = 1.1
_LEAST: Final = 0.005
_BAND: Final = 46  # of 255
_SHAPES: Final = ("o", "s", "t1", "d")
_LINES: Final = 22.0
_ROWS_OF_A_CURVE: Final = 3


class SurvivalPlot(ChartPlot):
    """Draws a stair per joint with a mark at each day whose numbers are told; it ends where too few are followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({"left": PercentAxis("left"), "bottom": TimeAxis("bottom")}, parent)
        self._chart: Survival
        item = self.getPlotItem()
        self.rows = RiskRows(item.getViewBox())
        item.layout.addItem(self.rows, 4, 0, 1, 2)

    def places(self) -> Sequence[Place | None]:
        """Return the days of every curve at which its numbers are told."""
        return [(float(one.risk.day), one.step.value) for one in chart_marks.moments(self._chart)]

    def span(self) -> Span:
        """Return room for every curve with its band, and for its name at its end."""
        steps = [step for curve in self._chart.curves for step in curve.steps]
        last = max([step.day for step in steps] + [int(place[0]) for place in self._places if place], default=1)
        top = max([step.value if step.high is None else step.high for step in steps], default=_LEAST)
        top = max(top * _HEADROOM, _LEAST)
        names = [word("joint", curve.joint) for curve in self._chart.curves]
        return Span(-last * 0.02, last * (1.0 + self.part_for(names)), -0.02 * top, min(top, 1.02))

    def least_lines(self) -> float:
        """Return room for the curves and the rows below them."""
        return _LINES + _ROWS_OF_A_CURVE * 1.15 * len(self._chart.curves)

    def step(self, place: int, key: Qt.Key) -> int:
        """Walk along a curve with left and right, to the same day of another with up and down."""
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return super().step(place, key)
        moments = chart_marks.moments(self._chart)
        here = moments[place]
        curves = list(dict.fromkeys(one.curve.joint for one in moments))
        there = curves.index(here.curve.joint) + (1 if key == Qt.Key.Key_Down else -1)
        if not 0 <= there < len(curves):
            return place
        others = [number for number, one in enumerate(moments) if one.curve.joint == curves[there]]
        return min(others, key=lambda number: abs(moments[number].risk.day - here.risk.day))

    def draw(self) -> None:
        """Draw bands, curves, names and rows."""
        chart, item = self._chart, self.getPlotItem()
        self.entitle("left", _("Andel med {event}").format(event=word("surgery_level", chart.event).lower()))
        ends = _("Tid sedan operationen; kurvan slutar där färre än {n} följs").format(n=number(chart.least_at_risk))
        self.entitle("bottom", ends)
        colours = self._colours()
        for curve, colour in zip(chart.curves, colours, strict=True):
            self._draw_curve(curve, colour)
        self._draw_marks(colours)
        self._draw_names(colours)
        rows = [row for curve, colour in zip(chart.curves, colours, strict=True) for row in _rows(curve, colour)]
        self.rows.show_rows(rows, self.font(), self.tokens.text)
        item.getAxis("left").setWidth(round(max(self.rows.headings_width(), self.fontMetrics().height() * 4)))

    def _colours(self) -> list[str]:
        inks = (self.inks.blue, self.inks.vermilion, self.inks.grey, self.inks.orange)
        return [inks[place % len(inks)] for place in range(len(self._chart.curves))]

    def _draw_curve(self, curve: Curve, colour: str) -> None:
        """Draw the band, the cumulative incidence where it is told, and the curve over both."""
        item, end = self.getPlotItem(), _end(curve)
        thin = self.stroke(colour, 0.8, dotted=True)
        edges = [pg.PlotCurveItem(*_stairs(curve, side, end), pen=thin) for side in ("low", "high")]
        ground = QColor(colour)
        ground.setAlpha(_BAND)
        for edge in edges:
            item.addItem(edge)
        item.addItem(pg.FillBetweenItem(*edges, brush=ground))
        if any(step.incidence is not None for step in curve.steps):
            beside = self.stroke(colour, 1.4, dashed=True)
            item.addItem(pg.PlotCurveItem(*_stairs(curve, "incidence", end), pen=beside))
        item.addItem(pg.PlotCurveItem(*_stairs(curve, "value", end), pen=self.stroke(colour, 2.2)))

    def _draw_marks(self, colours: Sequence[str]) -> None:
        order = {curve.joint: place for place, curve in enumerate(self._chart.curves)}
        spots = []
        for moment in chart_marks.moments(self._chart):
            place = order[moment.curve.joint]
            where = (float(moment.risk.day), moment.step.value)
            spots.append(self.filled(where, _SHAPES[place % len(_SHAPES)], colours[place], 0.7))
        self.add_marks(spots)

    def _draw_names(self, colours: Sequence[str]) -> None:
        """Write each joint at the end of its curve, never over another."""
        whole, lowest = self.span(), float("-inf")
        plot = max(self.getPlotItem().getViewBox().height(), self.fontMetrics().height() * 8)
        apart = (whole.top - whole.bottom) * self.fontMetrics().height() * 1.1 / plot
        ends = zip(self._chart.curves, colours, strict=True)
        for curve, colour in sorted((one for one in ends if one[0].steps), key=lambda one: one[0].steps[-1].value):
            lowest = max(curve.steps[-1].value, lowest + apart)
            self.write(f" {word('joint', curve.joint)}", (_end(curve), lowest), (0, 0.5), colour)


def _end(curve: Curve) -> int:
    """Return the day at which too few are followed for the curve to go on."""
    return curve.steps[-1].day if curve.steps else 0


def _stairs(curve: Curve, what: str, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a stair through one of the figures of a curve; where it cannot be told the curve itself is followed."""
    figures = [(step.day, getattr(step, what)) for step in curve.steps]
    told = [
        step.value if figure is None else figure for step, (_day, figure) in zip(curve.steps, figures, strict=True)
    ]
    days = np.array([0.0, *(step.day for step in curve.steps), end], dtype=float)
    heights = np.array([0.0, *told, told[-1] if told else 0.0], dtype=float)
    return np.repeat(days, 2)[1:], np.repeat(heights, 2)[:-1]


def _rows(curve: Curve, colour: str) -> list[RiskRow]:
    joint = word("joint", curve.joint)
    return [
        RiskRow(heading, colour, tuple((risk.day, getattr(risk, what)) for risk in curve.risk))
        for heading, what in (
            (_("{joint}: följs").format(joint=joint), "at_risk"),
            (_("händelser"), "events"),
            (_("avlidna"), "deaths"),
        )
    ]
