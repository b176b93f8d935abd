"""Between which days events are to have happened."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.gui.dialogs.form import AcceptOrCancel, Form
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _


class FilterPeriodDialog(QDialog):
    """Asks for two days, either of which may be left open; is accepted only with days that exist, in order."""

    def __init__(self, since: date | None, until: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Händelsedatum"))
        self.setMinimumWidth(letters(self, 50))
        self.since, self.until = QLineEdit(), QLineEdit()
        form = Form()
        for label, field, day in ((_("&Från och med"), self.since, since), (_("&Till och med"), self.until, until)):
            field.setText("" if day is None else day.isoformat())
            field.setPlaceholderText(_("ÅÅÅÅ-MM-DD"))
            field.textChanged.connect(self._look)
            form.add(label, field)
        self.told = PlainLabel()
        self.told.setObjectName("muted")
        self.told.setWordWrap(True)
        buttons = AcceptOrCancel(self, _("&Visa"))
        self.save = buttons.accepting
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        for widget in (form, self.told, buttons):
            column.addWidget(widget)
        self._look()

    def days(self) -> tuple[date | None, date | None]:
        """Return the two days; None where one is left open."""
        return _day(self.since.text()), _day(self.until.text())

    def _look(self, _text: str = "") -> None:
        lacking = self._lacking()
        self.told.setText(lacking)
        self.save.setEnabled(not lacking)

    def _lacking(self) -> str:
        for field in (self.since, self.until):
            if field.text().strip() and _day(field.text()) is None:
                return _("Skriv dagarna som ÅÅÅÅ-MM-DD, eller lämna tomt.")
        since, until = self.days()
        return _("Den första dagen ligger efter den sista.") if since and until and since > until else ""


def _day(text: str) -> date | None:
    found = iso_format().iso(text.strip())
    return None if found is None else date.fromisoformat(found)
