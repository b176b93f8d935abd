"""Headings that take two lines where the columns would not fit side by side otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics

PADDING: Final = 0.7  # of a line on each side
ABOVE: Final = 0.45  # of a line above and below
ARROW: Final = 1.0  # of a line, beside the heading of the column that is sorted by


class TableHeader(QHeaderView):
    """Column headings on one line, or each broken at the space that makes it narrowest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._two_lines = False

    def set_two_lines(self, *, on: bool) -> None:
        """Break headings in two, or not."""
        if on is not self._two_lines:
            self._two_lines = on
            self.headerDataChanged(Qt.Orientation.Horizontal, 0, max(self.count() - 1, 0))

    def width_of(self, section: int, *, two_lines: bool) -> int:
        """Return how wide a column has to be for its heading."""
        metrics = self.fontMetrics()
        text = self._heading(section)
        width = metrics.size(0, broken(text, metrics) if two_lines else text).width()
        arrow = ARROW if self.isSortIndicatorShown() and section == self.sortIndicatorSection() else 0.0
        return width + round(metrics.height() * (2 * PADDING + arrow))

    def can_break(self, section: int) -> bool:
        """Tell whether a heading has a place to be broken at."""
        return " " in self._heading(section)

    def sectionSizeFromContents(self, section: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the room that a heading takes; Qt's own keeps a place for the arrow of sorting in every column."""
        metrics = self.fontMetrics()
        lines = 2 if self._two_lines else 1
        height = metrics.height() + (lines - 1) * metrics.lineSpacing() + round(metrics.height() * 2 * ABOVE)
        return QSize(self.width_of(section, two_lines=self._two_lines), height)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:  # noqa: N802 - Qt's name
        """Let a heading be drawn as it was measured, on one line where its column has the room."""
        super().initStyleOptionForIndex(option, section)
        if self._two_lines and self.sectionSize(section) < self.width_of(section, two_lines=False):
            option.text = broken(self._heading(section), self.fontMetrics())

    def _heading(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")


def broken(text: str, metrics: QFontMetrics) -> str:
    """Return `text` in two lines, broken at the space that makes the wider of them narrowest."""
    words = text.split(" ")
    if len(words) == 1:
        return text
    ways = [" ".join(words[:place]) + "\n" + " ".join(words[place:]) for place in range(1, len(words))]
    return min(ways, key=lambda way: metrics.size(0, way).width())
