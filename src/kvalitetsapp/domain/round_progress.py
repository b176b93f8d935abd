"""How far a round has come: the state of every case as one user may see it, and who has worked how long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.review_round import CaseState
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from datetime import date

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import Novelty, Round
    from kvalitetsapp.domain.round_event import FrozenEvent

_BOTH: Final = 2
LEFT: Final = (CaseState.OPEN, CaseState.WAITING, CaseState.DIFFERS)
"""The states of a case that somebody still has to do something about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What has been answered on a case, for a user: `final` is the only, the agreed or the consensus answer.

    `firsts` counts the reviewers with a first answer of their own, `mine` tells whether the user is one of them.
    `known` is a case that an earlier answer, which is still in effect, settled; `exists` tells of the event today.
    """

    final: bool
    firsts: int
    mine: bool
    known: bool
    exists: bool


def state_of(standing: Standing) -> CaseState:
    """Return the state of a case for a user.

    While only the other of two reviewers has answered it is open: that the other has, is not for him to know.
    """
    if standing.final:
        return CaseState.DONE
    if not standing.exists:
        return CaseState.GONE
    if standing.firsts >= _BOTH:
        return CaseState.DIFFERS
    if standing.mine:
        return CaseState.WAITING
    return CaseState.DONE if standing.known and not standing.firsts else CaseState.OPEN


@dataclass(frozen=True, slots=True)
class RoundCase:
    """A case of a round, for a user. `event` is as it is today, as it was frozen where it is gone.

    `decision` is what the round says, or the user's own first answer, "" without either. `since_earlier` and
    `since_frozen` tell what has become different since the earlier answer and since the round was frozen.
    """

    key: EventKey
    event_ref: str
    event: FrozenEvent
    novelty: Novelty
    state: CaseState
    exists: bool = True
    decision: str = ""
    earlier: int | None = None
    earlier_decision: str = ""
    since_earlier: tuple[str, ...] = ()
    since_frozen: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Return in words what a reviewer should know of the case's history, "" where there is nothing."""
        parts = []
        if self.since_earlier:
            parts.append(_("ändrad sedan förra svaret: {what}").format(what="; ".join(self.since_earlier)))
        if not self.exists:
            parts.append(_("händelsen finns inte längre; här står vad den var när omgången frystes"))
        elif self.since_frozen:
            parts.append(_("ändrad sedan omgången frystes: {what}").format(what="; ".join(self.since_frozen)))
        return ". ".join(parts)


@dataclass(frozen=True, slots=True)
class TimeUsed:
    """How many answers were given, in how many seconds, and how many seconds a case took (median)."""

    answers: int
    seconds: int
    median_seconds: int


def time_used(given: Iterable[tuple[Hashable, int]]) -> TimeUsed:
    """Return what answers took, each told as its case and its seconds; a case answered twice took the sum."""
    from statistics import median

    answers = 0
    of_case: Counter[Hashable] = Counter()
    for case, seconds in given:
        answers += 1
        of_case[case] += seconds
    return TimeUsed(answers, of_case.total(), round(median(of_case.values())) if of_case else 0)


@dataclass(frozen=True, slots=True)
class ReviewerWork:
    """What one reviewer has done in a round; the median is a case's."""

    reviewer: str
    answers: int
    seconds: int
    median_seconds: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """A round with how many of its cases are in which state, for a user, and who has done what."""

    round: Round
    states: Mapping[CaseState, int]
    novelties: Mapping[Novelty, int]
    reviewers: tuple[ReviewerWork, ...] = field(default=())

    @property
    def cases(self) -> int:
        """Return how many cases there are."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Return how many cases somebody still has to do something about."""
        return sum(self.states[state] for state in LEFT)

    @property
    def seconds(self) -> int:
        """Return the time that all reviewers have used."""
        return sum(one.seconds for one in self.reviewers)
