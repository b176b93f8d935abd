"""What could not be taken of packages: listed side by side, and settled by a person who says why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import exchange_sides, exchange_tables, reasons
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.claim_words import ClaimStatus
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.exchange_conflict import Settled
from kvalitetsapp.domain.exchanged import Package, ThingKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import claim_drafts, exchange_merge, kept_answers
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.exchange_packages import TAKEN_CHANGES
from kvalitetsapp.store import audit, exchanged_refs, exchanges, undo_steps
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.exchange_conflict import Conflict
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.exchange_merge import Merged
    from kvalitetsapp.services.workspace import Workspace

SETTLED: Final = "exchange_settled"
SIDES_READ: Final = "exchange_conflict_read"
_ONLY_SETTLED: Final[Changes] = frozenset({Changed.EXCHANGES})


@dataclass(frozen=True, slots=True)
class SettledOutcome:
    """What was settled, in a sentence."""

    said: str
    changes: Changes


@needs(Right.EXCHANGE)
def conflicts(workspace: Workspace) -> tuple[Conflict, ...]:
    """Return every conflict, those that wait first."""
    return exchanges.conflicts(workspace.store)


@needs(Right.EXCHANGE)
def listed(workspace: Workspace) -> Table:
    """Return `exchange conflicts`."""
    return exchange_tables.conflicts(exchanges.conflicts(workspace.store))


@needs(Right.EXCHANGE)
def sides(workspace: Workspace, number: int) -> Table:
    """Return a conflict side by side: what is here now, or was when it was settled, and what came.

    Raises:
        InputError: there is no such conflict.
    """
    found = _demanded(workspace, number)
    refs = {ref for one in found.theirs for ref in one.episodes}
    patients = exchange_merge.patients_of(workspace, exchanged_refs.episodes_of(workspace.store, refs))
    audit.note(workspace.store, workspace.user, SIDES_READ, target=found.subject, patients=patients)
    if found.settled is not None:
        return exchange_sides.side_by_side(found.ours, found.theirs)
    here = exchange_merge.things_here(workspace)
    return exchange_sides.side_by_side(here, found.theirs)


@needs(Right.EXCHANGE)
def settle(
    workspace: Workspace, number: int, how: Settled, reason: str, progress: Progress | None = None
) -> SettledOutcome:
    """Settle a conflict: keep what is here, or take what came, by the rules that hold for whatever is done here.

    Raises:
        InputError: there is no such conflict, or the reason is missing, too long or holds a personal number.
        RefusedError: it is settled, or what came cannot be taken as things are here.
        CancelledError: the user cancelled; nothing was settled.
    """
    if wrong := reasons.wrong_with(reason, _("Skriv varför konflikten avgörs så.")):
        raise InputError(wrong)
    with workspace.store.transaction():
        found = _demanded(workspace, number)
        if found.settled is not None:
            raise RefusedError(
                _("Konflikten är redan avgjord av {who}. Läs listan på nytt.").format(who=found.settled_by)
            )
        refs = {ref for one in found.theirs for ref in one.episodes}
        episodes = exchanged_refs.episodes_of(workspace.store, refs)
        if how is Settled.THEIRS:
            _take(workspace, found, progress or Progress())
        exchanges.settle(workspace.store, number, how, reason.strip(), this_moment(), workspace.user)
        detail = json.dumps({"conflict": number, "settled": how.value, "reason": reason.strip()}, ensure_ascii=False)
        patients = exchange_merge.patients_of(workspace, episodes)
        audit.append(workspace.store, workspace.user, SETTLED, target=found.subject, detail=detail, patients=patients)
    if how is Settled.OURS:
        return SettledOutcome(_("Vårt behålls: {subject}").format(subject=found.subject), _ONLY_SETTLED)
    return SettledOutcome(_("Deras är taget: {subject}").format(subject=found.subject), TAKEN_CHANGES)


def _demanded(workspace: Workspace, number: int) -> Conflict:
    found = exchanges.conflict(workspace.store, number)
    if found is None:
        raise InputError(_("Det finns ingen konflikt med nummer {number}.").format(number=number))
    return found


def _take(workspace: Workspace, found: Conflict, progress: Progress) -> None:
    """Take what came, and let it be undone where what it consists of can be undone when it is done here."""
    package = Package(found.package_id, "", found.other_user, found.noted_at, "", 0, "", found.theirs)
    here = {one.id for one in found.ours}
    merged = exchange_merge.merge(workspace, package, progress, forced=True)
    if merged.held:
        raise RefusedError(_("Deras kan inte tas: {reason}. Inget har ändrats.").format(reason=merged.held[0].reason))
    _keep_undoable(workspace, merged)
    drafts = [one for one in found.theirs if one.kind is ThingKind.CLAIM]
    if drafts and all(one.state["status"] == ClaimStatus.DRAFT and one.id not in here for one in drafts):
        claims = {"claims": [one.base["claim"] for one in drafts]}
        undo_steps.add(workspace.store, workspace.user, claim_drafts.STEP, found.subject, claims)


def _keep_undoable(workspace: Workspace, merged: Merged) -> None:
    """Let a decision that was taken be undone as one that was given here: ours then holds again."""
    for one in merged.decisions:
        if one.answer is None:
            continue
        content = {
            "answer": one.answer,
            "replaced": None if one.replaced is None else one.replaced.answer,
            "replaced_verdict": None if one.replaced is None else one.replaced.verdict,
        }
        undo_steps.add(workspace.store, workspace.user, kept_answers.STEP, one.target, content)
