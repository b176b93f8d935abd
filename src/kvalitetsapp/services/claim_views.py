"""What the window shows of claims: what can be drafted, every claim with its money, and the past of one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.claim_views import ClaimPast, ClaimSeen, ToClaim
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import claim_account, claim_ledger, claim_proposals, claim_staleness, readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_steps import demanded
from kvalitetsapp.store import cap_ledgers, claims, concerned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.workspace import Workspace


@needs(Right.READ_CLAIMS)
def to_claim(workspace: Workspace) -> ToClaim:
    """Return what can be drafted now, and what is drafted but not issued."""
    waiting = (one for one in claims.all_claims(workspace.store) if one.status in NOT_YET_ISSUED)
    return ToClaim(claim_proposals.proposals(workspace), sum(one.amount for one in waiting), workspace.today)


@needs(Right.READ_CLAIMS)
def claims_seen(workspace: Workspace) -> tuple[ClaimSeen, ...]:
    """Return every claim, the latest first."""
    found = claims.all_claims(workspace.store)
    numbers = {one.claim: one.number for one in found}
    documents = cap_ledgers.document_numbers(workspace.store)
    accounts = claim_account.of_claims(workspace)
    waiting = tuple(one for one in found if one.status in NOT_YET_ISSUED)
    changed = claim_staleness.differences(workspace, waiting) if waiting else {}
    last_days = _last_days(workspace, waiting)
    made = []
    for one in reversed(found):
        _claimed, credited, paid = accounts.get(one.claim, (0, 0, 0))
        document, supplements = documents.get(one.basis or 0, ""), numbers.get(one.supplements or 0, "")
        last = last_days.get(one.claim)
        made.append(ClaimSeen(one, credited, paid, document, supplements, last, changed.get(one.claim, ())))
    return tuple(made)


@needs(Right.READ_CLAIMS)
def past(workspace: Workspace, number: int) -> ClaimPast:
    """Return the steps of a claim and the ledger of its operation's cap.

    Raises:
        InputError: there is no such claim.
        RefusedError: that it is read cannot be noted in the trace.
    """
    claim = demanded(workspace, number)
    readings.note(workspace, readings.CLAIM_READ, claim.number, concerned.of_claims(workspace.store, [number]))
    steps = claims.steps(workspace.store, number)
    return ClaimPast(number, steps, claim_ledger.of_operation(workspace, claim.index_ref))


def _last_days(workspace: Workspace, waiting: Sequence[Claim]) -> dict[int, date]:
    """Return the first of the last days on which each claim can be made, where its agreement has one."""
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.services import frames_of_store

    if not waiting:
        return {}
    basis = frames_of_store.load(workspace).claims_basis(potential=False)
    rows: list[tuple[Any, ...]] = frames.rows(
        basis[basis["claim_by"].notna()], ("episode", "joint", "side", "claim_by")
    )
    last = {EventKey(episode, joint or "", side or ""): date.fromisoformat(day) for episode, joint, side, day in rows}
    days = {one.claim: [last[line.key] for line in one.lines if line.key in last] for one in waiting}
    return {claim: min(found) for claim, found in days.items() if found}
