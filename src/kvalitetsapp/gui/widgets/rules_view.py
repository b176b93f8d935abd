"""Regler: every rule of data quality with its counts; beside it what it means, its rows and what is decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import quality
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.quality import RuleRows
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.words import QualityDecision, Severity, word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.limit_form import LimitForm
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.quality import Limits, QualityOutcome, RuleState
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_OPTIONAL = (
    "provider_id",
    "day",
    "value",
    "against",
    "amount",
    "expected",
    "note",
    "decision",
    "reason",
    "another_look",
)
_BUTTONS = (
    (QualityDecision.FIX, N_("&Rättas i källan")),
    (QualityDecision.ACCEPT, N_("&Godta")),
    (QualityDecision.IGNORE, N_("&Bortse från")),
)


class RulesView(QWidget):
    """Rules to the left; the chosen one's explanation, limits, rows and decisions to the right."""

    search_wanted = Signal(str)  # what to look for among the episodes
    told = Signal(str)

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._states: tuple[RuleState, ...] = ()
        self._shown = RuleRows("", Table(quality.ROWS))
        self._wanted = ""
        self.rules = DataTable("quality-rules", key=("rule",))
        self.rules.hide_columns("rule", "enabled")
        self.rows = DataTable("quality-rows", key=("ref",))
        note_copies(runner, self.rows)
        self.history = DataTable("quality-history", key=("decided_at",))
        self.heading = PlainLabel()
        self.explanation = FactsView(_("Vad regeln betyder"))
        self.limits = LimitForm()
        self.reason = QLineEdit()
        self.buttons = {decision: QPushButton(_(text)) for decision, text in _BUTTONS}
        self.undo = QPushButton(_("&Ångra beslutet"))
        self.chosen = PlainLabel()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Try the rules on what is stored now."""
        self._runner.run(_overview, self._set_states, label=_("Prövar regler"))

    def show_rule(self, rule_id: str) -> None:
        """Choose a rule, as soon as the rules have been read."""
        self._wanted = rule_id
        self._choose_wanted()

    def focus_find(self) -> None:
        """Put the cursor in the filter of the rows."""
        self.rows.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # how it looks

    def _arrange(self) -> None:
        self.rules.view.setAccessibleName(_("Regler"))
        self.rows.view.setAccessibleName(_("Rader som regeln pekar ut"))
        self.history.view.setAccessibleName(_("Beslut om raden"))
        self.history.show_tools(on=False)
        self.heading.setObjectName("sectionTitle")
        self.heading.setWordWrap(True)
        left_and_right = QSplitter(Qt.Orientation.Horizontal)
        left_and_right.addWidget(self.rules)
        left_and_right.addWidget(self._right())
        left_and_right.setSizes([spacing.letters(self, 84), spacing.letters(self, 116)])
        left_and_right.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.7, 0.5)
        column.addWidget(left_and_right)

    def _right(self) -> QWidget:
        self.explanation.setMinimumHeight(spacing.lines(self, 8))
        upper = QFrame()
        column = QVBoxLayout(upper)
        column.setContentsMargins(spacing.lines(self, 0.5), 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.explanation, 1)
        column.addWidget(self.limits)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(spacing.lines(self, 0.5), 0, 0, 0)
        below.addWidget(self.rows, 3)
        below.addLayout(self._decisions())
        below.addWidget(self.history, 1)
        self.history.setMinimumHeight(spacing.lines(self, 4.5))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setSizes([spacing.lines(self, 12), spacing.lines(self, 30)])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _decisions(self) -> QVBoxLayout:
        label = PlainLabel(_("&Skäl"))
        label.setBuddy(self.reason)
        self.reason.setAccessibleName(_("Skäl"))
        self.reason.setPlaceholderText(_("Varför (krävs för att godta)"))
        self.reason.setMaxLength(500)
        self.chosen.setObjectName("muted")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(label)
        first.addWidget(self.reason, 1)
        second.addWidget(self.chosen)
        second.addStretch(1)
        for button in (*self.buttons.values(), self.undo):
            second.addWidget(button)
        both = QVBoxLayout()
        both.addLayout(first)
        both.addLayout(second)
        return both

    def _connect(self) -> None:
        self.rules.current_row_changed.connect(lambda _row: self._show_chosen())
        self.rules.row_activated.connect(lambda _row: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        self.rows.current_row_changed.connect(lambda _row: self._show_row())
        self.rows.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._tell_choice())
        self.rows.row_activated.connect(self._open_row)
        self.limits.changed.connect(self._set_rule)
        for decision, button in self.buttons.items():
            button.clicked.connect(partial(self._decide, decision))
        self.undo.clicked.connect(self._withdraw)

    # what it shows

    def _set_states(self, states: tuple[RuleState, ...]) -> None:
        self._states = tuple(sorted(states, key=_urgency))
        self.rules.set_table(quality.without_empty(quality.summary_table(self._states), ("decided", "another_look")))
        self._choose_wanted()
        self.rules.choose_one()
        self._show_chosen()

    def _choose_wanted(self) -> None:
        for place, state in enumerate(self._states):
            if state.rule.rule_id == self._wanted:
                self.rules.choose_row(place)
                self._wanted = ""
                return

    def _state(self) -> RuleState | None:
        row = self.rules.current_row()
        return self._states[row] if 0 <= row < len(self._states) else None

    def _show_chosen(self) -> None:
        state = self._state()
        if state is None:
            return
        rule = state.rule
        self.heading.setText(f"{word('severity', rule.severity)}: {rule.title}")
        facts = [
            Fact(_("Vad"), (rule.explanation,)),
            Fact(_("Gör så här"), (rule.action,)),
            Fact(_("Källa"), (rule.source,)),
        ]
        self.explanation.show_facts(("", facts))
        self.limits.show_state(state)
        if state.enabled:
            self._runner.run(partial(_rows, rule.rule_id), self._set_rows, label=_("Hämtar rader"))
        else:
            self._set_rows(RuleRows(rule.rule_id, Table(quality.ROWS)))

    def _set_rows(self, rows: RuleRows) -> None:
        state = self._state()
        if state is None or rows.rule_id != state.rule.rule_id:
            return
        if rows.rule_id != self._shown.rule_id:
            self.reason.clear()
            self.rows.set_find("")
        self._shown = rows
        self.rows.set_table(quality.without_empty(rows.table, _OPTIONAL), rows.labels)
        self.rows.choose_one()
        self._show_row()

    def _show_row(self) -> None:
        refs = self._refs()
        self._tell_choice()
        if not refs:
            self.history.set_table(Table(quality.HISTORY))
            return
        ref = self._shown.table.rows[max(self.rows.current_row(), 0)][0]
        asked = (self._shown.rule_id, str(ref))
        self._runner.run(partial(_history, *asked), partial(self._set_history, asked))

    def _set_history(self, asked: tuple[str, str], table: Table) -> None:
        row = self.rows.current_row()
        rows = self._shown.table.rows
        if 0 <= row < len(rows) and asked == (self._shown.rule_id, rows[row][0]):
            self.history.set_table(quality.without_empty(table, ("withdrawn_at", "withdrawn_by")))

    def _refs(self) -> list[str]:
        """Return the references of the chosen rows."""
        rows = self._shown.table.rows
        return [str(rows[row][0]) for row in self.rows.chosen_rows() if row < len(rows)]

    def _tell_choice(self) -> None:
        chosen = [row for row in self.rows.chosen_rows() if row < len(self._shown.table.rows)]
        text = ngettext("{n} rad är vald", "{n} rader är valda", len(chosen)).format(n=number(len(chosen)))
        self.chosen.setText(text if chosen else _("Ingen rad är vald"))
        for button in self.buttons.values():
            button.setEnabled(bool(chosen))
        place = [column.name for column in quality.ROWS].index("decision")
        self.undo.setEnabled(any(self._shown.table.rows[row][place] for row in chosen))

    # what is done

    def _decide(self, decision: QualityDecision, *_checked: bool) -> None:
        refs = self._refs()
        if not refs:
            return
        if decision is QualityDecision.ACCEPT and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        asked = (self._shown.rule_id, refs, decision, self.reason.text())
        self._runner.run(partial(_decide, *asked), self._done)

    def _withdraw(self) -> None:
        self._runner.run(partial(_withdraw, self._shown.rule_id, self._refs()), self._done)

    def _set_rule(self, enabled: bool, limits: Limits) -> None:
        state = self._state()
        if state is not None:
            self._runner.run(
                partial(_set_rule, state.rule.rule_id, enabled, limits), self._done, on_failed=self._not_set
            )

    def _not_set(self, error: BaseException) -> None:
        self.limits.show_again()
        self._runner.tell(error)

    def _done(self, outcome: QualityOutcome) -> None:
        self.reason.clear()
        self.told.emit(outcome.said)

    def _open_row(self, row: int) -> None:
        contact = self._shown.contacts[row]
        record = dict(zip((column.name for column in quality.ROWS), self._shown.table.rows[row], strict=False))
        if wanted := contact or str(record["provider_id"]):
            self.search_wanted.emit(wanted)


def _urgency(state: RuleState) -> tuple[bool, int]:
    """Return the order of rules: those that point something out first, and among them the most severe."""
    return not state.open, list(Severity).index(state.rule.severity)


def _overview(workspace: Workspace, progress: Progress) -> tuple[RuleState, ...]:
    from kvalitetsapp.services import data_quality

    return data_quality.overview(workspace, progress)


def _rows(rule_id: str, workspace: Workspace, _progress: Progress) -> RuleRows:
    from kvalitetsapp.services import data_quality

    return data_quality.rows(workspace, rule_id)


def _history(rule_id: str, ref: str, workspace: Workspace, _progress: Progress) -> Table:
    from kvalitetsapp.services import data_quality

    return data_quality.history(workspace, rule_id, ref)


def _decide(
    rule_id: str, refs: list[str], decision: QualityDecision, reason: str, workspace: Workspace, _progress: Progress
) -> QualityOutcome:
    from kvalitetsapp.services import data_quality

    return data_quality.decide(workspace, rule_id, refs, decision, reason)


def _withdraw(rule_id: str, refs: list[str], workspace: Workspace, _progress: Progress) -> QualityOutcome:
    from kvalitetsapp.services import data_quality

    return data_quality.withdraw(workspace, rule_id, refs)


def _set_rule(
    rule_id: str, enabled: bool, limits: Limits, workspace: Workspace, _progress: Progress
) -> QualityOutcome:
    from kvalitetsapp.services import data_quality

    return data_quality.set_rule(workspace, rule_id, enabled=enabled, limits=limits)
