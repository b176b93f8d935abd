"""The cases of a round as its protocol shows them, the same whoever asks, with the answers that lead nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain import round_event
from kvalitetsapp.domain.answer_differences import differences
from kvalitetsapp.domain.review_protocol import ProtocolAnswer, ProtocolCase, Settled
from kvalitetsapp.domain.review_round import CaseState, Part
from kvalitetsapp.domain.round_progress import state_of
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.services.reviewer_agreement import classed, first_answers
from kvalitetsapp.store import review_answers, round_cohorts, round_protocols

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import GivenAnswer, Round
    from kvalitetsapp.domain.round_event import FrozenEvent
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.round_cohorts import StoredCase
    from kvalitetsapp.store.round_protocols import NamedOperation


@dataclass(frozen=True, slots=True)
class ReviewedCase:
    """A case with the answers given to it in its round, classes put in, and the class that its codes gave it."""

    key: EventKey
    case: ProtocolCase
    derived_class: str
    given: tuple[GivenAnswer, ...]


def of_round(workspace: Workspace, round_: Round) -> tuple[ReviewedCase, ...]:
    """Return the cases of a round in the order in which they are worked."""
    store, round_id = workspace.store, round_.round_id
    classes = {one.key: one for one in round_cohorts.classes(store, round_id)}
    given: dict[EventKey, list[GivenAnswer]] = defaultdict(list)
    for one in review_answers.of_round(store, round_id):
        given[one.key].append(replace(one, answer=classed(one.answer, classes[one.key].under(one.verdict))))
    earlier = {
        one.key: replace(one, answer=classed(one.answer, classes[one.key].under(one.verdict)))
        for one in review_answers.earlier_than_round(store, round_id)
    }
    named = round_protocols.named_operations(store, round_id)
    return tuple(
        _reviewed(one, round_, classes[one.key].frozen, given[one.key], earlier.get(one.key), named)
        for one in round_cohorts.cases(store, round_id, reviewer="")
    )


def answers(cases: Sequence[ReviewedCase], round_: Round) -> tuple[ProtocolAnswer, ...]:
    """Return what each reviewer answered himself: while a round of two goes on, of settled cases only."""
    return tuple(
        ProtocolAnswer(one.case, given.reviewer, given.part, given.answered_at[:10], given.seconds, given.answer)
        for one in cases
        if one.case.state is CaseState.DONE or not (round_.is_open and round_.is_blinded)
        for given in one.given
        if given.part is not Part.AGREED
    )


def settled(workspace: Workspace, cases: Sequence[ReviewedCase]) -> tuple[Settled, ...]:
    """Return the differences between two reviewers that they came to a common answer on."""
    return tuple(
        _settled(workspace, one, consensus)
        for one in cases
        if one.case.state is CaseState.DONE
        for consensus in one.given
        if consensus.part is Part.CONSENSUS
    )


def _settled(workspace: Workspace, one: ReviewedCase, consensus: GivenAnswer) -> Settled:
    firsts = [given.answer for given in first_answers(one.given)]
    found = (
        differences(firsts[0], firsts[1], derived_class=one.derived_class, criteria=workspace.infection_criteria)
        if len(firsts) > 1
        else ()
    )
    return Settled(
        one.case.event_ref,
        tuple(each.name for each in found),
        consensus.answer.comment.strip(),
        consensus.reviewer,
        consensus.answered_at[:10],
    )


def _reviewed(
    stored: StoredCase,
    round_: Round,
    derived_class: str,
    given: Sequence[GivenAnswer],
    earlier: GivenAnswer | None,
    named: Mapping[int, NamedOperation],
) -> ReviewedCase:
    state = _state(stored, round_, given)
    stands = _standing(given, earlier) if state is CaseState.DONE else None
    frozen = round_event.frozen_event(round_cohorts.told(stored.frozen))
    now = frozen if stored.now is None else round_event.frozen_event(round_cohorts.told(stored.now))
    provider, days = _operated(now, frozen, stands, named)
    case = ProtocolCase(
        event_ref=stored.event_ref,
        joint=stored.key.joint,
        side=stored.key.side,
        event_date=now.event_date,
        provider=provider,
        days=days,
        surgery_level=now.surgery_level,
        state=state,
        novelty=stored.novelty,
    )
    if stands is not None:
        own = tuple(sorted({one.reviewer for one in first_answers(given)}))
        case = replace(case, answer=stands.answer, part=stands.part, reviewers=own or (stands.reviewer,))
    return ReviewedCase(stored.key, case, derived_class, tuple(given))


def _state(stored: StoredCase, round_: Round, given: Sequence[GivenAnswer]) -> CaseState:
    """Return how far a case has come; that one of two has answered is told only once the round is closed."""
    state = state_of(stored.standing)
    waits = not round_.is_open and state is CaseState.OPEN and bool(first_answers(given))
    return CaseState.WAITING if waits else state


def _standing(given: Sequence[GivenAnswer], earlier: GivenAnswer | None) -> GivenAnswer | None:
    """Return the answer that stands: the latest that is not one of two reviewers' own, else the one taken over."""
    own = [one for one in given if one.part is not Part.FIRST]
    return own[-1] if own else earlier


def _operated(
    now: FrozenEvent, frozen: FrozenEvent, stands: GivenAnswer | None, named: Mapping[int, NamedOperation]
) -> tuple[str, int | None]:
    """Return where the operation was done and the days from it.

    It is the one that the answer names; for a rejected event the one that was proposed when the round was frozen.
    """
    if stands is not None and (operation := named.get(stands.answer_id)) is not None:
        elapsed = date.fromisoformat(now.event_date) - date.fromisoformat(operation.operated_on)
        return operation.provider, elapsed.days
    is_rejected = stands is not None and stands.answer.decision is Verdict.REJECTED
    event = frozen if is_rejected else now
    return event.index_provider, event.days
