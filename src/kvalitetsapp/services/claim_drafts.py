"""Drafting claims: what can be claimed is written down as it stands, and drawn on the cap at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim import CapEntry, Claim, ClaimLine, OperationKey, StepTaken
from kvalitetsapp.domain.claim_words import CapEntryKind, ClaimStatus, ClaimStep
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import claim_ledger, claim_proposals, event_costs, refusals
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_outcome import CLAIMS_CHANGED, ClaimOutcome
from kvalitetsapp.services.claim_steps import write_step
from kvalitetsapp.store import audit, cap_ledgers, claim_reviews, claims, concerned, undo_steps
from kvalitetsapp.texts import _, kronor, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.domain.cost_source import CostSource
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.proposal import LeftOut, Proposal, ProposalLine
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.claim_reviews import Review
    from kvalitetsapp.store.undo_steps import Step

STEP: Final = "claims_drafted"
DRAFTED: Final = "claims_drafted"
WITHDRAWN: Final = "claims_withdrawn"

proposals = claim_proposals.proposals


@needs(Right.PREPARE_CLAIMS)
def draft(workspace: Workspace, operations: Sequence[OperationKey | str]) -> ClaimOutcome:
    """Draft a claim for each operation (its key or reference) with all that can be claimed for it now.

    Raises:
        RefusedError: nothing can be claimed for one of them, something imported is not linked yet, or the store is
            open to be read only. Nothing is drafted then.
    """
    with workspace.store.transaction():
        made, left_out = write(workspace, operations)
        keep_undoable(workspace, made)
    amount = sum(one.amount for one in made)
    said = ngettext("{n} utkast, {amount}", "{n} utkast, {amount}", len(made))
    numbers = tuple(one.claim for one in made)
    return ClaimOutcome(numbers, said.format(n=len(made), amount=kronor(amount)), left_out)


def write(
    workspace: Workspace,
    operations: Sequence[OperationKey | str],
    amounts: Mapping[EventKey, int] | None = None,
    reason: str = "",
) -> tuple[tuple[Claim, ...], tuple[LeftOut, ...]]:
    """Do the work of `draft` inside a transaction that is open; with `amounts` those events only, at most so much."""
    refusals.check_linked(workspace)
    now = claim_ledger.standing(workspace)
    claim_ledger.tell_sides(workspace, now)
    by_key: dict[OperationKey | str, Proposal] = {}
    for one in claim_proposals.of_standing(workspace, now):
        by_key |= {one.operation: one, one.index_ref: one}
    demanded = (_demanded(by_key, operation) for operation in operations)
    wanted = list({one.operation: one for one in demanded}.values())  # by key and by reference it is the same
    if amounts is not None:
        wanted = [_limited(one, amounts) for one in wanted]
    verdicts = claim_ledger.verdicts(now)
    reviews = claim_reviews.of_links(workspace.store)
    keys = {line.key for one in wanted for line in one.lines}
    sources = event_costs.of_events(workspace, keys, now.basis, now.frames.agreements)
    made = []
    for one in wanted:
        lines = _within_cap(workspace, one)
        told = tuple(
            _claim_line(place, line, reviews.get(verdicts.get(line.key, 0)), sources[line.key])
            for place, line in enumerate(lines, start=1)
        )
        made.append(_add(workspace, one, told, reason))
    return tuple(made), tuple(each for one in wanted for each in one.left_out)


def keep_undoable(workspace: Workspace, made: Sequence[Claim]) -> None:
    """Let drafts that were made be undone, and tell of them in the audit trail; inside a transaction."""
    numbers = ", ".join(one.number for one in made)
    content = {"claims": [one.claim for one in made]}
    undo_steps.add(workspace.store, workspace.user, STEP, numbers, content)
    about = concerned.of_claims(workspace.store, content["claims"])
    audit.append(workspace.store, workspace.user, DRAFTED, target=numbers, patients=about)


def release(workspace: Workspace, claim: Claim) -> None:
    """Give back all that a claim has drawn on its cap, inside a transaction."""
    for line, net in cap_ledgers.net_of_claim(workspace.store, claim.claim).items():
        if net:
            write_entry(workspace, claim, line, CapEntryKind.RELEASE, net)


def write_entry(workspace: Workspace, claim: Claim, line: int, kind: CapEntryKind, amount: int) -> None:
    """Write an entry of the cap's ledger by the terms of the claim, inside a transaction."""
    terms, today = claim.terms, workspace.today
    entry = CapEntry(0, claim.claim, line, kind, amount, terms.cap, terms.cap_scope, today, workspace.user, None)
    claims.add_cap_entry(workspace.store, entry, this_moment())


def name(_workspace: Workspace, step: Step) -> str:
    """Return what was drafted: `utkast till K-2026-00012`."""
    return _("utkast till {numbers}").format(numbers=step.target)


