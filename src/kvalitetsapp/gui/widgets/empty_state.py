"""What stands where there is nothing: what is missing, why, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing


class EmptyState(QWidget):
    """A sentence in the middle of a page and a button to the next step."""

    asked = Signal()

    def __init__(self, text: str, button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(text)
        self._text.setObjectName("muted")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 2, 1)
        column.addStretch(1)
        column.addWidget(self._text)
        if button:
            made = QPushButton(button)
            made.clicked.connect(self.asked)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
