"""Protokoll som PDF: how small numbers are treated, who gets it, and where the file is put."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.report_order_form import FOLDER
from kvalitetsapp.gui.widgets.small_numbers_choice import SmallNumbersChoice
from kvalitetsapp.services.releases import Receiver
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class PrintMinutesDialog(SavingDialog):
    """Asks how the minutes of a meeting are to be written; the receiver only where they may leave."""

    def __init__(self, runner: StoreRunner, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Protokoll som PDF"), _("&Skriv protokollet"), parent)
        self._paper = paper
        self.explained.setText(
            _(
                "Protokollet har siffrorna från dagen då avstämningen hölls. Döljs små tal står dagens siffror inte "
                "bredvid, och det som lämnas ut skrivs i loggen på fliken Utlämnat."
            )
        )
        self.small_numbers = SmallNumbersChoice()
        self.receiver, self.purpose = QLineEdit(), QLineEdit()
        self.folder = CheckedFolder(FOLDER, _("Var ska protokollet sparas?"))
        for label, field in (
            (_("S&må tal"), self.small_numbers),
            (_("M&ottagare"), self.receiver),
            (_("S&yfte"), self.purpose),
            (_("M&app"), self.folder),
        ):
            self.form.add(label, field)
        self.small_numbers.chosen.connect(self._fit)
        self._fit()
        self.small_numbers.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the field that may be wrong."""
        return (self.folder,)

    def work(self) -> Work:
        """Return what writes the file."""
        mode = self.small_numbers.mode
        leaves = mode is not SmallNumbers.OPEN
        receiver = Receiver(self.receiver.text().strip(), self.purpose.text().strip()) if leaves else Receiver()
        out = self.folder.path() / of_report(self._paper.title, ReportKind.MINUTES)
        return partial(_write, self._paper, out, mode, receiver)

    def _fit(self) -> None:
        leaves = self.small_numbers.mode is not SmallNumbers.OPEN
        for field in (self.receiver, self.purpose):
            self.form.set_visible(field, on=leaves)

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def _write(
    paper: Paper, out: Path, mode: SmallNumbers, receiver: Receiver, workspace: Workspace, _progress: Progress
) -> Path:
    from kvalitetsapp.services import minutes

    return minutes.write(workspace, paper.paper, out, version=paper.version, small_numbers=mode, receiver=receiver)
