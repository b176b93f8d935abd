"""A person's care drawn: operations and events in lanes by joint and side, other contacts below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal

from kvalitetsapp.domain.timeline import Mark, MarkKind, Tie, TieKind, Timeline
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.gui.plots.axes import DateAxis, LaneAxis
from kvalitetsapp.gui.plots.canvas import Canvas, pen
from kvalitetsapp.texts import NO_BREAK_SPACE, _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SYMBOLS: Final = {MarkKind.OPERATION: "s", MarkKind.EVENT: "t1", MarkKind.CONTACT: "o"}
_SIZES: Final = {MarkKind.OPERATION: 0.85, MarkKind.EVENT: 0.95, MarkKind.CONTACT: 0.5}  # of a line of text
_MARGIN: Final = 0.05  # of the whole time, on each side
_LEAST_DAYS: Final = 60
_BOW: Final = 0.42  # how high a tie rises, in lanes
_BOW_POINTS: Final = 24


class TimelinePlot(Canvas):
    """Draws a timeline; a click on a mark tells its episode."""

    episode_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lanes = LaneAxis("left")
        super().__init__({"left": self._lanes, "bottom": DateAxis("bottom")}, parent)
        self._timeline = Timeline((), ())
        self.setAccessibleName(_("Tidslinje"))
        self.setFocusPolicy(pg.QtCore.Qt.FocusPolicy.NoFocus)
        self._lanes.setStyle(tickLength=0)

    def show_timeline(self, timeline: Timeline) -> None:
        """Draw `timeline` in the place of what was drawn."""
        self._timeline = timeline
        self.setAccessibleDescription(timeline.description())
        self.redraw()

    def redraw(self) -> None:
        """Draw the timeline in today's colours."""
        item = self.getPlotItem()
        item.clear()
        shown = self._timeline
        self._lanes.set_lanes(shown.lanes)
        self._set_ranges(shown)
        self._draw_lanes(shown)
        for tie in shown.ties:
            item.addItem(self._tie(shown, tie))
        for mark in shown.marks:
            if mark.until > mark.day:
                self._draw_stay(mark)
        for kind in (MarkKind.CONTACT, MarkKind.OPERATION, MarkKind.EVENT):
            self._draw_marks([mark for mark in shown.marks if mark.kind is kind], kind)

    def _set_ranges(self, shown: Timeline) -> None:
        days = [mark.day.toordinal() for mark in shown.marks] + [mark.until.toordinal() for mark in shown.marks]
        if shown.end is not None:
            days.append(shown.end.toordinal())
        first, last = (min(days), max(days)) if days else (0, _LEAST_DAYS)
        around = max((last - first) * _MARGIN, (_LEAST_DAYS - (last - first)) / 2, 5)
        item = self.getPlotItem()
        item.getViewBox().setLimits(xMin=None, xMax=None)  # those of the last timeline would hold the range back
        item.setXRange(first - around, last + around, padding=0)
        item.setYRange(-len(shown.lanes) + 0.4, 0.6, padding=0)
        item.getViewBox().setLimits(xMin=first - around * 4, xMax=last + around * 4)

    def _draw_lanes(self, shown: Timeline) -> None:
        item = self.getPlotItem()
        for place in range(len(shown.lanes)):
            item.addItem(pg.InfiniteLine(pos=-place, angle=0, pen=pen(self.tokens.line)))
        if shown.end is not None:
            line = pg.InfiniteLine(
                pos=shown.end.toordinal(),
                angle=90,
                pen=pen(self.tokens.muted, dashed=True),
                label=shown.end_label,
                labelOpts={
                    "position": 0.08,
                    "color": self.tokens.muted,
                    "rotateAxis": (1, 0),
                    "anchors": [(0, 1)] * 2,
                },
            )
            item.addItem(line)

    def _tie(self, shown: Timeline, tie: Tie) -> pg.PlotCurveItem:
        event, operation = shown.marks[tie.event], shown.marks[tie.operation]
        part = np.linspace(0.0, 1.0, _BOW_POINTS)
        days = event.day.toordinal() + part * (operation.day.toordinal() - event.day.toordinal())
        heights = -event.lane + part * (event.lane - operation.lane) + _BOW * 4 * part * (1 - part)
        linked = tie.kind is TieKind.LINKED
        line = pen(self.tokens.accent, 2.0) if linked else pen(self.tokens.muted, 1.5, dotted=True)
        return pg.PlotCurveItem(days, heights, pen=line)

    def _draw_stay(self, mark: Mark) -> None:
        line = pen(self._colour(mark), 4.0)
        days = [mark.day.toordinal(), mark.until.toordinal()]
        self.getPlotItem().addItem(pg.PlotCurveItem(days, [-mark.lane, -mark.lane], pen=line))

    def _draw_marks(self, marks: list[Mark], kind: MarkKind) -> None:
        size = self.fontMetrics().height() * _SIZES[kind]
        spots = [self._spot(mark, size) for mark in marks]
        scatter = pg.ScatterPlotItem(spots=spots, hoverable=True, tip=_tip, hoverPen=pen(self.tokens.text, 2.0))
        scatter.sigClicked.connect(self._clicked)
        self.getPlotItem().addItem(scatter)

    def _spot(self, mark: Mark, size: float) -> dict[str, Any]:
        colour = self._colour(mark)
        filled = mark.kind is not MarkKind.EVENT or mark.status == LinkStatus.CONFIRMED
        return {
            "pos": (mark.day.toordinal(), -mark.lane),
            "symbol": "x" if mark.status == LinkStatus.REJECTED else _SYMBOLS[mark.kind],
            "size": size * 1.35 if mark.selected else size,
            "brush": pg.mkBrush(colour if filled else self.tokens.surface),
            "pen": pen(self.tokens.text, 2.5) if mark.selected else pen(colour, 1.8),
            "data": mark,
        }

    def _colour(self, mark: Mark) -> str:
        if mark.status == LinkStatus.REJECTED:
            return self.inks.grey
        return {
            MarkKind.OPERATION: self.inks.blue,
            MarkKind.EVENT: self.inks.vermilion,
            MarkKind.CONTACT: self.inks.grey,
        }[mark.kind]

    def _clicked(self, _scatter: object, spots: Any, _event: object) -> None:  # noqa: ANN401 - pyqtgraph's spots
        if len(spots):
            self.episode_clicked.emit(spots[0].data().episode)


def legend() -> str:
    """Return what the shapes stand for, in a line of text."""
    text = _("■ primäroperation   ▲ händelse, bekräftad   △ händelse, ej beslutad   ✕ avvisad   ● annan vårdkontakt")
    return "   ".join(sign.replace(" ", NO_BREAK_SPACE) for sign in text.split("   "))


def _tip(x: float, y: float, data: Mark) -> str:  # noqa: ARG001 - pyqtgraph's words
    return "\n".join(data.lines)
