"""Skapa paket: where the package goes and the password that opens it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import file_password
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.widgets.checked_folder import CheckedFolder
from kvalitetsapp.gui.widgets.new_password import NewPassword
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.exchange_packages import MadeOutcome
    from kvalitetsapp.services.workspace import Workspace

FOLDER: Final = "exchange/folder"


class MakePackageDialog(MakingDialog):
    """Writes every decision and claim as a package for another store."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Skapa paket"), _("&Skapa paketet"), _("Avbrutet. Inget paket skrevs."), parent)
        self.explained.setText(
            _(
                "Paketet innehåller alla beslut, krav, underlag och betalningar med sin historik, men inga inlästa "
                "data. Det krypteras med lösenordet, som ska ha minst {n} tecken. Lösenordet sparas inte: lämna det "
                "till mottagaren på ett annat sätt än filen."
            ).format(n=file_password.SHORTEST)
        )
        self.folder = CheckedFolder(FOLDER, _("Var ska paketet sparas?"))
        self.form.add(_("M&app"), self.folder)
        self.password = NewPassword(self.form)
        self.password.field.setFocus()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.folder, self.password)

    def work(self) -> Work:
        """Return what writes the package."""
        today = date.today().isoformat()  # noqa: DTZ011 - the day on the wall where the user sits
        return partial(_make, self.folder.path() / f"utbyte-{today}.kvpaket", self.password.text())

    def _done(self, outcome: object) -> None:
        self.folder.remember()
        super()._done(outcome)


def _make(out: Path, password: str, workspace: Workspace, _progress: Progress) -> MadeOutcome:
    from kvalitetsapp.services import exchange_packages

    return exchange_packages.make(workspace, out, password)
