"""Everything that has stood on a row of a table that people keep themselves: by whom, when and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.editable_table import EditableTable
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class RowHistoryDialog(QDialog):
    """Lists what has stood, the first first."""

    def __init__(self, runner: StoreRunner, table: EditableTable, row_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Radens historik"))
        self.setMinimumSize(letters(self, 150), lines(self, 18))
        self.table = DataTable(f"row-history-{table.name}", key=("changed_at",))
        self.table.hide_columns(*table.key)
        self.table.view.setAccessibleName(_("Radens historik"))
        note_copies(runner, self.table)
        heading = PlainLabel(f"{_(table.title)}: {table.key_text(row_key)}")
        heading.setObjectName("sectionTitle")
        buttons = QDialogButtonBox()
        buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(heading)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.table.view.setFocus()
        runner.run(partial(_history, table.name, table.key_texts(row_key)), self.table.set_table)


def _history(name: str, key: tuple[str, ...], workspace: Workspace, _progress: Progress) -> Table:
    from kvalitetsapp.services import editable_tables

    return editable_tables.history_table(workspace, name, key)
