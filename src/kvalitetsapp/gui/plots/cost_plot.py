"""What an operation costs in all: price, expected cost and interval, a lane per group; a table says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyqtgraph as pg

from kvalitetsapp.gui.plots.axes import LaneAxis, NumberAxis
from kvalitetsapp.gui.plots.canvas import Canvas, pen
from kvalitetsapp.texts import _, kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_ORE: Final = 100
_TICK: Final = 0.3
_HEADROOM: Final = 1.06


@dataclass(frozen=True, slots=True)
class CostLane:
    """A group with its amounts in öre; an interval only where there is one."""

    name: str
    price: int
    expected: int
    low: int | None = None
    high: int | None = None

    def description(self) -> str:
        """Return the lane in words."""
        said = _("{name}: pris {price}, förväntad kostnad {expected}").format(
            name=self.name, price=kronor_rounded(self.price), expected=kronor_rounded(self.expected)
        )
        if self.low is None or self.high is None:
            return said
        return _("{said} (95 % intervall {low} till {high})").format(
            said=said, low=kronor_rounded(self.low), high=kronor_rounded(self.high)
        )


class CostPlot(Canvas):
    """Draws a lane per group: a stroke at the price, a point at the expected cost, a line over its interval."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lane_axis = LaneAxis("left")
        super().__init__({"left": self._lane_axis, "bottom": NumberAxis("bottom")}, parent)
        self.lanes: tuple[CostLane, ...] = ()
        self.setAccessibleName(_("Förväntad kostnad per operation"))
        self.getPlotItem().getViewBox().setMouseEnabled(x=False, y=False)

    def show_lanes(self, lanes: Sequence[CostLane]) -> None:
        """Draw these lanes from the top in the place of what was drawn."""
        self.lanes = tuple(lanes)
        self.setAccessibleDescription("; ".join(lane.description() for lane in lanes))
        self.redraw()

    def redraw(self) -> None:
        """Draw the lanes in today's colours."""
        item = self.getPlotItem()
        item.clear()
        self._lane_axis.set_lanes([lane.name for lane in self.lanes])
        bottom = item.getAxis("bottom")
        bottom.enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's call
        bottom.setLabel(_("Kronor per operation; streck: priset, punkt: med komplikationer"), color=self.tokens.muted)
        highest = max((max(lane.high or 0, lane.expected) for lane in self.lanes), default=_ORE) / _ORE
        item.setXRange(0, highest * _HEADROOM, padding=0)
        item.setYRange(-len(self.lanes) + 0.4, 0.6, padding=0)
        for place, lane in enumerate(self.lanes):
            self._draw(lane, -float(place))

    def _draw(self, lane: CostLane, y: float) -> None:
        item = self.getPlotItem()
        if lane.low is not None and lane.high is not None:
            ends = [lane.low / _ORE, lane.high / _ORE]
            item.addItem(pg.PlotCurveItem(ends, [y, y], pen=pen(self.inks.blue, 2.0)))
        price = [lane.price / _ORE] * 2
        item.addItem(pg.PlotCurveItem(price, [y - _TICK, y + _TICK], pen=pen(self.inks.vermilion, 2.0)))
        spot = {"pos": (lane.expected / _ORE, y), "data": lane, "size": self.fontMetrics().height() * 0.6}
        item.addItem(
            pg.ScatterPlotItem(
                spots=[spot | {"brush": pg.mkBrush(self.inks.blue), "pen": pen(self.tokens.surface, 1.0)}],
                hoverable=True,
                tip=_tip,
            )
        )


def _tip(x: float, y: float, data: CostLane) -> str:  # noqa: ARG001 - pyqtgraph's words
    return data.description()
