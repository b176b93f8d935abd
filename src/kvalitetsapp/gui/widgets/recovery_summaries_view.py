"""Sammanställningar: what complications and operations cost, and what other terms would have given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.recovery_summary import DAYS_BEFORE_AFTER, EVENTS, OPERATIONS, Asked, Shown, Summary
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.plots.cost_plot import CostLane, CostPlot
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.scenario_form import ScenarioForm
from kvalitetsapp.services import recovery_summaries
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_DIVISIONS: Final = (
    ("", N_("inget")),
    ("provider", N_("vårdgivare")),
    ("joint", N_("led")),
    ("agreement", N_("avtal")),
    ("class", N_("slag")),
)
_USUAL_DAYS: Final = {Summary.EXPECTED: DAYS_TWO_YEARS, Summary.BEFORE_AFTER: DAYS_BEFORE_AFTER}


class RecoverySummariesView(Page):
    """Shows one summary at a time with the words that define it; meant to stand in a tab of a page."""

    title: ClassVar[str] = N_("Sammanställningar")
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.LINKS, Changed.AGREEMENTS, Changed.EPISODES, Changed.CLAIMS, Changed.PAYMENTS, Changed.COSTS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.which = QComboBox()
        self.potential = QCheckBox(_("Räkna även &föreslagna"))
        self.division = QComboBox()
        self.division_label = PlainLabel(_("Dela &upp efter"))
        self.cohort = QComboBox()
        self.cohort_label = PlainLabel(_("&Från"))
        self.days = DaysField(DAYS_TWO_YEARS)
        self.days_label = PlainLabel(_("&Dagar"))
        self.explanation = PlainLabel()
        self.scenario = ScenarioForm()
        self.twin = QPushButton()
        self.plot = CostPlot()
        self.table = DataTable("recovery-summaries")
        self.told_in_words = PlainLabel()
        self._asked: Asked | None = None
        self._lanes_shown = True
        self._arrange()
        self.begins_at = self.which
        self._connect()
        self._fit()

    def refresh(self) -> None:
        """Work out the chosen summary in the background."""
        self._asked = self._wanted()
        work = partial(_work_out, self._asked)
        self.runner.run(work, partial(self._show, self._asked), label=_("Räknar sammanställning"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, summary: Summary) -> None:
        """Show a summary."""
        self.which.setCurrentIndex(self.which.findData(summary.value))
        self._choose()

    def show_table(self, *, on: bool) -> None:
        """Show the table only, or the drawing above it where the summary has one."""
        self._lanes_shown = not on
        self._fit()

    @property
    def summary(self) -> Summary:
        """Return the chosen summary."""
        return Summary(str(self.which.currentData()))

    # how it looks

    def _arrange(self) -> None:
        for summary in Summary:
            self.which.addItem(_(summary.heading), summary.value)
        for key, text in _DIVISIONS:
            self.division.addItem(_(text), key)
        self.cohort.addItem(_("primäroperation"), OPERATIONS)
        self.cohort.addItem(_("kopplad händelse"), EVENTS)
        self.which.setAccessibleName(_("Sammanställning"))
        self.explanation.setObjectName("muted")
        for label in (self.explanation, self.told_in_words):
            label.setWordWrap(True)
        self.table.view.setAccessibleName(_("Sammanställning"))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.plot)
        parts.addWidget(self.table)
        parts.setSizes([spacing.lines(self, 16), spacing.lines(self, 20)])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.7, 0.6)
        column.addLayout(self._top())
        column.addWidget(self.explanation)
        column.addWidget(self.scenario)
        column.addWidget(parts, 1)
        column.addWidget(self.told_in_words)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.which)
        for label, field in (
            (self.division_label, self.division),
            (self.cohort_label, self.cohort),
            (self.days_label, self.days),
        ):
            label.setBuddy(field)
            field.setAccessibleName(label.text().replace("&", ""))
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(self.potential)
        row.addStretch(1)
        row.addWidget(self.twin)
        return row

    def _connect(self) -> None:
        self.which.activated.connect(lambda _place: self._choose())
        self.division.activated.connect(lambda _place: self.refresh())
        self.cohort.activated.connect(lambda _place: self.refresh())
        self.days.returnPressed.connect(self.refresh)
        self.days.editingFinished.connect(self._days_typed)
        self.potential.toggled.connect(lambda _on: self.refresh())
        self.scenario.asked.connect(self.refresh)
        self.twin.clicked.connect(self._switch)
        action_within(self, Shortcut.TABLE_TWIN, self._switch)

    def _choose(self) -> None:
        if self.summary in _USUAL_DAYS:
            self.days.set_days(_USUAL_DAYS[self.summary])
        self._fit()
        self.refresh()

    def _days_typed(self) -> None:
        if self._asked is not None and self._asked != self._wanted():
            self.refresh()

    def _fit(self) -> None:
        """Show what the chosen summary can be asked, and its definition."""
        summary = self.summary
        drawn = summary is Summary.EXPECTED
        for widget in (self.division_label, self.division):
            widget.setVisible(summary is Summary.COMPLICATION)
        for field in (self.days_label, self.days):
            field.setVisible(summary in _USUAL_DAYS)
        for choice in (self.cohort_label, self.cohort):
            choice.setVisible(summary is Summary.BEFORE_AFTER)
        self.potential.setVisible(summary is not Summary.WHAT_IF)
        self.scenario.setVisible(summary is Summary.WHAT_IF)
        self.twin.setVisible(drawn)
        self.twin.setText(_("Bara tabell (Ctrl+T)") if self._lanes_shown else _("Visa diagram (Ctrl+T)"))
        self.plot.setVisible(drawn and self._lanes_shown)
        self.explanation.setText(_(summary.explanation))

    def _switch(self) -> None:
        if self.summary is Summary.EXPECTED:
            self.show_table(on=self._lanes_shown)

    # what it shows

    def _wanted(self) -> Asked:
        summary = self.summary
        own = self.scenario.scenario() if summary is Summary.WHAT_IF else None
        return Asked(
            summary,
            by=str(self.division.currentData()),
            days=max(self.days.days(), 1),
            potential=self.potential.isChecked(),
            cohort=str(self.cohort.currentData()),
            scenario=own,
        )

    def _show(self, asked: Asked, shown: Shown) -> None:
        if asked != self._asked:
            return
        self.table.set_table(shown.table, shown.labels)
        self.told_in_words.setText(shown.sentence)
        self.told_in_words.setVisible(bool(shown.sentence))
        if asked.summary is Summary.EXPECTED:
            self.plot.show_lanes(_lanes(shown))


def _lanes(shown: Shown) -> list[CostLane]:
    names = shown.labels.get("provider_id", {})
    return [
        CostLane(
            names.get(str(row["provider_id"]), str(row["provider_id"])),
            int(row["price"]),
            int(row["expected_cost"] or 0),
            None if row["expected_low"] is None else int(row["expected_low"]),
            None if row["expected_high"] is None else int(row["expected_high"]),
        )
        for row in shown.table.records()
        if row["price"] is not None
    ]


def _work_out(asked: Asked, workspace: Workspace, _progress: Progress) -> Shown:
    return recovery_summaries.shown(workspace, asked)
