"""The lines of a document with how much of each is to be credited: nothing, what is left, or a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from kvalitetsapp.domain.payment import amount_of, lacking_in_amount
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.faulted import Faulted, typed
from kvalitetsapp.texts import NO_BREAK_SPACE, _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import BasisLine, BasisView

_WIDTH = 18


class CreditLines(QWidget):
    """Offers every line of which something is left; a ticked one has its amount, at first all of it."""

    changed = Signal()

    def __init__(self, view: BasisView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = {one.line: view.left_of(one.line) for one in view.basis.lines if view.left_of(one.line) > 0}
        self.checks: dict[int, QCheckBox] = {}
        self.edits: dict[int, QLineEdit] = {}
        self.amounts: dict[int, Faulted] = {}
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(lines(self, 1))
        self._rows.setColumnStretch(1, 1)
        for one in view.basis.lines:
            if one.line in self.left:
                self._add(one)
        self._rows.setRowStretch(len(self.left), 1)

    def chosen(self) -> dict[int, int]:
        """Return the amount of every line that is ticked, 0 where what is typed is none."""
        found = {line: amount_of(self.edits[line].text()) for line, check in self.checks.items() if check.isChecked()}
        return {line: amount if isinstance(amount, int) else 0 for line, amount in found.items()}

    def check(self) -> bool:
        """Say at every ticked line what is wrong with its amount, and tell whether nothing is."""
        lacking = {line: lacking_in_amount(self.edits[line].text()) for line in self.chosen()}
        for line, place in self.amounts.items():
            place.say(lacking.get(line, ""))
        first = next((line for line, wrong in lacking.items() if wrong), None)
        if first is not None:
            self.edits[first].setFocus()
        return first is None

    def _add(self, one: BasisLine) -> None:
        left = kronor(self.left[one.line])
        text = _("Rad {line}, {claim}, {left} kvar").format(line=one.line, claim=one.claim_number, left=left)
        check = self.checks[one.line] = QCheckBox(text)
        edit = self.edits[one.line] = typed(self.changed.emit, width=_WIDTH)
        edit.setMinimumWidth(letters(self, _WIDTH))
        edit.setText(left.rsplit(NO_BREAK_SPACE, 1)[0].replace(NO_BREAK_SPACE, " "))
        edit.setAccessibleName(_("Belopp för rad {line}").format(line=one.line))
        edit.setEnabled(False)
        self.amounts[one.line] = Faulted(edit, _("kr"))
        check.toggled.connect(edit.setEnabled)
        check.toggled.connect(lambda _on: self.changed.emit())
        row = len(self.checks) - 1
        self._rows.addWidget(check, row, 0)
        self._rows.addWidget(self.amounts[one.line], row, 1)
