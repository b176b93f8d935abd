"""The funnel: every provider's rate by its volume, within prediction limits around the target (R10)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont

from kvalitetsapp.domain.funnel import Funnel, FunnelCurve, FunnelPoint
from kvalitetsapp.gui.plots.axes import NumberAxis, PercentAxis
from kvalitetsapp.gui.plots.canvas import Canvas, pen
from kvalitetsapp.texts import _, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_EMPTY: Final = Funnel("", 0, None, None, None, is_benchmark=False, points=(), curve=FunnelCurve((), (), (), (), ()))
_AROUND: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))  # where a name may lie
_STEPS: Final = 24  # places along a limit that its words may stand at
_SIZE: Final = 0.75  # of a line of text
_DIAMOND: Final = 1.5  # a diamond of the same size looks smaller
_HEADROOM: Final = 1.12


class FunnelPlot(Canvas):
    """Draws a funnel; a click on a point tells its provider."""

    provider_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({"left": PercentAxis("left"), "bottom": NumberAxis("bottom")}, parent)
        self._funnel = _EMPTY
        self._chosen = ""
        self._labels: list[pg.TextItem] = []
        self._words: list[tuple[pg.TextItem, tuple[float, ...]]] = []
        self._points = pg.ScatterPlotItem()
        self.setAccessibleName(_("Trattdiagram"))
        self.getPlotItem().getViewBox().setMouseEnabled(x=False, y=False)
        self.getPlotItem().getViewBox().sigResized.connect(self._place_labels)

    def show_funnel(self, funnel: Funnel) -> None:
        """Draw `funnel` in the place of what was drawn."""
        self._funnel = funnel
        self.setAccessibleDescription(funnel.description())
        self.redraw()

    def choose(self, provider_id: str) -> None:
        """Point out a provider."""
        if provider_id != self._chosen:
            self._chosen = provider_id
            self._points.setData(spots=self._spots())
            self._place_labels()

    def point_position(self, provider_id: str) -> QPointF:
        """Return where a provider's point lies in the widget."""
        point = next(point for point in self._drawn() if point.provider_id == provider_id)
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(point.n, point.rate or 0.0))
        return QPointF(self.mapFromScene(scene))

    def redraw(self) -> None:
        """Draw the funnel in today's colours."""
        item = self.getPlotItem()
        item.clear()
        self._labels, self._words = [], []
        self._set_labels()
        self._set_ranges()
        self._draw_limits()
        self._points = pg.ScatterPlotItem(
            spots=self._spots(), hoverable=True, tip=_tip, hoverPen=pen(self.tokens.text, 2.0)
        )
        self._points.sigClicked.connect(self._clicked)
        item.addItem(self._points)
        for point in self._drawn():
            self._label(point.provider, self.tokens.text, point.n, point.rate or 0.0)
        self._place_labels()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place the labels anew."""
        super().resizeEvent(event)
        if self._stands:
            self._place_labels()

    def _drawn(self) -> list[FunnelPoint]:
        return [point for point in self._funnel.points if point.rate is not None]

    def _set_labels(self) -> None:
        days = self._funnel.within
        within = ngettext("Reopererade inom {n} dag", "Reopererade inom {n} dagar", days).format(n=number(days))
        for name, text in (("left", within), ("bottom", _("Uppföljda operationer"))):
            axis = self.getPlotItem().getAxis(name)
            axis.enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's call
            axis.setLabel(text, color=self.tokens.muted)

    def _set_ranges(self) -> None:
        points, curve = self._drawn(), self._funnel.curve
        highest = max([point.rate or 0.0 for point in points] + [self._funnel.target or 0.0], default=0.0)
        from_n = points[len(points) // 2].n if points else 1  # the limits of the small half may go out of the picture
        highest = max([highest, *(h for n, h in zip(curve.n, curve.high_998, strict=True) if n >= from_n)])
        self._highest = min(max(highest * _HEADROOM, 0.01), 1.0)
        self.getPlotItem().setXRange(0, curve.n[-1] if curve.n else 10, padding=0)
        self.getPlotItem().setYRange(-self._highest * 0.02, self._highest, padding=0)

    def _draw_limits(self) -> None:
        curve, tokens = self._funnel.curve, self.tokens
        if not curve.n or self._funnel.target is None:
            return
        outer, inner = pen(tokens.muted, 1.4), pen(tokens.muted, 1.2, dashed=True)
        for values, line in (
            (curve.low_998, outer),
            (curve.high_998, outer),
            (curve.low_95, inner),
            (curve.high_95, inner),
        ):
            self.getPlotItem().addItem(pg.PlotCurveItem(list(curve.n), list(values), pen=line))
        ends = [0, curve.n[-1]]
        target = [self._funnel.target] * 2
        self.getPlotItem().addItem(pg.PlotCurveItem(ends, target, pen=pen(self.inks.blue, 1.6)))
        for words, values in (
            (_("99,8 %"), curve.high_998),
            (_("95 %"), curve.high_95),
            (f"{self._funnel.target_label} {percent(self._funnel.target)}", (self._funnel.target,) * len(curve.n)),
        ):
            text = pg.TextItem(words, color=QColor(tokens.muted), anchor=(1, 1))
            self.getPlotItem().addItem(text)
            self._words.append((text, values))

    def _spots(self) -> list[dict[str, Any]]:
        size = self.fontMetrics().height() * _SIZE
        return [self._spot(point, size) for point in self._drawn()]

    def _spot(self, point: FunnelPoint, size: float) -> dict[str, Any]:
        colour, symbol = self._look(point.flag)
        size *= _DIAMOND if symbol == "d" else 1.0
        chosen = point.provider_id == self._chosen
        return {
            "pos": (point.n, point.rate),
            "symbol": symbol,
            "size": size * 1.5 if chosen else size,
            "brush": pg.mkBrush(colour),
            "pen": pen(self.tokens.text, 2.5) if chosen else pen(self.tokens.surface, 1.0),
            "data": point,
        }

    def _look(self, flag: str) -> tuple[str, str]:
        if flag.endswith("998"):
            return self.inks.vermilion, "s"
        return (self.inks.orange, "d") if flag else (self.inks.blue, "o")

    def _label(self, text: str, colour: str, x: float, y: float) -> None:
        ground = QColor(self.tokens.surface)
        ground.setAlpha(190)
        item = pg.TextItem(text, color=QColor(colour), anchor=(0, 0.5), fill=ground)
        item.setPos(x, y)
        self.getPlotItem().addItem(item)
        self._labels.append(item)

    def _place_labels(self, *_what: object) -> None:
        """Put each name beside its point: the chosen one's first, always, then those that have room, largest first."""
        box = self.getPlotItem().getViewBox()
        room = box.mapRectToScene(box.boundingRect())
        gap = self.fontMetrics().height() * _SIZE
        drawn = self._drawn()
        taken = [_around(box.mapViewToScene(QPointF(point.n, point.rate or 0.0)), gap) for point in drawn]
        order = sorted(range(len(self._labels)), key=lambda place: drawn[place].provider_id != self._chosen)
        for place in order:
            label, chosen = self._labels[place], drawn[place].provider_id == self._chosen
            font = QFont(self.font())
            font.setBold(chosen)
            label.setFont(font)
            spot, text = box.mapViewToScene(label.pos()), label.boundingRect()
            others = [area for n, area in enumerate(taken) if n != place]
            anchor = _free_anchor(spot, text, gap, room, others)
            if anchor is None and chosen:
                anchor = _free_anchor(spot, text, gap, room, [])
            label.setVisible(anchor is not None)
            if anchor is not None:
                label.setAnchor(anchor)
                taken.append(_area(spot, text, anchor))
        self._place_words(box, room, taken)

    def _place_words(self, box: pg.ViewBox, room: QRectF, taken: list[QRectF]) -> None:
        """Put the words of the limits above them, else below, as far to the right as there is room."""
        n = self._funnel.curve.n
        places = range(len(n) - 1, 0, -max(len(n) // _STEPS, 1))
        for text, values in self._words:
            text.setVisible(False)
            for anchor, place in product(((1, 1), (1, 0)), places):
                area = _area(box.mapViewToScene(QPointF(n[place], values[place])), text.boundingRect(), anchor)
                if room.contains(area) and not any(area.intersects(other) for other in taken):
                    text.setAnchor(anchor)
                    text.setPos(n[place], values[place])
                    text.setVisible(True)
                    taken.append(area)
                    break

    def _clicked(self, _scatter: object, spots: Any, _event: object) -> None:  # noqa: ANN401 - pyqtgraph's spots
        if len(spots):
            self.provider_clicked.emit(spots[0].data().provider_id)


def _tip(x: float, y: float, data: FunnelPoint) -> str:  # noqa: ARG001 - pyqtgraph's words
    return data.description()


def _around(spot: QPointF, size: float) -> QRectF:
    return QRectF(spot.x() - size / 2, spot.y() - size / 2, size, size)


def _free_anchor(
    spot: QPointF, text: QRectF, gap: float, room: QRectF, taken: Sequence[QRectF]
) -> tuple[float, float] | None:
    """Return the first anchor at which a text lies in the picture and over nothing else, None where there is none."""
    for way in _AROUND:
        anchor = _anchor(way, text, gap)
        area = _area(spot, text, anchor)
        if room.contains(area) and not any(area.intersects(other) for other in taken):
            return anchor
    return None


def _anchor(way: tuple[int, int], text: QRectF, gap: float) -> tuple[float, float]:
    """Return the anchor that puts a text to that side of its point, `gap` away."""
    across, down = (gap * 0.8 * step for step in way)
    x = 0.5 if not way[0] else (0.0 if way[0] > 0 else 1.0)
    y = 0.5 if not way[1] else (0.0 if way[1] > 0 else 1.0)
    return x - across / max(text.width(), 1), y - down / max(text.height(), 1)


def _area(spot: QPointF, text: QRectF, anchor: tuple[float, float]) -> QRectF:
    """Return what a text covers in the scene when its `anchor` lies on the point."""
    left = spot.x() - anchor[0] * text.width()
    top = spot.y() - anchor[1] * text.height()
    return QRectF(left, top, text.width(), text.height())
