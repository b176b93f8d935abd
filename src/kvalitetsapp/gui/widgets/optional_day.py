"""A day that may be left open, with the tick for that beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date


class OptionalDay(QWidget):
    """Holds a day or none; with none the field still shows the day that would be proposed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = DayField()
        self.without = QCheckBox(_("Utan dag"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(self.without)
        row.addStretch(1)
        self.setFocusProxy(self.field)
        self.without.toggled.connect(lambda on: self.field.setEnabled(not on))

    def day(self) -> date | None:
        """Return the day, None where it is left open."""
        return None if self.without.isChecked() else self.field.day()

    def set_day(self, day: date | None, proposed: date | None = None) -> None:
        """Show a day, or leave it open and show what would be proposed."""
        self.without.setChecked(day is None)
        if day or proposed:
            self.field.set_day(day or proposed)  # type: ignore[arg-type]  # one of them is there

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)
