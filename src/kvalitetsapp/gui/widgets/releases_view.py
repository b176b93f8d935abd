"""Utlämnat: the log of what has left the department."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.domain.table import Table
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.report_order_form import called
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = ("small_numbers", "data_cut", "who", "fingerprint")


class ReleasesView(Page):
    """Releases, the latest first; nothing can be done with them but to read, filter and copy."""

    title: ClassVar[str] = N_("Utlämnat")
    icon_name: ClassVar[str] = "reports"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.REPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.guards = PlainLabel(
            _(
                "Loggen hindrar att två rapporter, var för sig ofarliga, tillsammans avslöjar ett litet tal när den "
                "ena räknas bort från den andra."
            )
        )
        self.table = DataTable("releases", key=("released_at", "file_name"))
        self.empty = EmptyState(
            _("Inget har lämnat kliniken än. En rapport skrivs in här när den skapas med små tal dolda."),
            _("Gå till Skapa"),
        )
        self._stack = self._arrange()
        self.begins_at = self.table

    def refresh(self) -> None:
        """Read the log."""
        self.runner.run(_log, self._show)

    def focus_find(self) -> None:
        """Put the cursor in the filter."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> Stack:
        self.guards.setObjectName("muted")
        self.guards.setWordWrap(True)
        self.table.view.setAccessibleName(_("Utlämnat"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.guards)
        column.addWidget(self.table, 1)
        return Stack(self, content, self.empty)

    def _show(self, table: Table) -> None:
        self.table.set_table(table)
        self.table.choose_one()
        self._stack.show_empty(on=not table.rows)


def _log(workspace: Workspace, _progress: Progress) -> Table:
    from kvalitetsapp.services import releases, report_subjects

    return named(releases.log(workspace), report_subjects.names(workspace))


def named(log: Table, names: Mapping[str, str]) -> Table:
    """Return the log with what each report is about called by its name, which the kind of report decides for all."""
    kind, subject = log.names().index("kind"), log.names().index("subject")

    def as_called(row: Row) -> Row:
        name = called(ReportKind(str(row[kind])), str(row[subject]), names)
        return (*row[:subject], name, *row[subject + 1 :])

    return Table(log.columns, [as_called(row) for row in log.rows])
