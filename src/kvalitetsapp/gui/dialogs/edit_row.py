"""A row of a table that people keep themselves, typed cell by cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from kvalitetsapp.domain import editable_cells
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.widgets.cell_field import cell_field
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.kept_row import KeptRow
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.editable_tables import TableOutcome
    from kvalitetsapp.services.workspace import Workspace


class EditRowDialog(FaultingDialog):
    """Changes a row, or makes a new one where there is none to begin with; the key of a row is not changed."""

    def __init__(
        self, runner: StoreRunner, table: EditableTable, row: KeptRow | None, parent: QWidget | None = None
    ) -> None:
        title = _("Ny rad") if row is None else _("Ändra rad")
        super().__init__(runner, title, _("&Spara raden"), parent)
        self._table, self._row = table, row
        self.explained.setText(_(table.about))
        self.cells = {column.name: cell_field(column) for column in table.columns}
        self.why = QLineEdit()
        self.reason = Faulted(self.why)
        for column in table.columns:
            star = " *" if column.required else ""
            self.form.add(f"{_(column.heading)}{star}", self.cells[column.name])
        self.form.add(_("Varför?"), self.reason)
        first = self.cells[table.columns[0].name]
        if row is not None:
            self._show(row)
            first = next(cell for name, cell in self.cells.items() if name not in table.key)
        first.setFocus()
        runner.run(partial(_offers, table.name), self._offer)

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields from the first to the last."""
        return (*self.cells.values(), self.reason)

    def place_of(self, field: str) -> Faulted | None:
        """Return the field of a column."""
        return self.reason if field == "reason" else self.cells.get(field)

    def work(self) -> Work:
        """Return what saves the row."""
        texts = {name: cell.text() for name, cell in self.cells.items()}
        number = None if self._row is None else self._row.number
        return partial(_save, self._table.name, texts, self.why.text(), number)

    def _show(self, row: KeptRow) -> None:
        for name, text in editable_cells.write_row(self._table, row.values).items():
            self.cells[name].set_text(text)
            if name in self._table.key:
                self.cells[name].keep()

    def _offer(self, offers: Mapping[str, Mapping[str, str]]) -> None:
        for name, known in offers.items():
            self.cells[name].offer(known)


def _offers(name: str, workspace: Workspace, _progress: Progress) -> dict[str, Mapping[str, str]]:
    from kvalitetsapp.services import editable_offers

    return editable_offers.offers(workspace, name)


def _save(
    name: str,
    texts: Mapping[str, str],
    reason: str,
    based_on: int | None,
    workspace: Workspace,
    _progress: Progress,
) -> TableOutcome:
    from kvalitetsapp.services import editable_tables

    return editable_tables.save(workspace, name, texts, reason=reason, based_on=based_on, is_new=based_on is None)
