"""Lists that never forget: what is not claimed yet, what is, what came too late, and what is to be corrected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import claim_tables
from kvalitetsapp.domain.claim import NOT_YET_ISSUED
from kvalitetsapp.domain.claim_watch import ClaimCounts, Place, Watched, WatchList
from kvalitetsapp.domain.claim_words import ClaimStatus, PastDeadline, ReviewLack
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Row, Table
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.services import claim_account, claim_corrections, claim_ledger
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import cap_ledgers, claim_deadlines, claim_reviews, claims, providers, receivables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pandas import DataFrame

    from kvalitetsapp.domain.claim import Claim, ClaimLine
    from kvalitetsapp.domain.table import Column
    from kvalitetsapp.services.claim_ledger import Standing
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.claim_deadlines import Arrival
    from kvalitetsapp.store.claim_reviews import Review

_EVENT: Final = ("provider_id", "index_ref", "event_ref", "event_date", "complication_class")
_OPEN: Final = (*_EVENT, "to_claim", "pending", "is_missing_cost", "claim_by")
_UNREVIEWED: Final = (*_EVENT, "claimable", "claim_by")


@needs(Right.READ_CLAIMS)
def unclaimed(workspace: Workspace) -> Table:
    """Return every event with money that is not issued yet, the first deadline first, without a deadline last."""
    return _unclaimed(workspace, claim_ledger.standing(workspace)).table


@needs(Right.READ_CLAIMS)
def all_claims(workspace: Workspace) -> Table:
    """Return every claim with how far it has come and what became of its money, by number."""
    accounts = claim_account.of_claims(workspace)
    numbers = cap_ledgers.document_numbers(workspace.store)
    found = claims.all_claims(workspace.store)
    by_claim = {one.claim: one.number for one in found}
    return Table(
        claim_tables.CLAIMS,
        [_claim(workspace, one, accounts.get(one.claim, (0, 0, 0)), numbers, by_claim) for one in found],
    )


@needs(Right.READ_CLAIMS)
def without_review(workspace: Workspace) -> Table:
    """Return the lines of issued claims, as far as they are not credited, that no signed review stands behind."""
    return _without_review(workspace).table


@needs(Right.READ_CLAIMS)
def past_deadline(workspace: Workspace) -> Table:
    """Return what was not issued before its last day, and why, the latest deadline first.

    An event that is not reviewed is among them with what it would have given.
    """
    return _past_deadline(workspace, claim_ledger.standing(workspace)).table


@needs(Right.READ_CLAIMS)
def corrections(workspace: Workspace) -> Table:
    """Return what is to be corrected of issued claims, what was left as it is last."""
    found = claim_corrections.corrections(workspace)
    return Table(claim_tables.CORRECTIONS, [claim_tables.correction_row(one) for one in found])


@needs(Right.READ_CLAIMS)
def watched(workspace: Workspace) -> Watched:
    """Return all the lists as they stand now, each row with where it leads."""
    with workspace.snapshot():
        now = claim_ledger.standing(workspace)
        return Watched(
            _to_come_first(_unclaimed(workspace, now)),
            _without_review(workspace),
            _past_deadline(workspace, now),
            claim_corrections.of_standing(workspace, now),
            int(now.ledger.events["is_missing_cost"].sum()),
            {one.provider_id: one.name for one in providers.all_providers(workspace.store)},
        )


@needs(Right.READ_CLAIMS)
def counts(workspace: Workspace) -> ClaimCounts:
    """Return how much waits among the claims."""
    with workspace.snapshot():
        now, today = claim_ledger.standing(workspace), workspace.today
        left = claim_corrections.left_supplements(workspace, now)
        wanted = ("to_claim", "pending", "is_missing_cost", "operation", "claim_by")
        rows = [(0 if place.key in left else row[0], *row[1:]) for row, place in _keyed(_waiting(now), wanted)]
        events = [row for row in rows if any(row[:3])]
        days = [date.fromisoformat(by) for *_amounts, by in events if by]
        to_come = [day for day in days if day >= today]
        drafts = [one for one in claims.all_claims(workspace.store) if one.status is ClaimStatus.DRAFT]
        owed = receivables.all_receivables(workspace.store, today)
        return ClaimCounts(
            events=len(events),
            unclaimed=sum(to_claim + pending for to_claim, pending, *_rest in events),
            cases=len({case for to_claim, _pending, _is_missing, case, _by in events if to_claim}),
            days_left=(min(to_come) - today).days if to_come else None,
            to_approve=len(drafts),
            overdue=sum(one.open > 0 and one.due_on < today for one in owed),
            corrections=sum(not one.is_left for one in claim_corrections.of_standing(workspace, now)),
        )


@needs(Right.READ_CLAIMS)
def cap_ledger(workspace: Workspace, index_ref: str) -> Table:
    """Return the ledger of an operation's cap.

    Raises:
        InputError: there is no such operation.
    """
    return claim_ledger.of_operation(workspace, index_ref).table()


def _unclaimed(workspace: Workspace, now: Standing) -> WatchList:
    left = claim_corrections.left_supplements(workspace, now)
    made: list[tuple[Row, Place]] = []
    for row, place in _keyed(_waiting(now), _OPEN):
        *told, to_claim, pending, is_missing, claim_by = row
        open_ = 0 if place.key in left else to_claim
        if open_ or pending or is_missing:
            days = None if claim_by is None else (date.fromisoformat(claim_by) - workspace.today).days
            made.append(((*_texts(told), open_, pending, int(is_missing), claim_by or "", days), place))
    made.sort(key=lambda one: (one[0][-2] or "9999", str(one[0][1]), str(one[0][2])))
    return _listed(claim_tables.UNCLAIMED, made)


def _to_come_first(found: WatchList) -> WatchList:
    """Return the list with what can still be met first, then what has no deadline, and last what has passed."""

    def urgency(one: tuple[Row, Place]) -> tuple[int, int]:
        days = one[0][-1]
        if days is None:
            return 1, 0
        return (0, int(days)) if int(days) >= 0 else (2, -int(days))

    return _listed(found.table.columns, sorted(zip(found.table.rows, found.places, strict=True), key=urgency))


def _without_review(workspace: Workspace) -> WatchList:
    reviews = claim_reviews.of_claim_lines(workspace.store)
    nets = cap_ledgers.nets(workspace.store)
    made: list[tuple[Row, Place]] = []
    for claim in claims.all_claims(workspace.store):
        if claim.status in NOT_YET_ISSUED or claim.status is ClaimStatus.WITHDRAWN:
            continue
        for line in claim.lines:
            lack = _lack(line, reviews)
            if lack is not None and (net := nets[claim.claim, line.line]):
                told = (line.event_ref, line.event_date.isoformat(), line.complication_class)
                row = (claim.number, line.line, claim.provider_id, *told, net, lack.value)
                made.append((row, Place(line.key, claim.index_ref)))
    return _listed(claim_tables.WITHOUT_REVIEW, made)


def _past_deadline(workspace: Workspace, now: Standing) -> WatchList:
    today = workspace.today
    arrived = claim_deadlines.arrivals(workspace.store, today)
    reviews, verdicts = claim_reviews.of_links(workspace.store), claim_ledger.verdicts(now)
    left = claim_corrections.left_supplements(workspace, now)
    made: list[tuple[Row, Place]] = []
    for row, place in _keyed(_past(_waiting(now), today), _OPEN):
        told = dict(zip(_OPEN, row, strict=True))
        why = _why(told, arrived.get(place.key.episode), reviews.get(verdicts.get(place.key, 0)))
        amount = told["pending"] + (0 if place.key in left else told["to_claim"])
        if amount or told["is_missing_cost"]:
            made.append((_late(row[: len(_EVENT)], amount, told["claim_by"], today, why), place))
    for row, place in _keyed(_past(_unreviewed(now), today), _UNREVIEWED):
        *event, amount, claim_by = row
        made.append((_late(event, amount, claim_by, today, PastDeadline.NOT_REVIEWED), place))
    made.sort(key=lambda one: (str(one[0][6]), str(one[0][1]), str(one[0][2])), reverse=True)
    return _listed(claim_tables.PAST_DEADLINE, made)


def _keyed(events: DataFrame, names: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], Place]]:
    """Give what is wanted of each event, and where the event leads."""
    from kvalitetsapp.analysis import frames

    rows: list[tuple[Any, ...]] = frames.rows(events, (*names, "episode", "joint", "side", "index_ref"))
    for *told, episode, joint, side, index_ref in rows:
        yield tuple(told), Place(EventKey(episode, joint or "", side or ""), index_ref or "")


def _listed(columns: tuple[Column, ...], made: list[tuple[Row, Place]]) -> WatchList:
    return WatchList(Table(columns, [row for row, _place in made]), tuple(place for _row, place in made))


def _waiting(now: Standing) -> DataFrame:
    events = now.ledger.events
    return events[(events["to_claim"] > 0) | (events["pending"] > 0) | events["is_missing_cost"]]


def _unreviewed(now: Standing) -> DataFrame:
    """Return the proposed events of the claims basis that would give something if they were confirmed."""
    basis = now.frames.claims_basis(potential=True)
    return basis[(basis["status"] == LinkStatus.PROPOSED.value) & (basis["claimable"] > 0)]


def _past(events: DataFrame, today: date) -> DataFrame:
    import numpy as np

    return events[events["claim_by"] < np.datetime64(today, "s")]


def _why(told: Mapping[str, Any], arrived: Arrival | None, review: Review | None) -> PastDeadline:
    last = told["claim_by"]
    tests = {
        PastDeadline.IMPORTED_LATE: arrived is not None and arrived.imported_on > last,
        PastDeadline.REVIEWED_LATE: review is not None and review.reviewed_on > last,
        PastDeadline.MISSING_COST: told["is_missing_cost"],
        PastDeadline.COST_LATE: arrived is not None and arrived.cost_on > last,
        PastDeadline.NOT_ISSUED: told["pending"] > 0,
    }
    return next((reason for reason, holds in tests.items() if holds), PastDeadline.NOT_DRAFTED)


def _late(event: Iterable[Any], amount: int, claim_by: str, today: date, why: PastDeadline) -> Row:
    days = (today - date.fromisoformat(claim_by)).days
    return (*_texts(event), amount, claim_by, days, why.value)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in values)


def _lack(line: ClaimLine, reviews: Mapping[int, Review]) -> ReviewLack | None:
    review = None if line.verdict is None else reviews.get(line.verdict)
    if review is None:
        return ReviewLack.NONE
    if not review.stands:
        return ReviewLack.WITHDRAWN
    return None if review.signed else ReviewLack.IMPORTED


def _claim(
    workspace: Workspace,
    claim: Claim,
    account: tuple[int, int, int],
    numbers: Mapping[int, str],
    by_claim: Mapping[int, str],
) -> Row:
    claimed, credited, paid = account
    latest = claims.steps(workspace.store, claim.claim)[-1]
    return (
        *(claim.number, claim.provider_id, claim.index_ref, claim.status.value, len(claim.lines), claim.amount),
        *(credited, claim.accepted, paid, claimed - credited - paid, claim.drafted_by),
        *(latest.kind.value, latest.day.isoformat(), latest.reason),
        *(numbers.get(claim.basis or 0, ""), by_claim.get(claim.supplements or 0, "")),
    )
