"""How wide the search for missed events looks, which rows are shown, and what the search came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.missed_event import CODE_DAYS, SURGERY_DAYS
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.missed_event import MissedEvents

_WINDOWS: Final = (30, CODE_DAYS)  # those whose sensitivity is published


class MissedSettings(QWidget):
    """Days for codes and for surgery, with a button that searches by them."""

    search_asked = Signal()
    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code_days = QComboBox()
        self.surgery_days = DaysField(SURGERY_DAYS)
        self.search = QPushButton(_("Sök på &nytt"))
        self.only_here = QCheckBox(_("Bara de som avgörs &här"))
        self.summary = PlainLabel()
        self._arrange()
        self.search.clicked.connect(self.search_asked)
        self.surgery_days.returnPressed.connect(self.search_asked)
        self.only_here.toggled.connect(lambda _on: self.narrowed.emit())

    def days(self) -> tuple[int, int]:
        """Return how many days codes count, and how many days surgery does."""
        return int(self.code_days.currentData()), self.surgery_days.days()

    def tell(self, found: MissedEvents) -> None:
        """Say what a search came to."""
        text = _("{n} att avgöra, {queue} väntar i kön. {operations} köpta operationer är genomsökta.")
        self.summary.setText(
            text.format(n=number(found.to_decide), queue=number(found.in_queue), operations=number(found.operations))
        )

    def _arrange(self) -> None:
        for days in _WINDOWS:
            self.code_days.addItem(ngettext("{n} dag", "{n} dagar", days).format(n=number(days)), days)
        self.code_days.setCurrentIndex(_WINDOWS.index(CODE_DAYS))
        self.summary.setObjectName("count")
        first, second = QHBoxLayout(), QHBoxLayout()
        for text, field in (
            (_("&Diagnos eller åtgärd inom"), self.code_days),
            (_("Kirurgi i &egen regi inom"), self.surgery_days),
        ):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            first.addWidget(label)
            first.addWidget(field)
        first.addWidget(PlainLabel(_("dagar")))
        first.addWidget(self.search)
        first.addStretch(1)
        second.addWidget(self.only_here)
        second.addStretch(1)
        second.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addLayout(second)
