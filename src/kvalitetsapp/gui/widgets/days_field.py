"""A number of days that is typed; whether it can be used is told by whoever it is given to."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from kvalitetsapp.gui.spacing import letters

_MOST: Final = 9999


class DaysField(QLineEdit):
    """Holds a whole number of days."""

    def __init__(self, days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(QIntValidator(0, _MOST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(letters(self, 9))
        self.set_days(days)

    def days(self) -> int:
        """Return the number, 0 where nothing is typed."""
        return int(self.text() or 0)

    def set_days(self, days: int) -> None:
        """Show a number."""
        self.setText(str(days))
