"""Kapacitet: operations per week against what comes in, weeks to an empty list, and the operating time it takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from kvalitetsapp.domain import waiting_sentences
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting import WaitingCapacity, WaitingScope
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_SOURCE_LETTERS: Final = 44


class WaitingCapacityView(WaitingView):
    """Shows two tables; what they rest on is kept by people on the page Utveckling."""

    title: ClassVar[str] = N_("Kapacitet")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.capacity = DataTable("waiting-capacity", key=("provider", "area"))
        self.operating = DataTable("waiting-operating", key=("code",))
        self.tables = QPushButton(_("Ändra &kapaciteter"))
        self.times = QPushButton(_("Ändra operations&tider"))
        self._arrange()
        self.tables.clicked.connect(lambda: self.page_requested.emit("development", "tables/capacities"))
        self.times.clicked.connect(lambda: self.page_requested.emit("development", "tables/operating_times"))
        self.begins_at = self.capacity.view

    def refresh(self) -> None:
        """Read the capacity."""
        self.read(partial(_read, self.scope), self._show, _("Räknar kapacitet"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the first table."""
        self.capacity.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        for text, table, button in (
            (_("Vårdgivare och område"), self.capacity, self.tables),
            (_("Operationstid per åtgärdskod"), self.operating, self.times),
        ):
            table.view.setAccessibleName(text)
            parts.addWidget(titled(text, table, button))
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.said)
        column.addWidget(parts, 1)

    def _show(self, found: WaitingCapacity) -> None:
        self.said.setText(waiting_sentences.operating_told(found))
        self.capacity.set_table(found.table)
        self.operating.view.cut_no_shorter(found.operating.names().index("source"), _SOURCE_LETTERS)
        self.operating.set_table(found.operating)
        for table in (self.capacity, self.operating):
            table.choose_one()


def _read(scope: WaitingScope, workspace: Workspace, _progress: Progress) -> WaitingCapacity:
    from kvalitetsapp.services import waiting

    return waiting.capacity(workspace, scope)
