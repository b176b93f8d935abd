"""What is asked for of the access log: patient, user, kind, period and text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from kvalitetsapp.domain.access_log import LogQuery
from kvalitetsapp.domain.audit_words import ActionKind
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_OWN: Final = -1
_PERIODS: Final = {
    0: N_("Alla dagar"),
    1: N_("I dag"),
    7: N_("Senaste 7 dagarna"),
    30: N_("Senaste 30 dagarna"),
    365: N_("Senaste året"),
    _OWN: N_("Från och till …"),
}


class LogFilterBar(QWidget):
    """Fields above the log; what is filled in counts once it is asked for."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.patient = QLineEdit()
        self.user = QComboBox()
        self.kind = QComboBox()
        self.period = QComboBox()
        self.first, self.last = DayField(), DayField()
        self.text = QLineEdit()
        self.search = QPushButton(_("&Sök"))
        self.clear = QPushButton(_("&Rensa"))
        self._fill()
        self._arrange()
        self._connect()

    def query(self) -> LogQuery:
        """Return what is asked for."""
        first, last = self._days()
        return LogQuery(
            patient=self.patient.text().strip(),
            user=str(self.user.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            first=first,
            last=last,
            text=self.text.text().strip(),
        )

    def offer_users(self, users: Iterable[str]) -> None:
        """Offer those who stand in the log, and keep the chosen one."""
        chosen = self.user.currentData()
        self.user.clear()
        self.user.addItem(_("Alla användare"), "")
        for one in users:
            self.user.addItem(one, one)
        self.user.setCurrentIndex(max(self.user.findData(chosen), 0))

    def ask_for_patient(self, number: str) -> None:
        """Ask for a patient and nothing else."""
        self._empty()
        self.patient.setText(number)
        self.asked.emit()

    def _fill(self) -> None:
        self.offer_users(())
        self.kind.addItem(_("Alla slag"), "")
        for kind in ActionKind:
            self.kind.addItem(word("action_kind", kind), kind.value)
        for days, told in _PERIODS.items():
            self.period.addItem(_(told), days)
        today = QDate.currentDate()
        self.first.setDate(today.addMonths(-1))
        self.last.setDate(today)
        self.patient.setPlaceholderText(_("Personnummer"))
        self.text.setPlaceholderText(_("Ord i posten"))
        for field, name in (
            (self.patient, _("Patientens personnummer")),
            (self.user, _("Användare")),
            (self.kind, _("Slag av åtgärd")),
            (self.period, _("Period")),
            (self.first, _("Första dagen")),
            (self.last, _("Sista dagen")),
            (self.text, _("Ord i posten")),
        ):
            field.setAccessibleName(name)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = (
            (_("&Patient"), self.patient),
            (_("&Användare"), self.user),
            (_("S&lag"), self.kind),
            (_("P&eriod"), self.period),
            (_("&Ord"), self.text),
        )
        for place, (name, field) in enumerate(fields):
            label = PlainLabel(name)
            label.setBuddy(field)
            field.setMinimumWidth(letters(self, 16))
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
        grid.addLayout(arrangement.ends((self.search, self.clear)), 1, len(fields))
        self.days = QWidget()
        row = arrangement.ends((PlainLabel(_("Från")), self.first, PlainLabel(_("till och med")), self.last))
        row.setContentsMargins(0, 0, 0, 0)
        self.days.setLayout(row)
        grid.addWidget(self.days, 2, 0, 1, len(fields) + 1)
        grid.setColumnStretch(len(fields) - 1, 1)
        self._show_days()

    def _connect(self) -> None:
        self.search.clicked.connect(self.asked)
        self.clear.clicked.connect(self._ask_for_all)
        for field in (self.patient, self.text):
            field.returnPressed.connect(self.asked)
        for box in (self.user, self.kind):
            box.activated.connect(lambda _place: self.asked.emit())
        self.period.currentIndexChanged.connect(lambda _place: self._show_days())
        self.period.activated.connect(lambda _place: self.asked.emit())

    def _show_days(self) -> None:
        self.days.setVisible(self.period.currentData() == _OWN)

    def _days(self) -> tuple[date | None, date | None]:
        days = int(self.period.currentData())
        if days == _OWN:
            return self.first.day(), self.last.day()
        if not days:
            return None, None
        shown = QDate.currentDate().toPython()
        assert isinstance(shown, type(self.last.day()))  # noqa: S101 - Qt's stub says object
        return shown - timedelta(days=days - 1), shown

    def _empty(self) -> None:
        self.patient.clear()
        self.text.clear()
        for box in (self.user, self.kind, self.period):
            box.setCurrentIndex(0)

    def _ask_for_all(self) -> None:
        self._empty()
        self.asked.emit()
