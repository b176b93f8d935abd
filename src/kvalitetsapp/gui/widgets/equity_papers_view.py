"""Arbetspapper om jämlik vård: every paper with its step, owner and follow-up, and what the chosen one says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from kvalitetsapp.domain import equity_paper, equity_paper_words
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.equity_paper import STEPS, EquityState
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.dialogs.close_equity_paper import CloseEquityPaperDialog
from kvalitetsapp.gui.dialogs.equity_paper import EquityPaperDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.papers_view import PapersView
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.equity_papers import SeenPaper
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paper to be opened, and what day it is."""

    seen: SeenPaper
    today: date


class EquityPapersView(PapersView["Paper"]):
    """The papers in use, and what can be done with the chosen one."""

    title: ClassVar[str] = N_("Arbetspapper")
    papers_named: ClassVar[str] = N_("Arbetspapper om jämlik vård")
    one_named: ClassVar[str] = N_("Det valda arbetspappret")
    none_chosen: ClassVar[str] = N_("Inget arbetspapper är valt.")
    around: ClassVar[float] = 0.0  # it stands within a page that has room around it
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS})

    groups_asked = Signal()  # somebody wants to choose what to begin a paper with

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("equity-papers", key=("paper",)))
        self.open, self.close_it = QPushButton(_("&Öppna …")), QPushButton(_("&Avsluta …"))
        self._arrange()
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the papers."""
        self._read(_papers, self._show)

    # how it looks

    def _arrange(self) -> None:
        self.table.hide_columns("subject", "version", "saved_at", "who")
        empty = EmptyState(
            _(
                "Inga arbetspapper än. Välj mått och grupper under Grupper och tryck på Påbörja arbetspapper, så "
                "fryses siffrorna som steg 1."
            ),
            _("Till &Grupper"),
        )
        empty.asked.connect(self.groups_asked)
        content = arrangement.above((self.table, 10), (self.facts, 26))
        self._lay_out(content, empty, arrangement.ends((self.open, self.close_it, self.withdraw), (self.undo,)))

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.open.click())
        self.open.clicked.connect(self._read_to_open)
        self.close_it.clicked.connect(self._ask_to_close)

    # what it shows

    def _show(self, papers: tuple[Paper, ...]) -> None:
        self._show_papers(papers, equity_paper.papers_table(papers))

    def _paper_of(self, row: Paper) -> Paper:
        return row

    def _choose(self) -> None:
        super()._choose()
        paper = self.current()
        self.open.setEnabled(paper is not None)
        concluded = paper is not None and paper.state == EquityState.CONCLUDED
        self.close_it.setEnabled(self.runner.can_write and concluded)
        self.close_it.setToolTip(_("Ett arbetspapper avslutas när alla fem stegen är klara"))

    def _tell(self, row: Paper) -> None:
        self.facts.show_facts(*_parts(row))

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

    def _question(self, row: Paper) -> str:
        question = _("Ta bort arbetspappret ”{title}”? Versionerna finns kvar, och det kan fås tillbaka med Ångra.")
        return question.format(title=row.title)


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
