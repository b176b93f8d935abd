"""Skickat: when, how, to whom and on what ground a document and its specification left the department."""

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

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.domain.provider_question import Ground
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.basis_steps import BasisOutcome
    from kvalitetsapp.services.workspace import Workspace


class BasisSentDialog(SavingDialog):
    """Asks for what the log of disclosures is to hold."""

    def __init__(self, runner: StoreRunner, view: BasisView, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Underlaget är skickat"), _("&Anteckna"), parent)
        self._view = view
        self.on = DayField()
        self.receiver = LimitedText(TextPart.RECEIVER)
        self.channel = LimitedText(TextPart.SENDING)
        self.ground = GroundField()
        self.explained.setText(
            _(
                "Specifikationen innehåller patientuppgifter. Utlämnandet antecknas i loggen för varje vårdkontakt "
                "och kan inte ändras. Underlagets krav blir skickade."
            )
        )
        for label, field in (
            (_("&Dag"), self.on),
            (_("&Till vem"), self.receiver),
            (_("&Hur"), self.channel),
            (_("&Grund för utlämnandet"), self.ground),
        ):
            self.form.add(label, field)
        self.receiver.set_text(view.basis.receiver.name)
        self.channel.set_hint(_("Till exempel säker e-post"))
        self.channel.setFocus()
        self.save.setEnabled(False)
        runner.run(_known, self._set_known)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.receiver, self.channel, self.ground)

    def work(self) -> Work:
        """Return what notes it."""
        told = self.ground.ground(), self.channel.text(), self.receiver.text(), self.on.day()
        return partial(_note, self._view, *told)

    def _set_known(self, known: tuple[tuple[Ground, ...], date]) -> None:
        grounds, today = known
        self.ground.offer(grounds)
        self.on.set_limits(self._view.basis.issued_on, today)
        self.on.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _known(workspace: Workspace, _progress: Progress) -> tuple[tuple[Ground, ...], date]:
    from kvalitetsapp.services import provider_questions

    return provider_questions.grounds(workspace), workspace.today


def _note(
    view: BasisView, ground: str, channel: str, receiver: str, day: date, workspace: Workspace, _progress: Progress
) -> BasisOutcome:
    from kvalitetsapp.services import basis_steps

    return basis_steps.mark_sent(workspace, view, ground=ground, channel=channel, receiver=receiver, day=day)
