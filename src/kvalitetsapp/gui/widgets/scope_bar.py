"""Whose operations outcomes are read for: joint, prosthesis, provider and the last day, in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kvalitetsapp.domain.indicator import Prosthesis
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import followed
from kvalitetsapp.gui.flow_layout import FlowLayout
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class ScopeBar(QWidget):
    """Offers scopes, the hips of all purchased care at first; `changed` tells when the user takes another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.joint, self.prosthesis, self.provider = QComboBox(), QComboBox(), QComboBox()
        self.as_of = DayField()
        self._latest: date | None = None
        self._offer()
        self._arrange()
        for box in (self.joint, self.prosthesis, self.provider):
            box.activated.connect(lambda _place: self.changed.emit())
        self.as_of.dateChanged.connect(lambda _day: self.changed.emit())

    def scope(self) -> OutcomeScope:
        """Return the scope that is chosen; the latest day is told as None, so that it goes along with new data."""
        day = self.as_of.day()
        return OutcomeScope(
            str(self.joint.currentData() or ""),
            str(self.prosthesis.currentData() or ""),
            str(self.provider.currentData() or ""),
            None if self._latest is None or day == self._latest else day,
        )

    def set_choices(self, providers: Sequence[tuple[str, str]], latest: date | None) -> None:
        """Offer providers by key and name, and days up to the latest; what was chosen stays where it still is."""
        self._offer_families()
        chosen, was_latest = self.provider.currentData(), self._latest is None or self.as_of.day() == self._latest
        self.provider.clear()
        self.provider.addItem(_("All köpt vård"), "")
        for key, name in providers:
            self.provider.addItem(name, key)
        self.provider.setCurrentIndex(max(self.provider.findData(chosen), 0))
        self._latest = latest
        if latest is not None:
            self.as_of.blockSignals(True)  # noqa: FBT003 - Qt's call
            self.as_of.set_limits(None, latest)
            if was_latest:
                self.as_of.set_day(latest)
            self.as_of.blockSignals(False)  # noqa: FBT003 - Qt's call

    def _offer(self) -> None:
        self._offer_families()
        self.prosthesis.addItem(_("Alla slag"), "")
        for kind in Prosthesis:
            self.prosthesis.addItem(word("prosthesis", kind), kind.value)
        self.provider.addItem(_("All köpt vård"), "")
        self.provider.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.provider.setMinimumContentsLength(8)

    def _offer_families(self) -> None:
        followed.offer(self.joint, ("", _("Alla leder")))

    def _arrange(self) -> None:
        row = FlowLayout(self)
        self.setLayout(row)
        for text, widget in (
            (_("L&ed"), self.joint),
            (_("&Protes"), self.prosthesis),
            (_("&Vårdgivare"), self.provider),
            (_("Till &och med"), self.as_of),
        ):
            label = PlainLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            row.add_field(label, widget)
