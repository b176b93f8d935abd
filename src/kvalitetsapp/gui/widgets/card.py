"""A figure with its name and what it rests on; a click leads to the page behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import enlarge, lines, pad
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.gui.widgets.pressable import Pressable
from kvalitetsapp.texts import NOTHING, _


class Card(Pressable):
    """One figure; reached with Tab and opened with Return or Space."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        mark(self, "clickable")
        self._title = QLabel(title)
        self._title.setObjectName("cardTitle")
        self.figure = QLabel(NOTHING)
        self.figure.setObjectName("cardFigure")
        enlarge(self.figure, 1.9, bold=True)
        font = QFont(self.figure.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.figure.setFont(font)
        self.note = QLabel()
        self.note.setObjectName("muted")
        for label in (self._title, self.note):
            label.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setMinimumHeight(lines(self, 2.2))
        column = QVBoxLayout(self)
        pad(column, self, 0.9, 0.3)
        column.addWidget(self._title)
        column.addWidget(self.figure)
        column.addWidget(self.note, 1)
        self.show_figure(NOTHING, "")

    def show_figure(self, figure: str, note: str) -> None:
        """Show a figure and what it rests on."""
        self.figure.setText(figure)
        self.note.setText(note)
        self.setAccessibleName(
            _("{title}: {figure}. {note}").format(title=self._title.text(), figure=figure, note=note)
        )
