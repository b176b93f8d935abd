"""Hur ofta: at most how many days may go between checks of the log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.log_checks import CheckOutcome
    from kvalitetsapp.services.workspace import Workspace


class LogCheckRuleDialog(SavingDialog):
    """Asks for the number of days."""

    def __init__(self, runner: StoreRunner, days: int, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Hur ofta loggen kontrolleras"), _("&Spara"), parent)
        self.days = DaysField(days)
        self.explained.setText(
            _("Kontrollerna ska vara återkommande. Är det längre sedan den senaste visas den som sen.")
        )
        self.form.add(_("&Dagar mellan kontroller, högst"), self.days)
        self.days.setFocus()

    def work(self) -> Work:
        """Return what keeps the number."""
        return partial(_set, self.days.days())


def _set(days: int, workspace: Workspace, _progress: Progress) -> CheckOutcome:
    from kvalitetsapp.services import log_checks

    return log_checks.set_rule(workspace, days)
