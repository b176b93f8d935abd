"""A difference on an issued claim that is left as it is, with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.correction import Correction
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace


class LeaveCorrectionDialog(SavingDialog):
    """Asks why a claim is left as it is although its event would give another amount now."""

    def __init__(self, runner: StoreRunner, correction: Correction, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Lämna som det är"), _("&Lämna som det är"), parent)
        self._correction = correction
        self.reason = CheckedText(_lacking, at_once=True)
        self.explained.setText(
            _("Varken kredit eller tilläggskrav görs. Beslutet gäller tills skillnaden blir en annan.")
        )
        self.tell(_("Krav"), f"{correction.number}, {_('rad {line}').format(line=correction.line)}")
        self.tell(_("Krävt"), kronor(correction.net))
        self.tell(_("Kan krävas nu"), f"{kronor(correction.allowed)}, {correction.why}")
        self.form.add(_("&Varför"), self.reason)
        self.reason.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what keeps the decision."""
        return partial(_leave, self._correction.claim, self._correction.line, self.reason.text())


def _lacking(text: str) -> str:
    return reasons.wrong_with(text, _("Skriv varför. Skälet sparas i loggen."))


def _leave(claim: int, line: int, reason: str, workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_corrections

    return claim_corrections.leave(workspace, claim, line, reason)
