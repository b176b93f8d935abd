"""Recipes as files: saved for others, and taken in from them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.indicators import ImportedIndicators
    from kvalitetsapp.services.workspace import Workspace

    Told = Callable[[str], None]


def save_recipe(parent: QWidget, runner: StoreRunner, indicator_id: str, told: Told) -> None:
    """Let the user say where, and write a recipe there as TOML."""
    chosen = messages.choose_new_file(parent, _("Spara receptet"), Path(f"{indicator_id}.toml"), _("Recept (*.toml)"))
    if chosen:
        runner.run(
            partial(_export, indicator_id, Path(chosen)), lambda out: told(_("Sparat: {file}").format(file=out.name))
        )


def import_recipes(parent: QWidget, runner: StoreRunner, told: Told) -> None:
    """Let the user choose a file of recipes, say why, and take it in."""
    chosen = messages.choose_file(parent, _("Läs in recept"), "", _("Recept (*.toml)"))
    if chosen:
        dialog = ImportRecipesDialog(runner, Path(chosen), parent)
        dialog.saved.connect(lambda done: told(_told(done)))
        dialog.open()


class ImportRecipesDialog(SavingDialog):
    """Asks why a file of recipes is taken in; what is wrong with the recipes stands in the dialog."""

    def __init__(self, runner: StoreRunner, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Läs in recept"), _("&Läs in"), parent)
        self.path = path
        self.explained.setText(
            _("Recepten i {file} blir era egna indikatorer. Ett som finns får en ny version.").format(file=path.name)
        )
        self.reason = CheckedText(lambda text: reasons.wrong_with(text, _("Skriv varför receptet ändras.")))
        self.form.add(_("&Varför läses de in?"), self.reason)

    def checked(self) -> tuple[CheckedText, ...]:
        """Return the field of the reason."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what takes the file in."""
        return partial(_import, self.path, self.reason.text())

    def _done(self, outcome: object) -> None:
        faults = getattr(outcome, "faults", ())
        if faults:
            self.save.setEnabled(True)
            self.say("\n".join(one.told() for one in faults))
            return
        super()._done(outcome)


def _told(done: ImportedIndicators) -> str:
    n = len(done.added) + len(done.changed)
    if not n:
        return _("Alla recept i filen fanns redan, oförändrade")
    return ngettext("{n} recept är inläst", "{n} recept är inlästa", n).format(n=number(n))


def _export(indicator_id: str, out: Path, workspace: Workspace, _progress: Progress) -> Path:
    from kvalitetsapp.services import indicators

    return indicators.export(workspace, [indicator_id], out)


def _import(path: Path, reason: str, workspace: Workspace, _progress: Progress) -> ImportedIndicators:
    from kvalitetsapp.services import indicators

    return indicators.import_file(workspace, path, reason)
