"""Another last day for an answer, or none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_questions import QuestionOutcome
    from kvalitetsapp.services.workspace import Workspace


class NewDeadlineDialog(SavingDialog):
    """Asks for the day."""

    def __init__(self, runner: StoreRunner, question: ProviderQuestion, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Ändra svarsdag"), _("&Ändra"), parent)
        self._question = question
        self.deadline = DayField()
        self.no_deadline = QCheckBox(_("&Utan svarsdag"))
        text = _("Fråga nr {number} till {provider}. Säg också till vårdgivaren.")
        self.explained.setText(text.format(number=question.question_id, provider=question.provider))
        self.form.add(_("S&var senast"), self.deadline)
        self.form.add("", self.no_deadline)
        self.no_deadline.toggled.connect(lambda on: self.deadline.setEnabled(not on))
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def work(self) -> Work:
        """Return what changes the day."""
        return partial(
            _change, self._question.question_id, None if self.no_deadline.isChecked() else self.deadline.day()
        )

    def _set_today(self, today: date) -> None:
        self.deadline.set_limits(today, None)
        self.deadline.set_day(max(self._question.deadline or today, today))
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _change(number: int, deadline: date | None, workspace: Workspace, _progress: Progress) -> QuestionOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.change_deadline(workspace, number, deadline)
