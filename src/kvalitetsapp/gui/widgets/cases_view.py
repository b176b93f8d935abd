"""Ärenden: the cases and, for the one that is chosen, the cap ledger line by line with the reason for every amount."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain import case as cases
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.event_cost import EventCostDialog
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.services import claims
from kvalitetsapp.texts import N_, NOTHING, _, kronor, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.case import Case, Claims, ClaimSums, LedgerLine
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class CasesView(RowsView["Case"]):
    """What can be claimed, and why."""

    title: ClassVar[str] = N_("Ärenden")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.AGREEMENTS, Changed.EPISODES, Changed.COSTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("claims", key=("index_ref",)))
        self.confirmed = QRadioButton(_("Bekräftade"))
        self.potential = QRadioButton(_("Även föreslagna"))
        self.with_uncovered = QCheckBox(_("Visa även ärenden utan täckt händelse"))
        self.ledger = DataTable("ledger", key=("event_ref", "complication_class"))
        note_copies(runner, self.ledger)
        self.table.hide_columns("index_ref")
        self.ledger.hide_columns("cost_basis", "event_ref")
        self.heading = QLabel()
        self.agreement = QPushButton()
        self.cost = QPushButton(_("&Kostnad …"))
        self.why = FactsView(_("Varför beloppen blir så"))
        self.scope = QLabel()
        self.sums = QLabel()
        self._claims: Claims | None = None
        self._wanted: str = ""
        self._stack = self._arrange()
        self.begins_at = self.table
        self._connect()

    def refresh(self) -> None:
        """Read the cases."""
        potential = self.potential.isChecked()
        self.runner.run(partial(_cases, potential), self._set_claims, label=_("Räknar ut krav"))

    def show_wanted(self, wanted: object) -> None:
        """Choose the case of an index operation."""
        if isinstance(wanted, str):
            self._wanted = wanted
            self._show_rows()

    def _arrange(self) -> Stack:
        self.confirmed.setChecked(True)
        group = QButtonGroup(self)
        top = QHBoxLayout()
        for button in (self.confirmed, self.potential):
            group.addButton(button)
            top.addWidget(button)
        top.addSpacing(spacing.lines(self, 1))
        top.addWidget(self.with_uncovered)
        top.addStretch(1)
        self.table.view.setAccessibleName(_("Ärenden"))
        self.ledger.view.setAccessibleName(_("Takräkning"))
        self.ledger.search.hide()
        self.scope.setObjectName("muted")
        self.sums.setObjectName("sectionTitle")
        for label in (self.scope, self.sums):
            label.setWordWrap(True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._upper())
        splitter.addWidget(self._lower())
        splitter.setSizes([spacing.lines(self, 18), spacing.lines(self, 22)])
        splitter.setChildrenCollapsible(False)
        filled = QWidget()
        column = QVBoxLayout(filled)
        spacing.pad(column, self, 0.8)
        column.addLayout(top)
        column.addWidget(splitter, 1)
        empty = EmptyState(
            _("Inga ärenden: ingen komplikation efter en operation hos en annan vårdgivare är bekräftad än."),
            _("Gå till Granskning"),
        )
        empty.asked.connect(lambda: self.page_requested.emit("review", "to_review"))
        return Stack(self, filled, empty)

    def _upper(self) -> QWidget:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.scope)
        column.addWidget(self.sums)
        return upper

    def _lower(self) -> QWidget:
        self.heading.setObjectName("sectionTitle")
        self.heading.setWordWrap(True)
        self.agreement.setFlat(True)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.agreement)
        head.addWidget(self.cost)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.ledger, 2)
        column.addWidget(self.why, 2)
        return lower

    def _connect(self) -> None:
        self.potential.toggled.connect(lambda _on: self.refresh())
        self.with_uncovered.toggled.connect(lambda _on: self._show_rows())
        self.agreement.clicked.connect(self._go_to_agreement)
        self.cost.clicked.connect(self.open_cost)
        self.ledger.row_activated.connect(lambda _row: self.open_cost())
        self.ledger.current_row_changed.connect(lambda _row: self._choose_line())

    def _set_claims(self, found: Claims) -> None:
        if found.potential != self.potential.isChecked():
            return
        self._claims = found
        self._stack.show_empty(on=not found.cases and not found.potential)
        self.scope.setText(_scope_text(found))
        self.sums.setText(_sums_text(found.sums))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._claims is None:
            return
        hidden = {case.index_ref for case in self._claims.cases if not case.is_covered}
        if self._wanted in hidden and not self.with_uncovered.isChecked():
            self.with_uncovered.setChecked(True)  # which shows the rows
            return
        every = self.with_uncovered.isChecked()
        self._rows = [case for case in self._claims.cases if every or case.is_covered]
        table = cases.case_table(self._rows, self._claims.today)
        self.table.set_table(table, {"days_left": days_left_in_words(table)})
        refs = [case.index_ref for case in self._rows]
        gone = self._wanted if self._wanted not in refs else ""
        if gone:
            self.table.view.setCurrentIndex(QModelIndex())
        elif self._wanted:
            self.table.choose_row(refs.index(self._wanted))
        else:
            self.table.choose_one()
        self._wanted = ""
        self._choose()
        if gone:
            self.heading.setText(_("{ref} är inget ärende nu: ingen av dess händelser räknas.").format(ref=gone))

    def _choose(self) -> None:
        case = self.current()
        if case is None:
            self.heading.setText(_("Inget ärende är valt."))
            self.why.clear()
            self.agreement.hide()
            self._choose_line()
            return
        place = lane_label(case.joint, case.side)
        self.heading.setText(f"{place}, {case.provider}, {case.operated_on.isoformat()}   {case.index_ref}")
        self.agreement.setVisible(case.agreement is not None)
        if case.agreement is not None:
            self.agreement.setText(_("Avtal: {name}").format(name=case.agreement.name))
        self.ledger.set_table(cases.ledger_table(case))
        self.ledger.choose_one()
        self._choose_line()
        self.why.show_paragraphs([*(cases.why(line, case) for line in case.lines), self._case_sum(case)])

    def open_cost(self) -> EventCostDialog | None:
        """Open the cost of the chosen line of the ledger, and return the dialog; None where no line is chosen."""
        line = self._line()
        if line is None:
            return None
        dialog = EventCostDialog(self.runner, line.key, self)
        dialog.saved.connect(lambda outcome: self.told.emit(outcome.said))
        dialog.open()
        return dialog

    def _line(self) -> LedgerLine | None:
        case, line = self.current(), self.ledger.current_row()
        lines = () if case is None else case.lines
        return lines[line] if 0 <= line < len(lines) else None

    def _choose_line(self) -> None:
        self.cost.setEnabled(self._line() is not None)

    def _go_to_agreement(self) -> None:
        case = self.current()
        if case is not None and case.agreement is not None:
            self.page_requested.emit("agreements", case.agreement.agreement_id)

    def _case_sum(self, case: Case) -> str:
        text = _("Sammanlagt kan {amount} krävas för ärendet.").format(amount=kronor(case.claimable))
        if case.claim_by is None or self._claims is None:
            return text
        passed = case.claim_by < self._claims.today
        last = _("Sista anspråksdag: {day}, passerad.") if passed else _("Sista anspråksdag: {day}.")
        return f"{text} {last.format(day=case.claim_by.isoformat())}"


def days_left_in_words(table: Table) -> dict[str, str]:
    """Return how each number of days that are left is said: a day that has passed in words."""
    days = {record["days_left"] for record in table.records()}
    return {str(each): _left(None if each is None else int(each)) for each in days}


def _left(days: int | None) -> str:
    if days is None:
        return NOTHING
    return _("passerad") if days < 0 else number(days)


def _scope_text(found: Claims) -> str:
    """Say what the sums are the sums of: all cases, whatever the table shows."""
    covered = sum(case.is_covered for case in found.cases)
    if found.potential:
        text = _("Alla ärenden med bekräftade eller föreslagna händelser: {n}, varav {covered} med täckt händelse.")
    else:
        text = _("Alla ärenden med bekräftade händelser: {n}, varav {covered} med täckt händelse.")
    return text.format(n=number(found.sums.cases), covered=number(covered))


def _sums_text(sums: ClaimSums) -> str:
    parts = [
        ngettext("{n} händelse", "{n} händelser", sums.events).format(n=number(sums.events)),
        _("kostnad {amount}").format(amount=kronor(sums.cost_total)),
        _("täckt {amount}").format(amount=kronor(sums.covered_cost)),
        _("över taket {amount}").format(amount=kronor(sums.over_cap)),
        _("kan krävas {amount}").format(amount=kronor(sums.claimable)),
    ]
    if sums.missing_cost_events:
        missing = ngettext("{n} utan kostnad", "{n} utan kostnad", sums.missing_cost_events)
        parts.append(missing.format(n=number(sums.missing_cost_events)))
    return _("Totalt: {parts}").format(parts="   ·   ".join(parts))


def _cases(potential: bool, workspace: Workspace, _progress: Progress) -> Claims:
    return claims.cases(workspace, potential=potential)
