"""Ärendebilaga: whose cases go to whom and on what ground, how patients are told, and the password."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kvalitetsapp.domain import file_password
from kvalitetsapp.domain.case_annex import NUMBERS_WORDS, PersonalNumbers
from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.ground_field import GroundField
from kvalitetsapp.gui.widgets.limited_text import LimitedText
from kvalitetsapp.gui.widgets.new_password import NewPassword
from kvalitetsapp.gui.widgets.report_order_form import FOLDER
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.provider_question import Ground
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.case_annex import AnnexOutcome
    from kvalitetsapp.services.workspace import Workspace

    Told = tuple[str, str, str, PersonalNumbers]
    Basis = tuple[list[tuple[str, str]], tuple[Ground, ...]]


class WriteCaseAnnexDialog(MakingDialog):
    """Writes the annex, and by that logs it as disclosed; proposes the provider that was reported on, "" for none."""

    def __init__(self, runner: StoreRunner, provider_id: str, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Ingen bilaga skrevs.")
        super().__init__(runner, _("Ärendebilaga"), _("&Skriv bilagan"), stopped, parent)
        self._proposed = provider_id
        self.setMinimumWidth(letters(self, 110))
        self.explained.setText(_told())
        self.provider = QComboBox()
        self.receiver = LimitedText(TextPart.RECEIVER)
        self.ground = GroundField()
        self.numbers = QComboBox()
        for numbers in PersonalNumbers:
            self.numbers.addItem(_(NUMBERS_WORDS[numbers]), numbers)
        for choice in (self.provider, self.numbers):
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.folder = CheckedFolder(FOLDER, _("Var ska bilagan sparas?"))
        for label, field in (
            (_("Vår&dgivare"), self.provider),
            (_("&Mottagare"), self.receiver),
            (_("&Grund för utlämnandet"), self.ground),
            (_("&Personnummer"), self.numbers),
            (_("M&app"), self.folder),
        ):
            self.form.add(label, field)
        self.password = NewPassword(self.form, self._known)
        self.provider.setFocus()
        self.save.setEnabled(False)
        runner.run(_basis, self._set_basis)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.receiver, self.ground, self.folder, self.password)

    def work(self) -> Work:
        """Return what writes the annex."""
        numbers = PersonalNumbers(self.numbers.currentData())
        provider_id = str(self.provider.currentData())
        told = (provider_id, self.receiver.text().strip(), self.ground.ground(), numbers)
        out = self.folder.path() / of_report(self.provider.currentText(), ReportKind.CASES)
        return partial(_write, told, out, self.password.text())

    def _known(self) -> tuple[str, str]:
        """Return what stands on the annex."""
        return (self.provider.currentText(), self.receiver.text())

    def _set_basis(self, basis: Basis) -> None:
        providers, grounds = basis
        for provider_id, name in providers:
            self.provider.addItem(name, provider_id)
        self.provider.setCurrentIndex(max(0, self.provider.findData(self._proposed)))
        self.ground.offer(grounds)
        can_write = self.runner.store is not None and not self.runner.store.read_only
        self.save.setEnabled(can_write and bool(providers))

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def _told() -> str:
    return _(
        "Bilagan visar vårdgivarens händelser en för en och är konfidentiell. Utlämnandet antecknas för varje "
        "vårdkontakt i den. Filen krypteras med lösenordet, som ska ha minst {n} tecken. Det sparas inte: lämna det "
        "till mottagaren på ett annat sätt än filen."
    ).format(n=file_password.SHORTEST)


def _basis(workspace: Workspace, _progress: Progress) -> Basis:
    from kvalitetsapp.services import overview, provider_questions

    return overview.provider_names(workspace), provider_questions.grounds(workspace)


def _write(told: Told, out: Path, password: str, workspace: Workspace, progress: Progress) -> AnnexOutcome:
    from kvalitetsapp.services import case_annex

    return case_annex.write(workspace, case_annex.AnnexOrder(*told), out, password, progress=progress)
