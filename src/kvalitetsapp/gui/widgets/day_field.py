"""A day: typed as it is written in Sweden, or chosen in a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class DayField(QDateEdit):
    """Holds a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self._went_on = False

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

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the hyphen after a whole year or month as written: Qt has gone on already, and would go one further."""
        if event.text() == "-" and self._went_on:
            self._went_on = False
            return
        before = self.currentSection()
        super().keyPressEvent(event)
        self._went_on = event.text().isdecimal() and self.currentSection() != before
