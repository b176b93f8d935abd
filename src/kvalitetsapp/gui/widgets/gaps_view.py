"""Gapanalys: the analyses with their state, who is responsible and when they are followed up; one of them in full."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import gap_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_gap import EditGapDialog
from kvalitetsapp.gui.dialogs.write_paper_report import WritePaperReportDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.rows_view import Outcome, RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.gaps import KeptGap
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace


class GapsView(RowsView["KeptGap"]):
    """The analyses, the one with the nearest follow-up first."""

    title: ClassVar[str] = N_("Gapanalys")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.PAPERS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("gap-analyses", key=("paper",)))
        self.facts = FactsView(_("Gapanalysen"))
        self.add = QPushButton(_("&Ny gapanalys …"))
        self.change = QPushButton(_("Än&dra …"))
        self.remove = QPushButton(_("&Ta bort"))
        self.indicator = QPushButton(_("Visa &indikatorn"))
        self.report = QPushButton(_("Beslutsunderlag som &PDF …"))
        self.undo = StepUndo(runner, self)
        self.empty = EmptyState(
            _(
                "Det finns ingen gapanalys än. Den håller målet mot nuläget och samlar orsaker, förslag och "
                "konsekvenser till ett underlag för beslut."
            ),
            _("Gör en gapanalys"),
        )
        self._wanted = 0
        self._stack = self._arrange()
        self.begins_at = self.table.view
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the analyses."""
        self.undo.read()
        self.runner.run(_read, self._show)

    def show_wanted(self, wanted: object) -> None:
        """Show an analysis by its number as soon as it has been read."""
        if isinstance(wanted, str) and wanted.isdecimal():
            self._wanted = int(wanted)
            self._choose_row()

    def help_topic(self) -> str:
        """Return the section of the manual that tells of the tab."""
        return "kvalitetsagenda#Gapanalys"

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Gapanalyser"))
        self.table.hide_columns("version", "saved_at", "who")
        self.undo.setMinimumWidth(spacing.letters(self, 44))
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 10), (self.facts, 22)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(inner, 1)
        changing = (self.add, self.change, self.remove)
        column.addLayout(flowing(self, changing, (self.indicator, self.report)))
        column.addLayout(arrangement.ends((self.undo,)))
        return stack

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self.change.click())
        self.add.clicked.connect(self._ask_to_add)
        self.empty.asked.connect(self._ask_to_add)
        self.change.clicked.connect(self._ask_to_change)
        self.remove.clicked.connect(self._ask_to_remove)
        self.indicator.clicked.connect(self._show_indicator)
        self.report.clicked.connect(self._ask_for_report)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    # what it shows

    def _show(self, found: tuple[KeptGap, ...]) -> None:
        self._stack.show_empty(on=not found)
        self._put(found, gap_tables.listed((one.paper, one.gap) for one in found))

    def _choose_row(self) -> None:
        numbers = [one.paper.paper for one in self._rows]
        if self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self._wanted = 0
        super()._choose_row()

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        self.add.setEnabled(can_write)
        for button in (self.change, self.remove, self.report):
            button.setEnabled(can_write and one is not None)
        self.indicator.setEnabled(one is not None and bool(one.gap.goal.indicator))
        if one is None:
            self.facts.show_paragraphs([_("Ingen gapanalys är vald.")])
        else:
            rows = gap_tables.laid_out(one.paper, one.gap).rows
            self.facts.show_facts(("", [Fact(str(part), tuple(str(text).split("\n"))) for part, text in rows]))

    # what is done

    def _ask_to_add(self) -> None:
        if self.add.isEnabled():
            self._open(EditGapDialog(self.runner, None, self))

    def _ask_to_change(self) -> None:
        one = self.current()
        if one is not None:
            self._open(EditGapDialog(self.runner, one, self))

    def _ask_to_remove(self) -> None:
        one = self.current()
        if one is None:
            return
        question = _("Ta bort gapanalysen ”{title}”? Versionerna finns kvar och kan fås tillbaka med Ångra.")
        if messages.ask(self, question.format(title=one.paper.title), yes=_("Ta bort")):
            self.runner.run(partial(_remove, one.paper.paper), self._done)

    def _done(self, outcome: Outcome) -> None:
        if isinstance(number := getattr(outcome, "paper", None), int):  # a report that was written has none
            self._wanted = number
            self._choose_row()
        super()._done(outcome)

    def _show_indicator(self) -> None:
        one = self.current()
        if one is not None and one.gap.goal.indicator:
            self.page_requested.emit("quality", f"indicator/{one.gap.goal.indicator}")

    def _ask_for_report(self) -> None:
        one = self.current()
        if one is not None:
            subject = str(one.paper.paper)
            self._open(WritePaperReportDialog(self.runner, ReportKind.GAP, subject, one.paper.title, self))


def _read(workspace: Workspace, _progress: Progress) -> tuple[KeptGap, ...]:
    from kvalitetsapp.services import gaps

    return gaps.gaps(workspace)


def _remove(paper: int, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import papers

    return papers.withdraw(workspace, paper)
