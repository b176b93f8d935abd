"""Words in a drawing that never lie over each other: names beside their marks, and words along lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.gui.plots.canvas import Canvas

    Point = tuple[float, float]

_AROUND: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))  # where a name may lie
_STEPS: Final = 24  # places along a line that its words may stand at
_GAP: Final = 0.75  # of a line of text, between a mark and its name
_MANY: Final = 500  # marks: more than that are a line, over which words may lie
VEIL: Final = 190  # how much of what lies under a name is covered, of 255


@dataclass(slots=True)
class _Name:
    item: pg.TextItem
    place: int


class Labels:
    """The words of a plot; `place` puts each where it has room, and hides those that have none."""

    def __init__(self, plot: Canvas) -> None:
        self._plot = plot
        self._names: list[_Name] = []
        self._along: list[tuple[pg.TextItem, Sequence[Point]]] = []

    def clear(self) -> None:
        """Forget all words; the plot has been emptied."""
        self._names, self._along = [], []

    def beside(self, text: str, place: int, colour: str) -> None:
        """Write `text` beside the mark number `place`."""
        item = pg.TextItem(text, color=QColor(colour), anchor=(0, 0.5), fill=self._veil())
        item.setZValue(1)
        self._plot.getPlotItem().addItem(item)
        self._names.append(_Name(item, place))

    def along(self, text: str, line: Sequence[Point], colour: str) -> None:
        """Write `text` above or below a line, as far to its right end as there is room."""
        item = pg.TextItem(text, color=QColor(colour), anchor=(1, 1), fill=self._veil())
        item.setFont(self._plot.font())
        self._plot.getPlotItem().addItem(item)
        self._along.append((item, line))

    def shown(self) -> list[pg.TextItem]:
        """Return the words that have found room."""
        items = [name.item for name in self._names] + [item for item, _line in self._along]
        return [item for item in items if item.isVisible()]

    def place(self, marks: Sequence[Point | None], chosen: int | None = None) -> None:
        """Put the chosen mark's name first, always, then those that have room, in order, then the words of lines."""
        box = self._plot.getPlotItem().getViewBox()
        room, gap = box.mapRectToScene(box.boundingRect()), self._plot.fontMetrics().height() * _GAP
        kept_free = range(len(marks)) if len(marks) <= _MANY else sorted({name.place for name in self._names})
        spots = {n: box.mapViewToScene(QPointF(*mark)) for n in kept_free if (mark := marks[n]) is not None}
        of_marks = {place: _around(spot, gap) for place, spot in spots.items()}
        of_names: list[QRectF] = []
        for name in sorted(self._names, key=lambda one: one.place != chosen):
            if name.place in spots:
                others = [area for place, area in of_marks.items() if place != name.place] + of_names
                self._put(name, spots[name.place], room, others, is_chosen=name.place == chosen)
                if name.item.isVisible():
                    of_names.append(name.item.sceneBoundingRect())
        taken = [*of_marks.values(), *of_names]
        self._place_along(box, room, taken)

    def _veil(self) -> QColor:
        ground = QColor(self._plot.tokens.surface)
        ground.setAlpha(VEIL)
        return ground

    def _put(self, name: _Name, spot: QPointF, room: QRectF, others: list[QRectF], *, is_chosen: bool) -> None:
        font = QFont(self._plot.font())
        font.setBold(is_chosen)
        name.item.setFont(font)
        text, gap = name.item.boundingRect(), self._plot.fontMetrics().height() * _GAP
        anchor = _free_anchor(spot, text, gap, room, others)
        if anchor is None and is_chosen:
            anchor = _free_anchor(spot, text, gap, room, [])
        name.item.setVisible(anchor is not None)
        if anchor is not None:
            name.item.setAnchor(anchor)
            name.item.setPos(self._plot.getPlotItem().getViewBox().mapSceneToView(spot))

    def _place_along(self, box: pg.ViewBox, room: QRectF, taken: list[QRectF]) -> None:
        for item, line in self._along:
            item.setVisible(False)
            text = item.boundingRect()
            for anchor, point in product(((1, 1), (1, 0)), _from_the_right(line)):
                area = _area(box.mapViewToScene(QPointF(*point)), text, anchor)
                if room.contains(area) and not any(area.intersects(other) for other in taken):
                    item.setAnchor(anchor)
                    item.setPos(*point)
                    item.setVisible(True)
                    taken.append(area)
                    break


def _from_the_right(line: Sequence[Point]) -> Iterable[Point]:
    return line[:: -max(len(line) // _STEPS, 1)]


def _around(spot: QPointF, size: float) -> QRectF:
    return QRectF(spot.x() - size / 2, spot.y() - size / 2, size, size)


def _free_anchor(spot: QPointF, text: QRectF, gap: float, room: QRectF, taken: Sequence[QRectF]) -> Point | None:
    """Return the first anchor at which a text lies in the picture and over nothing else, None where there is none."""
    for way in _AROUND:
        anchor = _anchor(way, text, gap)
        area = _area(spot, text, anchor)
        if room.contains(area) and not any(area.intersects(other) for other in taken):
            return anchor
    return None


def _anchor(way: tuple[int, int], text: QRectF, gap: float) -> Point:
    """Return the anchor that puts a text to that side of its point, `gap` away."""
    across, down = (gap * 0.8 * step for step in way)
    x = 0.5 if not way[0] else (0.0 if way[0] > 0 else 1.0)
    y = 0.5 if not way[1] else (0.0 if way[1] > 0 else 1.0)
    return x - across / max(text.width(), 1), y - down / max(text.height(), 1)


def _area(spot: QPointF, text: QRectF, anchor: Point) -> QRectF:
    """Return what a text covers in the scene when its `anchor` lies on the point."""
    left = spot.x() - anchor[0] * text.width()
    top = spot.y() - anchor[1] * text.height()
    return QRectF(left, top, text.width(), text.height())
