"""Omfördelning: a scenario of which waiting could be offered another provider; people decide, the program shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from kvalitetsapp.domain import redistribution_words as words
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.redistribution_form import RedistributionForm
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.redistribution import Redistribution, RedistributionScenario
    from kvalitetsapp.domain.waiting import WaitingChoices, WaitingScope
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = (
    "provider_kind",
    "room",
    "price_source",
    "days_source",
    "rate_low",
    "rate_high",
    "operations",
)


class RedistributionView(WaitingView):
    """Shows what every provider would receive, the queue with and without, and why the others stay."""

    title: ClassVar[str] = N_("Omfördelning")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.form = RedistributionForm()
        self.said, self.reserved = PlainLabel(), PlainLabel()
        self.received = DataTable("redistribution-received", key=("area", "provider"))
        self.effects = DataTable("redistribution-effects", key=("area",))
        self.staying = DataTable("redistribution-staying", key=("area", "reason"))
        self.tables = QPushButton(_("Ändra &kapaciteter"))
        self.distances = QPushButton(_("Ändra av&stånd"))
        self._arrange()
        self.form.asked.connect(self.refresh)
        self.tables.clicked.connect(lambda: self.page_requested.emit("development", "tables/capacities"))
        self.distances.clicked.connect(lambda: self.page_requested.emit("development", "tables/distances"))
        self.begins_at = self.form.weeks

    def set_scope(self, scope: WaitingScope, choices: WaitingChoices) -> None:
        """Offer what there is, and work the scenario out for another scope."""
        self.form.set_choices(choices)
        super().set_scope(scope, choices)

    def refresh(self) -> None:
        """Work out the scenario."""
        scenario = self.form.scenario(self.scope.area)
        self.read(partial(_work_out, self.scope, scenario), self._show, _("Räknar scenariot"))

    def _arrange(self) -> None:
        self.received.view.setAccessibleName(_("Vad varje vårdgivare skulle ta emot"))
        self.received.hide_columns(*_HIDDEN_AT_FIRST)
        for label in (self.said, self.reserved):
            label.setWordWrap(True)
        self.reserved.setObjectName("muted")
        below = QSplitter(Qt.Orientation.Horizontal)
        for text, table in (
            (_("Väntelistan före och efter"), self.effects),
            (_("Varför andra inte flyttas"), self.staying),
        ):
            table.view.setAccessibleName(text)
            table.show_tools(on=False)
            below.addWidget(titled(text, table))
        below.setSizes([spacing.letters(self, 124), spacing.letters(self, 58)])
        below.setChildrenCollapsible(False)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(titled(_("Vårdgivare som kan ta emot"), self.received, self.tables, self.distances))
        parts.addWidget(below)
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.form)
        column.addWidget(self.said)
        column.addWidget(parts, 1)
        column.addWidget(self.reserved)

    def _show(self, found: Redistribution) -> None:
        self.said.setText(" ".join(words.told(found)))
        self.reserved.setText(" ".join(words.reservations(found)))
        received = words.received_table(found)
        lacks = {codes: words.lacks_told(codes) for row in received.records() if (codes := str(row["lacks"] or ""))}
        self.received.set_table(received, {"lacks": lacks})
        self.effects.set_table(words.effects_table(found))
        self.staying.set_table(words.staying_table(found))
        for table in (self.received, self.effects, self.staying):
            table.choose_one()


def _work_out(
    scope: WaitingScope, scenario: RedistributionScenario, workspace: Workspace, _progress: Progress
) -> Redistribution:
    from kvalitetsapp.services import redistribution

    return redistribution.work_out(workspace, scope, scenario)
