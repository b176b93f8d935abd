"""Att kräva: the cases of which something can be claimed now, chosen and drafted, and what is left out and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain import claim_views
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import N_, NOTHING, _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.claim import OperationKey
    from kvalitetsapp.domain.claim_views import ToClaim
    from kvalitetsapp.domain.proposal import Proposal
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace

_APART: Final = "   ·   "


class UnclaimedView(RowsView["Proposal"]):
    """What can be drafted, the largest first; drafting is of the chosen cases."""

    title: ClassVar[str] = N_("Att kräva")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.CLAIMS, Changed.BASES, Changed.PAYMENTS, Changed.LINKS),
            *(Changed.VERDICTS, Changed.AGREEMENTS, Changed.EPISODES, Changed.COSTS),
        }
    )
    case_wanted = Signal(str)  # reference of an index operation

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("to-claim", key=("index_ref",)))
        self._found: ToClaim | None = None
        self.left_out = DataTable("left-out", key=("event_ref", "index_ref"))
        note_copies(runner, self.left_out)
        self.sums = PlainLabel()
        self.wrong = PlainLabel()
        self.draft = primary_button(_("&Gör utkast"))
        self.undo = StepUndo(runner, self)
        self._below = titled(_("Utelämnas tills vidare, och varför"), self.left_out)
        self._stack = self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read what can be claimed."""
        self.runner.run(_to_claim, self._set_found, label=_("Räknar ut krav"))
        self.undo.read()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Ärenden att kräva"))
        self.left_out.view.setAccessibleName(_("Utelämnade händelser"))
        self.left_out.show_tools(on=False)
        self.table.hide_columns("index_ref")
        self.sums.setObjectName("sectionTitle")
        self.sums.setWordWrap(True)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.draft.setToolTip(_("Gör utkast till krav för de valda ärendena (Ctrl+Retur)"))
        filled = QWidget()
        content = QVBoxLayout(filled)
        content.setContentsMargins(0, 0, 0, 0)
        content.addWidget(arrangement.above((self.table, 30), (self._below, 10)), 1)
        content.addWidget(self.sums)
        content.addWidget(self.wrong)
        empty = EmptyState(
            _(
                "Inget är kvar att kräva. Här står bekräftade händelser som ett avtal täcker och som inte är krävda. "
                "Utkast och krav som redan finns står under Krav."
            ),
            _("Gå till Granskning"),
        )
        empty.asked.connect(lambda: self.page_requested.emit("review", "to_review"))
        inner = QWidget()
        stack = Stack(inner, filled, empty)
        around = QVBoxLayout(self)
        spacing.pad(around, self, 0.8)
        around.addWidget(inner, 1)
        around.addLayout(arrangement.ends((self.draft,), (self.undo,)))
        return stack

    def _connect(self) -> None:
        self.table.view.selectionModel().selectionChanged.connect(lambda *_of: self._choose())
        self.table.row_activated.connect(lambda row: self.case_wanted.emit(self._rows[row].index_ref))
        self.left_out.row_activated.connect(self._go_to_left_out)
        self.draft.clicked.connect(self._draft)
        action_within(self, Shortcut.SAVE_AND_NEXT, self.draft.click)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self._refused)

    # what it shows

    def _set_found(self, found: ToClaim) -> None:
        self._found = found
        self._put(found.ready, claim_views.to_claim_table(found), {"days_left": _days_left(found)})
        left_out = claim_views.left_out_table(found)
        self.left_out.set_table(left_out)
        self._below.setVisible(bool(left_out.rows))
        self._stack.show_empty(on=not found.proposals)

    def _choose(self) -> None:
        chosen = self.chosen()
        self.draft.setEnabled(self.runner.can_write and bool(chosen))
        self.wrong.hide()
        if self._found is not None:
            self.sums.setText(_sums(chosen, self._rows, self._found.drafted))

    def _go_to_left_out(self, row: int) -> None:
        self.case_wanted.emit(str(self.left_out.model.value(row, "index_ref")))

    # what is done

    def _draft(self) -> None:
        operations = [one.operation for one in self.chosen()]
        self.draft.setEnabled(False)
        self.runner.run(partial(_draft, operations), self._drafted, label=_("Gör utkast"), on_failed=self._refused)

    def _drafted(self, outcome: ClaimOutcome) -> None:
        said = outcome.said
        if outcome.left_out:
            n = len(outcome.left_out)
            left = ngettext("{n} händelse utelämnad", "{n} händelser utelämnade", n).format(n=number(n))
            said = f"{said}, {left}"
        self.told.emit(said)
        self.setFocus()

    def _refused(self, error: BaseException) -> None:
        self._choose()
        self.wrong.setText(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))
        self.wrong.show()


def _days_left(found: ToClaim) -> dict[str, str]:
    """Return how each number of days that are left is said: a day that has passed in words."""
    days = {(one.claim_by - found.today).days for one in found.ready if one.claim_by is not None}
    return {"None": NOTHING, **{str(each): _("passerad") if each < 0 else number(each) for each in days}}


def _sums(chosen: Sequence[Proposal], every: Sequence[Proposal], drafted: int) -> str:
    parts = [_("Valda: {sum}").format(sum=_sum(chosen)), _("Alla: {sum}").format(sum=_sum(every))]
    if drafted:
        parts.append(_("Redan i utkast: {amount}").format(amount=kronor(drafted)))
    return _APART.join(parts)


def _sum(cases: Sequence[Proposal]) -> str:
    count = ngettext("{n} ärende", "{n} ärenden", len(cases)).format(n=number(len(cases)))
    return f"{count}, {kronor(sum(one.amount for one in cases))}"


def _to_claim(workspace: Workspace, _progress: Progress) -> ToClaim:
    from kvalitetsapp.services import claim_views as service

    return service.to_claim(workspace)


def _draft(operations: Sequence[OperationKey], workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_drafts

    return claim_drafts.draft(workspace, operations)
