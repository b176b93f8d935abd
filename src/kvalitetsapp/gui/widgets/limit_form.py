"""Whether a rule of data quality is on, and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.quality import Limits, RuleState

_UNITS: Final = {
    "kr": N_("kr"),
    "months": N_("månader"),
    "contacts": N_("vårdkontakter"),
    "operations": N_("operationer"),
    "days": N_("dagar"),
}


class LimitForm(QWidget):
    """A tick and a field per limit; tells when the user has set something else."""

    changed = Signal(bool, dict)  # on, limits

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = QCheckBox(_("Regeln är på"))
        self.fields: dict[str, QSpinBox] = {}
        self._labels: list[QLabel] = []
        self._was: tuple[bool, Limits] = (True, {})
        self._rule = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.on)
        self._row.addSpacing(lines(self, 0.8))
        self._row.addStretch(1)
        self.on.clicked.connect(lambda _checked: self._tell())

    def show_state(self, state: RuleState) -> None:
        """Show how a rule is set."""
        self._was = (state.enabled, dict(state.limits))
        if state.rule.rule_id != self._rule:
            self._rule = state.rule.rule_id
            self._make_fields(state)
        self.on.setChecked(state.enabled)
        for name, value in state.limits.items():
            self.fields[name].setValue(value)

    def _make_fields(self, state: RuleState) -> None:
        for old in (*self._labels, *self.fields.values()):
            old.hide()
            old.deleteLater()
        self._labels, self.fields = [], {}
        for limit in state.rule.limits:
            label, field = QLabel(limit.title), QSpinBox()
            field.setLocale(QLocale("sv_SE"))
            field.setGroupSeparatorShown(True)
            field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
            field.setRange(limit.least, limit.most)
            field.setSuffix(f" {_(_UNITS[limit.unit])}")
            field.setAccessibleName(limit.title)
            field.editingFinished.connect(self._tell)
            label.setBuddy(field)
            for widget in (label, field):
                self._row.insertWidget(self._row.count() - 1, widget)
            self._labels.append(label)
            self.fields[limit.name] = field

    def _tell(self) -> None:
        now = (self.on.isChecked(), {name: field.value() for name, field in self.fields.items()})
        if now != self._was:
            self._was = now
            self.changed.emit(*now)
