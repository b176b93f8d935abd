"""Kreditera: a document taken back, all that is left of it or some lines; it cannot be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.basis import CreditLine
from kvalitetsapp.domain.claim_words import CreditReason
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.spacing import letters, lines, scrolling
from kvalitetsapp.gui.widgets.credit_lines import CreditLines
from kvalitetsapp.gui.widgets.faulted import Faulted, typed
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.bases import IssueOutcome
    from kvalitetsapp.services.workspace import Workspace

    Lines = tuple[CreditLine, ...]

_LINES_WITHOUT_SCROLLING = 6


class CreditBasisDialog(FaultingDialog):
    """Asks what to credit, why by the national list, and why in words."""

    def __init__(self, runner: StoreRunner, view: BasisView, parent: QWidget | None = None) -> None:
        self._view = view
        super().__init__(runner, _("Kreditera underlag"), _("&Kreditera …"), parent)
        self.setMinimumWidth(letters(self, 110))
        text = _(
            "Ett kreditunderlag till {receiver} får nästa nummer i serien och kan inte ändras eller tas bort. "
            "Det som krediteras blir åter utrymme under avtalets tak."
        )
        self.explained.setText(text.format(receiver=view.basis.receiver.name))
        self.whole.toggled.connect(lambda _on: self._follow())
        self.lines.changed.connect(self._follow)
        self._follow()
        self.code.setFocus()
        self.save.setEnabled(self.can_write)

    def content(self) -> QWidget:
        """Return what to credit above why."""
        self.lines = CreditLines(self._view)
        left = kronor(sum(self.lines.left.values()))
        self.whole = QRadioButton(_("&Allt som är kvar, {left}").format(left=left))
        self.some = QRadioButton(_("&Valda rader"))
        group = QButtonGroup(self)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.whole, self.some):
            group.addButton(button)
            column.addWidget(button)
        self.whole.setChecked(True)
        column.addWidget(self._lines(), 1)
        column.addWidget(self.form)
        self.code = QComboBox()
        self.code.addItem(_("Välj …"), 0)
        for reason in CreditReason:
            self.code.addItem(f"{reason.value}  {word('credit_reason', str(reason.value))}", reason.value)
        self.reason = typed(lambda: None)
        self._at_code, self._at_reason = Faulted(self.code), Faulted(self.reason)
        self.form.add(_("Kredit&skäl"), self._at_code)
        self.form.add(_("&Med egna ord"), self._at_reason)
        self.amount = self.tell(_("Krediteras"), "")
        return made

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields in their order."""
        return (*self.lines.amounts.values(), self._at_code, self._at_reason)

    def place_of(self, field: str) -> Faulted | None:
        """Return the field that a fault is of; the reasons are asked for once, whatever lines they are told of."""
        of = {"credit_reason": self._at_code, "reason": self._at_reason}
        parts = field.split(".")
        if parts[0] != "lines" or len(parts) == 1:
            return None
        return of.get(parts[-1]) or self.lines.amounts.get(int(parts[1]))

    def wanted(self) -> Lines:
        """Return what is to be credited as it is filled in."""
        amounts = self.lines.left if self.whole.isChecked() else self.lines.chosen()
        code = CreditReason(self.code.currentData())
        return tuple(CreditLine(line, amount, code, self.reason.text()) for line, amount in amounts.items())

    def try_to_save(self) -> None:
        """Go to what is wrong, else ask once more with the amount, and credit."""
        self.show_faults(())
        if not self.whole.isChecked() and not self.lines.check():
            return
        if not self.code.currentData():
            self._at_code.say(_("Välj ett av de nio kreditskälen."))
            self._at_code.setFocus()
            return
        self.save.setEnabled(False)
        work = partial(_lacking, self._view.basis.basis, self.wanted())
        self.runner.run(work, self._check, on_failed=self._refused)

    def work(self) -> Work:
        """Return what issues the credit note."""
        return partial(_credit, self._view.basis.basis, self.wanted())

    def _lines(self) -> QWidget:
        """Return the lines, which scroll where they are many, and are to be seen only when some are chosen."""
        if len(self.lines.left) <= _LINES_WITHOUT_SCROLLING:
            self._part: QWidget = self.lines
        else:
            self._part = scrolling(self.lines)
            self._part.setMinimumHeight(lines(self, 14))
        return self._part

    def _follow(self) -> None:
        self._part.setVisible(self.some.isChecked())
        amounts = self.lines.left if self.whole.isChecked() else self.lines.chosen()
        self.amount.setText(kronor(sum(amounts.values())))

    def _check(self, faults: tuple[FieldFault, ...]) -> None:
        self.save.setEnabled(True)
        self.show_faults(faults)
        if not faults:
            QTimer.singleShot(0, self, self._ask)  # once the store's thread is told to be idle

    def _ask(self) -> None:
        question = _("Kreditera {amount} av {number} till {receiver}? Det kan inte ångras.")
        told = question.format(
            amount=kronor(sum(one.amount for one in self.wanted())),
            number=self._view.basis.number,
            receiver=self._view.basis.receiver.name,
        )
        if messages.ask(self, told, yes=_("Kreditera")):
            super().try_to_save()


def _lacking(basis: int, wanted: Lines, workspace: Workspace, _progress: Progress) -> tuple[FieldFault, ...]:
    from kvalitetsapp.services import credit_notes

    return credit_notes.lacking(workspace, basis, wanted)


def _credit(basis: int, wanted: Lines, workspace: Workspace, _progress: Progress) -> IssueOutcome:
    from kvalitetsapp.services import credit_notes

    return credit_notes.issue(workspace, basis, wanted)
