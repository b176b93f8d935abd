"""Krav: every claim in the parts of the work, the chosen one in full below, and the steps it can take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain import claim_views
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.change_claim import ChangeClaimDialog
from kvalitetsapp.gui.dialogs.claim_step import ClaimStepDialog
from kvalitetsapp.gui.widgets.claim_detail import ClaimDetail
from kvalitetsapp.gui.widgets.claim_step_bar import ClaimStepBar
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import ALL, NumberedView
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.claim_views import ClaimPast, ClaimSeen
    from kvalitetsapp.domain.claim_words import ClaimStatus
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.models.table_model import Labels
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace

DRAFTS: Final = "drafts"
APPROVED: Final = "approved"
OUT: Final = "out"
DISPUTED: Final = "disputed"
DONE: Final = "done"
_PARTS: Final[dict[str, frozenset[ClaimStatus]]] = {
    DRAFTS: claim_views.DRAFTS,
    APPROVED: claim_views.APPROVED,
    OUT: claim_views.OUT,
    DISPUTED: claim_views.DISPUTED,
    DONE: claim_views.DONE,
}
_HIDDEN_AT_FIRST: Final = ("index_ref", "document", "supplements", "drafted_by")


class ClaimsView(NumberedView["ClaimSeen"]):
    """Claims by how far they have come, the latest first."""

    title: ClassVar[str] = N_("Krav")
    icon_name: ClassVar[str] = "claims"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {
            *(Changed.CLAIMS, Changed.BASES, Changed.PAYMENTS, Changed.LINKS),
            *(Changed.VERDICTS, Changed.AGREEMENTS, Changed.EPISODES, Changed.COSTS),
        }
    )
    case_wanted = Signal(str)  # reference of an index operation
    issue_asked = Signal(object)  # numbers of approved claims on one provider

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, _part_names(), DataTable("all-claims", key=("claim",)))
        self._seen: tuple[ClaimSeen, ...] = ()
        self.detail = ClaimDetail()
        note_copies(runner, self.detail.lines, self.detail.ledger)
        self.step_bar = ClaimStepBar()
        self.wrong = PlainLabel()
        self.undo = StepUndo(runner, self)
        self._stack = self._arrange()
        self.begins_at = self.table
        self._connect()
        self._offer()

    def refresh(self) -> None:
        """Read the claims."""
        self.runner.run(_claims, self._set_claims, label=_("Läser krav"))
        self.undo.read()

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Krav"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        filled = QWidget()
        content = QVBoxLayout(filled)
        content.setContentsMargins(0, 0, 0, 0)
        content.addWidget(arrangement.above((self.table, 14), (self.detail, 26)), 1)
        content.addWidget(self.wrong)
        content.addWidget(self.step_bar)
        inner = QWidget()
        stack = Stack(inner, filled, EmptyState(_("Inga krav finns än. Välj ärenden under Att kräva och gör utkast.")))
        around = QVBoxLayout(self)
        spacing.pad(around, self, 0.8)
        around.addLayout(arrangement.ends((self.parts,), (self.undo,)))
        around.addWidget(inner, 1)
        return stack

    def _connect(self) -> None:
        self.table.view.selectionModel().selectionChanged.connect(lambda *_of: self._offer())
        self.table.row_activated.connect(lambda row: self.case_wanted.emit(self._rows[row].claim.index_ref))
        self.step_bar.asked.connect(self._take)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self._refused)

    # what it shows

    def _set_claims(self, seen: tuple[ClaimSeen, ...]) -> None:
        self._seen = seen
        self._stack.show_empty(on=not seen)
        self._show_found()

    def _in_part(self, part: str) -> list[ClaimSeen]:
        return [one for one in self._seen if part == ALL or one.claim.status in _PARTS[part]]

    def _table_of(self, rows: Sequence[ClaimSeen]) -> tuple[Table, Labels]:
        return claim_views.claims_table(rows), {}

    def _number_of(self, row: ClaimSeen) -> str:
        return row.claim.number

    def _choose(self) -> None:
        current = self.current()
        self.detail.show_claim(current, _("Inget krav är valt."))
        if current is not None:
            self.runner.run(partial(_past, current.claim.claim), self.detail.show_past)
        self._offer()

    def _offer(self) -> None:
        self.wrong.hide()
        self.step_bar.offer(self.chosen(), can_write=self.runner.can_write)

    # what is done

    def _take(self, step: ClaimStep) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        numbers = tuple(one.claim.claim for one in chosen)
        if step is ClaimStep.ISSUED:
            self.issue_asked.emit(numbers)
        elif step is ClaimStep.APPROVED:
            self.runner.run(partial(_approve, numbers), self._done, on_failed=self._refused)
        elif step is ClaimStep.CHANGED:
            self._open(ChangeClaimDialog(self.runner, chosen[0].claim, self))
        else:
            self._open(ClaimStepDialog(self.runner, chosen[0], step, self))

    def _refused(self, error: BaseException) -> None:
        self.wrong.setText(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))
        self.wrong.show()


def _part_names() -> dict[str, str]:
    return {
        DRAFTS: _("Utkast"),
        APPROVED: _("Att ställa ut"),
        OUT: _("Ute"),
        DISPUTED: _("Bestridda"),
        DONE: _("Klara"),
        ALL: _("Alla"),
    }


def _claims(workspace: Workspace, _progress: Progress) -> tuple[ClaimSeen, ...]:
    from kvalitetsapp.services import claim_views as service

    return service.claims_seen(workspace)


def _past(number: int, workspace: Workspace, _progress: Progress) -> ClaimPast:
    from kvalitetsapp.services import claim_views as service

    return service.past(workspace, number)


def _approve(numbers: Sequence[int], workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_approval

    return claim_approval.approve(workspace, numbers)
