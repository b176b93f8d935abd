"""A user's own indicator taken out of use, for a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain import reasons
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.indicators import OwnOutcome
    from kvalitetsapp.services.workspace import Workspace


class WithdrawIndicatorDialog(SavingDialog):
    """Asks why; the versions stay in the history, and the step can be undone."""

    def __init__(self, runner: StoreRunner, indicator_id: str, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Dra tillbaka indikatorn"), _("&Dra tillbaka"), parent)
        self.indicator_id = indicator_id
        self.explained.setText(
            _("Indikatorn försvinner ur listan. Alla versioner finns kvar, och steget går att ångra.")
        )
        self.reason = CheckedText(lambda text: reasons.wrong_with(text, _("Skriv varför receptet ändras.")))
        self.form.add(_("&Varför dras den tillbaka?"), self.reason)

    def checked(self) -> tuple[CheckedText, ...]:
        """Return the field of the reason."""
        return (self.reason,)

    def work(self) -> Work:
        """Return what withdraws the indicator."""
        return partial(_withdraw, self.indicator_id, self.reason.text())


def _withdraw(indicator_id: str, reason: str, workspace: Workspace, _progress: Progress) -> OwnOutcome:
    from kvalitetsapp.services import indicators

    return indicators.withdraw_own(workspace, indicator_id, reason)
