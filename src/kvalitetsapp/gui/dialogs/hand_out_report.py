"""Spara igen: to whom a final report leaves once more, what for, and where its file is put."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.report_order_form import FOLDER, title
from kvalitetsapp.services.releases import Receiver
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.final_report import FinalReport
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class HandOutReportDialog(SavingDialog):
    """Asks for the receiver of a final report that may leave; the log of what has left gets another row."""

    def __init__(self, runner: StoreRunner, final: FinalReport, about: str, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Lämna ut rapporten igen"), _("&Spara"), parent)
        self._final = final
        self.explained.setText(
            _(
                "Filen blir densamma, byte för byte, som när rapporten fastställdes. Mottagare och syfte skrivs i "
                "loggen på fliken Utlämnat."
            )
        )
        self.tell(_("Rapport"), f"{final.number} · {title(final.kind, about)}")
        self.receiver = CheckedText(_lacking_receiver)
        self.purpose = QLineEdit()
        self.folder = CheckedFolder(FOLDER, _("Var ska rapporten sparas?"))
        for label, field in (
            (_("&Mottagare"), self.receiver),
            (_("S&yfte"), self.purpose),
            (_("M&app"), self.folder),
        ):
            self.form.add(label, field)
        self.receiver.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.receiver, self.folder)

    def work(self) -> Work:
        """Return what writes the file."""
        receiver = Receiver(self.receiver.text(), self.purpose.text().strip())
        return partial(hand_out, self._final.number, self.folder.path() / self._final.file_name, receiver)

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def hand_out(number: str, out: Path, receiver: Receiver, workspace: Workspace, _progress: Progress) -> Path:
    """Write a final report again; one that may leave is logged with its receiver."""
    from kvalitetsapp.services import final_reports

    return final_reports.hand_out(workspace, number, out, receiver)


def _lacking_receiver(text: str) -> str:
    return "" if text else _("Skriv vem som får rapporten.")
