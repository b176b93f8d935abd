"""Skriv filer: where they go, and the password of the specification, which is used and forgotten."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.domain import file_password
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.dialogs.form import PathField, passphrase_field
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
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
        self.folder = PathField(self._choose_folder)
        self.folder.set_path(Path(recall(FOLDER) or str(Path.home())))
        self.password, self.again = passphrase_field(), passphrase_field()
        self.propose = QPushButton(_("&Föreslå lösenord"))
        self.proposed = PlainLabel()
        self.copy = QPushButton(_("K&opiera"))
        self._at_folder, self._at_again = Faulted(self.folder), Faulted(self.again)
        self._at_password = Faulted(self.password)
        self._arrange()
        self.propose.clicked.connect(self._propose)
        self.password.textEdited.connect(lambda _text: self._forget_proposed())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.proposed.text()))
        self.password.setFocus()
        self.save.setEnabled(self.can_write)

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields in their order."""
        return (self._at_folder, self._at_password, self._at_again)

    def place_of(self, field: str) -> Faulted | None:
        """Return the password where a fault is of it; the rules of the e-invoice stand at no field."""
        return self._at_password if field == "password" else None

    def in_words(self, fault: FieldFault) -> str:
        """Return a broken rule of the e-invoice with its name."""
        return f"{fault.field}: {fault.message}"

    def try_to_save(self) -> None:
        """Write the files, or go to the field that is wrong."""
        self.show_faults(())
        if not (self.folder.text.text().strip() and self.folder.path().is_dir()):
            self._at_folder.say(_("Mappen finns inte. Välj en mapp."))
            self._at_folder.setFocus()
        elif self.password.text() != self.again.text():
            self._at_again.say(_("Lösenorden är olika. Skriv samma två gånger."))
            self._at_again.setFocus()
        else:
            super().try_to_save()

    def work(self) -> Work:
        """Return what writes the files."""
        return partial(_write, self._view, self.folder.path(), self.password.text())

    def _arrange(self) -> None:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        self.proposed.setObjectName("sectionTitle")
        for widget in (self.propose, self.proposed, self.copy):
            row.addWidget(widget)
        row.addStretch(1)
        self.copy.hide()
        for button in (self.propose, self.copy, self.folder.button):
            button.setAutoDefault(False)  # Return in a field is to write
        for label, field in (
            (_("&Mapp"), self._at_folder),
            (_("&Lösenord"), self._at_password),
            (_("Lösenordet &igen"), self._at_again),
            ("", shown),
        ):
            self.form.add(label, field)

    def _propose(self) -> None:
        self.show_faults(())
        password = file_password.generated()
        for field in (self.password, self.again):
            field.setText(password)
        self.proposed.setText(password)
        self.proposed.setAccessibleName(_("Föreslaget lösenord: {password}").format(password=password))
        self.copy.show()
        self.copy.setFocus()

    def _forget_proposed(self) -> None:
        """Show no password that is not the one that is used."""
        self.proposed.clear()
        self.copy.hide()

    def _choose_folder(self) -> str:
        return messages.choose_folder(self, _("Var ska filerna sparas?"), str(self.folder.path()))

    def _done(self, outcome: object) -> None:
        if not getattr(outcome, "faults", ()):
            remember(FOLDER, str(self.folder.path()))
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
