"""What a scenario of moving those who wait tries: weeks, distance, who is not moved, and which areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.redistribution import MOST_KM, RedistributionScenario
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.flow_layout import FlowLayout, flowing
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting import WaitingChoices


class RedistributionForm(QWidget):
    """Fields of a scenario; `asked` tells when the user wants it worked out."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        usual = RedistributionScenario()
        self.weeks, self.days, self.km = DaysField(usual.weeks), DaysField(usual.over_days), QLineEdit()
        self.provider = QComboBox()
        self.deviations = QCheckBox(_("Flytta &inte MOV och PVV"))
        self.planned = QCheckBox(_("Flytta inte dem som har &planerad dag"))
        self.work_out = primary_button(_("&Räkna scenariot"))
        self.km.setValidator(QIntValidator(0, MOST_KM, self))
        self.km.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.km.setPlaceholderText(_("ingen gräns"))
        self.km.setFixedWidth(spacing.letters(self, 14))
        self.deviations.setChecked(usual.leave_deviations)
        self.planned.setChecked(usual.leave_planned)
        self.provider.addItem(_("Alla vårdgivare"), "")
        self._arrange()
        self.work_out.clicked.connect(self.asked)
        for field in (self.weeks, self.km, self.days):
            field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            field.returnPressed.connect(self.asked)

    def scenario(self, area: str = "") -> RedistributionScenario:
        """Return what is to be tried, of one area where one is chosen."""
        km, provider = self.km.text(), str(self.provider.currentData() or "")
        return RedistributionScenario(
            weeks=self.weeks.days(),
            farthest_km=int(km) if km else None,
            over_days=self.days.days(),
            leave_deviations=self.deviations.isChecked(),
            leave_planned=self.planned.isChecked(),
            areas=(area,) if area else (),
            from_providers=(provider,) if provider else (),
        )

    def set_choices(self, choices: WaitingChoices) -> None:
        """Offer the providers that somebody waits at."""
        chosen = self.provider.currentData()
        self.provider.clear()
        self.provider.addItem(_("Alla vårdgivare"), "")
        for one in choices.providers:
            self.provider.addItem(one.name, one.key)
        self.provider.setCurrentIndex(max(self.provider.findData(chosen), 0))

    def _arrange(self) -> None:
        first = FlowLayout(self)
        for text, field in (
            (_("A&ntal veckor"), self.weeks),
            (_("&Längst bort, km"), self.km),
            (_("Väntat mer än, &dagar"), self.days),
            (_("&Från"), self.provider),
        ):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            first.add_field(label, field)
        self.provider.setMinimumContentsLength(14)
        self.provider.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addLayout(flowing(self, (self.deviations, self.planned), (self.work_out,)))
