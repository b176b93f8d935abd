"""The entries behind a figure of waiting lists, or a small table beside one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.domain.waiting import WaitingBehind
    from kvalitetsapp.domain.waiting_behind import EntriesBehind
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class TableDialog(QDialog):
    """Shows a table under its title and a sentence."""

    def __init__(self, runner: StoreRunner, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumSize(letters(self, 100), lines(self, 24))
        self.resize(letters(self, 172), lines(self, 36))
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.said.setObjectName("muted")
        self.table = DataTable(name)
        self.table.view.setAccessibleName(title)
        note_copies(runner, self.table)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        pad(column, self, 1.0, 0.6)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)

    def show_table(self, table: Table, said: str) -> None:
        """Show a table, and say what it holds."""
        self.table.set_table(table)
        self.said.setText(said)
        self.table.choose_one()
        self.table.view.setFocus()


class WaitingEntriesDialog(TableDialog):
    """Reads entries, those who have waited longest first."""

    def __init__(self, runner: StoreRunner, asked: EntriesBehind, parent: QWidget | None = None) -> None:
        super().__init__(runner, "waiting-entries", asked.title, parent)
        self.table.hide_columns("source", "snapshot_on", "county", "unit")
        self.said.setText(_("Läser …"))
        runner.run(partial(_behind, asked), self._show, label=_("Läser väntande"))

    def _show(self, found: WaitingBehind) -> None:
        shown = len(found.table.rows)
        if shown < found.total:
            said = _("De {shown} som har väntat längst av {total}.").format(
                shown=number(shown), total=number(found.total)
            )
        else:
            said = ngettext("{n} väntande.", "{n} väntande, de som har väntat längst först.", shown).format(
                n=number(shown)
            )
        self.show_table(found.table, said)


def _behind(asked: EntriesBehind, workspace: Workspace, _progress: Progress) -> WaitingBehind:
    from kvalitetsapp.services import waiting

    return waiting.behind(workspace, asked.scope, asked.where, asked.over_days, asked=asked.asked)
