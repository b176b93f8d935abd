"""Undo and redo with names, one user's steps at a time, also after a restart.

A step is a row of `undo_steps`: who did it, its kind, its target, and what the kind needs to undo it. Undoing one is a
new operation that applies the inverse, with its own entry in the audit trail; nothing is erased. A new step drops the
steps of the same user that are undone: they stay in the history and can no more be done again.

To let another action be undone:

1. In its transaction, call `store.undo_steps.add(store, workspace.user, kind, target, content)` after its own writing.
2. Say which right it takes, and write three functions beside it, all given the workspace and the
   `store.undo_steps.Step`: `name` returns what was done, in Swedish and beginning with a small letter, so that it fits
   after `Ångra:`; `undo` and `redo` also take a `Progress`, write inside the transaction that is open, append their
   audit entry, and return the event concerned (None: none) and the `Changes`. Where someone else has built on the step
   they raise `RefusedError` with who, when and what: everything is then left as it was, and the step stays the next to
   undo.
3. Add the kind to `_KINDS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.undo_step import UndoStep
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import (
    access,
    answer_steps,
    claim_approval,
    claim_drafts,
    editable_table_steps,
    kept_answers,
    manual_costs,
    own_indicator_steps,
    papers,
)
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.review_outcome import ReviewOutcome
from kvalitetsapp.store import undo_steps
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.undo_steps import Step


@dataclass(frozen=True, slots=True)
class _Kind:
    """Which right steps of one kind take, and how they are named, undone and done again."""

    right: Right
    name: Callable[[Workspace, Step], str]
    undo: Callable[[Workspace, Step, Progress], tuple[EventKey | None, Changes]]
    redo: Callable[[Workspace, Step, Progress], tuple[EventKey | None, Changes]]


_KINDS: Final[dict[str, _Kind]] = {
    kept_answers.STEP: _Kind(Right.REVIEW, answer_steps.name, answer_steps.undo, answer_steps.redo),
    claim_drafts.STEP: _Kind(Right.PREPARE_CLAIMS, claim_drafts.name, claim_drafts.undo, claim_drafts.redo),
    claim_approval.STEP: _Kind(Right.APPROVE_CLAIMS, claim_approval.name, claim_approval.undo, claim_approval.redo),
    manual_costs.ENTERED: _Kind(
        Right.SET_COSTS, manual_costs.name_entered, manual_costs.undo_entered, manual_costs.redo_entered
    ),
    manual_costs.WITHDRAWN: _Kind(
        Right.SET_COSTS, manual_costs.name_withdrawn, manual_costs.undo_withdrawn, manual_costs.redo_withdrawn
    ),
    own_indicator_steps.STEP: _Kind(
        Right.DEFINE_INDICATORS, own_indicator_steps.name, own_indicator_steps.undo, own_indicator_steps.redo
    ),
    papers.STEP: _Kind(Right.WRITE_PAPERS, papers.name, papers.undo, papers.redo),
    editable_table_steps.STEP: _Kind(
        Right.KEEP_TABLES, editable_table_steps.name, editable_table_steps.undo, editable_table_steps.redo
    ),
}


@needs(Right.READ_FIGURES)
def history(workspace: Workspace, limit: int = 50) -> tuple[UndoStep, ...]:
    """Return the user's own latest steps, newest first, with names and what has become of them."""
    steps = undo_steps.of_user(workspace.store, workspace.user, limit)
    return tuple(UndoStep(one.step, one.kind, _title(workspace, one), one.done_at, one.state) for one in steps)


@needs(Right.READ_FIGURES)
def undo_name(workspace: Workspace) -> str:
    """Return what `undo` would take back, such as `bekräftad koppling av cosmic/8841207`, "" if nothing."""
    return _name(workspace, undo_steps.to_undo(workspace.store, workspace.user))


@needs(Right.READ_FIGURES)
def redo_name(workspace: Workspace) -> str:
    """Return what `redo` would do again, "" if nothing."""
    return _name(workspace, undo_steps.to_redo(workspace.store, workspace.user))


@needs(Right.READ_FIGURES)
def undo(workspace: Workspace, progress: Progress | None = None) -> ReviewOutcome:
    """Take back the user's latest step, in one transaction.

    Raises:
        RefusedError: there is nothing to take back, the user may no longer do what it did, or someone else has built
            on it.
    """
    _demand_may(workspace, undo_steps.to_undo(workspace.store, workspace.user))
    with workspace.store.transaction():
        step = undo_steps.to_undo(workspace.store, workspace.user)
        if step is None:
            raise RefusedError(_("Du har inget att ångra."))
        name = _name(workspace, step)
        key, changes = _KINDS[step.kind].undo(workspace, step, progress or Progress())
        undo_steps.mark_undone(workspace.store, step.step)
    return ReviewOutcome(key, _("Ångrat: {name}").format(name=name), changes)


@needs(Right.READ_FIGURES)
def redo(workspace: Workspace, progress: Progress | None = None) -> ReviewOutcome:
    """Do again what the user undid last, in one transaction.

    Raises:
        RefusedError: there is nothing to do again, the user may no longer do it, or what it was done on is gone,
            changed or decided by someone else.
    """
    _demand_may(workspace, undo_steps.to_redo(workspace.store, workspace.user))
    with workspace.store.transaction():
        step = undo_steps.to_redo(workspace.store, workspace.user)
        if step is None:
            raise RefusedError(_("Du har inget att göra om."))
        key, changes = _KINDS[step.kind].redo(workspace, step, progress or Progress())
        undo_steps.mark_done(workspace.store, step.step)
        name = _name(workspace, step)
    return ReviewOutcome(key, _("Gjort om: {name}").format(name=name), changes)


def _demand_may(workspace: Workspace, step: Step | None) -> None:
    """Refuse before anything is written, so that the trace keeps the attempt."""
    if step is not None:
        access.demand(workspace, _KINDS[step.kind].right, f"undo_steps.{step.kind}")


def _name(workspace: Workspace, step: Step | None) -> str:
    return "" if step is None else _KINDS[step.kind].name(workspace, step)


def _title(workspace: Workspace, step: Step) -> str:
    name = _name(workspace, step)
    return name[:1].upper() + name[1:]
