"""Ta emot paket: the password first, then what would happen, and only then it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import exchange_tables
from kvalitetsapp.gui.dialogs.form import passphrase_field
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.exchange_packages import TakenOutcome
    from kvalitetsapp.services.workspace import Workspace


class TakePackageDialog(MakingDialog):
    """Shows what a package would bring, and takes it when asked to a second time."""

    def __init__(self, runner: StoreRunner, path: Path, parent: QWidget | None = None) -> None:
        self.table = DataTable("exchange-account", key=("thing",))
        self.waiting = FactsView(_("Det som inte kan tas emot"))
        stopped = _("Avbrutet. Inget är mottaget.")
        super().__init__(runner, _("Ta emot paket"), _("&Visa vad som händer"), stopped, parent)
        self._path = path
        self._shown = False
        self.setMinimumSize(letters(self, 130), lines(self, 30))
        self.explained.setText(_("{file}: inget ändras förrän du har sett vad som händer.").format(file=path.name))
        self.password = passphrase_field()
        self.form.add(_("Paketets &lösenord"), self.password)
        self.table.view.setAccessibleName(_("Paketet mot det som finns här"))
        self.table.show_tools(on=False)
        self.table.set_table(exchange_tables.account({}))
        for widget in (self.table, self.waiting):
            widget.hide()
        self.password.setFocus()

    def beneath(self) -> tuple[QWidget, ...]:
        """Return the account, and what cannot be taken."""
        return (self.table, self.waiting)

    def work(self) -> Work:
        """Return what tries the package, or takes it once that has been seen."""
        return partial(_take if self._shown else _preview, self._path, self.password.text())

    def _done(self, outcome: object) -> None:
        if self._shown:
            super()._done(outcome)
            return
        self._operation = None
        self._show(outcome)  # type: ignore[arg-type]

    def _show(self, found: TakenOutcome) -> None:
        self._shown = True
        self.explained.setText(f"{found.origin} {found.said}")
        self.table.set_table(found.table)
        self.table.show()
        self.waiting.show_paragraphs([one.reason for one in found.held])
        self.waiting.setVisible(bool(found.held))
        self.password.setEnabled(False)
        self.save.setText(_("&Ta emot"))
        self.save.setEnabled(found.brings_something)
        self.table.view.setFocus()


def _preview(path: Path, password: str, workspace: Workspace, progress: Progress) -> TakenOutcome:
    from kvalitetsapp.services import exchange_packages

    return exchange_packages.preview(workspace, path, password, progress)


def _take(path: Path, password: str, workspace: Workspace, progress: Progress) -> TakenOutcome:
    from kvalitetsapp.services import exchange_packages

    return exchange_packages.take(workspace, path, password, progress)
