"""Who delivered when: providers in rows, months in columns, the count in every cell and signs for what is not there.

Shades tell how much a month is of the provider's own fullest month, so that a small provider's gap is seen as well as
a large one's; the figure says how many, and a silent month has a cross besides its colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from kvalitetsapp.domain.quality import CellState, Coverage
from kvalitetsapp.gui.plots.canvas import inks_of
from kvalitetsapp.gui.plots.shades import SHADES, legible, mixed
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.theme import tokens_of
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_HEADS: Final = 2  # lines of headings: the year and the month
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -(10**6)),
    Qt.Key.Key_End: (0, 10**6),
    Qt.Key.Key_PageUp: (-(10**6), 0),
    Qt.Key.Key_PageDown: (10**6, 0),
}


class HeatMap(QAbstractScrollArea):
    """Paints a coverage; the names of the providers stay in view while months scroll."""

    cell_changed = Signal(int, int)  # row, column
    cell_activated = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coverage = Coverage()
        self._row, self._column = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Vårdkontakter per vårdgivare och månad"))
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)

    @property
    def cell(self) -> tuple[int, int]:
        """Return the chosen cell as row and column."""
        return self._row, self._column

    def show_coverage(self, coverage: Coverage) -> None:
        """Paint `coverage`; the chosen cell stays where it can, else it is the last month of the first provider."""
        first = not self._coverage.months
        self._coverage = coverage
        self._measure()
        if first:
            self._row, self._column = 0, len(coverage.months) - 1
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())
        self.choose(self._row, self._column)
        self.viewport().update()

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and bring it into view; outside it is the nearest."""
        if not self._coverage.months:
            return
        self._row = min(max(row, 0), len(self._coverage.providers) - 1)
        self._column = min(max(column, 0), len(self._coverage.months) - 1)
        self._bring_into_view()
        said = self._coverage.cell_text(self._row, self._column)
        self.setAccessibleDescription(f"{said}. {self._coverage.description()}")
        self.viewport().update()
        self.cell_changed.emit(self._row, self._column)

    def cell_at(self, where: QPoint) -> tuple[int, int] | None:
        """Return the cell under a place of the viewport."""
        x = where.x() - self._names_width() + self.horizontalScrollBar().value()
        y = where.y() - self._head_height() + self.verticalScrollBar().value()
        if where.x() < self._names_width() or where.y() < self._head_height():
            return None
        row, column = y // self._cell_height(), x // self._cell_width()
        inside = row < len(self._coverage.providers) and column < len(self._coverage.months)
        return (row, column) if inside else None

    def rect_of(self, row: int, column: int) -> QRect:
        """Return where a cell lies in the viewport."""
        return QRect(
            self._names_width() + column * self._cell_width() - self.horizontalScrollBar().value(),
            self._head_height() + row * self._cell_height() - self.verticalScrollBar().value(),
            self._cell_width(),
            self._cell_height(),
        )

    # sizes, all of them from the font

    def _cell_height(self) -> int:
        return lines(self, 1.75)

    def _cell_width(self) -> int:
        most = max((max(row) for row in self._coverage.contacts), default=0)
        return max(self.fontMetrics().horizontalAdvance(number(most)) + letters(self, 1.5), letters(self, 4.5))

    def _head_height(self) -> int:
        return lines(self, _HEADS * 1.25)

    def _names_width(self) -> int:
        widest = max((self.fontMetrics().horizontalAdvance(name) for _id, name in self._coverage.providers), default=0)
        return min(widest + letters(self, 3), self.viewport().width() // 3)

    def _measure(self) -> None:
        port = self.viewport()
        width = self._names_width() + len(self._coverage.months) * self._cell_width()
        height = self._head_height() + len(self._coverage.providers) * self._cell_height()
        for bar, whole, seen, step in (
            (self.horizontalScrollBar(), width, port.width(), self._cell_width()),
            (self.verticalScrollBar(), height, port.height(), self._cell_height()),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(step)

    def _bring_into_view(self) -> None:
        rect, port = self.rect_of(self._row, self._column), self.viewport().rect()
        for bar, low, high, first, last in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), self._names_width(), port.right()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), self._head_height(), port.bottom()),
        ):
            if low < first:
                bar.setValue(bar.value() - (first - low))
            elif high > last:
                bar.setValue(bar.value() + (high - last))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cells that are in view, then the names and the months over their edges."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        tokens = tokens_of(self.palette())
        painter.fillRect(self.viewport().rect(), QColor(tokens.surface))
        if self._coverage.months:
            for row in range(len(self._coverage.providers)):
                for column in range(len(self._coverage.months)):
                    rect = self.rect_of(row, column)
                    if rect.intersects(self.viewport().rect()):
                        self._paint_cell(painter, row, column, rect)
            self._paint_names(painter)
            self._paint_months(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int, rect: QRect) -> None:
        tokens, inks = tokens_of(self.palette()), inks_of(tokens_of(self.palette()))
        state, count = self._coverage.states[row][column], self._coverage.contacts[row][column]
        inner = rect.adjusted(1, 1, -1, -1)
        if state is CellState.SILENT:
            painter.fillRect(inner, QColor(tokens.bad_soft))
            painter.setPen(QPen(QColor(inks.vermilion), 2))
            painter.drawRect(inner.adjusted(0, 0, -1, -1))
            self._cross(painter, inner)
        elif state is not CellState.BEFORE:
            ground = self._shade(row, count)
            if state is CellState.DELIVERED:
                painter.fillRect(inner, ground)
            else:
                painter.setPen(QPen(QColor(tokens.outline), 1, Qt.PenStyle.DotLine))
                painter.drawRect(inner.adjusted(0, 0, -1, -1))
                ground = QColor(tokens.surface)
            painter.setPen(legible(ground, tokens))
            painter.drawText(
                inner.adjusted(0, 0, -letters(self, 0.5), 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                number(count),
            )
        if (row, column) == self.cell:
            width = 3 if self.hasFocus() else 2
            painter.setPen(QPen(QColor(tokens.text), width))
            painter.drawRect(inner.adjusted(1, 1, -2, -2))

    def _cross(self, painter: QPainter, inner: QRect) -> None:
        size = lines(self, 0.55)
        mark = QRect(0, 0, size, size)
        mark.moveCenter(inner.center())
        painter.drawLine(mark.topLeft(), mark.bottomRight())
        painter.drawLine(mark.topRight(), mark.bottomLeft())

    def _paint_names(self, painter: QPainter) -> None:
        tokens, width = tokens_of(self.palette()), self._names_width()
        painter.fillRect(QRect(0, 0, width, self.viewport().height()), QColor(tokens.surface))
        painter.setPen(QColor(tokens.text))
        room = width - letters(self, 1.5)
        for row, (_id, name) in enumerate(self._coverage.providers):
            rect = QRect(letters(self, 0.5), self.rect_of(row, 0).top(), room, self._cell_height())
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_months(self, painter: QPainter) -> None:
        tokens, height = tokens_of(self.palette()), self._head_height()
        painter.fillRect(QRect(0, 0, self.viewport().width(), height), QColor(tokens.surface))
        painter.setClipRect(QRect(self._names_width(), 0, self.viewport().width(), height))
        painter.setPen(QColor(tokens.muted))
        line = height // _HEADS
        for column, month in enumerate(self._coverage.months):
            left = self.rect_of(0, column).left()
            year, _dash, short = month.partition("-")
            if short == "01" or column == 0:
                wide = QRect(left + letters(self, 0.8), 0, letters(self, 6), line)
                painter.drawText(wide, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, year)
                painter.drawLine(left, 0, left, height)
            place = QRect(left, line, self._cell_width() - letters(self, 0.5), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short)
        painter.setClipping(False)

    def _shade(self, row: int, count: int) -> QColor:
        """Return a shade of blue for a count, in steps of the row's own greatest."""
        tokens = tokens_of(self.palette())
        most = max(self._coverage.contacts[row])
        if not count:
            return QColor(tokens.surface)
        step = min(count * len(SHADES) // most, len(SHADES) - 1)
        return mixed(QColor(tokens.surface), QColor(inks_of(tokens).blue), SHADES[step])

    # what is done with it

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the chosen cell; Return opens it."""
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            down, right = _STEPS[key]
            self.choose(self._row + down, self._column + right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._coverage.months:
            self.cell_activated.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the cell under the pointer."""
        cell = self.cell_at(event.position().toPoint())
        if cell is not None:
            self.choose(*cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take what belongs to a press."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the cell under the pointer."""
        cell = self.cell_at(event.position().toPoint())
        if cell is not None:
            self.cell_activated.emit(*cell)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self._coverage.cell_text(*cell) if cell else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the newest month in view where it was."""
        bar = self.horizontalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        self._measure()
        if at_end:
            bar.setValue(bar.maximum())

    def focusInEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is."""
        self.viewport().update()
        event.accept()

    def focusOutEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is."""
        self.viewport().update()
        event.accept()
