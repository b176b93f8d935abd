"""How far review rounds have come: their counts, who did what, and their cases as one user may see them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kvalitetsapp.domain import round_event
from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_progress import ReviewerWork, RoundCase, RoundProgress, state_of, time_used
from kvalitetsapp.services import review_rounds as services
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import review_rounds, round_cohorts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.round_cohorts import StoredCase


@needs(Right.READ_NARRATIVE)
def rounds(workspace: Workspace) -> tuple[RoundProgress, ...]:
    """Return every round with its progress, the latest first."""
    states: dict[int, dict[CaseState, int]] = defaultdict(lambda: dict.fromkeys(CaseState, 0))
    novelties: dict[int, dict[Novelty, int]] = defaultdict(lambda: dict.fromkeys(Novelty, 0))
    for round_id, novelty, standing, events in round_cohorts.standings(workspace.store, workspace.user):
        states[round_id][state_of(standing)] += events
        novelties[round_id][novelty] += events
    reviewers = _work(workspace)
    return tuple(
        RoundProgress(one, states[one.round_id], novelties[one.round_id], reviewers.get(one.round_id, ()))
        for one in review_rounds.all_rounds(workspace.store)
    )


@needs(Right.READ_NARRATIVE)
def cases(workspace: Workspace, round_id: int) -> tuple[RoundCase, ...]:
    """Return the cases of a round in the order in which they are worked.

    Raises:
        InputError: there is no such round.
    """
    services.of_number(workspace, round_id)
    return tuple(_case(one) for one in round_cohorts.cases(workspace.store, round_id, workspace.user))


def _work(workspace: Workspace) -> dict[int, tuple[ReviewerWork, ...]]:
    found: dict[int, list[ReviewerWork]] = defaultdict(list)
    every = review_rounds.work(workspace.store, workspace.user)
    for (round_id, reviewer), rows in groupby(every, key=lambda row: row[:2]):
        given = list(rows)
        used = time_used((row[4:], row[2]) for row in given)
        days = [date.fromisoformat(row[3]) for row in given]
        found[round_id].append(
            ReviewerWork(reviewer, used.answers, used.seconds, used.median_seconds, min(days), max(days))
        )
    return {round_id: tuple(works) for round_id, works in found.items()}


def _case(one: StoredCase) -> RoundCase:
    frozen = round_cohorts.told(one.frozen)
    now = frozen if one.now is None else round_cohorts.told(one.now)
    return RoundCase(
        one.key,
        one.event_ref,
        round_event.frozen_event(now),
        one.novelty,
        state_of(one.standing),
        one.standing.exists,
        one.decision,
        one.earlier,
        one.earlier_decision,
        _since_earlier(one),
        () if one.now in {None, one.frozen} else round_event.changes(frozen, now),
    )


def _since_earlier(one: StoredCase) -> tuple[str, ...]:
    """Return why a case is open although it had an answer, as it was when the round was frozen and since."""
    if one.earlier is None:
        return ()
    if one.is_withdrawn:
        return (_("svaret har tagits tillbaka"),)
    if one.novelty is not Novelty.CHANGED:
        return ()
    before, frozen = round_cohorts.told(one.answered_on), round_cohorts.told(one.frozen)
    return round_event.changes_since_answer(before, one.verdict, frozen)
