"""A day: typed as it is written in Sweden, or chosen in a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget


class DayField(QDateEdit):
    """Holds a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)

    def day(self) -> date:
        """Return the day."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def set_limits(self, first: date | None, last: date | None) -> None:
        """Allow only days from `first` to `last`; None is no limit."""
        if first is not None:
            self.setMinimumDate(QDate(first.year, first.month, first.day))
        if last is not None:
            self.setMaximumDate(QDate(last.year, last.month, last.day))