def undo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[None, Changes]:
    """Take the drafts back and release what they drew.

    Raises:
        RefusedError: one of them is no draft any more.
    """
    found = claims.of_numbers(workspace.store, step.content["claims"])
    for one in found:
        if one.status is not ClaimStatus.DRAFT:
            raise RefusedError(
                _("Kravet {number} är inte längre ett utkast. Utkasten ligger kvar.").format(number=one.number)
            )
    for one in found:
        release(workspace, one)
        write_step(workspace, one, ClaimStep.WITHDRAWN, reason=_("Utkastet ångrades"))
    about = concerned.of_claims(workspace.store, step.content["claims"])
    audit.append(workspace.store, workspace.user, WITHDRAWN, target=step.target, patients=about)
    return None, CLAIMS_CHANGED


def redo(workspace: Workspace, step: Step, _progress: Progress) -> tuple[None, Changes]:
    """Draft the same operations again, by what can be claimed now: claims that were withdrawn stay so.

    Raises:
        RefusedError: nothing can be claimed for one of them any more.
    """
    store = workspace.store
    now = claim_ledger.standing(workspace)
    before = claims.of_numbers(store, step.content["claims"])
    operations = [claim_ledger.operation_now(now, one) for one in before]
    made, _left_out = write(workspace, operations)
    numbers, keys = ", ".join(one.number for one in made), [one.claim for one in made]
    undo_steps.change(store, step.step, numbers, {"claims": keys})
    audit.append(store, workspace.user, DRAFTED, target=numbers, patients=concerned.of_claims(store, keys))
    return None, CLAIMS_CHANGED


def _demanded(found: Mapping[OperationKey | str, Proposal], operation: OperationKey | str) -> Proposal:
    one = found.get(operation)
    if one is not None and one.lines:
        return one
    ref = operation if isinstance(operation, str) else lane_label(operation.joint, operation.side)
    if one is None:
        raise RefusedError(_("Det finns inget att kräva för {ref} nu.").format(ref=ref))
    told = "; ".join(f"{each.event_ref}: {each.why}" for each in one.left_out)
    raise RefusedError(_("Inget kan krävas för {ref} än: {why}").format(ref=one.index_ref, why=told))


def _limited(one: Proposal, amounts: Mapping[EventKey, int]) -> Proposal:
    lines = [replace(line, amount=min(line.amount, amounts.get(line.key, 0))) for line in one.lines]
    kept = tuple(line for line in lines if line.amount > 0)
    if not kept:
        raise RefusedError(_("Det finns inget att kräva för {ref} nu.").format(ref=one.index_ref))
    return replace(one, lines=kept)


def _within_cap(workspace: Workspace, one: Proposal) -> list[ProposalLine]:
    """Return the lines as far as the cap reaches where claims from before the side was told may count in as well."""
    by_episode = one.agreement.cap_scope != "index_operation"
    left: dict[int | None, int] = {}
    kept = []
    for line in one.lines:
        of = line.key.episode if by_episode else None
        if of not in left:
            left[of] = one.agreement.cap - cap_ledgers.drawn_of_operation(workspace.store, one.operation, of)
        amount = min(line.amount, left[of])
        if amount > 0:
            kept.append(replace(line, amount=amount))
            left[of] -= amount
    if not kept:
        raise RefusedError(_("Det finns inget att kräva för {ref} nu.").format(ref=one.index_ref))
    return kept


def _claim_line(place: int, line: ProposalLine, review: Review | None, source: CostSource) -> ClaimLine:
    return ClaimLine(
        place,
        line.key,
        line.event_ref,
        line.event_date,
        line.days,
        line.complication_class,
        None if review is None else review.verdict,
        "" if review is None else review.reviewer,
        "" if review is None else review.reviewed_on,
        "" if review is None else review.relation,
        line.cost,
        source.basis,
        source.source,
        source.price_year,
        line.deductible,
        line.amount,
    )


def _add(workspace: Workspace, one: Proposal, lines: tuple[ClaimLine, ...], reason: str) -> Claim:
    """Keep a draft with its step and its draws."""
    at, user = this_moment(), workspace.user
    new = Claim(
        0,
        one.provider_id,
        one.provider,
        one.agreement,
        one.operation,
        one.index_ref,
        one.operated_on,
        ClaimStatus.DRAFT,
        None,
        one.supplements,
        None,
        user,
        at,
        lines,
    )
    kept = replace(new, claim=claims.add(workspace.store, new))
    step = StepTaken(ClaimStep.DRAFTED, ClaimStatus.DRAFT, user, at, workspace.today, reason, kept.amount)
    claims.add_step(workspace.store, kept.claim, step)
    for line in lines:
        write_entry(workspace, kept, line.line, CapEntryKind.DRAW, line.amount)
    return kept
