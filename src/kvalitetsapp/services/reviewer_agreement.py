"""How well two reviewers agree: pairs of first answers to the same case, in a round or about chosen events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.services import review_rounds
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import review_answers, round_cohorts
from kvalitetsapp.store import review_rounds as stored_rounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.services.workspace import Workspace

    Pair = tuple[Answer, Answer]


@needs(Right.READ_NARRATIVE)
def agreement(workspace: Workspace, round_id: int) -> tuple[ReviewerAgreement, ...]:
    """Return the agreement on every question of a round that two review, nothing where one reviews alone.

    Raises:
        InputError: there is no such round.
    """
    if not review_rounds.of_number(workspace, round_id).is_blinded:
        return ()
    from kvalitetsapp.analysis import reviewer_agreement

    return reviewer_agreement.of_round(pairs_of_round(workspace, round_id).values())


def pairs_of_round(workspace: Workspace, round_id: int) -> dict[EventKey, Pair]:
    """Return the first answers to the cases that two have answered, each with its class, by the reviewers' names."""
    derived = {one.key: one.frozen for one in round_cohorts.classes(workspace.store, round_id)}
    found: dict[EventKey, dict[str, Answer]] = defaultdict(dict)
    for one in sorted(first_answers(review_answers.of_round(workspace.store, round_id)), key=_by_reviewer):
        found[one.key][one.reviewer] = classed(one.answer, derived.get(one.key, ""))
    by_event = {key: tuple(given.values()) for key, given in found.items()}
    return {key: (given[0], given[1]) for key, given in by_event.items() if len(given) > 1}


def latest_pairs(workspace: Workspace) -> dict[EventKey, Pair]:
    """Return the first answers to every event that two have answered, those of the latest round where in more."""
    found: dict[EventKey, Pair] = {}
    for one in reversed(stored_rounds.all_rounds(workspace.store)):
        if one.is_blinded:
            found |= pairs_of_round(workspace, one.round_id)
    return found


def first_answers(answers: Iterable[GivenAnswer]) -> list[GivenAnswer]:
    """Return the answers that two reviewers gave each for himself."""
    return [one for one in answers if one.part is Part.FIRST]


def classed(answer: Answer, derived: str) -> Answer:
    """Return an answer with the derived class put in where it confirms the event and leaves its class."""
    if answer.decision is not Verdict.CONFIRMED or answer.complication_class:
        return answer
    return replace(answer, complication_class=derived)


def _by_reviewer(one: GivenAnswer) -> tuple[str, int]:
    return one.reviewer, one.answer_id
