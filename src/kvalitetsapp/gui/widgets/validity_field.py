"""From which day to which operations are taken, without an end where it is ticked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _


class ValidityField(QWidget):
    """Holds two days as texts, the second "" where there is no end."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = DayField()
        self.end = DayField()
        self.no_end = QCheckBox(_("tills vida&re"))
        until = PlainLabel(_("till och med"))
        self.start.setAccessibleName(_("Första dag"))
        self.end.setAccessibleName(_("Sista dag"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.start, until, self.end, self.no_end):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.start)
        for field in (self.start, self.end):
            field.dateChanged.connect(lambda _day: self.changed.emit())
        self.no_end.toggled.connect(self._toggle)

    def days(self) -> tuple[str, str]:
        """Return both days as `YYYY-MM-DD`."""
        return self.start.day().isoformat(), "" if self.no_end.isChecked() else self.end.day().isoformat()

    def set_days(self, start: str, end: str, today: date) -> None:
        """Show both days; a day that is not told is today's."""
        self.start.set_day(date.fromisoformat(start) if start else today)
        self.end.set_day(date.fromisoformat(end) if end else max(today, self.start.day()))
        self.no_end.setChecked(not end)
        self.end.setEnabled(bool(end))

    def _toggle(self, on: bool) -> None:
        self.end.setEnabled(not on)
        self.changed.emit()
