"""What has changed since a claim was drafted, and why a claim cannot be issued as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import ClaimStatus, CorrectionReason
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import claim_ledger, claim_steps
from kvalitetsapp.store import claim_reviews, meta
from kvalitetsapp.store import claims as store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.claim import Claim, ClaimLine
    from kvalitetsapp.services.claim_ledger import Standing
    from kvalitetsapp.services.workspace import Workspace

_WANTED: Final = ("claim", "line", "operation", "over", "reason")
_KEPT: Final = "changes of claims that wait to be issued"


@dataclass(slots=True)
class _Kept:
    """What has changed for the claims that wait to be issued, in the state of the store that `mark` names."""

    mark: tuple[int, int, int]
    claims: dict[int, Claim]
    found: dict[int, tuple[str, ...]]


def stale(workspace: Workspace, claim: int) -> tuple[str, ...]:
    """Return what differs from what a draft or an approved claim was made of, in Swedish; nothing if it still holds.

    Raises:
        InputError: there is no such claim.
    """
    return differences(workspace, (claim_steps.demanded(workspace, claim),))[claim]


def differences(workspace: Workspace, claims: Sequence[Claim]) -> dict[int, tuple[str, ...]]:
    """Return what differs from what each claim was made of."""
    now = claim_ledger.standing_of(workspace, claims)
    found = now.ledger.lines
    told = zip(*(found[name].tolist() for name in _WANTED), claim_ledger.verdicts_of_lines(now), strict=True)
    by_line = {(claim, line): rest for claim, line, *rest in told}
    agreed = agreements_by_operation(now)
    changes: dict[int, tuple[str, ...]] = {}
    for claim in claims:
        said: list[str] = []
        for line in claim.lines:
            operation, over, why, verdict = by_line[claim.claim, line.line]
            if what := _change(line, verdict, over, why):
                said.append(f"{line.event_ref}: {what}")
            elif not _same_terms(agreed.get(operation), claim.terms):
                said.append(f"{line.event_ref}: {word('correction_reason', CorrectionReason.TERMS)}")
        changes[claim.claim] = tuple(said)
    return changes


def blocked_for_issue(workspace: Workspace, claims: Sequence[Claim]) -> dict[int, tuple[str, ...]]:
    """Return why each of these claims cannot be issued now; a claim with nothing in the way has no part in it."""
    linked = meta.links_are_current(workspace.store)
    changed = _of_waiting(workspace, claims)
    rests_on = (line.verdict for claim in claims for line in claim.lines if line.verdict is not None)
    reviews = claim_reviews.of_numbers(workspace.store, rests_on)
    blocked: dict[int, tuple[str, ...]] = {}
    for claim in claims:
        why = list(changed[claim.claim])
        if claim.status is not ClaimStatus.APPROVED:
            why.insert(0, _("Kravet är inte godkänt."))
        if not linked:
            why.insert(0, _("Det som har lästs in är inte kopplat än."))
        why += [
            _("{ref}: beslutet som kravet vilar på är taget tillbaka.").format(ref=line.event_ref)
            for line in claim.lines
            if line.verdict is not None and not reviews[line.verdict].stands
        ]
        if why:
            blocked[claim.claim] = tuple(why)
    return blocked


def still_holds(workspace: Workspace, issued: Sequence[Claim]) -> None:
    """Let what is known of other claims hold after some were issued; last in the transaction that asked of those.

    That a claim is issued tells only on claims of the same operation, which are lowered first while they wait.
    """
    known = workspace.kept.get(_KEPT)
    if isinstance(known, _Kept):
        episodes = {one.operation.episode for one in issued}
        gone = [claim for claim, one in known.claims.items() if one.operation.episode in episodes]
        for claim in gone:
            del known.claims[claim], known.found[claim]
        known.mark = workspace.store.mark()


def agreements_by_operation(now: Standing) -> dict[int, Agreement]:
    """Return the agreement of each operation with something to tell in the claims basis, by its place among all."""
    by_id = {one.agreement_id: one for one in now.frames.agreements}
    events = now.ledger.events.iloc[: len(now.basis)][["operation", "agreement_id"]].drop_duplicates("operation")
    pairs = zip(events["operation"].tolist(), events["agreement_id"].tolist(), strict=True)
    return {operation: by_id[name] for operation, name in pairs if name in by_id}


def _of_waiting(workspace: Workspace, claims: Sequence[Claim]) -> dict[int, tuple[str, ...]]:
    """Return the differences of claims, worked out for all that wait: they are issued one after another."""
    asked = {one.claim: one for one in claims}
    with workspace.store.one_moment():
        known = workspace.kept.get(_KEPT)
        if isinstance(known, _Kept) and known.mark == workspace.store.mark() and asked.keys() <= known.claims.keys():
            return known.found
        waiting = {one.claim: one for one in store.all_claims(workspace.store, ClaimStatus.APPROVED)} | asked
        found = differences(workspace, tuple(waiting.values()))
        workspace.kept[_KEPT] = _Kept(workspace.store.mark(), waiting, found)
    return found


def _change(line: ClaimLine, verdict: int | None, over: int, why: str) -> str:
    if over or why != CorrectionReason.TERMS:
        return word("correction_reason", why)
    if verdict != line.verdict:
        return _("Händelsen är granskad på nytt")
    return ""


def _same_terms(now: Agreement | None, then: Agreement) -> bool:
    """Tell whether an agreement gives the same amounts; who has checked it and what is noted of it gives none."""
    return now is not None and _amounts_of(now) == _amounts_of(then)


def _amounts_of(terms: Agreement) -> Agreement:
    return replace(terms, name="", note="", verified=False, verified_by="", verified_on=None)
