"""Two rounds beside each other: what each says of the events in both, and how many events have which answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import review_words
from kvalitetsapp.domain.review_round import Part
from kvalitetsapp.domain.words import ComplicationClass, Verdict
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_round import GivenAnswer, Round


class Question(StrEnum):
    """What is compared of two answers on an event."""

    DECISION = "decision"
    INDEX_OPERATION = "index_ref"
    COMPLICATION_CLASS = "complication_class"
    HARM_SEVERITY = "harm_severity"
    AVOIDABILITY = "avoidability"


LABELS: Final[dict[Question, str]] = {
    Question.DECISION: N_("Beslut"),
    Question.INDEX_OPERATION: N_("Primäroperation"),
    Question.COMPLICATION_CLASS: N_("Komplikation"),
    Question.HARM_SEVERITY: N_("Skadans allvar"),
    Question.AVOIDABILITY: N_("Undvikbarhet"),
}
VOCABULARIES: Final[dict[Question, str]] = {
    Question.DECISION: "verdict",
    Question.COMPLICATION_CLASS: "complication_class",
    Question.HARM_SEVERITY: "harm_severity",
    Question.AVOIDABILITY: "avoidability",
}
_CODES: Final[dict[Question, tuple[str, ...]]] = {
    Question.DECISION: tuple(Verdict),
    Question.COMPLICATION_CLASS: tuple(ComplicationClass),
    Question.HARM_SEVERITY: tuple(review_words.HarmSeverity),
    Question.AVOIDABILITY: tuple(review_words.Avoidability),
}


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A case of one round: its own answer, the one that it took over, and the class where the answer gives none."""

    key: EventKey
    event_ref: str
    complication_class: str
    own: GivenAnswer | None
    carried: GivenAnswer | None = None

    @property
    def answer(self) -> GivenAnswer | None:
        """Return what the round says of the event: its own answer, else the one that it took over."""
        return self.own or self.carried

    def said(self, question: Question) -> str:
        """Return the code that the answer gives, "" without one; of a rejected event only the decision is told.

        An answer without class says that the class derived from the codes stands.
        """
        if self.answer is None:
            return ""
        given = self.answer.answer
        if question is Question.DECISION:
            return str(given.decision or "")
        if given.decision is not Verdict.CONFIRMED:
            return ""
        if question is Question.COMPLICATION_CLASS:
            return given.complication_class or self.complication_class
        return str(getattr(given, question.value))


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """An event of either round or both; None where a round does not have it."""

    earlier: PlacedCase | None
    later: PlacedCase | None

    @property
    def key(self) -> EventKey:
        """Return what the event is known by."""
        return self._any.key

    @property
    def event_ref(self) -> str:
        """Return the event's reference."""
        return self._any.event_ref

    @property
    def both_answered(self) -> bool:
        """Tell whether both rounds say something of the event."""
        return bool(self.earlier and self.earlier.answer and self.later and self.later.answer)

    @property
    def is_carried(self) -> bool:
        """Tell whether the later round took an earlier answer over instead of asking again."""
        return bool(self.later and self.later.own is None and self.later.carried)

    @property
    def changed(self) -> tuple[Question, ...]:
        """Return what the rounds say differently, nothing where only one says something."""
        if not (self.earlier and self.later and self.both_answered):
            return ()
        return tuple(one for one in Question if self.earlier.said(one) != self.later.said(one))

    @property
    def _any(self) -> PlacedCase:
        found = self.later or self.earlier
        if found is None:
            raise ValueError("a compared case is of some round")
        return found


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many events have an answer in either round; `code` "" counts those without one."""

    question: Question
    code: str
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the events that were asked about in both rounds: how many got the same answer, and how many another."""

    question: Question
    same: int
    changed: int


@dataclass(frozen=True, slots=True)
class RoundComparison:
    """Two rounds with their events side by side."""

    earlier: Round
    later: Round
    cases: tuple[ComparedCase, ...]

    @property
    def counts(self) -> tuple[AnswerCount, ...]:
        """Return the answers of both rounds counted side by side, in the order of their vocabularies."""
        return tuple(count for question in _CODES for count in self._counts_of(question))

    @property
    def agreement(self) -> tuple[Agreement, ...]:
        """Return how the answers that were given anew agree with the earlier ones."""
        asked = self._asked_twice
        changed = Counter(question for case in asked for question in case.changed)
        return tuple(Agreement(one, len(asked) - changed[one], changed[one]) for one in Question)

    @property
    def pairs(self) -> tuple[tuple[Answer, Answer], ...]:
        """Return the answers on events that were asked about in both rounds, for measures of agreement."""
        found = ((case.earlier, case.later) for case in self._asked_twice)
        return tuple((a.own.answer, b.own.answer) for a, b in found if a and b and a.own and b.own)

    @property
    def _asked_twice(self) -> tuple[ComparedCase, ...]:
        return tuple(one for one in self.cases if one.earlier and one.later and one.earlier.own and one.later.own)

    def _counts_of(self, question: Question) -> list[AnswerCount]:
        earlier = Counter(case.earlier.said(question) for case in self.cases if case.earlier)
        later = Counter(case.later.said(question) for case in self.cases if case.later)
        known = (*_CODES[question], "")
        return [
            AnswerCount(question, code, earlier[code], later[code]) for code in known if earlier[code] or later[code]
        ]


def side_by_side(
    earlier: Round, later: Round, first: Iterable[PlacedCase], second: Sequence[PlacedCase]
) -> RoundComparison:
    """Return the comparison of two rounds: the later one's cases in their order, then those of the earlier alone."""
    before = {one.key: one for one in first}
    both = [ComparedCase(before.pop(one.key, None), one) for one in second]
    return RoundComparison(earlier, later, (*both, *(ComparedCase(one, None) for one in before.values())))


def settled(answers: Iterable[GivenAnswer]) -> Mapping[EventKey, GivenAnswer]:
    """Return what a round says of each event: the latest answer that is more than one of two reviewers' own."""
    return {one.key: one for one in answers if one.part is not Part.FIRST}
