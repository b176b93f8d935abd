"""The line above a page: what page it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from kvalitetsapp.gui.spacing import enlarge, lines


class PageHeader(QFrame):
    """Shows the page's title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(lines(self, 1.2), lines(self, 0.6), lines(self, 1.2), lines(self, 0.6))
        self.title = QLabel()
        self.title.setObjectName("pageTitle")
        enlarge(self.title, 1.45, bold=True)
        row.addWidget(self.title)
        row.addStretch(1)

    def show_title(self, title: str) -> None:
        """Show a page's title."""
        self.title.setText(title)
