"""Reviewing links: a case as the reviewer meets it, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.facts import Fact
    from kvalitetsapp.domain.follow_up import FollowUpOffer
    from kvalitetsapp.domain.infection import Criterion
    from kvalitetsapp.domain.patient import Link, Operation
    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.domain.review_round import RoundPlace
    from kvalitetsapp.domain.timeline import Timeline


def flags(link: Link) -> str:
    """Return what a reviewer should notice of a link, in words."""
    return flag_words(
        another_look=link.another_look,
        ambiguous=link.status == LinkStatus.AMBIGUOUS,
        competing=link.competing,
    )


def flag_words(*, another_look: bool, ambiguous: bool, competing: bool) -> str:
    """Return what a reviewer should notice, in words."""
    told = (
        (another_look, _("ny titt")),
        (ambiguous, _("tvetydig")),
        (competing, _("annan kirurgi emellan")),
    )
    return ", ".join(words for holds, words in told if holds)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the person's operations as a choice: whether the event may be its complication, and why or why not."""

    operation: Operation
    days: int
    fits: bool
    possible: bool
    proposed: bool
    note: str


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict as stored; `withdrawn` where it was replaced or undone."""

    verdict: int
    decision: str
    complication_class: str
    reviewer: str
    reviewed_on: date
    index_ref: str
    comment: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """An event with all a reviewer needs to decide on it.

    `why_not` says why each other operation was not chosen, `missing` what the data lacks. `draft_field` is the
    question that the unfinished answer was left at. `place` tells of the round it is reviewed in.
    """

    link: Link
    why: str
    event_facts: tuple[Fact, ...]
    operation_facts: tuple[Fact, ...]
    candidates: tuple[Candidate, ...]
    timeline: Timeline
    history: tuple[GivenVerdict, ...]
    draft: Answer
    follow_ups: tuple[FollowUpOffer, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[ProviderQuestion, ...] = ()
    place: RoundPlace | None = None
    draft_field: str = ""
    why_not: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
