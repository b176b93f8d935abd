"""Klar: on which day an action that was agreed on was done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.provider_note import NoteOnProvider
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_notes import NoteOutcome
    from kvalitetsapp.services.workspace import Workspace


class NoteDoneDialog(SavingDialog):
    """Asks for the day."""

    def __init__(self, runner: StoreRunner, action: NoteOnProvider, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Åtgärden är klar"), _("&Spara"), parent)
        self._note = action.note
        self.day = DayField()
        self.explained.setText(_("Dagen står i vårdgivarens rapport. Skriv gärna också en uppföljning."))
        self.tell(_("Åtgärd"), action.text)
        self.tell(_("Ansvarig"), action.responsible or NOTHING)
        self.form.add(_("&Klar"), self.day)
        self.day.setFocus()
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def work(self) -> Work:
        """Return what keeps the day."""
        return partial(_done, self._note, self.day.day())

    def _set_today(self, today: date) -> None:
        self.day.set_limits(None, today)
        self.day.set_day(today)
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _done(note: int, day: date, workspace: Workspace, _progress: Progress) -> NoteOutcome:
    from kvalitetsapp.services import provider_notes

    return provider_notes.done(workspace, note, day)
