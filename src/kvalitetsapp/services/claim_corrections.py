"""Issued claims that their events no longer bear out: credited, supplemented, or left as they are with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.claim import NOT_YET_ISSUED, claim_number
from kvalitetsapp.domain.claim_words import ClaimStatus, CorrectionReason
from kvalitetsapp.domain.correction import Correction
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import claim_ledger
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.claim_outcome import ClaimOutcome
from kvalitetsapp.store import audit, claims, concerned, correction_decisions
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.services.claim_ledger import Standing
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.correction_decisions import LeftAsItIs

_LEFT: Final = "correction_left"
_KEY: Final = ("episode", "joint", "side")
_TAKEN_UP: Final = "correction_taken_up"
_CHANGED: Final = (CorrectionReason.COST, CorrectionReason.DEDUCTIBLE, CorrectionReason.CLASS)
_WANTED: Final = (
    "claim",
    "line",
    "episode",
    "joint",
    "side",
    "event_ref",
    "index_ref",
    "provider_id",
    "net",
)


def corrections(workspace: Workspace) -> tuple[Correction, ...]:
    """Return what is to be corrected of issued claims, also what was left as it is, the largest difference first."""
    return of_standing(workspace, claim_ledger.standing(workspace))


def of_standing(workspace: Workspace, now: Standing) -> tuple[Correction, ...]:
    """Return the corrections by what stands now."""
    found = _found(workspace, now, but=(*NOT_YET_ISSUED, ClaimStatus.WITHDRAWN))
    return tuple(sorted(found, key=lambda one: (one.is_left, -abs(one.difference), one.claim, one.line)))


def left_supplements(workspace: Workspace, now: Standing) -> frozenset[EventKey]:
    """Return the events for which someone has decided to claim no more than is claimed or drafted."""
    found = _found(workspace, now, but=(ClaimStatus.WITHDRAWN,))
    return frozenset(one.key for one in found if one.is_left and one.difference > 0)


def leave_rest(workspace: Workspace, claim: int, reason: str) -> None:
    """Decide that no more than a draft now says is claimed for its events, inside a transaction."""
    for one in _found(workspace, claim_ledger.standing(workspace), but=(ClaimStatus.WITHDRAWN,)):
        if one.claim == claim and one.difference > 0:
            told = (one.difference, one.fingerprint, reason, workspace.user)
            correction_decisions.leave(workspace.store, claim, one.line, *told)


@needs(Right.PREPARE_CLAIMS)
def leave(workspace: Workspace, claim: int, line: int, reason: str) -> ClaimOutcome:
    """Leave a difference as it is, until it becomes another.

    Raises:
        InputError: the reason is missing, too long, or has a personal number in it.
        RefusedError: there is nothing to correct on that line (any more).
    """
    if wrong := reasons.wrong_with(reason, _("Skriv varför skillnaden lämnas som den är.")):
        raise InputError(wrong)
    store = workspace.store
    with store.transaction():
        found = _demanded(workspace, claim, line)
        told = (found.difference, found.fingerprint, reason.strip(), workspace.user)
        correction_decisions.leave(store, claim, line, *told)
        about = concerned.of_claims(store, [claim])
        target = f"{found.number}/{line}"
        audit.append(store, workspace.user, _LEFT, target=target, detail=reason.strip(), patients=about)
    return ClaimOutcome((claim,), _("Lämnat som det är: {number}, rad {line}").format(number=found.number, line=line))


@needs(Right.PREPARE_CLAIMS)
def take_up(workspace: Workspace, claim: int, line: int) -> ClaimOutcome:
    """Let a difference that was left as it is be handled after all.

    Raises:
        RefusedError: there is nothing to correct on that line, or nobody has left it as it is.
    """
    store = workspace.store
    with store.transaction():
        found = _demanded(workspace, claim, line)
        if not found.is_left:
            raise RefusedError(
                _("Skillnaden på {number}, rad {line}, är inte lämnad.").format(number=found.number, line=line)
            )
        correction_decisions.withdraw(store, claim, line)
        about = concerned.of_claims(store, [claim])
        audit.append(store, workspace.user, _TAKEN_UP, target=f"{found.number}/{line}", patients=about)
    return ClaimOutcome((claim,), _("Tas upp igen: {number}, rad {line}").format(number=found.number, line=line))


def _demanded(workspace: Workspace, claim: int, line: int) -> Correction:
    found = [one for one in corrections(workspace) if (one.claim, one.line) == (claim, line)]
    if not found:
        raise RefusedError(_("Det finns inget att rätta på rad {line} i krav {claim}.").format(line=line, claim=claim))
    return found[0]


def _found(workspace: Workspace, now: Standing, *, but: tuple[ClaimStatus, ...]) -> Iterator[Correction]:
    """Give what lines have too much, and under the latest line of an event what it could claim more.

    Lines of claims that are what `but` says have no part in it.
    """
    from kvalitetsapp.analysis import frames

    lines = now.ledger.lines
    issued = lines[~lines["status"].isin([one.value for one in but])]
    events = now.ledger.events.iloc[issued["event"].to_numpy()]
    issued = issued.assign(more=events["to_claim"].to_numpy(), **{name: events[name].array for name in _KEY})
    latest = issued[(issued["more"] > 0) & (issued["net"] > 0)].drop_duplicates("event", keep="last")
    if issued.empty or (latest.empty and not issued["over"].any()):
        return
    decided = correction_decisions.standing(workspace.store)
    drafted = {one.claim: one.drafted_at for one in claims.all_claims(workspace.store)}
    for part, change in ((issued[issued["over"] > 0], "over"), (latest, "more")):
        rows: list[tuple[Any, ...]] = frames.rows(part, (*_WANTED, "reason", change))
        for row in rows:
            claim, line, episode, joint, side, event_ref, index_ref, provider_id, net, why, amount = row
            reason = CorrectionReason(why)
            if change == "more" and reason not in _CHANGED:
                reason = CorrectionReason.MORE
            allowed = net - amount if change == "over" else net + amount
            number = claim_number(claim, drafted[claim])
            key = EventKey(episode, joint or "", side or "")
            told = (claim, number, line, key, event_ref, index_ref, provider_id, reason, net, allowed)
            yield _with_decision(Correction(*told), decided.get((claim, line)))


def _with_decision(found: Correction, decision: LeftAsItIs | None) -> Correction:
    if decision is None or decision.fingerprint != found.fingerprint:
        return found
    return replace(found, left_because=decision.reason, left_by=decision.who, left_at=decision.decided_at)
