"""Skriv filer: where they go, and the password of the specification, which is used and forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import file_password
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.new_password import NewPassword
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.faulted import Faulted
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.basis_files import FilesOutcome
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "bases/folder"


class WriteBasisFilesDialog(FaultingDialog):
    """Asks for folder and password; a proposed password is shown here and nowhere else."""

    def __init__(self, runner: StoreRunner, view: BasisView, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Skriv underlagets filer"), _("&Skriv filerna"), parent)
        self._view = view
        self.setMinimumWidth(letters(self, 110))
        self.explained.setText(_told(view.basis.number))
        self.folder = CheckedFolder(FOLDER, _("Var ska filerna sparas?"))
        self.form.add(_("&Mapp"), self.folder)
        self.password = NewPassword(self.form)
        self.password.field.setFocus()
        self.save.setEnabled(self.can_write)

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields in their order."""
        return (self.folder, self.password.at_field, self.password.at_again)

    def place_of(self, field: str) -> Faulted | None:
        """Return the password where a fault is of it; the rules of the e-invoice stand at no field."""
        return self.password.at_field if field == "password" else None

    def in_words(self, fault: FieldFault) -> str:
        """Return a broken rule of the e-invoice with its name."""
        return f"{fault.field}: {fault.message}"

    def try_to_save(self) -> None:
        """Write the files, or go to the field that is wrong."""
        self.show_faults(())
        if not self.folder.check():
            self.folder.setFocus()
        elif not self.password.check_same():
            self.password.setFocus()
        else:
            super().try_to_save()

    def work(self) -> Work:
        """Return what writes the files."""
        return partial(_write, self._view, self.folder.path(), self.password.text())

    def _done(self, outcome: object) -> None:
        if not getattr(outcome, "faults", ()):
            self.folder.remember()
        super()._done(outcome)


def _told(basis_number: str) -> str:
    files = ", ".join(f"{basis_number}{kind}" for kind in (".pdf", ".csv", ".xlsx"))
    text = _(
        "Underlaget skrivs som {files}, och som e-faktura när programmet skriver en. De innehåller inga "
        "patientuppgifter. Specifikationen, {number}-specifikation.pdf, krypteras med lösenordet. Det ska ha "
        "minst {n} tecken. Det sparas inte: lämna det till vårdgivaren på ett annat sätt än filen."
    )
    return text.format(files=files, number=basis_number, n=file_password.SHORTEST)


def _write(view: BasisView, folder: Path, password: str, workspace: Workspace, _progress: Progress) -> FilesOutcome:
    from kvalitetsapp.services import basis_files

    return basis_files.write(workspace, view, folder, password)
