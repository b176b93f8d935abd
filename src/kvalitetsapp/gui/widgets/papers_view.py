"""Pages of working papers: one is chosen, told in full, taken further or taken away, and had back with Ångra."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.rows_view import Outcome, Row, RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.dialogs.saving import SavingDialog
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.data_table import DataTable
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

Found = TypeVar("Found")

_UNDO_LETTERS: Final = 44


class PapersView(RowsView[Row]):
    """Papers of one kind in a table (`table`), and what the chosen one says (`facts`).

    A view makes its buttons and calls `_lay_out`; it says in `refresh` what is read, shows what was found with
    `_show_papers`, and tells of a row which paper it stands for, what is told of it, and how it is taken away.
    """

    papers_named: ClassVar[str] = ""  # what the table is called, marked with N_ as all three are
    one_named: ClassVar[str] = ""  # what is told of the chosen one is called
    none_chosen: ClassVar[str] = ""  # what is told where none is chosen
    around: ClassVar[float] = 0.8  # lines of text that are left free around all of it

    def __init__(self, runner: StoreRunner, table: DataTable) -> None:
        super().__init__(runner, table)
        self.table.view.setAccessibleName(_(self.papers_named))
        self.facts = FactsView(_(self.one_named))
        self.withdraw = QPushButton(_("&Ta bort"))
        self.undo = StepUndo(runner, self)
        self.undo.setMinimumWidth(spacing.letters(self, _UNDO_LETTERS))
        self.begins_at = self.table.view
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    def show_wanted(self, wanted: object) -> None:
        """Choose a paper by its number, as soon as it has been read."""
        if isinstance(wanted, str) and wanted.isdecimal():
            self._wanted = int(wanted)
            self._choose_row()
            self.table.view.setFocus()  # who asks for a paper goes on with it

    # what a view says

    def _paper_of(self, row: Row) -> Paper:
        """Return the paper that a row stands for."""
        raise NotImplementedError

    def _tell(self, row: Row) -> None:
        """Show in `facts` what is told of a row."""
        raise NotImplementedError

    def _question(self, row: Row) -> str:
        """Return what is asked before a row is taken away."""
        raise NotImplementedError

    # what every view does

    def _lay_out(self, content: QWidget, empty: EmptyState, *below: QLayout) -> None:
        """Lay out the papers, or what stands in their place while there are none, and what is below either."""
        inner = QWidget()
        self._stack = Stack(inner, content, empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, self.around)
        column.addWidget(inner, 1)
        for row in below:
            column.addLayout(row)

    def _read(self, work: Callable[[Workspace, Progress], Found], show: Callable[[Found], None]) -> None:
        self.undo.read()
        self.runner.run(work, show)

    def _show_papers(self, rows: Sequence[Row], table: Table, labels: Labels | None = None) -> None:
        self._stack.show_empty(on=not rows)
        self._put(rows, table, labels)

    def _number_of(self, row: Row) -> int:
        return self._paper_of(row).paper

    def _is_chosen(self, paper: Paper) -> bool:
        """Tell whether a paper is still the chosen one, after it has been read."""
        row = self.current()
        return row is not None and self._number_of(row) == paper.paper

    def _choose(self) -> None:
        row = self.current()
        self.withdraw.setEnabled(self.runner.can_write and row is not None)
        if row is None:
            self.facts.show_paragraphs([_(self.none_chosen)])
        else:
            self._tell(row)

    def _done(self, outcome: Outcome) -> None:
        """Choose the paper that was saved, as soon as it has been read again; a report that was written has none."""
        if isinstance(number := getattr(outcome, "paper", None), int):
            self._wanted = number
            self._choose_row()
        super()._done(outcome)

    def _ask_to_withdraw(self) -> None:
        row = self.current()
        if row is not None and messages.ask(self, self._question(row), yes=_("Ta bort")):
            self.runner.run(partial(_withdraw, self._number_of(row)), self._done)


class WrittenPapersView(PapersView[Row]):
    """Papers that are written in a form of their own (`_form`): a new one, also where there is none, or the chosen."""

    def __init__(self, runner: StoreRunner, table: DataTable, new: str, empty: EmptyState) -> None:
        super().__init__(runner, table)
        self.new = QPushButton(new)
        self.change = QPushButton(_("Än&dra …"))
        self.empty = empty
        self.new.clicked.connect(self._ask_for_new)
        self.empty.asked.connect(self._ask_for_new)
        self.change.clicked.connect(self._ask_to_change)
        self.table.row_activated.connect(lambda _row: self.change.click())

    def _form(self, row: Row | None) -> SavingDialog:
        """Return what a new paper is written in, or the one that a row stands for is changed in."""
        raise NotImplementedError

    def _choose(self) -> None:
        super()._choose()
        self.new.setEnabled(self.runner.can_write)
        self.change.setEnabled(self.runner.can_write and self.current() is not None)

    def _ask_for_new(self) -> None:
        if self.new.isEnabled():
            self._open(self._form(None))

    def _ask_to_change(self) -> None:
        row = self.current()
        if row is not None:
            self._open(self._form(row))


def _withdraw(paper: int, workspace: Workspace, _progress: Progress) -> PaperOutcome:
    from kvalitetsapp.services import papers

    return papers.withdraw(workspace, paper)
