"""What became of one import, row by row: its account, what was turned away and why, and what looked wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp.gui.models import import_tables, mapping_tables
from kvalitetsapp.gui.spacing import lines, pad
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reconciliation import ReconciliationView
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.imports import ImportDetails
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.import_plan import Tried
    from kvalitetsapp.services.imports import ImportOutcome

_ACCOUNT = ("read", "stored", "corrected", "unchanged", "rejected")


class ImportDetailsView(QWidget):
    """Rejected rows, findings, changed cells and the account of what is chosen above."""

    def __init__(self, parent: QWidget | None = None, *, with_account: bool = True) -> None:
        super().__init__(parent)
        self.heading = PlainLabel()
        self.heading.setWordWrap(True)
        self.tabs = QTabWidget()
        self.rejects = DataTable("import-rejects", key=("row", "column"))
        self.findings = DataTable("import-findings", key=("row", "text", "ref"))
        self.account = ReconciliationView()
        self.changed = DataTable("import-changed", key=("row", "ref", "column"))
        for table, name in (
            (self.rejects, _("Avvisade rader")),
            (self.findings, _("Fynd")),
            (self.changed, _("Ändrade celler")),
        ):
            table.view.setAccessibleName(name)
            holder = QWidget()
            inside = QVBoxLayout(holder)
            pad(inside, self, 0.7, 0.6)
            inside.addWidget(table)
            self.tabs.addTab(holder, "")
        tab = self._account_tab()
        tab.setVisible(with_account)
        if with_account:
            self.tabs.addTab(tab, _("Räkenskap"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.4))
        column.addWidget(self.heading)
        column.addWidget(self.tabs, 1)
        self.clear()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self.heading.setText("")
        self._show(None)

    def show_file(self, tried: Tried) -> None:
        """Show what became, or would become, of a file."""
        name = tried.file.path.name
        if tried.outcome is None:
            self.heading.setText(_("{file}: {problem}").format(file=name, problem=tried.problem))
            self._show(None)
            return
        self._tell(name, [getattr(tried.outcome, one) for one in _ACCOUNT], tried.outcome)

    def show_batch(self, values: Mapping[str, Value], details: ImportDetails) -> None:
        """Show an earlier import."""
        self._tell(str(values["file"]), [int(values[one] or 0) for one in _ACCOUNT], details)

    def focus_find(self) -> None:
        """Search in the table that is shown."""
        tables = (self.rejects, self.findings, self.changed)
        if self.tabs.currentIndex() < len(tables):
            tables[self.tabs.currentIndex()].search.setFocus()

    def _account_tab(self) -> QWidget:
        holder = QWidget(self)
        inside = QVBoxLayout(holder)
        pad(inside, self, 0.7, 0.6)
        inside.addWidget(self.account)
        inside.addStretch(1)
        return holder

    def _tell(self, name: str, counts: Sequence[int], details: ImportDetails | ImportOutcome) -> None:
        told = import_tables.account(*counts)
        self.heading.setText(_("{file}: {account}").format(file=name, account=told))
        self._show(details)
        self.account.show_account(counts, details.amounts)

    def _show(self, details: ImportDetails | ImportOutcome | None) -> None:
        self.account.show_outcome(None)
        self.rejects.set_table(import_tables.rejects_table(details))
        self.findings.set_table(import_tables.findings_table(details))
        self.changed.set_table(mapping_tables.changed_table(details))
        rejects = len(self.rejects.model.table.rows)
        findings = 0 if details is None else details.finding_count
        self.tabs.setTabText(0, _("Avvisade rader ({n})").format(n=number(rejects)))
        self.tabs.setTabText(1, _("Fynd ({n})").format(n=number(findings)))
        changed = len(self.changed.model.table.rows)
        self.tabs.setTabText(2, _("Ändrade celler ({n})").format(n=number(changed)))
        if details is not None:
            self.tabs.setCurrentIndex(0 if rejects or not findings else 1)
