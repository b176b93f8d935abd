"""A whole store on its way to another computer: packed here, received there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kvalitetsapp import settings
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import PathField, passphrase_field
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.widgets.new_passphrase import NewPassphrase
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.store_export import Exported
    from kvalitetsapp.services.workspace import Workspace


class ExportStoreDialog(MakingDialog):
    """Writes the whole store into one file, sealed with a passphrase for the journey."""

    def __init__(self, runner: StoreRunner, proposed: Path, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Ingen fil skrevs.")
        super().__init__(runner, _("Exportera hela databasen"), _("E&xportera"), stopped, parent)
        self.explained.setText(
            _(
                "Allt i databasen skrivs i en krypterad fil, för en annan dator. Den som tar emot den blir ensam "
                "användare där. Lämna lösenfrasen på annat sätt än filen. Exporten skrivs i loggen."
            )
        )
        self.path = PathField(self._choose)
        self.path.set_path(proposed)
        self.form.add(_("&Spara i"), self.path)
        self.passphrase = NewPassphrase(self.form, _("&Lösenfras för resan"), lambda: (self.path.path().stem,))
        self.passphrase.setFocus()

    def try_to_save(self) -> None:
        """Export, if the passphrase can be used."""
        if self.passphrase.check():
            super().try_to_save()
        else:
            self.passphrase.setFocus()

    def work(self) -> Work:
        """Return what writes the file."""
        return partial(_export, self.path.path(), self.passphrase.text())

    def _choose(self) -> str:
        return messages.choose_new_file(
            self, _("Var ska exporten sparas?"), self.path.path(), _("Exporterade databaser (*.kvexport)")
        )


class ReceiveStoreDialog(MakingDialog):
    """Makes a new store of a file that came from another computer; `received` tells which, and its passphrase."""

    received = Signal(Path, str)

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Ingen databas skapades.")
        super().__init__(runner, _("Ta emot en databas"), _("&Ta emot"), stopped, parent)
        self.explained.setText(
            _(
                "En ny databas görs av filen, med dig som ensam användare och med en lösenfras som bara du har. "
                "De som var användare där den kom ifrån följer inte med."
            )
        )
        self.file = PathField(self._choose_file)
        self.journey = passphrase_field()
        self.path = PathField(self._choose_path)
        self.path.set_path(settings.data_dir() / f"mottagen{settings.STORE_SUFFIX}")
        self.user, self.unit = QLineEdit(), QLineEdit()
        for label, field in (
            (_("&Fil"), self.file),
            (_("Lösenfras för &resan"), self.journey),
            (_("&Spara i"), self.path),
            (_("Ditt &namn"), self.user),
            (_("Din en&het"), self.unit),
        ):
            self.form.add(label, field)
        self.passphrase = NewPassphrase(
            self.form, _("Din &lösenfras"), lambda: (self.user.text(), self.unit.text(), self.path.path().stem)
        )
        self.file.setFocus()

    def try_to_save(self) -> None:
        """Receive, if the new passphrase can be used."""
        if self.passphrase.check():
            super().try_to_save()
        else:
            self.passphrase.setFocus()

    def start(self) -> None:
        """Make the store: none is open here."""
        self.save.setEnabled(False)
        told = (self.file.path(), self.path.path(), self.journey.text(), self.passphrase.text())
        who = (self.user.text().strip() or None, self.unit.text().strip())
        self._operation = self.runner.run_outside(
            partial(_receive, told, who), self._done, label=_("Tar emot databasen"), on_failed=self._refused
        )
        self.progress.follow(self._operation)

    def _done(self, outcome: object) -> None:
        self.received.emit(self.path.path(), self.passphrase.text())
        super()._done(outcome)

    def _choose_file(self) -> str:
        return messages.choose_file(
            self, _("Välj filen som kom"), str(Path.home()), _("Exporterade databaser (*.kvexport)")
        )

    def _choose_path(self) -> str:
        return messages.choose_new_file(self, _("Var ska databasen ligga?"), self.path.path(), _("Databaser (*.kvdb)"))


def _export(path: Path, passphrase: str, workspace: Workspace, progress: Progress) -> Exported:
    from kvalitetsapp.services import store_export

    return store_export.export_store(workspace, path, passphrase, progress)


def _receive(told: tuple[Path, Path, str, str], who: tuple[str | None, str], progress: Progress) -> None:
    from kvalitetsapp.services import store_export

    source, path, journey, own = told
    user, unit = who
    store_export.import_store(source, path, journey, own, user=user, unit=unit, progress=progress)
