"""Frågor: what providers have been asked about cases, and the log of what was disclosed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import provider_question as domain
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.provider_question import QuestionStatus
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.log_disclosure import LogDisclosureDialog
from kvalitetsapp.gui.dialogs.new_deadline import NewDeadlineDialog
from kvalitetsapp.gui.dialogs.record_answer import RecordAnswerDialog
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.provider_questions import QuestionOutcome
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = ("provider_id", "asked_by", "channel", "wording", "answer", "comment")
_TO_REVIEW: Final = "to_review"  # a part of the queue, by its name
_OPEN: Final = (QuestionStatus.SENT, QuestionStatus.ANSWERED)


class QuestionsView(RowsView["ProviderQuestion"]):
    """Questions, late ones first, with the chosen one in full beside them; the log of disclosures below."""

    title: ClassVar[str] = N_("Frågor")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.QUESTIONS, Changed.EPISODES})

    event_wanted = Signal(object)  # EventKey

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("provider-questions", key=("question",)))
        self.summary = PlainLabel()
        self.facts = FactsView(_("Frågan och svaret"))
        self.answer = QPushButton(_("&Spara svar …"))
        self.deadline = QPushButton(_("Ändra svars&dag …"))
        self.close_it = QPushButton(_("A&vsluta …"))
        self.withdraw = QPushButton(_("Åter&ta …"))
        self.open_case = QPushButton(_("Öppna &händelsen"))
        self.disclosures = DataTable("disclosures", key=("disclosure",))
        note_copies(runner, self.disclosures)
        self.log = QPushButton(_("&Anteckna utlämnande …"))
        self._upper = QWidget()
        self._stack = self._arrange()
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the questions and the log."""
        self.runner.run(_questions, self._set_questions)
        self.runner.run(_disclosures, self._set_disclosures)

    # how it looks

    def _arrange(self) -> Stack:
        self.summary.setObjectName("muted")
        self.table.view.setAccessibleName(_("Frågor till vårdgivare"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.disclosures.view.setAccessibleName(_("Vad som har lämnats ut"))
        content = QWidget()
        above = QVBoxLayout(content)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.summary)
        above.addWidget(arrangement.beside((self.table, 118), (self.facts, 62)), 1)
        on_one = (self.answer, self.deadline, self.close_it, self.withdraw)
        above.addLayout(arrangement.ends(on_one, (self.open_case,)))
        empty = EmptyState(
            _(
                "Inga frågor har ställts. En fråga ställs från händelsen i kön, "
                "när underlaget inte räcker för att avgöra den."
            ),
            _("Gå till kön"),
        )
        empty.asked.connect(lambda: self.page_requested.emit("review", _TO_REVIEW))
        stack = Stack(self._upper, content, empty)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self._upper)
        parts.addWidget(self._lower())
        parts.setSizes([spacing.lines(self, 26), spacing.lines(self, 14)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(parts)
        return stack

    def _lower(self) -> QWidget:
        heading = PlainLabel(_("Utlämnanden"))
        heading.setObjectName("sectionTitle")
        explained = PlainLabel(_("Varje fråga antecknas här av sig själv. Annat som lämnas ut antecknar ni för hand."))
        explained.setObjectName("muted")
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, spacing.lines(self, 0.5), 0, 0)
        column.addLayout(arrangement.ends((heading,), (self.log,)))
        column.addWidget(explained)
        column.addWidget(self.disclosures, 1)
        return lower

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.answer.click())
        self.answer.clicked.connect(lambda: self._ask_for(RecordAnswerDialog))
        self.deadline.clicked.connect(lambda: self._ask_for(NewDeadlineDialog))
        self.close_it.clicked.connect(self._close_it)
        self.withdraw.clicked.connect(self._withdraw)
        self.open_case.clicked.connect(self._open_case)
        self.log.clicked.connect(lambda: self._open(LogDisclosureDialog(self.runner, self)))

    # what it shows

    def _set_questions(self, read: tuple[tuple[ProviderQuestion, ...], date]) -> None:
        questions, today = read
        late = {"1": _("Svarsdagen har varit"), "0": ""}
        self.summary.setText(_told(questions, today))
        self._stack.show_empty(on=not questions)
        self._put(questions, domain.questions_table(questions, today), {"late": late})

    def _set_disclosures(self, table: Table) -> None:
        times = {str(row["recorded_at"]) for row in table.records()}
        self.disclosures.set_table(table, {"recorded_at": {one: to_the_minute(one) for one in times}})

    def _choose(self) -> None:
        question, can_write = self.current(), self.runner.can_write
        status = None if question is None else question.status
        self.answer.setEnabled(can_write and status in _OPEN)
        self.answer.setText(_("Rätta &svaret …") if status is QuestionStatus.ANSWERED else _("&Spara svar …"))
        self.deadline.setEnabled(can_write and status is QuestionStatus.SENT)
        self.close_it.setEnabled(can_write and status in _OPEN)
        self.withdraw.setEnabled(can_write and status is QuestionStatus.SENT)
        self.open_case.setEnabled(question is not None)
        self.log.setEnabled(can_write)
        if question is None:
            self.facts.show_paragraphs([_("Ingen fråga är vald.")])
        else:
            self.facts.show_facts(("", _facts(question)))

    # what is done

    def _ask_for(self, kind: type[RecordAnswerDialog | NewDeadlineDialog]) -> None:
        question = self.current()
        if question is not None:
            self._open(kind(self.runner, question, self))

    def _close_it(self) -> None:
        question = self.current()
        if question is None:
            return
        text = _("Avsluta fråga nr {number}? Inget mer väntas, och det går inte att ändra.")
        if messages.ask(self, text.format(number=question.question_id), yes=_("Avsluta frågan")):
            self.runner.run(partial(_close, question.question_id), self._done)

    def _withdraw(self) -> None:
        question = self.current()
        if question is None:
            return
        text = _("Återta fråga nr {number}? Den räknas inte mer. Att den lämnades ut står kvar i loggen.")
        if messages.ask(self, text.format(number=question.question_id), yes=_("Återta frågan")):
            self.runner.run(partial(_withdraw, question.question_id), self._done)

    def _open_case(self) -> None:
        question = self.current()
        if question is not None:
            self.event_wanted.emit(question.key)


