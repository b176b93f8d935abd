"""A disclosure that was no question: what, to whom, when and on what ground."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.ground_field import GroundField
from kvalitetsapp.gui.widgets.limited_text import LimitedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.provider_question import Ground
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_questions import DisclosureOutcome
    from kvalitetsapp.services.workspace import Workspace


class LogDisclosureDialog(SavingDialog):
    """Asks for what the log is to hold."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Anteckna utlämnande"), _("&Anteckna"), parent)
        self.what = LimitedText(TextPart.DISCLOSED, rows=3)
        self.receiver = LimitedText(TextPart.RECEIVER)
        self.on = DayField()
        self.ground = GroundField()
        self.explained.setText(
            _("Det som antecknas går inte att ändra. Skriv vad som lämnades ut, inte uppgifterna själva.")
        )
        for label, field in (
            (_("&Vad"), self.what),
            (_("&Till vem"), self.receiver),
            (_("&Dag"), self.on),
            (_("&Grund för utlämnandet"), self.ground),
        ):
            self.form.add(label, field)
        self.what.setFocus()
        self.save.setEnabled(False)
        runner.run(_basis, self._set_basis)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.what, self.receiver, self.ground)

    def work(self) -> Work:
        """Return what logs the disclosure."""
        return partial(_log, self.what.text(), self.receiver.text(), self.on.day(), self.ground.ground())

    def _set_basis(self, basis: tuple[tuple[Ground, ...], date]) -> None:
        grounds, today = basis
        self.ground.offer(grounds)
        self.on.set_limits(None, today)
        self.on.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _basis(workspace: Workspace, _progress: Progress) -> tuple[tuple[Ground, ...], date]:
    from kvalitetsapp.services import provider_questions

    return provider_questions.grounds(workspace), workspace.today


def _log(
    what: str, receiver: str, day: date, ground: str, workspace: Workspace, _progress: Progress
) -> DisclosureOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.log_disclosure(workspace, what, receiver, day, ground)
