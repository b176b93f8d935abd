"""Avstämningar: follow-up meetings, the chosen one in full with its frozen figures beside those of today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import families, meeting_facts
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.meeting_paper import MeetingState, from_contents, meetings_table
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_meeting import EditMeetingDialog
from kvalitetsapp.gui.dialogs.print_minutes import PrintMinutesDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.domain.meeting_facts import SeenMeeting
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

    Step = Callable[[Paper, Workspace, Progress], PaperOutcome]

_HIDDEN_AT_FIRST: Final = ("paper", "version", "saved_at", "who")

_CLOSING: Final = {
    MeetingState.PLANNED: N_("Avstämningen avslutas när den har hållits"),
    MeetingState.HELD: N_("Avstämningen blir avslutad"),
    MeetingState.CLOSED: N_("Avstämningen är avslutad"),
}


class MeetingsView(RowsView["Paper"]):
    """Meetings in a table, the latest first, and below it everything about the chosen one."""

    title: ClassVar[str] = N_("Avstämningar")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.PAPERS, Changed.INDICATORS, Changed.IMPORTS, Changed.EPISODES, Changed.LINKS, Changed.VERDICTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("meetings", key=("paper",)))
        self.facts = FactsView(_("Avstämningen"))
        self.new = QPushButton(_("&Ny avstämning …"))
        self.change = QPushButton(_("Än&dra …"))
        self.withdraw = QPushButton(_("&Ta bort"))
        self.hold = QPushButton(_("&Håll och frys siffrorna"))
        self.close_it = QPushButton(_("A&vsluta"))
        self.following = QPushButton(_("Nä&sta avstämning …"))
        self.print = QPushButton(_("&Protokoll som PDF …"))
        self.undo = StepUndo(runner, self)
        self.empty = EmptyState(
            _(
                "Inga avstämningar är antecknade. En avstämning säger vem, när och om vad, hur det går och vad som är "
                "nästa steg. Siffrorna den dagen fryses i protokollet."
            ),
            _("Planera en avstämning"),
        )
        self._wanted = 0
        self._stack = self._arrange()
        self.begins_at = self.table.view
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the meetings."""
        self.undo.read()
        self.runner.run(_meetings, self._show)

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "behov#Avstämningar"

    def show_wanted(self, wanted: object) -> None:
        """Show a meeting by its number as soon as it has been read."""
        if isinstance(wanted, str) and wanted.isdecimal():
            self._wanted = int(wanted)
            self._choose_row()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Avstämningar"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.undo.setMinimumWidth(spacing.letters(self, 44))
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.addWidget(self.facts, 1)
        lower.addLayout(flowing(self, (self.hold, self.close_it, self.following), (self.print,)))
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 11), (below, 25)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(inner, 1)
        column.addLayout(flowing(self, (self.new, self.change, self.withdraw), (self.undo,)))
        return stack

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.change.click())
        self.new.clicked.connect(self._ask_for_new)
        self.empty.asked.connect(self._ask_for_new)
        self.change.clicked.connect(self._ask_to_change)
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.hold.clicked.connect(lambda: self._do(_hold))
        self.close_it.clicked.connect(lambda: self._do(_close))
        self.following.clicked.connect(self._ask_for_following)
        self.print.clicked.connect(self._ask_to_print)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    # what it shows

    def _show(self, found: tuple[tuple[Paper, ...], dict[str, str]]) -> None:
        meetings, providers = found
        self._stack.show_empty(on=not meetings)
        joints = {"": _("alla"), **{family: families.name(family) for family in families.ids()}}
        labels = {"provider_id": {**providers, "": _("All köpt vård")}, "joint": joints}
        self._put(meetings, meetings_table(meetings), labels)

    def _choose_row(self) -> None:
        numbers = [one.paper for one in self._rows]
        if self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self._wanted = 0
        super()._choose_row()

    def _choose(self) -> None:
        paper, can_write = self.current(), self.runner.can_write
        state = None if paper is None else MeetingState(paper.state)
        self.new.setEnabled(can_write)
        for button in (self.change, self.withdraw, self.following):
            button.setEnabled(can_write and paper is not None)
        self.print.setEnabled(can_write and paper is not None)
        self.hold.setEnabled(can_write and state is MeetingState.PLANNED)
        self.close_it.setEnabled(can_write and state is MeetingState.HELD)
        held = _("Siffrorna är redan frysta") if state not in {None, MeetingState.PLANNED} else ""
        self.hold.setToolTip(held or _("Avstämningen blir hållen, och dagens siffror fryses i den"))
        self.close_it.setToolTip("" if state is None else _(_CLOSING[state]))
        if paper is None:
            self.facts.show_paragraphs([_("Ingen avstämning är vald.")])
        else:
            self.runner.run(partial(_seen, paper.paper), self._show_facts)

    def _show_facts(self, seen: SeenMeeting) -> None:
        paper = self.current()
        if paper is not None and paper.paper == seen.paper.paper:
            self.facts.show_facts(*meeting_facts.sections(seen))

    # what is done

    def _ask_for_new(self) -> None:
        if self.new.isEnabled():
            self._open(EditMeetingDialog(self.runner, None, self))

    def _ask_to_change(self) -> None:
        paper = self.current()
        if paper is not None and self.change.isEnabled():
            self._open(EditMeetingDialog(self.runner, paper, self))

    def _ask_for_following(self) -> None:
        paper = self.current()
        if paper is not None:
            self._open(EditMeetingDialog(self.runner, None, self, follows=paper))

    def _ask_to_print(self) -> None:
        paper = self.current()
        if paper is not None:
            dialog = PrintMinutesDialog(self.runner, paper, self)
            dialog.saved.connect(self._printed)
            dialog.open()

    def _printed(self, out: Path) -> None:
        self.told.emit(_("Protokollet är skrivet: {file}").format(file=out.name))

    def _ask_to_withdraw(self) -> None:
        paper = self.current()
        if paper is None:
            return
        day = from_contents(paper.contents).planned.held_on.isoformat()
        question = _("Ta bort avstämningen {day}? Dess versioner står kvar, och Ångra ger den tillbaka.")
        if messages.ask(self, question.format(day=day), yes=_("Ta bort")):
            self._do(_withdraw)

    def _done(self, outcome: PaperOutcome) -> None:  # type: ignore[override]  # the paper besides
        self._wanted = outcome.paper
        self._choose_row()
        super()._done(outcome)

    def _do(self, work: Step) -> None:
        paper = self.current()
        if paper is not None:
            self.runner.run(partial(work, paper), self._done)


def _meetings(workspace: Workspace, _progress: Progress) -> tuple[tuple[Paper, ...], dict[str, str]]:
    from kvalitetsapp.services import meeting_papers, overview

    return meeting_papers.every(workspace), dict(overview.provider_names(workspace))


def _seen(paper: int, workspace: Workspace, _progress: Progress) -> SeenMeeting:
    from kvalitetsapp.services import meeting_papers

    return meeting_papers.one(workspace, paper)


def _hold(paper: Paper, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import meeting_papers

    return meeting_papers.hold(workspace, paper.paper, based_on=paper.version)


def _close(paper: Paper, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import meeting_papers

    return meeting_papers.close(workspace, paper.paper, based_on=paper.version)


def _withdraw(paper: Paper, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import papers

    return papers.withdraw(workspace, paper.paper)
