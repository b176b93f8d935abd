"""Own terms to try beside the agreed ones: cap, warranty and days for infection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from kvalitetsapp.domain import money
from kvalitetsapp.domain.scenario import Scenario
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DAYS = 9999


class ScenarioForm(QWidget):
    """Fields for own terms; an empty one leaves that term as agreed."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cap = QLineEdit()
        self.days = QLineEdit()
        self.infection = QLineEdit()
        self.work_out = QPushButton(_("&Räkna"))
        self.problem = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        fields: Sequence[tuple[str, QLineEdit, str]] = (
            (_("&Tak, kronor"), self.cap, _("som avtalat")),
            (_("&Garanti, dagar"), self.days, _("som avtalat")),
            (_("&Infektion, dagar"), self.infection, _("som avtalat")),
        )
        for text, field, empty in fields:
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            field.setPlaceholderText(empty)
            field.setFixedWidth(letters(self, 16))
            field.returnPressed.connect(self.asked)
            row.addWidget(label)
            row.addWidget(field)
        for field in (self.days, self.infection):
            field.setValidator(QIntValidator(0, _MOST_DAYS, self))
        row.addWidget(self.work_out)
        row.addWidget(self.problem)
        row.addStretch(1)
        self.work_out.clicked.connect(self.asked)

    def scenario(self) -> Scenario | None:
        """Return the own terms, None where nothing that can be used is typed; the form says what cannot be used."""
        typed = self.cap.text().strip()
        cap = money.parse(typed) if typed else None
        is_wrong = isinstance(cap, money.AmountFault)
        self.problem.setText(_("Taket är inget belopp. Skriv till exempel 200000.") if is_wrong else "")
        if isinstance(cap, money.AmountFault):
            return None
        found = Scenario(cap=cap, warranty_days=_number(self.days), infection_days=_number(self.infection))
        return None if found == Scenario() else found


def _number(field: QLineEdit) -> int | None:
    return int(field.text()) if field.text() else None
