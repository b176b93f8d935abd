"""Tabeller: the tables that people keep themselves, one at a time, with what people have changed in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import kept_row
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.editable_table import EDITABLE
from kvalitetsapp.domain.editable_words import RowOrigin
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_row import EditRowDialog
from kvalitetsapp.gui.dialogs.row_history import RowHistoryDialog
from kvalitetsapp.gui.dialogs.take_table import TakeTableDialog
from kvalitetsapp.gui.flow_layout import flowing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.kept_row import KeptRow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.editable_tables import TableOutcome
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Read:
    """A table's rows, and the names that are shown in place of ids."""

    name: str
    rows: tuple[KeptRow, ...]
    labels: Mapping[str, Mapping[str, str]]


class EditableTablesView(RowsView["KeptRow"]):
    """Rows of the chosen table, where each comes from, and everything that may be done with them."""

    title: ClassVar[str] = N_("Tabeller")
    icon_name: ClassVar[str] = "development"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.TABLES, Changed.INDICATORS, Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("editable-tables"))
        self.choice = QComboBox()
        self.about = PlainLabel()
        self.facts = FactsView(_("Raden"))
        self.add = QPushButton(_("&Lägg till …"))
        self.change = QPushButton(_("Ä&ndra …"))
        self.remove = QPushButton(_("&Ta bort"))
        self.reset = QPushButton(_("&Som den medföljer"))
        self.history = QPushButton(_("&Historik"))
        self.take_in = QPushButton(_("Läs &in fil …"))
        self.export = QPushButton(_("S&para som fil …"))
        self.undo = StepUndo(runner, self)
        self.empty = EmptyState(
            _("Tabellen är tom: vad som ska stå här vet bara ni. Lägg till rad för rad, eller läs in en fil."),
            _("Lägg till en rad"),
        )
        self._stack = self._arrange()
        self.begins_at = self.choice
        self._connect()
        self._choose_table()

    def refresh(self) -> None:
        """Read the rows of the chosen table."""
        self.undo.read()
        self.runner.run(partial(_read, self._table.name), self._show)

    def show_wanted(self, wanted: object) -> None:
        """Show a table by its name."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))

    @property
    def _table(self) -> EditableTable:
        return EDITABLE[str(self.choice.currentData())]

    # how it looks

    def _arrange(self) -> Stack:
        for name, table in EDITABLE.items():
            self.choice.addItem(_(table.title), name)
        self.choice.setAccessibleName(_("Tabell"))
        self.table.view.setAccessibleName(_("Tabellens rader"))
        label = PlainLabel(_("Ta&bell"))
        label.setBuddy(self.choice)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.undo.setMinimumWidth(spacing.letters(self, 44))
        inner = QWidget()
        stack = Stack(inner, arrangement.above((self.table, 24), (self.facts, 9)), self.empty)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addLayout(arrangement.ends((label, self.choice)))
        column.addWidget(self.about)
        column.addWidget(inner, 1)
        changing = (self.add, self.change, self.remove, self.reset, self.history)
        column.addLayout(flowing(self, changing, (self.take_in, self.export)))
        column.addLayout(arrangement.ends((self.undo,)))
        return stack

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _place: self._choose_table())
        self.table.row_activated.connect(lambda _row: self.change.click())
        self.add.clicked.connect(self._ask_to_add)
        self.empty.asked.connect(self._ask_to_add)
        self.change.clicked.connect(self._ask_to_change)
        self.remove.clicked.connect(self._ask_to_remove)
        self.reset.clicked.connect(self._let_be_as_it_comes)
        self.history.clicked.connect(self._show_history)
        self.take_in.clicked.connect(self._ask_for_file)
        self.export.clicked.connect(self._ask_where_to_save)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)

    # what it shows

    def _choose_table(self) -> None:
        self.about.setText(_(self._table.about))
        self.table.set_find("")
        self._put((), kept_row.rows_table(self._table, ()))
        self.mark_stale()

    def _show(self, read: _Read) -> None:
        if read.name != self._table.name:
            return  # another table was chosen meanwhile
        self._stack.show_empty(on=not read.rows)
        self._put(read.rows, kept_row.rows_table(self._table, read.rows), read.labels)

    def _number_of(self, row: KeptRow) -> str:
        return row.key

    def _choose(self) -> None:
        row, can_write = self.current(), self.runner.can_write
        self.add.setEnabled(can_write)
        self.take_in.setEnabled(can_write)
        self.export.setEnabled(can_write)
        for button in (self.change, self.remove):
            button.setEnabled(can_write and row is not None)
        self.reset.setEnabled(can_write and row is not None and row.origin is RowOrigin.CHANGED)
        self.reset.setToolTip(_("Bara en rad som medföljer och är ändrad kan bli som den var"))
        self.history.setEnabled(row is not None)
        if row is None:
            self.facts.show_paragraphs([_("Ingen rad är vald.")])
        else:
            self.facts.show_facts(("", self._facts(row)))

    def _facts(self, row: KeptRow) -> list[Fact]:
        """Return everything that stands in a row, as the table shows it, and why it was changed."""
        model, place = self.table.model, self._rows.index(row)
        told = [
            Fact(_(column.heading), (text,))
            for number, column in enumerate(model.table.columns)
            if (text := model.renderer(number)(model.table.rows[place][number])) not in {"", NOTHING}
        ]
        return [*told, *([Fact(_("Skäl"), (row.reason,))] if row.reason else [])]

    # what is done

    def _ask_to_add(self) -> None:
        if self.add.isEnabled():
            self._open(EditRowDialog(self.runner, self._table, None, self))

    def _ask_to_change(self) -> None:
        row = self.current()
        if row is not None:
            self._open(EditRowDialog(self.runner, self._table, row, self))

    def _ask_to_remove(self) -> None:
        row, table = self.current(), self._table
        if row is None:
            return
        question = _("Ta bort raden {key}? Den står kvar i historiken och kan fås tillbaka med Ångra.")
        if messages.ask(self, question.format(key=table.key_text(row.key)), yes=_("Ta bort")):
            self.runner.run(partial(_remove, table.name, table.key_texts(row.key), row.number), self._done)

    def _let_be_as_it_comes(self) -> None:
        row, table = self.current(), self._table
        if row is not None:
            self._wanted = row.key
            self.runner.run(partial(_reset, table.name, table.key_texts(row.key)), self._done)

    def _show_history(self) -> None:
        row = self.current()
        if row is not None:
            RowHistoryDialog(self.runner, self._table, row.key, self).open()

    def _ask_for_file(self) -> None:
        chosen = messages.choose_file(self, _("Läs in rader"), "", _("CSV (*.csv)"))
        if chosen:
            dialog = TakeTableDialog(self.runner, self._table, Path(chosen), self)
            dialog.saved.connect(lambda done: self.told.emit(done.said()))
            dialog.open()

    def _ask_where_to_save(self) -> None:
        name = self._table.name
        chosen = messages.choose_new_file(self, _("Spara tabellen"), Path(f"{name}.csv"), _("CSV (*.csv)"))
        if chosen:
            self.runner.run(
                partial(_export, name, Path(chosen)),
                lambda out: self.told.emit(_("Sparat: {file}").format(file=out.name)),
            )

    def _done(self, outcome: TableOutcome) -> None:  # type: ignore[override]  # a row and warnings besides
        if outcome.row is not None:
            self._wanted = outcome.row.key
            self._choose_row()
        self.told.emit(" ".join((outcome.said, *outcome.warnings)))
        self.table.view.setFocus()


def _read(name: str, workspace: Workspace, _progress: Progress) -> _Read:
    from kvalitetsapp.services import editable_offers, editable_tables

    return _Read(name, editable_tables.kept(workspace, name), editable_offers.names(workspace, name))


def _remove(name: str, key: tuple[str, ...], based_on: int, workspace: Workspace, _progress: Progress) -> TableOutcome:
    from kvalitetsapp.services import editable_tables

    return editable_tables.remove(workspace, name, key, based_on=based_on)


def _reset(name: str, key: tuple[str, ...], workspace: Workspace, _progress: Progress) -> TableOutcome:
    from kvalitetsapp.services import editable_tables

    return editable_tables.reset(workspace, name, key)


def _export(name: str, out: Path, workspace: Workspace, _progress: Progress) -> Path:
    from kvalitetsapp.services import editable_tables

    return editable_tables.export(workspace, name, out)
