"""Fördelning: how long those have waited who wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from kvalitetsapp.domain import waiting_pictures, waiting_sentences
from kvalitetsapp.domain.waiting_behind import EntriesBehind
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting import WaitingDistribution, WaitingScope
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class WaitingDaysView(WaitingView):
    """Draws classes of days; a class leads to those who have waited that long or longer."""

    title: ClassVar[str] = N_("Fördelning")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.chart = ChartPanel(runner)
        self.chart.chosen.connect(self.ask_class)
        self.chart.told.connect(self.told)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.said)
        column.addWidget(self.chart, 1)
        self.begins_at = self.chart.twin

    def refresh(self) -> None:
        """Read the distribution."""
        self.read(partial(_read, self.scope), self._show, _("Räknar väntetider"))

    def ask_class(self, key: str) -> None:
        """Ask for those who have waited as long as the first day of a class, or longer."""
        first = int(key)
        title = _("Har väntat {n} dagar eller längre").format(n=number(first))
        self.entries_asked.emit(EntriesBehind(title, self.scope, {}, first - 1))

    def _show(self, found: WaitingDistribution) -> None:
        self.said.setText(waiting_sentences.quartiles(found))
        self.chart.set_chart(waiting_pictures.days(found), "" if found.table.rows else _("Ingen väntar i urvalet."))


def _read(scope: WaitingScope, workspace: Workspace, _progress: Progress) -> WaitingDistribution:
    from kvalitetsapp.services import waiting

    return waiting.distribution(workspace, scope)
