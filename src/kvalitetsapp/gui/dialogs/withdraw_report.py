"""Återkalla: why a final report is no longer in effect."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.final_report import FinalReport
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.final_reports import FinalOutcome
    from kvalitetsapp.services.workspace import Workspace


class WithdrawReportDialog(SavingDialog):
    """Asks for the reason, and says that it cannot be undone."""

    def __init__(self, runner: StoreRunner, final: FinalReport, about: str, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Återkalla rapport"), _("Å&terkalla"), parent)
        self._number = final.number
        self.reason = CheckedText(_lacking, rows=3)
        self.explained.setText(
            _(
                "Rapporten gäller inte längre, men finns kvar med skälet. Det kan inte ångras. "
                "Säg också till dem som har fått den."
            )
        )
        self.tell(_("Rapport"), f"{final.number}: {about}")
        signed = f"{final.signature.by}, {final.signature.role}, {to_the_minute(final.signature.at)}"
        self.tell(_("Fastställd av"), signed)
        self.form.add(_("&Varför"), self.reason)
        self.reason.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what takes the report out of effect."""
        return partial(_withdraw, self._number, self.reason.text())


def _lacking(text: str) -> str:
    return reasons.wrong_with(text, _("Ange varför rapporten återkallas."))


def _withdraw(number: str, because: str, workspace: Workspace, _progress: Progress) -> FinalOutcome:
    from kvalitetsapp.services import final_reports

    return final_reports.withdraw(workspace, number, because=because)
