"""Things that wait for someone, most urgent first, each one a step from the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from kvalitetsapp.gui.icons import icon
from kvalitetsapp.gui.spacing import enlarge, letters, lines, pad
from kvalitetsapp.gui.theme import tokens_of
from kvalitetsapp.gui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: how much of it, in words, why, and the page (with what it should show) to do it on."""

    figure: str
    text: str
    note: str
    page: str
    wanted: object = None
    icon_name: str = "information"


class TaskList(QFrame):
    """A titled list of tasks; says so where there is nothing to do."""

    chosen = Signal(object)  # Task

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._nothing = nothing
        self._column = QVBoxLayout(self)
        pad(self._column, self, 0.9, 0.1)
        heading = QLabel(title)
        heading.setObjectName("sectionTitle")
        enlarge(heading, 1.1, bold=True)
        self._column.addWidget(heading)
        self._column.addSpacing(lines(self, 0.4))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Show these tasks and no others."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for task in tasks:
            self._rows.addWidget(self._row(task))
        if not tasks:
            nothing = QLabel(self._nothing)
            nothing.setObjectName("muted")
            nothing.setWordWrap(True)
            self._rows.addWidget(nothing)

    def texts(self) -> list[str]:
        """Return what the tasks say, for whoever does not see them."""
        # Those of the layout: Qt shows what is new, and takes away what is gone, first when the window has a moment.
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        rows = (item.widget() for item in items if item is not None)
        return [row.accessibleName() for row in rows if isinstance(row, Pressable)]

    def _row(self, task: Task) -> Pressable:
        row = Pressable()
        row.setObjectName("task")
        row.setAccessibleName(" ".join(part for part in (task.figure, task.text, task.note) if part))
        row.clicked.connect(lambda: self.chosen.emit(task))
        grid = QGridLayout(row)
        pad(grid, row, 0.35, 0.1)
        grid.setHorizontalSpacing(lines(self, 0.7))
        size = lines(self, 1.3)
        picture = QLabel()
        picture.setPixmap(icon(task.icon_name, tokens_of(self.palette())).pixmap(QSize(size, size)))
        figure = QLabel(task.figure)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        figure.setMinimumWidth(letters(self, 4))
        font = QFont(figure.font())
        font.setBold(True)
        font.setFeature(QFont.Tag("tnum"), 1)
        figure.setFont(font)
        said = QLabel(task.text)
        said.setWordWrap(True)
        grid.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(figure, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, 0, 2)
        if task.note:
            note = QLabel(task.note)
            note.setObjectName("muted")
            note.setWordWrap(True)
            grid.addWidget(note, 1, 2)
        grid.setColumnStretch(2, 1)
        return row
