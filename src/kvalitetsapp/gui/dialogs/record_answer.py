"""The answer to a question, or a correction of it, and the comment that the provider wants printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvalitetsapp.domain.provider_question import TextPart
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.day_field import DayField
from kvalitetsapp.gui.widgets.limited_text import LimitedText
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_questions import QuestionOutcome
    from kvalitetsapp.services.workspace import Workspace


class RecordAnswerDialog(SavingDialog):
    """Shows the question above the fields; an answer that is there already is corrected."""

    def __init__(self, runner: StoreRunner, question: ProviderQuestion, parent: QWidget | None = None) -> None:
        corrects = question.answered_on is not None
        title = _("Rätta svaret") if corrects else _("Spara svar")
        super().__init__(runner, title, _("&Spara svaret"), parent)
        self._question = question
        self.answered_on = DayField()
        self.answer = LimitedText(TextPart.ANSWER, rows=5)
        self.comment = LimitedText(TextPart.COMMENT, rows=3, required=False)
        self.explained.setText(
            _(
                "Skriv svaret kort, utan personnummer. Kommentaren skrivs ut i vårdgivarens rapport: "
                "läs den först, den ska inte gå att känna igen en patient på."
            )
        )
        self.tell(_("Frågan"), question.question)
        for label, field in (
            (_("S&varsdag"), self.answered_on),
            (_("Sva&ret"), self.answer),
            (_("Vårdgivarens &kommentar"), self.comment),
        ):
            self.form.add(label, field)
        self.answer.set_text(question.answer)
        self.comment.set_text(question.comment)
        self.answer.setFocus()
        self.save.setEnabled(False)
        runner.run(_today, self._set_today)

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.answer, self.comment)

    def work(self) -> Work:
        """Return what keeps the answer."""
        told = (self._question.question_id, self.answered_on.day(), self.answer.text(), self.comment.text())
        return partial(_record, told)

    def _set_today(self, today: date) -> None:
        self.answered_on.set_limits(self._question.asked_on, today)
        self.answered_on.set_day(self._question.answered_on or today)
        self.save.setEnabled(self.runner.can_write)


def _today(workspace: Workspace, _progress: Progress) -> date:
    return workspace.today


def _record(told: tuple[int, date, str, str], workspace: Workspace, _progress: Progress) -> QuestionOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.record_answer(workspace, *told)
