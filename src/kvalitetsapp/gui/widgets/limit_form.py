"""Whether a rule of data quality is on, and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.texts import N_, NO_BREAK_SPACE, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.quality import Limit, Limits, RuleState

_UNITS: Final = {
    "kr": N_("kr"),
    "months": N_("månader"),
    "contacts": N_("vårdkontakter"),
    "operations": N_("operationer"),
    "days": N_("dagar"),
}
_LONGEST: Final = 13


class LimitForm(QWidget):
    """A tick and a field per limit; tells when the user has set something else."""

    changed = Signal(bool, dict)  # on, limits

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = QCheckBox(_("Regeln är på"))
        self.fields: dict[str, QLineEdit] = {}
        self._made: list[QWidget] = []
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
        self._show_limits()

    def _make_fields(self, state: RuleState) -> None:
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made, self.fields = [], {}
        for limit in state.rule.limits:
            self._add(limit)

    def _add(self, limit: Limit) -> None:
        label, field, unit = QLabel(limit.title), QLineEdit(), QLabel(_(_UNITS[limit.unit]))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setMaxLength(_LONGEST)
        field.setFixedWidth(letters(self, 4 + len(number(limit.most if limit.unit == "kr" else limit.default))))
        field.setAccessibleName(f"{limit.title}, {unit.text()}")
        field.editingFinished.connect(self._tell)
        label.setBuddy(field)
        for widget in (label, field, unit):
            self._row.insertWidget(self._row.count() - 1, widget)
            self._made.append(widget)
        self.fields[limit.name] = field

    def _show_limits(self) -> None:
        for name, value in self._was[1].items():
            if not self.fields[name].hasFocus() or _read(self.fields[name].text()) is None:
                self.fields[name].setText(number(value))

    def _tell(self) -> None:
        """Tell what is set now; what is no whole number becomes what it was."""
        limits = {name: _read(field.text()) for name, field in self.fields.items()}
        self._show_limits()
        now = (self.on.isChecked(), {name: value for name, value in limits.items() if value is not None})
        if len(now[1]) == len(self.fields) and now != self._was:
            self.changed.emit(*now)

    def show_again(self) -> None:
        """Show what holds, where something else was not taken."""
        self.on.setChecked(self._was[0])
        for name, value in self._was[1].items():
            self.fields[name].setText(number(value))


def _read(text: str) -> int | None:
    plain = text.replace(NO_BREAK_SPACE, "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None
