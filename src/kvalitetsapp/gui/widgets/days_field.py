"""A number of days: typed, or stepped with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

from kvalitetsapp.texts import _


class DaysField(QSpinBox):
    """Holds a number of days between 0 and the most."""

    def __init__(self, most: int, days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, most)
        self.setValue(days)
        self.setSuffix(_(" dagar"))
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        # The frame is the field's own; a second one around its line of text would leave no room for the text.
        self.lineEdit().setStyleSheet("border: none; padding: 0; background: transparent")
