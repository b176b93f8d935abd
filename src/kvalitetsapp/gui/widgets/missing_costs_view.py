"""Händelser utan kostnad: covered events that no source gives a cost, with their costs one key away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.event_cost import missing_table
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.event_cost import EventCostDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.event_cost import MissingCost
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class MissingCostsView(RowsView["MissingCost"]):
    """The events whose cost is missing, those with the first last day of the claim first."""

    title: ClassVar[str] = N_("Utan kostnad")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.AGREEMENTS, Changed.EPISODES, Changed.COSTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("missing-costs", key=("event_ref", "index_ref")))
        self.summary = PlainLabel()
        self.potential = QCheckBox(_("Även &föreslagna"))
        self.cost = QPushButton(_("&Kostnad …"))
        self._stack = self._arrange()
        self.begins_at = self.table
        self.potential.toggled.connect(lambda _on: self.refresh())
        self.table.row_activated.connect(lambda _row: self.open_cost())
        self.cost.clicked.connect(self.open_cost)
        self._choose()

    def refresh(self) -> None:
        """Read the events."""
        self.runner.run(partial(_missing, self.potential.isChecked()), self._set_missing)

    def open_cost(self) -> EventCostDialog | None:
        """Open the cost of the chosen event, and return the dialog; None where no event is chosen."""
        event = self.current()
        if event is None:
            return None
        dialog = EventCostDialog(self.runner, event.key, self)
        self._open(dialog)
        return dialog

    def _arrange(self) -> Stack:
        self.summary.setObjectName("muted")
        self.summary.setWordWrap(True)
        self.table.view.setAccessibleName(_("Händelser utan kostnad"))
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.potential)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(arrangement.ends((self.cost,)))
        filled = QWidget()
        empty = EmptyState(_("Alla täckta händelser har en kostnad."))
        stack = Stack(filled, content, empty)
        around = QVBoxLayout(self)
        spacing.pad(around, self, 0.8)
        around.addLayout(top)
        around.addWidget(filled, 1)
        return stack

    def _set_missing(self, found: tuple[MissingCost, ...]) -> None:
        names = {one.provider_id: one.provider for one in found}
        self._put(found, missing_table(found), {"provider_id": names})
        text = ngettext(
            "{n} täckt händelse saknar kostnad. Inget gissas, och inget kan krävas för den förrän kostnaden finns.",
            "{n} täckta händelser saknar kostnad. Inget gissas, och inget kan krävas för dem förrän kostnaden finns.",
            len(found),
        )
        self.summary.setText(text.format(n=number(len(found))) if found else "")
        self._stack.show_empty(on=not found)

    def _choose(self) -> None:
        self.cost.setEnabled(self.current() is not None)


def _missing(potential: bool, workspace: Workspace, _progress: Progress) -> tuple[MissingCost, ...]:
    from kvalitetsapp.services import event_costs

    return event_costs.missing(workspace, potential=potential)
