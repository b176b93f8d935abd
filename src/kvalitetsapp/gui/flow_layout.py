"""A row that goes over to further lines where its place is too narrow, as the words of a text do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from collections.abc import Iterable

_APART: Final = 0.4  # lines of text between things, and between rows
_ACROSS: Final = Qt.Orientation.Horizontal


class FlowLayout(QLayout):
    """Lays things out from the left and begins a new line when the next has no room; none is cut off.

    What is left over of a line is shared among the things in it that want to be wider.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._things: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing.lines(widget, _APART))

    def add_field(self, label: QLabel, field: QWidget) -> None:
        """Add a label with its field, which stay beside each other."""
        pair = QHBoxLayout()
        pair.addWidget(label)
        pair.addWidget(field)
        self.addChildLayout(pair)
        self.addItem(pair)

    def add_gap(self) -> None:
        """Let what comes after this stand at the end of its line."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    # what Qt asks for

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Add anything that can be laid out."""
        self._things.append(item)

    def count(self) -> int:
        """Return how many things there are."""
        return len(self._things)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return one of the things."""
        return self._things[index] if 0 <= index < len(self._things) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take one of the things away."""
        return self._things.pop(index) if 0 <= index < len(self._things) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Ask for the width that there is."""
        return _ACROSS

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Tell that a narrower row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return how high the lines are together."""
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for one line."""
        shown = self._shown()
        wide = sum(thing.sizeHint().width() for thing in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, _height(shown))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more than the widest thing."""
        shown = self._shown()
        return QSize(max((thing.minimumSize().width() for thing in shown), default=0), _height(shown))

    def setGeometry(self, place: QRect) -> None:  # noqa: N802 - Qt's name
        """Put everything in its place."""
        super().setGeometry(place)
        top = place.top()
        for line in self._lines(place.width()):
            height = _height(line)
            self._lay_out(line, QRect(place.left(), top, place.width(), height))
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [thing for thing in self._things if thing.spacerItem() is not None or not thing.isEmpty()]

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        """Return what stands in each line."""
        found: list[list[QLayoutItem]] = []
        used = 0
        for thing in self._shown():
            wide = thing.sizeHint().width()
            if not found or (used + self.spacing() + wide > room and wide):
                found.append([])
                used = -self.spacing()
            found[-1].append(thing)
            used += self.spacing() + wide
        return found

    def _lay_out(self, line: list[QLayoutItem], place: QRect) -> None:
        widths = [min(thing.sizeHint().width(), place.width()) for thing in line]
        eager = [n for n, thing in enumerate(line) if thing.expandingDirections() & _ACROSS]
        spare = max(0, place.width() - sum(widths) - self.spacing() * (len(line) - 1))
        left = place.left()
        for n, thing in enumerate(line):
            width = widths[n] + (spare // len(eager) if n in eager else 0)
            thing.setGeometry(QRect(left, place.top(), width, place.height()))
            left += width + self.spacing()


def flowing(widget: QWidget, first: Iterable[QWidget], last: Iterable[QWidget] = ()) -> FlowLayout:
    """Return a row of a widget's with the first at its beginning and the last at the end of their line."""
    row = FlowLayout(widget)
    for each in first:
        row.addWidget(each)
    row.add_gap()
    for each in last:
        row.addWidget(each)
    return row


def _height(things: Iterable[QLayoutItem]) -> int:
    return max((thing.sizeHint().height() for thing in things), default=0)
