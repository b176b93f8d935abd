"""Krav: every claim in the parts of the work, the chosen one in full below, and the steps it can take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import claim_views
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.errors import UserError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.change_claim import ChangeClaimDialog
from kvalitetsapp.gui.dialogs.claim_step import ClaimStepDialog
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.claim_detail import ClaimDetail
from kvalitetsapp.gui.widgets.claim_step_bar import ClaimStepBar
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.part_bar import PartBar
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.step_undo import StepUndo
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.claim_views import ClaimPast, ClaimSeen
    from kvalitetsapp.domain.claim_words import ClaimStatus
    from kvalitetsapp.gui.dialogs.saving import SavingDialog
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace

DRAFTS: Final = "drafts"
APPROVED: Final = "approved"
OUT: Final = "out"
DISPUTED: Final = "disputed"
DONE: Final = "done"
ALL: Final = "all"
_PARTS: Final[dict[str, frozenset[ClaimStatus]]] = {
    DRAFTS: claim_views.DRAFTS,
    APPROVED: claim_views.APPROVED,
    OUT: claim_views.OUT,
    DISPUTED: claim_views.DISPUTED,
    DONE: claim_views.DONE,
}
_HIDDEN_AT_FIRST: Final = ("index_ref", "document", "supplements", "drafted_by")


class ClaimsView(Page):
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
        super().__init__(runner)
        self._seen: tuple[ClaimSeen, ...] = ()
        self._rows: list[ClaimSeen] = []
        self._wanted = ""
        self.parts = PartBar(_part_names())
        self.table = DataTable("all-claims", key=("claim",))
        self.detail = ClaimDetail()
        self.step_bar = ClaimStepBar()
        self.wrong = PlainLabel()
        self.undo = StepUndo(runner, self)
        self._stack = self._arrange()
        self.begins_at = self.table
        self._connect()
        self._choose()

    def refresh(self) -> None:
        """Read the claims."""
        self.runner.run(_claims, self._set_claims, label=_("Läser krav"))
        self.undo.read()

    def focus_find(self) -> None:
        """Put the cursor in the filter."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_wanted(self, wanted: object) -> None:
        """Show a part by its name, or a claim by its number (`K-2026-00012`)."""
        if isinstance(wanted, str):
            self._wanted = "" if wanted in self.parts.buttons else wanted
            self.parts.set_part(wanted if wanted in self.parts.buttons else ALL)
            self._show_part()

    def current(self) -> ClaimSeen | None:
        """Return the claim that is shown in full, None where none is."""
        row = self.table.current_row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def chosen(self) -> tuple[ClaimSeen, ...]:
        """Return the chosen claims."""
        return tuple(self._rows[row] for row in self.table.chosen_rows() if row < len(self._rows))

    # how it looks

    def _arrange(self) -> Stack:
        self.table.view.setAccessibleName(_("Krav"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.table)
        both.addWidget(self.detail)
        both.setSizes([spacing.lines(self, 14), spacing.lines(self, 26)])
        both.setHandleWidth(spacing.lines(self, 0.5))
        both.setChildrenCollapsible(False)
        filled = QWidget()
        content = QVBoxLayout(filled)
        content.setContentsMargins(0, 0, 0, 0)
        content.addWidget(both, 1)
        content.addWidget(self.wrong)
        content.addWidget(self.step_bar)
        inner = QWidget()
        stack = Stack(inner, filled, EmptyState(_("Inga krav finns än. Välj ärenden under Att kräva och gör utkast.")))
        top = QHBoxLayout()
        top.addWidget(self.parts)
        top.addStretch(1)
        top.addWidget(self.undo)
        around = QVBoxLayout(self)
        spacing.pad(around, self, 0.8)
        around.addLayout(top)
        around.addWidget(inner, 1)
        return stack

    def _connect(self) -> None:
        self.parts.chosen.connect(lambda _part: self._show_part())
        self.table.current_row_changed.connect(lambda _row: self._show_current())
        self.table.view.selectionModel().selectionChanged.connect(lambda *_of: self._choose())
        self.table.row_activated.connect(lambda row: self.case_wanted.emit(self._rows[row].claim.index_ref))
        self.step_bar.asked.connect(self._take)
        self.undo.told.connect(self.told)
        self.undo.refused.connect(self._refused)

    # what it shows

    def _set_claims(self, seen: tuple[ClaimSeen, ...]) -> None:
        self._seen = seen
        self.parts.set_counts({part: len(_of_part(seen, part)) for part in self.parts.buttons})
        self._stack.show_empty(on=not seen)
        self._show_part()

    def _show_part(self) -> None:
        self._rows = _of_part(self._seen, self.parts.part)
        with QSignalBlocker(self.table):  # the claim that is chosen in the end is read, and once
            self.table.set_table(claim_views.claims_table(self._rows))
            self._choose_wanted([one.claim.number for one in self._rows])
        self._show_current()

    def _choose_wanted(self, numbers: Sequence[str]) -> None:
        if self._wanted in numbers:
            self.table.choose_row(numbers.index(self._wanted))
            self._wanted = ""
        elif numbers and self.table.current_row() < 0:
            self.table.choose_row(0)

    def _show_current(self) -> None:
        current = self.current()
        self.detail.show_claim(current, _("Inget krav är valt."))
        if current is not None:
            self.runner.run(partial(_past, current.claim.claim), self.detail.show_past)
        self._choose()

    def _choose(self) -> None:
        self.wrong.hide()
        can_write = self.runner.store is not None and not self.runner.store.read_only
        self.step_bar.offer(self.chosen(), can_write=can_write)

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

    def _open(self, dialog: SavingDialog) -> None:
        dialog.saved.connect(self._done)
        dialog.open()

    def _done(self, outcome: ClaimOutcome) -> None:
        self.told.emit(outcome.said)
        self.table.view.setFocus()

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


def _of_part(seen: Iterable[ClaimSeen], part: str) -> list[ClaimSeen]:
    return [one for one in seen if part == ALL or one.claim.status in _PARTS[part]]


def _claims(workspace: Workspace, _progress: Progress) -> tuple[ClaimSeen, ...]:
    from kvalitetsapp.services import claim_views as service

    return service.claims_seen(workspace)


def _past(number: int, workspace: Workspace, _progress: Progress) -> ClaimPast:
    from kvalitetsapp.services import claim_views as service

    return service.past(workspace, number)


def _approve(numbers: Sequence[int], workspace: Workspace, _progress: Progress) -> ClaimOutcome:
    from kvalitetsapp.services import claim_approval

    return claim_approval.approve(workspace, numbers)