def _told(questions: tuple[ProviderQuestion, ...], today: date) -> str:
    counts = domain.counted(questions, today)
    text = ngettext("{n} fråga väntar på svar", "{n} frågor väntar på svar", counts.open)
    told = text.format(n=number(counts.open))
    if counts.late:
        late = ngettext("svarsdagen har varit för {n}", "svarsdagen har varit för {n}", counts.late)
        told += ", " + late.format(n=number(counts.late))
    return told + "."


def _facts(one: ProviderQuestion) -> list[Fact]:
    found = [
        Fact(_("Frågan"), (one.question,)),
        Fact(_("Till"), (one.provider,)),
        Fact(_("Skickad"), (f"{one.asked_on.isoformat()}, {one.channel}, {one.asked_by}",)),
        Fact(_("Svar senast"), (NOTHING if one.deadline is None else one.deadline.isoformat(),)),
        Fact(_("Status"), (word("question_status", one.status),)),
    ]
    if one.answered_on is not None:
        found.append(Fact(_("Svaret"), (one.answered_on.isoformat(), *one.answer.splitlines())))
    if one.comment:
        found.append(Fact(_("Vårdgivarens kommentar"), tuple(one.comment.splitlines())))
    return found


def _questions(workspace: Workspace, _progress: Progress) -> tuple[tuple[ProviderQuestion, ...], date]:
    from kvalitetsapp.services import provider_questions

    return provider_questions.questions(workspace), workspace.today


def _disclosures(workspace: Workspace, _progress: Progress) -> Table:
    from kvalitetsapp.services import provider_questions

    return provider_questions.disclosures(workspace)


def _close(number_: int, workspace: Workspace, _progress: Progress) -> QuestionOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.close(workspace, number_)


def _withdraw(number_: int, workspace: Workspace, _progress: Progress) -> QuestionOutcome:
    from kvalitetsapp.services import provider_questions

    return provider_questions.withdraw(workspace, number_)
