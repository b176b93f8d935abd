"""Över tid: how the list has developed month by month, and who came and left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from kvalitetsapp.domain import waiting_pictures, waiting_sentences
from kvalitetsapp.domain.waiting_behind import EntriesBehind
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.domain.waiting import WaitingScope, WaitingSeries
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class WaitingSeriesView(WaitingView):
    """Draws month ends; a month leads to those who waited then."""

    title: ClassVar[str] = N_("Över tid")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.chart = ChartPanel(runner)
        self.gaps = PlainLabel()
        self.flows = DataTable("waiting-flows", key=("month",))
        self._days: dict[str, date] = {}
        self._arrange()
        self.chart.chosen.connect(self.ask_month)
        self.chart.told.connect(self.told)
        self.flows.row_activated.connect(lambda row: self.ask_month(str(self.flows.model.value(row, "month"))))
        self.begins_at = self.flows.view

    def refresh(self) -> None:
        """Read the series and the flows."""
        self.read(partial(_read, self.scope), self._show, _("Räknar månader"))

    def ask_month(self, month: str) -> None:
        """Ask for those who waited at the end of a month."""
        day = self._days.get(month)
        if day is not None:
            title = _("Väntande {month}").format(month=month)
            self.entries_asked.emit(EntriesBehind(title, replace(self.scope, snapshot_on=day)))

    def _arrange(self) -> None:
        self.gaps.setWordWrap(True)
        came_and_left = _("Tillkomna och försvunna")
        self.flows.view.setAccessibleName(came_and_left)
        self.flows.show_tools(on=False)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.chart)
        parts.addWidget(titled(came_and_left, self.flows))
        parts.setSizes([spacing.lines(self, 26), spacing.lines(self, 14)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.gaps)
        column.addWidget(parts, 1)

    def _show(self, found: tuple[WaitingSeries, Table]) -> None:
        series, flows = found
        self._days = {
            str(row["month"]): date.fromisoformat(str(row["snapshot_on"]))
            for row in series.table.records()
            if row["snapshot_on"]
        }
        title = _("Väntande vid månadsslut: {whom}").format(whom=waiting_sentences.everyone(self.scope, self.choices))
        self.chart.set_chart(waiting_pictures.months(series, title))
        self.gaps.setText(waiting_sentences.gaps_told(series.gaps))
        self.gaps.setVisible(bool(series.gaps))
        self.flows.set_table(flows)
        if flows.rows and self.flows.current_row() < 0:
            self.flows.choose_row(len(flows.rows) - 1)


def _read(scope: WaitingScope, workspace: Workspace, _progress: Progress) -> tuple[WaitingSeries, Table]:
    from kvalitetsapp.services import waiting

    return waiting.series(workspace, scope), waiting.flows(workspace, scope)
