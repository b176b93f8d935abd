"""Täckning: deliveries by provider and month as a heat map, and as its table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.quality import Coverage, coverage_table
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.plots.heat_map import HeatMap
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_KINDS: Final = (
    ("all", N_("Alla vårdkontakter")),
    ("operations", N_("Med primäroperation")),
    ("inpatient", N_("Slutenvård")),
    ("outpatient", N_("Öppenvård")),
)


class CoverageView(QWidget):
    """The heat map with what it counts, the chosen cell in words, and its table in place of it."""

    search_wanted = Signal(str)  # what to look for among the episodes

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._coverage = Coverage()
        self.kind = QComboBox()
        self.twin = QPushButton()
        self.map = HeatMap()
        self.table = DataTable("coverage", key=("provider_id", "month"))
        self.table.hide_columns("provider_id")
        self.summary = PlainLabel()
        self.told = PlainLabel()
        self.views = QStackedWidget()
        self._arrange()
        self._connect()
        self.show_table(on=False)

    def refresh(self) -> None:
        """Read the deliveries."""
        kind = str(self.kind.currentData())
        self._runner.run(partial(_coverage, kind), partial(self._set_coverage, kind), label=_("Räknar leveranser"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.show_table(on=True)
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_table(self, *, on: bool) -> None:
        """Show the table, or the heat map."""
        shown = self.table if on else self.map
        self.views.setCurrentWidget(shown)
        self.twin.setText(_("Visa diagram (Ctrl+T)") if on else _("Visa tabell (Ctrl+T)"))
        self.told.setVisible(not on)
        if self.isVisible():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        for kind, text in _KINDS:
            self.kind.addItem(_(text), kind)
        label = PlainLabel(_("Räkna"))
        label.setBuddy(self.kind)
        self.kind.setAccessibleName(_("Räkna"))
        self.table.view.setAccessibleName(_("Vårdkontakter per vårdgivare och månad"))
        self.summary.setWordWrap(True)
        self.told.setObjectName("sectionTitle")
        signs = PlainLabel(
            _("Starkare färg = närmare vårdgivarens största månad   ✕ tyst månad   ⋯ inget eller ej avslutad månad")
        )
        signs.setObjectName("muted")
        signs.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.kind)
        top.addStretch(1)
        top.addWidget(self.twin)
        for view in (self.map, self.table):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.7, 0.5)
        column.addLayout(top)
        column.addWidget(self.summary)
        column.addWidget(self.views, 1)
        column.addWidget(self.told)
        column.addWidget(signs)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self.refresh())
        self.twin.clicked.connect(self._switch)
        self.map.cell_changed.connect(self._tell_cell)
        self.map.cell_activated.connect(self._open_cell)
        self.table.row_activated.connect(self._open_row)
        action_within(self, Shortcut.TABLE_TWIN, self._switch)

    def _switch(self) -> None:
        self.show_table(on=self.views.currentWidget() is self.map)

    def _set_coverage(self, kind: str, coverage: Coverage) -> None:
        if kind != self.kind.currentData():
            return
        self._coverage = coverage
        self.summary.setText(coverage.description())
        self.map.show_coverage(coverage)
        self.table.set_table(coverage_table(coverage))

    def _tell_cell(self, row: int, column: int) -> None:
        self.told.setText(self._coverage.cell_text(row, column))

    def _open_cell(self, row: int, _column: int) -> None:
        self.search_wanted.emit(self._coverage.providers[row][0])

    def _open_row(self, row: int) -> None:
        self.search_wanted.emit(str(self.table.model.value(row, "provider_id")))


def _coverage(kind: str, workspace: Workspace, _progress: Progress) -> Coverage:
    from kvalitetsapp.services import data_quality

    return data_quality.coverage(workspace, kind)
