"""Fakturanummer: what the finance system calls a document; one that is noted is corrected with a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.basis_steps import BasisOutcome
    from kvalitetsapp.services.workspace import Workspace


class LegalNumberDialog(SavingDialog):
    """Asks for the number, and why where there is one already."""

    def __init__(self, runner: StoreRunner, view: BasisView, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Fakturanummer"), _("&Anteckna"), parent)
        self._view = view
        self.number = CheckedText(self._lacking_in_number, at_once=True)
        self.reason = CheckedText(_lacking_in_reason, at_once=True)
        text = _("Det nummer som ekonomisystemet har gett {number}. En betalning hittar underlaget genom det.")
        self.explained.setText(text.format(number=view.basis.number))
        if view.legal_number:
            self.tell(_("Antecknat nu"), view.legal_number)
        self.form.add(_("&Fakturanummer"), self.number)
        self.form.add(_("&Varför det ändras"), self.reason)
        self.form.set_visible(self.reason, on=bool(view.legal_number))
        self.number.setFocus()
        self.save.setEnabled(runner.can_write)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.number, self.reason) if self._view.legal_number else (self.number,)

    def work(self) -> Work:
        """Return what notes the number."""
        return partial(_note, self._view, self.number.text(), self.reason.text())

    def _lacking_in_number(self, text: str) -> str:
        if not text.strip():
            return _("Skriv fakturanumret.")
        if text.strip() == self._view.legal_number:
            return _("Underlaget har redan fakturanumret {legal}.").format(legal=text.strip())
        return ""


def _lacking_in_reason(text: str) -> str:
    return reasons.wrong_with(text, _("Skriv varför. Skälet sparas i loggen."))


def _note(view: BasisView, told: str, reason: str, workspace: Workspace, _progress: Progress) -> BasisOutcome:
    from kvalitetsapp.services import basis_steps

    return basis_steps.write_legal_number(workspace, view, told, reason=reason)
