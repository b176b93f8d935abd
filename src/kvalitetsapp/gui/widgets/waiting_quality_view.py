"""Datumkvalitet och fynd: how far days can be trusted, what is amiss with the lists, and what it does to figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from kvalitetsapp.domain.waiting import WaitingAsked, WaitingDateCheck, WaitingFound
from kvalitetsapp.domain.waiting_behind import EntriesBehind
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Table, Value
    from kvalitetsapp.domain.waiting import WaitingFindings, WaitingScope
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class WaitingQualityView(WaitingView):
    """Shows what the figures are to be read with."""

    title: ClassVar[str] = N_("Datumkvalitet och fynd")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.checks = DataTable("waiting-date-quality", key=("check",))
        self.findings = DataTable("waiting-findings", key=("found", "month", "about"))
        self.of_check = QPushButton(_("Visa &dagarnas poster"))
        self.of_finding = QPushButton(_("Visa &fyndets poster"))
        self.effect = PlainLabel()
        self.effect.setWordWrap(True)
        self._arrange()
        self.findings.current_row_changed.connect(self._tell_effect)
        self.checks.current_row_changed.connect(self._choose_check)
        for table, button in ((self.checks, self.of_check), (self.findings, self.of_finding)):
            button.setEnabled(False)
            button.clicked.connect(partial(self._ask_chosen, table))
            table.row_activated.connect(partial(self.ask_entries, table))
        self.begins_at = self.findings.view

    def refresh(self) -> None:
        """Read the checks and the findings."""
        self.read(partial(_read, self.scope), self._show, _("Prövar väntelistorna"))

    def ask_entries(self, table: DataTable, row: int) -> None:
        """Ask for the entries that a check or a finding is about, if there are any in the lists."""
        asked = _asked(table.model.table.records()[row])
        if asked is not None:
            self.entries_asked.emit(EntriesBehind(_title(asked), self.scope, asked=asked))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the findings."""
        self.findings.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        for text, table, button in (
            (_("Beslutsdatum"), self.checks, self.of_check),
            (_("Fynd och vad de betyder"), self.findings, self.of_finding),
        ):
            table.view.setAccessibleName(text)
            parts.addWidget(titled(text, table, button))
        self.checks.show_tools(on=False)
        parts.setSizes([spacing.lines(self, 12), spacing.lines(self, 24)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.said)
        column.addWidget(parts, 1)
        column.addWidget(self.effect)

    def _tell_effect(self, row: int) -> None:
        rows = self.findings.model.table.rows
        self.effect.setText(str(self.findings.model.value(row, "effect")) if 0 <= row < len(rows) else "")
        self.of_finding.setEnabled(0 <= row < len(rows))

    def _choose_check(self, row: int) -> None:
        rows = self.checks.model.table.records()
        self.of_check.setEnabled(0 <= row < len(rows) and _asked(rows[row]) is not None)

    def _ask_chosen(self, table: DataTable) -> None:
        if (row := table.current_row()) >= 0:
            self.ask_entries(table, row)

    def _show(self, found: tuple[WaitingFindings, Table]) -> None:
        findings, checks = found
        told = len(findings.findings)
        text = ngettext("{n} fynd i urvalet.", "{n} fynd i urvalet.", told).format(n=number(told))
        self.said.setText(text if told else _("Inget att anmärka på i urvalets listor."))
        self.checks.set_table(checks)
        self.findings.set_table(findings.table)
        for table in (self.checks, self.findings):
            table.choose_one()


def _asked(row: Mapping[str, Value]) -> WaitingAsked | None:
    """Return what a row of a check or a finding asks for, None where it has no entries."""
    if "found" in row:
        return WaitingAsked(WaitingFound(str(row["found"])), str(row["month"]), str(row["about"]))
    check = WaitingDateCheck(str(row["check"]))
    return WaitingAsked(check) if check.has_entries and row["entries"] else None


def _title(asked: WaitingAsked) -> str:
    vocabulary = "waiting_found" if isinstance(asked.found, WaitingFound) else "waiting_date_check"
    return ", ".join(filter(None, (word(vocabulary, asked.found), asked.about, asked.month)))


def _read(scope: WaitingScope, workspace: Workspace, _progress: Progress) -> tuple[WaitingFindings, Table]:
    from kvalitetsapp.services import waiting

    return waiting.findings(workspace, scope), waiting.date_quality(workspace, scope)
