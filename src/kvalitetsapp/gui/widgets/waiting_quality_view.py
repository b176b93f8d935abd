"""Datumkvalitet och fynd: how far days can be trusted, what is amiss with the lists, and what it does to figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
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
        self.effect = PlainLabel()
        self.effect.setWordWrap(True)
        self._arrange()
        self.findings.current_row_changed.connect(self._tell_effect)
        self.begins_at = self.findings.view

    def refresh(self) -> None:
        """Read the checks and the findings."""
        self.read(partial(_read, self.scope), self._show, _("Prövar väntelistorna"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the findings."""
        self.findings.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        for text, table in ((_("Beslutsdatum"), self.checks), (_("Fynd och vad de betyder"), self.findings)):
            table.view.setAccessibleName(text)
            parts.addWidget(titled(text, table))
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

    def _show(self, found: tuple[WaitingFindings, Table]) -> None:
        findings, checks = found
        told = len(findings.findings)
        text = ngettext("{n} fynd i urvalet.", "{n} fynd i urvalet.", told).format(n=number(told))
        self.said.setText(text if told else _("Inget att anmärka på i urvalets listor."))
        self.checks.set_table(checks)
        self.findings.set_table(findings.table)
        for table in (self.checks, self.findings):
            table.choose_one()


def _read(scope: WaitingScope, workspace: Workspace, _progress: Progress) -> tuple[WaitingFindings, Table]:
    from kvalitetsapp.services import waiting

    return waiting.findings(workspace, scope), waiting.date_quality(workspace, scope)
