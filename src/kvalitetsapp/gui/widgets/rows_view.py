"""Pages that are a table above all: one of its rows is chosen, and something is done with what the row stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt

from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.part_bar import PartBar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.dialogs.saving import SavingDialog
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.data_table import DataTable

Row = TypeVar("Row")

ALL: Final = "all"
"""The part that every row is in."""


class Outcome(Protocol):
    """What came of an action, in a word for the status bar."""

    @property
    def said(self) -> str:
        """Return what is told."""
        ...


class RowsView(Page, Generic[Row]):
    """A page whose `table` has a line for each of `_rows`, and whose search is the filter of the table.

    A view says in `_choose` what it shows of the chosen row and what can be done with it.
    """

    def __init__(self, runner: StoreRunner, table: DataTable) -> None:
        super().__init__(runner)
        self.table = table
        self._rows: Sequence[Row] = ()
        self._wanted: object = None  # what the row to be chosen is asked for by (`_number_of`), until it has been read
        note_copies(runner, table)
        self.table.current_row_changed.connect(lambda _row: self._choose())

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def current(self) -> Row | None:
        """Return what the current line stands for, None where there is none."""
        row = self.table.current_row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def chosen(self) -> tuple[Row, ...]:
        """Return what all the chosen lines stand for, in the order in which they are shown."""
        return tuple(self._rows[row] for row in self.table.chosen_rows() if row < len(self._rows))

    def _choose(self) -> None:
        """Show the current row, and allow what can be done with it."""
        raise NotImplementedError

    def _number_of(self, _row: Row) -> object:
        """Return what a row is asked for by, where rows can be asked for one by one."""
        return None

    def _choose_row(self) -> None:
        """Choose the row that is asked for, or the one to begin with where none is chosen."""
        numbers = [self._number_of(row) for row in self._rows]
        if self._wanted is not None and self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self._wanted = None
        self.table.choose_one()

    def _put(self, rows: Sequence[Row], table: Table, labels: Labels | None = None) -> None:
        """Show rows as a table that has them in the same order, and the row that is chosen in the end."""
        self._rows = rows
        with QSignalBlocker(self.table):  # no other row is shown on the way
            self.table.set_table(table, labels)
            self._choose_row()
        self._choose()

    def _open(self, dialog: SavingDialog) -> None:
        """Open a form, whose outcome is told once it has been saved."""
        dialog.saved.connect(self._done)
        dialog.open()

    def _done(self, outcome: Outcome) -> None:
        self.told.emit(outcome.said)
        self.table.view.setFocus()


class PartedView(RowsView[Row]):
    """Rows that are shown one part at a time, with how many each part has.

    A view says which rows are in a part (`_in_part`) and how they are told (`_table_of`); when it has read its rows it
    calls `_show_found`.
    """

    def __init__(self, runner: StoreRunner, parts: Mapping[str, str], table: DataTable) -> None:
        super().__init__(runner, table)
        self.parts = PartBar(parts)
        self.parts.chosen.connect(lambda _part: self._show_part())

    def show_wanted(self, wanted: object) -> None:
        """Show a part by its name."""
        if wanted in self.parts.buttons:
            self.parts.set_part(str(wanted))
            self._show_part()

    def _in_part(self, part: str) -> list[Row]:
        """Return the rows of a part."""
        raise NotImplementedError

    def _table_of(self, rows: Sequence[Row]) -> tuple[Table, Labels]:
        """Return rows as a table, in their order, with the names to show in place of values."""
        raise NotImplementedError

    def _show_found(self) -> None:
        self.parts.set_counts({part: len(self._in_part(part)) for part in self.parts.buttons})
        self._show_part()

    def _show_part(self) -> None:
        rows = self._in_part(self.parts.part)
        self._put(rows, *self._table_of(rows))


class NumberedView(PartedView[Row]):
    """Parted rows that are also asked for one by one, each by its number (`_number_of`), wherever it has got to."""

    def show_wanted(self, wanted: object) -> None:
        """Show a part by its name, or a row by its number as soon as it has been read."""
        if wanted in self.parts.buttons:
            self._wanted = None
        elif isinstance(wanted, str):
            self._wanted = wanted
            self.parts.set_part(ALL)
            self._show_part()
        super().show_wanted(wanted)
