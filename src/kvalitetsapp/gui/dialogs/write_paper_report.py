"""A working paper as PDF: where the file is put, how small numbers are treated, and who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.report_order_form import FOLDER, title
from kvalitetsapp.gui.widgets.small_numbers_choice import SmallNumbersChoice
from kvalitetsapp.services.releases import NOBODY, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """The report that was written, and what to say of it."""

    path: Path
    said: str


class WritePaperReportDialog(SavingDialog):
    """Writes the report of a kind on a paper by its subject, and its tables as a workbook where wanted."""

    def __init__(
        self, runner: StoreRunner, kind: ReportKind, subject: str, about: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, word("report_kind", kind), _("&Skapa"), parent)
        self._kind, self._subject, self._about = kind, subject, about
        self.tell(_("Rapport"), title(kind, about))
        self.folder = CheckedFolder(FOLDER, _("Var ska rapporten sparas?"))
        self.workbook = QCheckBox(_("Skriv också &Excel-fil med tabellerna"))
        self.small_numbers = SmallNumbersChoice()
        self.receiver = QLineEdit()
        self.purpose = QLineEdit()
        for label, field in (
            (_("M&app"), self.folder),
            ("", self.workbook),
            (_("Små &tal"), self.small_numbers),
            (_("&Mottagare"), self.receiver),
            (_("S&yfte"), self.purpose),
        ):
            self.form.add(label, field)
        self.small_numbers.chosen.connect(self._fit)
        self._fit()
        self.folder.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.folder,)

    def work(self) -> Work:
        """Return what writes the files."""
        receiver = Receiver(self.receiver.text().strip(), self.purpose.text().strip()) if self._leaves else NOBODY
        order = Order(self._kind, self._subject, self.small_numbers.mode, receiver)
        out = self.folder.path() / of_report(self._about, self._kind)
        return partial(_write, order, out, out.with_suffix(".xlsx") if self.workbook.isChecked() else None)

    @property
    def _leaves(self) -> bool:
        return self.small_numbers.mode is not SmallNumbers.OPEN

    def _fit(self) -> None:
        for field in (self.receiver, self.purpose):
            self.form.set_visible(field, on=self._leaves)

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def _write(order: Order, out: Path, workbook: Path | None, workspace: Workspace, progress: Progress) -> Written:
    from kvalitetsapp.services import reports

    reports.write(workspace, order, out, workbook, progress=progress)
    return Written(out, _("Sparat: {file}").format(file=out.name))
