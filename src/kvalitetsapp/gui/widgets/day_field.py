"""A day: typed as it is written in Sweden, or chosen in a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QToolButton, QWidget

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class DayField(QDateEdit):
    """Holds a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self._went_on = False
        self._name_calendar()

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

    def _name_calendar(self) -> None:
        """Name the arrows of the calendar for those who listen: Qt gives them a picture only."""
        for name, said in (("prevmonth", _("Föregående månad")), ("nextmonth", _("Nästa månad"))):
            arrow = self.calendarWidget().findChild(QToolButton, f"qt_calendar_{name}")
            if isinstance(arrow, QToolButton):
                arrow.setAccessibleName(said)
