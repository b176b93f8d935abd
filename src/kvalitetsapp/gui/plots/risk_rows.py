"""The rows under a survival curve: how many are followed at each day, and what has happened up to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from kvalitetsapp.texts import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPainter

_LINE: Final = 1.15  # of the height of a line of text
_GAP: Final = 1.5  # letters between figures


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A row: its heading and a count by day."""

    heading: str
    colour: str
    counts: tuple[tuple[int, int], ...]


class RiskRows(pg.GraphicsWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Writes the counts straight under their days on the axis above, with the headings to the left of it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self._rows: Sequence[RiskRow] = ()
        self._font: QFont | None = None
        self._text = "#000000"
        box.sigXRangeChanged.connect(lambda *_what: self.update())
        box.sigResized.connect(lambda *_what: self.update())

    def show_rows(self, rows: Sequence[RiskRow], font: QFont, text: str) -> None:
        """Write `rows`; there is room for every one of them."""
        self._rows, self._font, self._text = rows, font, text
        self.setFixedHeight(round(QFontMetricsF(font).height() * _LINE * (len(rows) + 0.4)))
        self.update()

    def headings_width(self) -> float:
        """Return the room that the headings need."""
        if self._font is None:
            return 0.0
        metrics = QFontMetricsF(self._font)
        widest = max((metrics.horizontalAdvance(row.heading) for row in self._rows), default=0.0)
        return widest + self._gap() + max(metrics.horizontalAdvance(number(each)) for each in (0, 1000)) / 2

    def shown_days(self) -> list[int]:
        """Return the days whose counts have room, those that are furthest apart first in the run of days."""
        if self._font is None:
            return []
        metrics, shown, right = QFontMetricsF(self._font), [], float("-inf")
        for day in sorted({day for row in self._rows for day, _count in row.counts}):
            widest = max(metrics.horizontalAdvance(number(count)) for count in self._counts(day))
            middle = self._across(day)
            low, high = self._box.viewRange()[0]
            if low <= day <= high and middle - widest / 2 > right:
                shown.append(day)
                right = middle + widest / 2 + metrics.averageCharWidth() * _GAP
        return shown

    def paint(self, painter: QPainter, *_what: Any) -> None:  # noqa: ANN401 - Qt's options
        """Write the rows."""
        if self._font is None:
            return
        painter.setFont(self._font)
        height = QFontMetricsF(self._font).height() * _LINE
        days = self.shown_days()
        start = self._across(self._box.viewRange()[0][0])
        for place, row in enumerate(self._rows):
            top = (place + 0.3) * height
            painter.setPen(QColor(row.colour))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            room = QRectF(0, top, start - self._gap(), height)
            painter.drawText(room, right | Qt.TextFlag.TextDontClip, row.heading)
            painter.setPen(QColor(self._text))
            for day, count in row.counts:
                if day in days:
                    spot = QRectF(self._across(day) - 200, top, 400, height)
                    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, number(count))

    def _gap(self) -> float:
        """Return the room between the headings and the axis, where half of the first counts stand."""
        return 0.0 if self._font is None else QFontMetricsF(self._font).averageCharWidth() * 2.5

    def _counts(self, day: int) -> list[int]:
        return [count for row in self._rows for each, count in row.counts if each == day]

    def _across(self, day: float) -> float:
        return float(self.mapFromScene(self._box.mapViewToScene(QPointF(day, 0.0))).x())
