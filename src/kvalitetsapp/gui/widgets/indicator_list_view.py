"""Indikatorer: every indicator with its figure for the scope, worked out a few at a time while the window lives."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class IndicatorListView(Page):
    """Lists indicators; `opened` tells which one is to be read further, the others what is to be done with one."""

    title: ClassVar[str] = N_("Indikatorer")
    interests: ClassVar[frozenset[Changed]] = frozenset()  # the page tells it when to read again

    opened = Signal(str)
    recipe_asked = Signal(str)
    edit_asked = Signal(str)  # "" for a new one
    import_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.table = DataTable("indicators", key=("indicator",))
        self.table.hide_columns("indicator")
        self.open = QPushButton(_("Öpp&na"))
        self.recipe = QPushButton(_("&Recept"))
        self.new = QPushButton(_("N&y indikator …"))
        self.change = QPushButton(_("Ä&ndra …"))
        self.take_in = QPushButton(_("Läs &in …"))
        self.save = QPushButton(_("&Spara recept …"))
        self.undo = StepUndo(runner, self)
        self.bar, self.said, self.stop = QProgressBar(), PlainLabel(), QPushButton(_("Avbryt"))
        self._indicators: tuple[Indicator, ...] = ()
        self._scope = OutcomeScope()
        self._rows: dict[str, Row] = {}
        self._operation: Operation | None = None
        self._round = 0  # tells answers of an earlier reading apart
        self._arrange()
        self._connect()
        self.begins_at = self.table.view

    def set_indicators(self, indicators: tuple[Indicator, ...], scope: OutcomeScope) -> None:
        """List these in a scope: at once by their names, and their figures as they come."""
        self._indicators, self._scope = indicators, scope
        self.mark_stale()

    def refresh(self) -> None:
        """Work the figures out anew."""
        self._cancel()
        self._round += 1
        self._rows = {}
        self._show_rows()
        self.undo.read()
        self._go_on()

    def focus_find(self) -> None:
        """Put the cursor in the filter of the list."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def chosen(self) -> Indicator | None:
        """Return the indicator of the chosen row."""
        row = self.table.current_row()
        return self._indicators[row] if 0 <= row < len(self._indicators) else None

    # how it looks

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Indikatorer"))
        self.recipe.setToolTip(Shortcut.RECIPE.shown)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(spacing.letters(self, 22))
        self.bar.setAccessibleName(_("Förlopp"))
        self.said.setObjectName("muted")
        self.undo.setMinimumWidth(spacing.letters(self, 30))
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(self.table, 1)
        buttons = (self.open, self.recipe, None, self.new, self.change, self.take_in, self.save)
        column.addLayout(_row(*buttons))
        column.addLayout(_row(self.undo, None, self.said, self.bar, self.stop))
        self._tell_progress()

    def _connect(self) -> None:
        self.table.row_activated.connect(lambda _row: self._tell(self.opened))
        self.table.current_row_changed.connect(lambda _row: self._enable())
        self.open.clicked.connect(lambda: self._tell(self.opened))
        self.recipe.clicked.connect(lambda: self._tell(self.recipe_asked))
        self.change.clicked.connect(lambda: self._tell(self.edit_asked))
        self.save.clicked.connect(lambda: self._tell(self.export_asked))
        self.new.clicked.connect(lambda: self.edit_asked.emit(""))
        self.take_in.clicked.connect(self.import_asked)
        self.stop.clicked.connect(self._cancel)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self.runner.tell)
        action_within(self, Shortcut.RECIPE, lambda: self._tell(self.recipe_asked))
        self._enable()

    def _tell(self, signal: object) -> None:
        one = self.chosen()
        if one is not None:
            signal.emit(one.indicator_id)  # type: ignore[attr-defined]  # a bound signal has no type of its own

    def _enable(self) -> None:
        one = self.chosen()
        can_write = self.runner.can_write
        for button in (self.open, self.recipe):
            button.setEnabled(one is not None)
        self.save.setEnabled(one is not None and can_write)
        self.change.setEnabled(one is not None and can_write)
        self.change.setText(_("Ä&ndra …") if one is None or one.family == OWN else _("&Gör en egen av den …"))
        self.new.setEnabled(can_write)
        self.take_in.setEnabled(can_write)

    # what it shows

    def _go_on(self) -> None:
        """Ask for the next figures; what others want of the store comes in between."""
        waiting = tuple(one.indicator_id for one in self._indicators if one.indicator_id not in self._rows)
        if not waiting:
            self._operation = None
            self._tell_progress()
            return
        work = partial(_some_rows, waiting, self._scope)
        self._operation = self.runner.run(work, partial(self._take, self._round), on_failed=self._failed)
        self._tell_progress()

    def _take(self, asked: int, rows: tuple[Row, ...]) -> None:
        if asked != self._round or self._operation is None:
            return
        self._rows |= {str(row[0]): row for row in rows}
        self._show_rows()
        self._go_on()

    def _show_rows(self) -> None:
        named = (self._rows.get(one.indicator_id, outcome_tables.listed_row(one, None)) for one in self._indicators)
        self.table.set_table(outcome_tables.listed_table(named))
        self.table.choose_one()

    def _tell_progress(self) -> None:
        working = self._operation is not None
        for widget in (self.bar, self.stop, self.said):
            widget.setVisible(working)
        self.bar.setRange(0, max(len(self._indicators), 1))
        self.bar.setValue(len(self._rows))
        told = _("Räknar: {done} av {total} indikatorer")
        self.said.setText(told.format(done=number(len(self._rows)), total=number(len(self._indicators))))

    def _cancel(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        self._tell_progress()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self._operation = None
            self._tell_progress()
            self.runner.tell(error)


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets beside each other, None being room that grows."""
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _some_rows(ids: tuple[str, ...], scope: OutcomeScope, workspace: Workspace, progress: Progress) -> tuple[Row, ...]:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.some_rows(workspace, ids, scope, progress)
