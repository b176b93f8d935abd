"""Prova att återställa: the passphrase that another computer would ask for, and then the drill."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs.form import passphrase_field
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.backup_drill import Drill
    from kvalitetsapp.services.workspace import Workspace


class BackupDrillDialog(MakingDialog):
    """Tries a backup out in a folder of its own, which is taken away afterwards."""

    def __init__(self, runner: StoreRunner, name: str, told: str, parent: QWidget | None = None) -> None:
        stopped = _("Avbrutet. Inget prov gjordes.")
        super().__init__(runner, _("Prova att återställa"), _("&Prova"), stopped, parent)
        self._name = name
        self.explained.setText(
            _(
                "Kopian öppnas i en tillfällig mapp, som en annan dator skulle öppna den. Där kontrolleras den, allt "
                "kopplas på nytt och summorna jämförs. Databasen rörs inte. Resultatet skrivs i loggen."
            )
        )
        self.tell(_("Kopia"), told)
        self.passphrase = passphrase_field()
        self.form.add(_("&Lösenfras"), self.passphrase)
        self.passphrase.setFocus()

    def work(self) -> Work:
        """Return what makes the drill."""
        return partial(_drill, self._name, self.passphrase.text())


def _drill(name: str, passphrase: str, workspace: Workspace, progress: Progress) -> Drill:
    from kvalitetsapp.services import backup_drill

    return backup_drill.drill(workspace, passphrase, name, progress=progress)
