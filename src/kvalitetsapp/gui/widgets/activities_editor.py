"""Activities of a meeting, a row each: what, who, when at the latest, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.meeting_paper import Activity, ActivityState
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.widgets.optional_day import OptionalDay
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class ActivityRow(QWidget):
    """An activity that is being written."""

    def __init__(self, one: Activity, today: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit(one.text)
        self.responsible = QLineEdit(one.responsible)
        self.due_on = OptionalDay()
        self.due_on.set_day(one.due_on, today)
        self.state = QComboBox()
        for state in ActivityState:
            self.state.addItem(word("activity_state", state), state.value)
        self.state.setCurrentIndex(self.state.findData(one.state.value))
        self.remove = QPushButton(_("Ta bort"))
        self.remove.setAutoDefault(False)  # Return in a field is not to remove the row
        self.responsible.setFixedWidth(spacing.letters(self, 18))
        self.responsible.setPlaceholderText(_("Ansvarig"))
        self.text.setPlaceholderText(_("Vad som ska göras"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.lines(self, 0.2))
        column.addWidget(self.text)
        column.addLayout(arrangement.ends((self.responsible, self.due_on, self.state), (self.remove,)))

    def activity(self) -> Activity:
        """Return the activity as it is filled in."""
        return Activity(
            self.text.text().strip(),
            self.responsible.text().strip(),
            self.due_on.day(),
            ActivityState(self.state.currentData()),
        )

    def name(self, number: int) -> None:
        """Tell the fields apart for those who listen, by the number of the row."""
        for field, text in (
            (self.text, _("Aktivitet {n}")),
            (self.responsible, _("Ansvarig för aktivitet {n}")),
            (self.due_on, _("Aktivitet {n} klar senast")),
            (self.state, _("Läge för aktivitet {n}")),
            (self.remove, _("Ta bort aktivitet {n}")),
        ):
            field.setAccessibleName(text.format(n=number))


class ActivitiesEditor(QWidget):
    """Rows that are added and taken away; a row without any text is no activity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ActivityRow] = []
        self.add = QPushButton(_("&Lägg till aktivitet"))
        self.add.setAutoDefault(False)
        self._today: date | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.lines(self, 0.3))
        self._column.addLayout(arrangement.ends((self.add,)))
        self.add.clicked.connect(lambda: self._append(Activity("")).text.setFocus(Qt.FocusReason.TabFocusReason))
        self.setFocusProxy(self.add)

    def set_activities(self, found: Iterable[Activity], today: date) -> None:
        """Show activities; `today` is the day that is proposed where one is asked for."""
        self._today = today
        for row in list(self.rows):
            self._remove(row)
        for one in found:
            self._append(one)

    def activities(self) -> tuple[Activity, ...]:
        """Return the activities as they are filled in."""
        made = (row.activity() for row in self.rows)
        return tuple(one for one in made if one.text or one.responsible)

    def _append(self, one: Activity) -> ActivityRow:
        row = ActivityRow(one, self._today)
        row.remove.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        self._name()
        return row

    def _remove(self, row: ActivityRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._name()
        self.add.setFocus()

    def _name(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.name(number)
