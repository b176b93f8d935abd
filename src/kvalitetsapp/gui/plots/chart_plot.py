"""What every chart on screen does: marks are pointed at, walked over and clicked; one comes nearer and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QToolTip

from kvalitetsapp.domain import chart_marks, chart_words
from kvalitetsapp.gui.plots.drawing import Drawing
from kvalitetsapp.gui.plots.labels import Labels
from kvalitetsapp.gui.widgets.plain_label import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QGraphicsItem, QWidget

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.gui.plots.drawing import Place

_NEAR: Final = 1.0  # of a line of text: how far from a mark the pointer still means it
_RING: Final = 1.6  # of a line of text
_FOCUS_RING: Final = 2.0
_LINES: Final = 14.0
_ABOVE_ALL: Final = 20.0
_ZOOMS: Final = {"+": 0.7, "-": 1 / 0.7}
_WHOLE: Final = "0"
_CLOSEST: Final = 200.0  # how many times nearer than the whole
_FORWARD: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Span(NamedTuple):
    """What of the plane a chart shows when the whole of it is shown."""

    left: float
    right: float
    bottom: float
    top: float


class ChartPlot(Drawing):
    """Draws a chart of `domain.chart_data`; a click on a mark, or Enter on the one in focus, tells its key.

    The arrows walk the marks, + and - come nearer and go further off, 0 and a double click show the whole.
    """

    chosen = Signal(str)
    told = Signal(str)  # the mark that is pointed at or in focus, in a sentence; "" for none
    zoomed = Signal(bool)  # whether only a part is shown

    zooms: ClassVar[bool] = True

    def __init__(self, axes: Mapping[str, pg.AxisItem], parent: QWidget | None = None) -> None:
        self._chart: Any = None
        self._places: Sequence[Place | None] = ()
        self._at = np.empty((0, 2))
        self._keys: tuple[str, ...] = ()
        self._chosen = ""
        self._current: int | None = None
        self._hovered: int | None = None
        self._emphasis: list[QGraphicsItem] = []
        self.is_zoomed = False
        super().__init__(axes, parent)
        self.labels = Labels(self)
        self._make_room()
        box = self.getPlotItem().getViewBox()
        box.setMouseEnabled(x=self.zooms, y=False)
        box.sigResized.connect(self._follow_size)
        box.sigXRangeChanged.connect(self._follow_zoom)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # what each chart tells of itself

    def draw(self) -> None:
        """Draw the chart in today's colours; the plot is empty."""
        raise NotImplementedError

    def places(self) -> Sequence[Place | None]:
        """Return where each mark lies, None where it cannot be drawn."""
        raise NotImplementedError

    def span(self) -> Span:
        """Return what is shown when the whole is shown."""
        raise NotImplementedError

    def outline(self, place: int) -> QRectF | None:  # noqa: ARG002 - for charts whose marks have an outline
        """Return what a mark covers in the plane; None for a point."""
        return None

    def step(self, place: int, key: Qt.Key) -> int:
        """Return the mark that an arrow leads to."""
        return place + (1 if key in _FORWARD else -1)

    def least_lines(self) -> float:
        """Return how many lines of text the chart must be high to be read."""
        return _LINES

    # what pages use

    def show_chart(self, chart: Chart) -> None:
        """Draw `chart` in the place of what was drawn; the mark that was chosen stays so where it is still there."""
        self._chart = chart
        self._keys = chart_marks.keys(chart)
        self._current = self._hovered = None
        self._places = self.places()
        self._at = np.array([(np.nan, np.nan) if one is None else one for one in self._places]).reshape(-1, 2)
        self.setAccessibleName(chart_marks.title(chart))
        self.setAccessibleDescription(chart_words.description(chart))
        self.setMinimumHeight(round(self.fontMetrics().height() * self.least_lines()))
        self.labels.clear()  # those of the last chart have no marks here
        self.show_whole()
        self.redraw()

    def show_nothing(self) -> None:
        """Draw nothing in the place of what was drawn."""
        self._chart, self._places, self._keys = None, (), ()
        self._current = self._hovered = None
        self.setAccessibleDescription("")
        self.redraw()

    @property
    def holds_anything(self) -> bool:
        """Tell whether any mark can be drawn."""
        return any(place is not None for place in self._places)

    def choose(self, key: str) -> None:
        """Point out the marks of a key; "" points out none."""
        self._chosen = key
        self._emphasise()
        self._place_labels()

    def mark_position(self, place: int) -> QPointF:
        """Return where a mark lies in the widget."""
        x, y = self._at[place]
        return QPointF(self.mapFromScene(self.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))))

    def sentence(self, place: int | None) -> str:
        """Return all that is known of a mark, "" for none."""
        return "" if place is None else chart_marks.sentence(self._chart, place)

    def show_whole(self) -> None:
        """Show the whole chart."""
        if self._chart is None:
            return
        whole, box = self.span(), self.getPlotItem().getViewBox()
        box.setLimits(xMin=None, xMax=None, minXRange=None)  # those of the last chart would hold the range back
        box.setRange(xRange=(whole.left, whole.right), yRange=(whole.bottom, whole.top), padding=0)
        if self.zooms:
            closest = (whole.right - whole.left) / _CLOSEST
            box.setLimits(xMin=whole.left, xMax=max(whole.right, self.reach()), minXRange=closest)

    def reach(self) -> float:
        """Return how far to the right there is anything to see."""
        return self.span().right

    def redraw(self) -> None:
        """Draw the chart in today's colours."""
        item = self.getPlotItem()
        item.clear()
        self.labels.clear()
        self._emphasis = []
        if self._chart is not None:
            self.draw()
            self._emphasise()
            self._place_labels()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room in which the chart can be read."""
        lines = _LINES if self._chart is None else self.least_lines()
        return QSize(super().sizeHint().width(), round(self.fontMetrics().height() * lines))

    # keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk, come nearer, or open what is in focus."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and (key in _FORWARD or key in _BACK):
            self._walk(key)
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            drawn = self._drawn()
            self._go_to((drawn[0] if key == Qt.Key.Key_Home else drawn[-1]) if drawn else None)
        elif plain and key in _ENTER and self._current is not None:
            self._ask(self._current)
        elif self.zooms and event.text() in _ZOOMS:
            self._zoom(_ZOOMS[event.text()])
        elif event.text() == _WHOLE:
            self.show_whole()
        else:
            event.ignore()  # not pyqtgraph's: it keeps keys that nobody has a use for

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Point out what is under the pointer, and say it."""
        super().mouseMoveEvent(event)
        self._hover(self.mark_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take every press: what lies behind the chart has nothing to do with it."""
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take what belongs to a press."""
        super().mouseReleaseEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show the whole again, beside the marks."""
        super().mouseDoubleClickEvent(event)
        event.accept()
        if self.mark_at(event.position()) is None:
            self.show_whole()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Point out nothing any more."""
        super().leaveEvent(event)
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Come nearer, or leave the wheel to what the chart scrolls in."""
        if self.zooms:
            super().wheelEvent(event)
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self.sentence(place)), self)
            return True
        return bool(super().viewportEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which mark is in focus."""
        super().focusInEvent(event)
        drawn = self._drawn()
        if self._current is None and drawn:
            at_chosen = [place for place in drawn if self._chosen and self._keys[place] == self._chosen]
            self._current = (at_chosen or drawn)[0]
        self._emphasise()
        self.told.emit(self.sentence(self._current))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._emphasise()

    def mark_at(self, where: QPointF) -> int | None:
        """Return the mark at a place of the widget, None where there is none near."""
        if not self.holds_anything:
            return None
        box = self.getPlotItem().getViewBox()
        here = box.mapSceneToView(self.mapToScene(where.toPoint()))
        across, up = box.viewPixelSize()
        distances = np.hypot((self._at[:, 0] - here.x()) / across, (self._at[:, 1] - here.y()) / up)
        nearest = int(np.nanargmin(distances))
        return nearest if distances[nearest] <= self.fontMetrics().height() * _NEAR else None

    def _clicked(self, event: Any) -> None:  # noqa: ANN401 - pyqtgraph's event
        if event.button() != Qt.MouseButton.LeftButton or self._chart is None:
            return
        place = self.mark_at(QPointF(self.mapFromScene(event.scenePos())))
        if place is not None and not event.double():
            self._current = place
            self._ask(place)

    def _ask(self, place: int) -> None:
        key = self._keys[place]
        if key:
            self.choose(key)
            self.chosen.emit(key)

    def _walk(self, key: Qt.Key) -> None:
        """Go to the next mark that is drawn in a direction; at the end one stays."""
        drawn = set(self._drawn())
        if self._current is None:
            self._go_to(min(drawn, default=None))
            return
        place = self.step(self._current, key)
        while 0 <= place < len(self._places):
            if place in drawn:
                self._go_to(place)
                return
            further = self.step(place, key)
            if further == place:
                return
            place = further

    def _go_to(self, place: int | None) -> None:
        self._current = place
        if place is not None:
            self._bring_into_view(float(self._at[place, 0]))
            self.setAccessibleDescription(f"{self.sentence(place)}. {chart_words.description(self._chart)}")
        self._emphasise()
        self.told.emit(self.sentence(place))

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self._emphasise()
            self.told.emit(self.sentence(self._current if place is None and self.hasFocus() else place))

    def _zoom(self, factor: float) -> None:
        centre = None if self._current is None else pg.Point(*self._at[self._current])
        self.getPlotItem().getViewBox().scaleBy(x=factor, center=centre)

    def _bring_into_view(self, x: float) -> None:
        box = self.getPlotItem().getViewBox()
        (low, high), _heights = box.viewRange()
        if low <= x <= high:
            return
        edge = (high - low) * 0.1
        shift = x - high + edge if x > high else x - low - edge
        box.setXRange(low + shift, high + shift, padding=0)

    def _drawn(self) -> list[int]:
        return [place for place, where in enumerate(self._places) if where is not None]

    # what is pointed out

    def _emphasise(self) -> None:
        if not self._stands:
            return
        for item in self._emphasis:
            self.getPlotItem().removeItem(item)
        self._emphasis = []
        for place, line, size in self._pointed_out():
            item = self._frame(place, line) or self._ring(place, line, size)
            item.setZValue(_ABOVE_ALL)
            self.getPlotItem().addItem(item, ignoreBounds=True)
            self._emphasis.append(item)

    def _pointed_out(self) -> Iterable[tuple[int, QPen, float]]:
        tokens = self.tokens
        for place in self._drawn():
            if self._chosen and self._keys[place] == self._chosen:
                yield place, self.stroke(tokens.text, 2.5), _RING
        if self.on_paper:
            return
        if self._hovered is not None:
            yield self._hovered, self.stroke(tokens.muted, 1.5), _RING
        if self._current is not None and self.hasFocus():
            yield self._current, self.stroke(tokens.accent, 2.5), _FOCUS_RING

    def _frame(self, place: int, line: QPen) -> QGraphicsRectItem | None:
        covered = self.outline(place)
        if covered is None:
            return None
        item = QGraphicsRectItem(covered)
        item.setPen(line)
        return item

    def _ring(self, place: int, line: QPen, size: float) -> pg.ScatterPlotItem:
        height = self.fontMetrics().height() * size
        return pg.ScatterPlotItem(
            pos=[self._at[place]], size=height, pen=line, brush=pg.mkBrush(None), symbol="o", pxMode=True
        )

    # sizes

    def _make_room(self) -> None:
        """Leave room around the axes for the words at their ends."""
        line = self.fontMetrics().height()
        self.getPlotItem().layout.setContentsMargins(line * 0.4, line * 0.7, line * 1.2, line * 0.3)
        self.getPlotItem().getAxis("bottom").setStyle(hideOverlappingLabels=line * 4)  # how far out a label may go

    def _follow_size(self, _box: object) -> None:
        self.part_titles()
        if not self.is_zoomed:
            self.show_whole()
        self._place_labels()

    def _follow_zoom(self, _box: object, shown: tuple[float, float]) -> None:
        if self._chart is None:
            return
        whole = self.span()
        self.is_zoomed = shown[1] - shown[0] < (whole.right - whole.left) * 0.999
        self.zoomed.emit(self.is_zoomed)
        self._place_labels()

    def _place_labels(self) -> None:
        at_chosen = [place for place in self._drawn() if self._chosen and self._keys[place] == self._chosen]
        self.labels.place(self._places, at_chosen[0] if at_chosen else None)
