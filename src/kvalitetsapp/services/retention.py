"""What is old enough to decide about, and the decisions: kept with a reason, or erased at once and for good."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import reasons
from kvalitetsapp.domain import retention as domain
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.retention import RULES, Decided, Proposal, RetentionDecision, RetentionKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import retention as store
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

DECIDED: Final = "retention_decided"


@dataclass(frozen=True, slots=True)
class RetentionOutcome:
    """What was decided, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.DECIDE_RETENTION)
def proposals(workspace: Workspace) -> tuple[Proposal, ...]:
    """Return what there is to decide about, kind by kind, the log year by year; nothing old is no proposal."""
    latest: dict[tuple[RetentionKind, date], Decided] = {}
    for one in reversed(store.decisions(workspace.store)):
        latest[one.kind, one.through] = one
    found = [one for kind in RetentionKind for one in _of_kind(workspace, kind)]
    return tuple(
        Proposal(kind, through, count, latest.get((kind, through)) or _standing(workspace, latest, kind))
        for kind, through, count in found
        if count
    )


@needs(Right.DECIDE_RETENTION)
def listed(workspace: Workspace) -> Table:
    """Return `retention list`."""
    return domain.proposals_table(proposals(workspace))


@needs(Right.DECIDE_RETENTION)
def decisions(workspace: Workspace) -> tuple[Decided, ...]:
    """Return every decision, the latest first."""
    return store.decisions(workspace.store)


@needs(Right.DECIDE_RETENTION)
def keep(workspace: Workspace, kind: RetentionKind, through: date, until: date, reason: str) -> RetentionOutcome:
    """Decide that something is kept until a day.

    Raises:
        InputError: the day has passed, or the reason is missing, too long or holds a personal number.
        RefusedError: there is nothing of the kind so old, or the store is open to be read only.
    """
    if until <= workspace.today:
        raise InputError(_("Dagen som uppgifterna bevaras till ska ligga framåt i tiden."))
    _decide(workspace, kind, through, RetentionDecision.KEEP, until, reason)
    said = _("{what}: bevaras till {day}.").format(what=word("retention_kind", kind), day=until.isoformat())
    return RetentionOutcome(said, frozenset({Changed.ACCESS_LOG}))


@needs(Right.DECIDE_RETENTION)
def erase(workspace: Workspace, kind: RetentionKind, through: date, reason: str) -> RetentionOutcome:
    """Decide that something is erased, and erase it in the same transaction; it cannot be undone.

    Raises:
        InputError: the reason is missing, too long or holds a personal number.
        RefusedError: it is kept for as long as something rests on it, there is nothing so old, it is younger than
            its rule says, or the store is open to be read only.
    """
    if RULES[kind].kept_because:
        raise RefusedError(
            _("{what} gallras inte: {why}").format(what=word("retention_kind", kind), why=_(RULES[kind].kept_because))
        )
    found = _decide(workspace, kind, through, RetentionDecision.ERASE, None, reason)
    said = _("{what}: {n} är gallrade.").format(what=word("retention_kind", kind), n=number(found))
    return RetentionOutcome(said, frozenset({Changed.ACCESS_LOG, Changed.IMPORTS, Changed.QUALITY}))


def _decide(
    workspace: Workspace,
    kind: RetentionKind,
    through: date,
    decision: RetentionDecision,
    until: date | None,
    reason: str,
) -> int:
    if wrong := reasons.wrong_with(reason, _("Skriv varför uppgifterna bevaras eller gallras.")):
        raise InputError(wrong)
    found = _found(workspace, kind, through)
    detail = {"through": through.isoformat(), "found": found, "decision": decision.value}
    told = json.dumps({**detail, "keep_until": until.isoformat() if until else "", "reason": reason.strip()})
    with workspace.action(DECIDED, target=kind.value, detail=told) as changed:
        store.decide(changed, Decided(0, kind, through, found, decision, until, reason.strip(), workspace.user, ""))
        if decision is RetentionDecision.ERASE:
            store.erase(changed, kind, through)
    return found


def _found(workspace: Workspace, kind: RetentionKind, through: date) -> int:
    """Return how much there is to decide about.

    Raises:
        RefusedError: there is nothing, or it is younger than its rule says.
    """
    if through > _oldest_kept(workspace, kind):
        raise RefusedError(
            _("{what} är så unga att det inte finns något att besluta om förrän efter {n} år.").format(
                what=word("retention_kind", kind), n=RULES[kind].years
            )
        )
    found = next((count for _kind, day, count in _of_kind(workspace, kind, through) if day == through), 0)
    if not found:
        raise RefusedError(
            _("Det finns inget att besluta om: {what} till och med {day}.").format(
                what=word("retention_kind", kind), day=through.isoformat()
            )
        )
    return found


def _of_kind(
    workspace: Workspace, kind: RetentionKind, through: date | None = None
) -> list[tuple[RetentionKind, date, int]]:
    """Return what there is of a kind, up to a day or to what its rule says; the log by whole years."""
    day = _oldest_kept(workspace, kind)
    if kind is RetentionKind.LOG_ENTRIES:
        years = store.log_entries_by_year(workspace.store, day)
        return [(kind, min(date(year, 12, 31), day), count) for year, count in years]
    wanted = through or day
    return [(kind, wanted, store.old(workspace.store, kind, wanted))]


def _oldest_kept(workspace: Workspace, kind: RetentionKind) -> date:
    """Return the last day that is old enough."""
    return domain.years_before(workspace.today, RULES[kind].years)


def _standing(
    workspace: Workspace, latest: dict[tuple[RetentionKind, date], Decided], kind: RetentionKind
) -> Decided | None:
    """Return a decision to keep that stands for what was old before today's day, unless it has run out."""
    if kind is RetentionKind.LOG_ENTRIES:
        return None
    kept = [one for (of, _day), one in latest.items() if of is kind and one.keep_until is not None]
    return next((one for one in reversed(kept) if one.keep_until and one.keep_until > workspace.today), None)
