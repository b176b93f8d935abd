"""Arbetspapper om jämlik vård: every paper with its step, owner and follow-up, and what the chosen one says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import equity_paper, equity_paper_words
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.equity_paper import STEPS, EquityState
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.close_equity_paper import CloseEquityPaperDialog
from kvalitetsapp.gui.dialogs.equity_paper import EquityPaperDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.equity_papers import SeenPaper
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paper to be opened, and what day it is."""

    seen: SeenPaper
    today: date


class EquityPapersView(RowsView["Paper"]):
    """The papers in use, and what can be done with the chosen one."""

    title: ClassVar[str] = N_("Arbetspapper")
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS})

    groups_asked = Signal()  # somebody wants to choose what to begin a paper with

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("equity-papers", key=("paper",)))
        self.open, self.close_it = QPushButton(_("&Öppna …")), QPushButton(_("&Avsluta …"))
        self.withdraw = QPushButton(_("&Ta bort"))
        self.undo = StepUndo(runner, self)
        self.facts = FactsView(_("Det valda arbetspappret"))
        self._wanted = ""
        self._stack = self._arrange()
        self.begins_at = self.table.view
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the papers."""
        self.undo.read()
        self.runner.run(_papers, self._show)

    def show_wanted(self, wanted: object) -> None:
        """Choose a paper by its number, as soon as it has been read."""
        self._wanted = str(wanted)
        self._choose_row()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Arbetspapper om jämlik vård"))
        self.table.hide_columns("subject", "version", "saved_at", "who")
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.0, 0.4)
        column.addWidget(arrangement.above((self.table, 10), (self.facts, 26)), 1)
        column.addLayout(arrangement.ends((self.open, self.close_it, self.withdraw), (self.undo,)))
        empty = EmptyState(
            _(
                "Inga arbetspapper än. Välj mått och grupper under Grupper och tryck på Påbörja arbetspapper, så "
                "fryses siffrorna som steg 1."
            ),
            _("Till &Grupper"),
        )
        empty.asked.connect(self.groups_asked)
        return Stack(self, content, empty)

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.open.click())
        self.open.clicked.connect(self._read_to_open)
        self.close_it.clicked.connect(self._ask_to_close)
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    # what it shows

    def _show(self, papers: tuple[Paper, ...]) -> None:
        self._stack.show_empty(on=not papers)
        self._put(papers, equity_paper.papers_table(papers))

    def _choose_row(self) -> None:
        numbers = [str(paper.paper) for paper in self._rows]
        if self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self.table.view.setFocus()  # who asks for a paper goes on with it
            self._wanted = ""
        super()._choose_row()

    def _choose(self) -> None:
        paper, can_write = self.current(), self.runner.can_write
        self.open.setEnabled(paper is not None)
        self.close_it.setEnabled(can_write and paper is not None and paper.state == EquityState.CONCLUDED)
        self.close_it.setToolTip(_("Ett arbetspapper avslutas när alla fem stegen är klara"))
        self.withdraw.setEnabled(can_write and paper is not None)
        if paper is None:
            self.facts.show_paragraphs([_("Inget arbetspapper är valt.")])
        else:
            self.facts.show_facts(*_parts(paper))

    # what is done

    def _read_to_open(self) -> None:
        paper = self.current()
        if paper is not None:
            self.runner.run(partial(_one, paper.paper), self._open_paper)

    def _open_paper(self, found: _Seen) -> None:
        self._open(EquityPaperDialog(self.runner, found.seen, found.today, self))

    def _ask_to_close(self) -> None:
        paper = self.current()
        if paper is not None:
            self._open(CloseEquityPaperDialog(self.runner, paper, self))

    def _ask_to_withdraw(self) -> None:
        paper = self.current()
        if paper is None:
            return
        question = _("Ta bort arbetspappret ”{title}”? Versionerna finns kvar, och det kan fås tillbaka med Ångra.")
        if messages.ask(self, question.format(title=paper.title), yes=_("Ta bort")):
            self.runner.run(partial(_withdraw, paper.paper), self._done)


def _parts(paper: Paper) -> list[tuple[str, list[Fact]]]:
    """Return what is written in a paper, step by step; a step without anything says so."""
    work = equity_paper.from_contents(paper.contents)
    parts = []
    for number, step in enumerate(STEPS, start=1):
        lines = [Fact(label, (text,)) for label, text in equity_paper_words.step_lines(work, step)]
        parts.append((f"{number} {word('equity_step', step)}", lines or [Fact(_("Inget skrivet än"), (NOTHING,))]))
    if work.result:
        parts.append((_("Uppföljning"), [Fact(_("Uppföljningen gav"), (work.result,))]))
    return parts


def _papers(workspace: Workspace, _progress: Progress) -> tuple[Paper, ...]:
    from kvalitetsapp.services import equity_papers

    return equity_papers.every(workspace)


def _one(number: int, workspace: Workspace, _progress: Progress) -> _Seen:
    from kvalitetsapp.services import equity_papers

    return _Seen(equity_papers.one(workspace, number), workspace.today)


def _withdraw(number: int, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import papers

    return papers.withdraw(workspace, number)
