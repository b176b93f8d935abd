"""How tables look: whole rows, generous height, tabular figures, no grid; every size from the font."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kvalitetsapp.gui.widgets.table_header import TableHeader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROW_HEIGHT: Final = 1.75  # of the font's height
LOOKED_AT: Final = 200  # rows that decide how wide columns begin
WIDEST: Final = 36  # characters of a column in a table that is wider than its place
NARROWEST: Final = 16  # characters that are left of a text that is cut so that the figures beside it can be seen


class TableView(QTableView):
    """A table view in the program's style; columns fit their place until the user makes them otherwise."""

    columns_changed = Signal()  # by the user

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits = False
        self._fitting = False
        self._contents: list[int] = []
        self._letters_left: dict[int, int] = {}
        self._turns: dict[int, int] = {}
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heading = TableHeader(self)
        self.setHorizontalHeader(self.heading)
        self._set_headers()

    @property
    def fits(self) -> bool:
        """Tell whether the program decides how wide columns are."""
        return self._fits

    def fit_columns(self) -> None:
        """Make columns as wide as what they show, and keep them fitting when the place changes."""
        self._contents = []
        self._fits = True
        self.fit_again()

    def fit_again(self) -> None:
        """Give columns room for what has been added; none becomes narrower while there is room."""
        if not self._fits:
            return
        columns = range(self.heading.count())
        shown = [0 if self.isColumnHidden(column) else self.sizeHintForColumn(column) for column in columns]
        if len(self._contents) == len(shown):
            shown = [max(pair) for pair in zip(shown, self._contents, strict=True)]
        self._contents = shown
        self._share_width()

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """Return the room that the widest text takes of those that are looked at; Qt would measure a cell for each."""
        model, count = self.model(), self.model().rowCount()
        first = max(0, min(self.rowAt(0), count - LOOKED_AT))
        places = (model.index(row, column) for row in range(first, min(count, first + LOOKED_AT)))
        texts = {str(model.data(place) or ""): place for place in places}
        if not texts:
            return 0
        return self.sizeHintForIndex(texts[max(texts, key=self.fontMetrics().horizontalAdvance)]).width()

    def cut_no_shorter(self, column: int, letters: int) -> None:
        """Leave more letters of this column than of others where the columns do not fit side by side."""
        self._letters_left[column] = letters

    def cut_in_turn(self, *turns: Sequence[int]) -> None:
        """Cut texts that do not fit turn by turn, each as short as may be before the next; other texts come last."""
        self._turns = {column: place - len(turns) for place, turn in enumerate(turns) for column in turn}

    def keep_columns(self) -> None:
        """Leave columns as they are from now on: the user has made them so."""
        self._fits = False
        self.heading.set_two_lines(on=self.heading.length() > self.viewport().width())

    @contextlib.contextmanager
    def being_laid_out(self) -> Iterator[None]:
        """Let columns come and go in the block without taking it for the user's doing."""
        before, self._fitting = self._fitting, True
        try:
            yield
        finally:
            self._fitting = before

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row that the keyboard comes to where none is; Qt would make it the current one without that."""
        super().focusInEvent(event)
        current = self.currentIndex()
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if current.isValid() and not by_mouse and not self.selectionModel().hasSelection():
            self.selectRow(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _share_width(self) -> None:
        if not self._fits or len(self._contents) != self.heading.count() or self._fitting:
            return
        self._fitting = True
        shown = [column for column in range(self.heading.count()) if not self.isColumnHidden(column)]
        room = self.viewport().width()
        widths = self._widths(shown, two_lines=False)
        two_lines = False
        if sum(widths.values()) > room:
            broken = self._widths(shown, two_lines=True)
            self._narrow(broken, room)
            two_lines = sum(broken.values()) <= room and any(self.heading.can_break(column) for column in shown)
            widths = broken if sum(broken.values()) <= room else widths
        self._spread(widths, room)
        self.heading.setStretchLastSection(False)
        self.heading.set_two_lines(on=two_lines)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.heading.setStretchLastSection(True)
        self._fitting = False

    def _widths(self, shown: list[int], *, two_lines: bool) -> dict[int, int]:
        return {each: max(self._contents[each], self.heading.width_of(each, two_lines=two_lines)) for each in shown}

    def _narrow(self, widths: dict[int, int], room: int) -> None:
        """Cut long texts to 36 characters, and further only as far as that brings every column into view."""
        letter = self.fontMetrics().averageCharWidth()
        least = {
            each: max(
                min(width, letter * self._letters_left.get(each, NARROWEST)),
                self.heading.width_of(each, two_lines=True),
            )
            for each, width in widths.items()
            if self._is_text(each)
        }
        for each, value in least.items():
            widest = max(WIDEST, self._letters_left.get(each, 0))
            widths[each] = max(min(widths[each], letter * widest), value)
        if sum(widths.values()) - sum(widths[each] - least[each] for each in least) > room:
            return
        while sum(widths.values()) > room:
            open_ones = [each for each in least if widths[each] > least[each]]
            widest = min(open_ones, key=lambda each: (self._turns.get(each, 0), -widths[each]))
            widths[widest] = max(widths[widest] - letter, least[widest])

    def _spread(self, widths: dict[int, int], room: int) -> None:
        """Share what is left over, unless the last column is a text, which takes it all."""
        last = self._last_shown()
        if sum(widths.values()) < room and not self._is_text(last):
            more = (room - sum(widths.values())) // len(widths)
            for each in widths:
                widths[each] += more

    def _last_shown(self) -> int:
        shown = [column for column in range(self.heading.count()) if not self.heading.isSectionHidden(column)]
        return max(shown, key=self.heading.visualIndex, default=-1)

    def _is_text(self, column: int) -> bool:
        alignment = self.model().headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        return not Qt.AlignmentFlag(int(alignment or 0)) & Qt.AlignmentFlag.AlignRight

    def _tell_resized(self, column: int, _old: int, _new: int) -> None:
        """Tell that the user has made a column wider or narrower; the last one follows the window by itself."""
        last = self._last_shown()
        if not self._fitting and self.isVisible() and column != last and not self.heading.isSectionHidden(column):
            self._tell_changed()

    def _tell_moved(self, *_places: int) -> None:
        if not self._fitting and self.isVisible():
            self._tell_changed()

    def _tell_changed(self) -> None:
        self._fits = False
        self.columns_changed.emit()

    def _tell_sorted(self, column: int, _order: Qt.SortOrder) -> None:
        """Make room for the arrow."""
        if self._fits:
            self._share_width()
        elif 0 <= column < self.heading.count():
            self.heading.headerDataChanged(Qt.Orientation.Horizontal, column, column)

    def _set_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = round(self.fontMetrics().height() * ROW_HEIGHT)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        columns = self.heading
        columns.setSectionsMovable(True)
        columns.setHighlightSections(False)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicatorClearable(True)
        columns.setSectionsClickable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setResizeContentsPrecision(LOOKED_AT)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.setStretchLastSection(True)
        columns.sectionResized.connect(self._tell_resized)
        columns.sectionMoved.connect(self._tell_moved)
        columns.sortIndicatorChanged.connect(self._tell_sorted)
