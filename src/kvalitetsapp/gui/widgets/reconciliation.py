"""An account in rows and in kronor, line by line, that adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from kvalitetsapp.domain.table import Table
from kvalitetsapp.gui.models import mapping_tables
from kvalitetsapp.gui.models.table_model import TableModel
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.imports import AmountAccount
    from kvalitetsapp.services.imports import ImportOutcome


class ReconciliationView(TableView):
    """Shows read = new + corrected + unchanged + rejected; as high as its lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_of_account = TableModel(parent=self)
        self.setModel(self.model_of_account)
        self.setAccessibleName(_("Räkenskap i rader och kronor"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading.setSectionsClickable(False)
        self.heading.setSortIndicatorShown(False)

    def show_outcome(self, outcome: ImportOutcome | None) -> None:
        """Show the account of an import, nothing for None."""
        if outcome is None:
            self._show(Table(mapping_tables.RECONCILIATION[:-1]))
            return
        counts = (outcome.read, outcome.stored, outcome.corrected, outcome.unchanged, outcome.rejected)
        self.show_account(counts, outcome.amounts)

    def show_account(self, counts: Sequence[int], amounts: Sequence[AmountAccount]) -> None:
        """Show an account: read, stored, corrected, unchanged and rejected rows, and the kronor of its columns."""
        self._show(mapping_tables.reconciliation_table(counts, amounts))

    def _show(self, table: Table) -> None:
        self.model_of_account.set_table(table, mapping_tables.as_they_stand(table))
        self.fit_columns()
        rows = self.verticalHeader().defaultSectionSize() * max(1, len(table.rows))
        self.setFixedHeight(
            self.heading.sizeHint().height() + rows + 2 * self.frameWidth() + self.fontMetrics().height()
        )
