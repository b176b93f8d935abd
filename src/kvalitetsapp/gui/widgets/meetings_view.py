"""Avstämningar: follow-up meetings, the chosen one in full with its frozen figures beside those of today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import families, meeting_facts
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.meeting_paper import MeetingState, from_contents, meetings_table
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.dialogs.edit_meeting import EditMeetingDialog
from kvalitetsapp.gui.dialogs.print_minutes import PrintMinutesDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.papers_view import WrittenPapersView
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


class MeetingsView(WrittenPapersView["Paper"]):
    """Meetings in a table, the latest first, and below it everything about the chosen one."""

    title: ClassVar[str] = N_("Avstämningar")
    icon_name: ClassVar[str] = "development"
    papers_named: ClassVar[str] = N_("Avstämningar")
    one_named: ClassVar[str] = N_("Avstämningen")
    none_chosen: ClassVar[str] = N_("Ingen avstämning är vald.")
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.PAPERS, Changed.INDICATORS, Changed.IMPORTS, Changed.EPISODES, Changed.LINKS, Changed.VERDICTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        empty = EmptyState(
            _(
                "Inga avstämningar är antecknade. En avstämning säger vem, när och om vad, hur det går och vad som är "
                "nästa steg. Siffrorna den dagen fryses i protokollet."
            ),
            _("Planera en avstämning"),
        )
        super().__init__(runner, DataTable("meetings", key=("paper",)), _("&Ny avstämning …"), empty)
        self.hold = QPushButton(_("&Håll och frys siffrorna"))
        self.close_it = QPushButton(_("A&vsluta"))
        self.following = QPushButton(_("Nä&sta avstämning …"))
        self.print = QPushButton(_("&Protokoll som PDF …"))
        self._arrange()
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the meetings."""
        self._read(_meetings, self._show)

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "behov#Avstämningar"

    # how it looks

    def _arrange(self) -> None:
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.addWidget(self.facts, 1)
        lower.addLayout(flowing(self, (self.hold, self.close_it, self.following), (self.print,)))
        content = arrangement.above((self.table, 11), (below, 25))
        self._lay_out(content, self.empty, flowing(self, (self.new, self.change, self.withdraw), (self.undo,)))

    def _connect(self) -> None:
        self.hold.clicked.connect(lambda: self._do(_hold))
        self.close_it.clicked.connect(lambda: self._do(_close))
        self.following.clicked.connect(self._ask_for_following)
        self.print.clicked.connect(self._ask_to_print)

    # what it shows

    def _show(self, found: tuple[tuple[Paper, ...], dict[str, str]]) -> None:
        meetings, providers = found
        joints = {"": _("alla"), **{family: families.name(family) for family in families.ids()}}
        labels = {"provider_id": {**providers, "": _("All köpt vård")}, "joint": joints}
        self._show_papers(meetings, meetings_table(meetings), labels)

    def _paper_of(self, row: Paper) -> Paper:
        return row

    def _choose(self) -> None:
        super()._choose()
        paper, can_write = self.current(), self.runner.can_write
        state = None if paper is None else MeetingState(paper.state)
        for button in (self.following, self.print):
            button.setEnabled(can_write and paper is not None)
        self.hold.setEnabled(can_write and state is MeetingState.PLANNED)
        self.close_it.setEnabled(can_write and state is MeetingState.HELD)
        held = _("Siffrorna är redan frysta") if state not in {None, MeetingState.PLANNED} else ""
        self.hold.setToolTip(held or _("Avstämningen blir hållen, och dagens siffror fryses i den"))
        self.close_it.setToolTip("" if state is None else _(_CLOSING[state]))

    def _tell(self, row: Paper) -> None:
        self.runner.run(partial(_seen, row.paper), self._show_facts)

    def _show_facts(self, seen: SeenMeeting) -> None:
        if self._is_chosen(seen.paper):
            self.facts.show_facts(*meeting_facts.sections(seen))

    # what is done

    def _form(self, row: Paper | None) -> EditMeetingDialog:
        return EditMeetingDialog(self.runner, row, self)

    def _question(self, row: Paper) -> str:
        question = _("Ta bort avstämningen {day}? Dess versioner står kvar, och Ångra ger den tillbaka.")
        return question.format(day=from_contents(row.contents).planned.held_on.isoformat())

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
