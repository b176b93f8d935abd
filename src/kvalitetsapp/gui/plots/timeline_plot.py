"""A person's care drawn: operations and events in lanes by joint and side, other contacts below.

The mark in focus is ringed. One walks with the arrows, Home and End; + and - come nearer and go further off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, Signal

from kvalitetsapp.domain.timeline import FOLLOW_UPS, Mark, MarkKind, Step, Tie, TieKind, Timeline
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.gui.plots.axes import DateAxis, LaneAxis
from kvalitetsapp.gui.plots.canvas import Canvas, pen
from kvalitetsapp.texts import NO_BREAK_SPACE, _

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

_SYMBOLS: Final = {
    MarkKind.OPERATION: "s",
    MarkKind.EVENT: "t1",
    MarkKind.CONTACT: "o",
    MarkKind.OFFERED: "d",
    MarkKind.TAKEN: "d",
}
_SIZES: Final = {  # of a line of text
    MarkKind.OPERATION: 0.85,
    MarkKind.EVENT: 0.95,
    MarkKind.CONTACT: 0.5,
    MarkKind.OFFERED: 0.85,
    MarkKind.TAKEN: 0.85,
}
_FILLED: Final = {MarkKind.OPERATION, MarkKind.CONTACT, MarkKind.TAKEN}
_STEPS: Final = {
    Qt.Key.Key_Left: Step.EARLIER,
    Qt.Key.Key_Right: Step.LATER,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}
_ZOOMS: Final = {"+": 0.7, "-": 1 / 0.7}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RING: Final = 1.7  # of a line of text
_NEAR: Final = 1.0  # of a line of text: how far from a mark the pointer still means it
_LINES: Final = 10
_ABOVE: Final = 0.95  # of a lane, above the highest one, for the labels there
_MARGIN: Final = 0.05  # of the whole time, on each side
_LEAST_DAYS: Final = 60
_BOW: Final = 0.42  # how high a tie rises, in lanes
_BOW_POINTS: Final = 24


class TimelinePlot(Canvas):
    """Draws a timeline; a click on a mark, or Enter on the one in focus, tells its episode."""

    episode_clicked = Signal(int)
    told = Signal(str)  # the mark that is pointed at or in focus, in a line of text; "" for none

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lanes = LaneAxis("left")
        self._timeline = Timeline((), ())
        self._current: int | None = None
        self._ring: pg.ScatterPlotItem | None = None
        super().__init__({"left": self._lanes, "bottom": DateAxis("bottom")}, parent)
        self.setAccessibleName(_("Tidslinje"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._lanes.setStyle(tickLength=0)
        self.getPlotItem().getViewBox().sigResized.connect(self._set_ranges)  # the labels keep their room

    @property
    def timeline(self) -> Timeline:
        """Return what is drawn."""
        return self._timeline

    def show_timeline(self, timeline: Timeline) -> None:
        """Draw `timeline` in the place of what was drawn; what is in focus is the mark pointed out."""
        self._timeline = timeline
        self._current = timeline.start()
        self.setAccessibleDescription(timeline.description())
        self.redraw()
        self._set_ranges()
        self._tell()

    def point_out_follow_ups(self, timeline: Timeline) -> None:
        """Draw the same marks with other follow-up contacts pointed out; focus and span stay."""
        self._timeline = timeline
        self.redraw()
        self._tell()

    def redraw(self) -> None:
        """Draw the timeline in today's colours."""
        item = self.getPlotItem()
        item.clear()
        shown = self._timeline
        self._lanes.set_lanes(shown.lanes)
        self._draw_lanes(shown)
        for tie in shown.ties:
            item.addItem(self._tie(shown, tie))
        for mark in shown.marks:
            if mark.until > mark.day:
                self._draw_stay(mark)
        for kind in (MarkKind.CONTACT, *sorted(FOLLOW_UPS), MarkKind.OPERATION, MarkKind.EVENT):
            self._draw_marks([mark for mark in shown.marks if mark.kind is kind], kind)
        self._label_ends(shown)
        self._ring = pg.ScatterPlotItem()
        item.addItem(self._ring)
        self._place_ring()

    # keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk, come nearer, or open what is in focus."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _STEPS:
            self._go_to(self._timeline.step(self._current, _STEPS[Qt.Key(event.key())]))
        elif plain and event.key() in _ENTER and self._current is not None:
            self.episode_clicked.emit(self._timeline.marks[self._current].episode)
        elif event.text() in _ZOOMS:
            self._zoom(_ZOOMS[event.text()])
        else:
            event.ignore()  # not pyqtgraph's: it keeps keys that nobody has a use for

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what the pointer is at, as the keys do."""
        super().mouseMoveEvent(event)
        near = self._mark_at(event.position().x(), event.position().y())
        self.told.emit(self._said(self._current) if near is None else self._said(near))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which mark is in focus."""
        super().focusInEvent(event)
        self._place_ring()
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._place_ring()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a modest part of the room; pyqtgraph would ask for most of it."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * _LINES)

    def _go_to(self, place: int | None) -> None:
        self._current = place
        if place is not None:
            self._bring_into_view(self._timeline.marks[place].day.toordinal())
        self._place_ring()
        self._tell()

    def _zoom(self, factor: float) -> None:
        box = self.getPlotItem().getViewBox()
        centre = None
        if self._current is not None:
            mark = self._timeline.marks[self._current]
            centre = pg.Point(mark.day.toordinal(), -mark.lane)
        box.scaleBy(x=factor, center=centre)

    def _bring_into_view(self, day: int) -> None:
        box = self.getPlotItem().getViewBox()
        (low, high), _heights = box.viewRange()
        if low < day < high:
            return
        edge = (high - low) * 0.1
        shift = day - high + edge if day >= high else day - low - edge
        box.setXRange(low + shift, high + shift, padding=0)

    def _mark_at(self, x: float, y: float) -> int | None:
        box, reach = self.getPlotItem().getViewBox(), self.fontMetrics().height() * _NEAR
        found = []
        for place, mark in enumerate(self._timeline.marks):
            at = box.mapViewToScene(pg.Point(mark.day.toordinal(), -mark.lane))
            distance = float(np.hypot(at.x() - x, at.y() - y))
            if distance <= reach:
                found.append((distance, place))
        return min(found)[1] if found else None

    def _said(self, place: int | None) -> str:
        return "" if place is None else self._timeline.told(self._timeline.marks[place])

    def _tell(self) -> None:
        self.told.emit(self._said(self._current))

    def _place_ring(self) -> None:
        if self._ring is None:
            return
        if self._current is None or not self.hasFocus():
            self._ring.setData([])
            return
        mark, size = self._timeline.marks[self._current], self.fontMetrics().height() * _RING
        spot = {"pos": (mark.day.toordinal(), -mark.lane), "size": size, "pen": pen(self.tokens.accent, 2.5)}
        self._ring.setData([{**spot, "brush": pg.mkBrush(None), "symbol": "o"}])

    # drawing

    def _set_ranges(self, _box: object = None) -> None:
        """Show the interesting days with room for the labels beside its ends, and let one go to all others."""
        shown, item = self._timeline, self.getPlotItem()
        span = shown.span()
        first, last = (0, _LEAST_DAYS) if span is None else (span[0].toordinal(), span[1].toordinal())
        days = [mark.day.toordinal() for mark in shown.marks] + [mark.until.toordinal() for mark in shown.marks]
        least = max((last - first) * _MARGIN, (_LEAST_DAYS - (last - first)) / 2, 5)
        around = max(least, self._label_days(last - first))
        item.getViewBox().setLimits(xMin=None, xMax=None)  # those of the last timeline would hold the range back
        item.setXRange(first - around, last + around, padding=0)
        item.setYRange(-len(shown.lanes) + 0.4, _ABOVE, padding=0)
        whole = (min([first, *days]), max([last, *days]))
        item.getViewBox().setLimits(xMin=whole[0] - around * 4, xMax=whole[1] + around * 4)

    def _label_days(self, days: int) -> float:
        """Return how many days a label takes where the width shows `days` between two margins of that size."""
        width = self.getPlotItem().getViewBox().width()
        label = self.fontMetrics().horizontalAdvance(_label_text("0000-00-00")) + self.fontMetrics().height()
        return days * label / (width - 2 * label) if width > label * 3 and self._timeline.ties else 0.0

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

    def _label_ends(self, shown: Timeline) -> None:
        """Write the days of the event and its operation beside them, outwards, so that they never meet."""
        for tie in shown.ties:
            if tie.kind is TieKind.LINKED:
                self._label(shown.marks[tie.operation], (1, 1))
                self._label(shown.marks[tie.event], (0, 1))

    def _label(self, mark: Mark, anchor: tuple[float, float]) -> None:
        """Put the label above a mark, its corner `anchor` there; no-break spaces keep it off at every scale."""
        label = pg.TextItem(_label_text(mark.day.isoformat()), color=self.tokens.text, anchor=anchor)
        label.setFont(self.font())
        label.setPos(mark.day.toordinal(), -mark.lane)
        self.getPlotItem().addItem(label)

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
        filled = mark.status == LinkStatus.CONFIRMED if mark.kind is MarkKind.EVENT else mark.kind in _FILLED
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
            MarkKind.OFFERED: self.inks.orange,
            MarkKind.TAKEN: self.inks.orange,
        }[mark.kind]

    def _clicked(self, _scatter: object, spots: Any, _event: object) -> None:  # noqa: ANN401 - pyqtgraph's spots
        if len(spots):
            self.episode_clicked.emit(spots[0].data().episode)


def legend(*, follow_ups: bool = False) -> str:
    """Return what the shapes stand for, in a line of text."""
    text = _("■ primäroperation   ▲ händelse, bekräftad   △ händelse, ej beslutad   ✕ avvisad   ● annan vårdkontakt")
    if follow_ups:
        text = f"{text}   {_('◇ möjlig uppföljning   ◆ uppföljning i ärendet')}"
    return "   ".join(sign.replace(" ", NO_BREAK_SPACE) for sign in text.split("   "))


def _label_text(day: str) -> str:
    gap = NO_BREAK_SPACE * 2
    return f"{gap}{day}{gap}"


def _tip(x: float, y: float, data: Mark) -> str:  # noqa: ARG001 - pyqtgraph's words
    return "\n".join(data.lines)
