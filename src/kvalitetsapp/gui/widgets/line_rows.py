"""Lines of the same fields under each other, that people add to and take from: everything by the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A field of every line: its heading, how it is made (with what to call when it changes), read and filled in."""

    heading: str
    make: Callable[[Callable[[], None]], QWidget]
    read: Callable[[Any], Any]
    fill: Callable[[Any, Any], None]
    stretch: int = 0


def text_column(heading: str, *, stretch: int = 1) -> LineColumn:
    """Return a column of texts on one line."""

    def make(changed: Callable[[], None]) -> QWidget:
        field = QLineEdit()
        field.textChanged.connect(lambda _text: changed())
        return field

    def fill(field: QLineEdit, text: str) -> None:
        field.setText(text)
        field.setCursorPosition(0)

    return LineColumn(heading, make, lambda field: field.text().strip(), fill, stretch)


def choice_column(heading: str, vocabulary: str, codes: Iterable[str]) -> LineColumn:
    """Return a column of choices between the words of a vocabulary."""
    known = tuple(codes)

    def make(changed: Callable[[], None]) -> QWidget:
        field = QComboBox()
        for code in known:
            field.addItem(word(vocabulary, code), code)
        field.currentIndexChanged.connect(lambda _place: changed())
        return field

    def fill(field: QComboBox, code: str) -> None:
        field.setCurrentIndex(max(field.findData(code), 0))

    return LineColumn(heading, make, lambda field: str(field.currentData()), fill)


def day_column(heading: str) -> LineColumn:
    """Return a column of days."""

    def make(changed: Callable[[], None]) -> QWidget:
        field = DayField()
        field.dateChanged.connect(lambda _day: changed())
        return field

    def fill(field: DayField, day: date) -> None:
        field.set_day(day)

    return LineColumn(heading, make, lambda field: field.day(), fill)


def tick_column(heading: str) -> LineColumn:
    """Return a column of yes or no."""

    def make(changed: Callable[[], None]) -> QWidget:
        field = QCheckBox()
        field.toggled.connect(lambda _on: changed())
        return field

    def fill(field: QCheckBox, on: bool) -> None:
        field.setChecked(on)

    return LineColumn(heading, make, lambda field: field.isChecked(), fill)


class LineRows(QWidget):
    """Holds lines of the columns; `blank` is what a new line holds."""

    changed = Signal()

    def __init__(self, columns: Sequence[LineColumn], blank: Sequence[Any], add: str) -> None:
        super().__init__()
        self._columns, self._blank = tuple(columns), tuple(blank)
        self._lines: list[tuple[list[QWidget], QPushButton]] = []
        self.add = QPushButton(add)
        self._grid = QGridLayout()
        self._heads = [PlainLabel(column.heading) for column in self._columns]
        self._arrange()
        self.add.clicked.connect(self.add_line)

    def values(self) -> list[tuple[Any, ...]]:
        """Return what the lines hold, in their order."""
        return [tuple(self._read(fields)) for fields, _remove in self._lines]

    def set_values(self, lines: Iterable[Sequence[Any]]) -> None:
        """Show lines in the place of those that are there."""
        while self._lines:
            self._take(len(self._lines) - 1)
        for line in lines:
            self._put(line)
        self._follow()

    def add_line(self) -> None:
        """Add a line, and go to its first field."""
        self._put(self._blank)
        self._follow()
        self._lines[-1][0][0].setFocus()

    # how it looks

    def _arrange(self) -> None:
        self._grid.setHorizontalSpacing(spacing.lines(self, 0.4))
        self._grid.setVerticalSpacing(spacing.lines(self, 0.3))
        for place, (head, column) in enumerate(zip(self._heads, self._columns, strict=True)):
            head.setObjectName("muted")
            self._grid.addWidget(head, 0, place)
            self._grid.setColumnStretch(place, column.stretch)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.addLayout(self._grid)
        column_of.addLayout(below)
        column_of.addStretch(1)

    def _put(self, line: Sequence[Any]) -> None:
        row = self._grid.rowCount()
        fields = []
        for place, (column, value) in enumerate(zip(self._columns, line, strict=True)):
            field = column.make(self.changed.emit)
            column.fill(field, value)
            self._grid.addWidget(field, row, place)
            fields.append(field)
        remove = QPushButton(_("Ta bort"))
        remove.setAutoDefault(False)
        remove.clicked.connect(lambda: self._remove(remove))
        self._grid.addWidget(remove, row, len(self._columns))
        self._lines.append((fields, remove))

    def _read(self, fields: Sequence[QWidget]) -> Iterable[Any]:
        return (column.read(field) for column, field in zip(self._columns, fields, strict=True))

    def _remove(self, button: QPushButton) -> None:
        place = next(n for n, (_fields, each) in enumerate(self._lines) if each is button)
        self._take(place)
        self._follow()
        after = self._lines[min(place, len(self._lines) - 1)][1] if self._lines else self.add
        after.setFocus()

    def _take(self, place: int) -> None:
        fields, remove = self._lines.pop(place)
        for widget in (*fields, remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _follow(self) -> None:
        """Name every field by its line and column for those who listen, and tell that something is changed."""
        for head in self._heads:
            head.setVisible(bool(self._lines))
        before: QWidget | None = None
        for number, (fields, remove) in enumerate(self._lines, start=1):
            for column, field in zip(self._columns, fields, strict=True):
                field.setAccessibleName(_("{heading}, rad {n}").format(heading=column.heading, n=number))
            remove.setAccessibleName(_("Ta bort rad {n}").format(n=number))
            for widget in (*fields, remove):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self.add)
        self.changed.emit()
