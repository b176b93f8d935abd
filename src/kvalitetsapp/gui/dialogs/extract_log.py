"""Loggutdrag: what a patient gets of the log, as PDF and CSV; it is logged as the disclosure that it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox

from kvalitetsapp.domain.provider_question import TextPart, lacking_in
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.log_extracts import ExtractOrder, ExtractOutcome
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "log/folder"


class ExtractLogDialog(MakingDialog):
    """Writes the extract of the patient that is filled in."""

    def __init__(self, runner: StoreRunner, patient: str, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Inget utdrag skrevs.")
        super().__init__(runner, _("Loggutdrag"), _("S&kriv utdraget"), stopped, parent)
        self.patient = CheckedText(_lacking_patient, width=24)
        self.whole = QCheckBox(_("&Hela loggen"))
        self.first, self.last = DayField(), DayField()
        self.with_names = QCheckBox(_("Ta med &namnen på dem som har haft åtkomst"))
        self.receiver = CheckedText(_lacking_receiver)
        self.with_csv = QCheckBox(_("Skriv också en &CSV-fil"))
        self.folder = CheckedFolder(FOLDER, _("Var ska utdraget sparas?"))
        self._fill(patient)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.patient, self.receiver, self.folder)

    def work(self) -> Work:
        """Return what writes the extract."""
        days = (None, None) if self.whole.isChecked() else (self.first.day(), self.last.day())
        told = (self.patient.text(), *days, self.with_names.isChecked(), self.receiver.text())
        return partial(_write, told, self.folder.path(), self.with_csv.isChecked())

    def _fill(self, patient: str) -> None:
        self.explained.setText(
            _(
                "Utdraget visar när någon har haft åtkomst till patientens uppgifter och vid vilken enhet (8 kap. 5 § "
                "patientdatalagen). Det antecknas som ett utlämnande. Filernas namn innehåller inget personnummer."
            )
        )
        self.patient.set_text(patient)
        self.receiver.set_text(_("Patienten"))
        self.whole.setChecked(True)
        today = QDate.currentDate()
        self.first.setDate(today.addYears(-1))
        self.last.setDate(today)
        for label, field in (
            (_("&Patient"), self.patient),
            (_("Period"), self.whole),
            (_("&Från"), self.first),
            (_("&Till och med"), self.last),
            (_("Namn"), self.with_names),
            (_("&Mottagare"), self.receiver),
            (_("Filer"), self.with_csv),
            (_("M&app"), self.folder),
        ):
            self.form.add(label, field)
        self.whole.toggled.connect(self._show_days)
        self._show_days(whole=True)
        self.patient.setFocus()

    def _show_days(self, whole: bool) -> None:
        for field in (self.first, self.last):
            self.form.set_visible(field, on=not whole)

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def _lacking_patient(text: str) -> str:
    return "" if text else _("Skriv patientens personnummer.")


def _lacking_receiver(text: str) -> str:
    return lacking_in(text, TextPart.RECEIVER)


def _write(
    told: tuple[str, date | None, date | None, bool, str],
    folder: Path,
    with_csv: bool,
    workspace: Workspace,
    progress: Progress,
) -> ExtractOutcome:
    from kvalitetsapp.services import log_extracts

    order: ExtractOrder = log_extracts.ExtractOrder(*told)
    pdf = folder / log_extracts.file_name(workspace, "pdf")
    csv = folder / log_extracts.file_name(workspace, "csv") if with_csv else None
    return log_extracts.write(workspace, order, pdf, csv, progress=progress)
