"""What stands where there is nothing: what is missing, why, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

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

    def say(self, text: str) -> None:
        """Say another sentence."""
        self._text.setText(text)


class Stack(QStackedLayout):
    """A page's content, or its empty state."""

    def __init__(self, page: QWidget, content: QWidget, empty: EmptyState) -> None:
        super().__init__(page)
        self.addWidget(content)
        self.addWidget(empty)

    @property
    def is_empty(self) -> bool:
        """Tell whether the empty state is shown."""
        return self.currentIndex() == 1

    def show_empty(self, *, on: bool) -> None:
        """Show the empty state, or the content."""
        self.setCurrentIndex(1 if on else 0)
