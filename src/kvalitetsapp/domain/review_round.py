"""A review round: a frozen cohort of events with its definition, who reviews, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.words import SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.patient import EventKey

OPERATED: Final = (SurgeryLevel.REVISION.value, SurgeryLevel.REOPERATION.value, SurgeryLevel.CLOSED_REDUCTION.value)


class Novelty(StrEnum):
    """What a case of a round is beside the round before it: only new and changed ones are open from the start."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


class CaseState(StrEnum):
    """How far a case has come. `waiting`: one of two reviewers has answered; `differs`: both have, and differ."""

    OPEN = "open"
    WAITING = "waiting"
    DIFFERS = "differs"
    DONE = "done"
    GONE = "gone"


class Part(StrEnum):
    """What an answer is: the only one, the first answer of one of two, what both agreed on, or their consensus."""

    SOLE = "sole"
    FIRST = "first"
    AGREED = "agreed"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class RoundDefinition:
    """Which events are in a round, and how they are reviewed; empty tuples mean any.

    `event_from` and `event_to` are both in. `own_care` keeps events that the region cared for itself, `purchased`
    those linked to an operation at another provider (or to none). `required` names questions that must be answered.
    """

    event_from: date
    event_to: date
    joints: tuple[str, ...] = ()
    surgery_levels: tuple[str, ...] = OPERATED
    complication_classes: tuple[str, ...] = ()
    index_providers: tuple[str, ...] = ()
    own_care: bool = True
    purchased: bool = False
    reviewers_per_case: int = 1
    required: tuple[str, ...] = ("harm_severity", "avoidability")

    def as_dict(self) -> dict[str, Any]:
        """Return the definition as plain values, as it is stored and printed."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: _plain(value) for name, value in told.items()}


@dataclass(frozen=True, slots=True)
class Round:
    """A round as stored; `previous` is the round that it repeats, None for the first."""

    round_id: int
    name: str
    definition: RoundDefinition
    previous: int | None
    created_by: str
    created_at: str
    closed_by: str = ""
    closed_at: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be answered."""
        return not self.closed_at

    @property
    def is_blinded(self) -> bool:
        """Tell whether two reviewers answer every case without seeing each other's answer."""
        return self.definition.reviewers_per_case > 1


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as stored, with who gave it, when, in which round (None: outside) and in how many seconds."""

    answer_id: int
    key: EventKey
    round_id: int | None
    part: Part
    reviewer: str
    answered_at: str
    answer: Answer
    seconds: int
    verdict: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RoundPlace:
    """Where a case stands in a round: the round, its state, and the answers that this reviewer may see.

    `visible` leaves out the other reviewer's first answer until both have answered. `earlier` is the answer of an
    earlier round, or outside rounds.
    """

    round_id: int
    round_name: str
    state: CaseState
    novelty: Novelty
    required: tuple[str, ...] = ()
    is_blinded: bool = False
    mine: GivenAnswer | None = None
    visible: tuple[GivenAnswer, ...] = field(default=())
    earlier: GivenAnswer | None = None


def definition_from(told: Mapping[str, Any]) -> RoundDefinition:
    """Return the definition that `as_dict` told."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    for name in ("event_from", "event_to"):
        values[name] = date.fromisoformat(values[name])
    return RoundDefinition(**values)


def state_of(parts: Iterable[Part], novelty: Novelty, *, is_there: bool) -> CaseState:
    """Return how far a case has come, from the parts of its answers in effect and whether its event is still there.

    A case that is known since the round before is done without an answer of its own.
    """
    given = list(parts)
    if not is_there:
        return CaseState.GONE
    if any(part is not Part.FIRST for part in given):
        return CaseState.DONE
    if given:
        return CaseState.WAITING if len(given) == 1 else CaseState.DIFFERS
    return CaseState.DONE if novelty is Novelty.KNOWN else CaseState.OPEN


def visible_to(reviewer: str, answers: Iterable[GivenAnswer]) -> tuple[GivenAnswer, ...]:
    """Return the answers of one case that a reviewer may see: no other's first answer until both have answered."""
    given = tuple(answers)
    both = len({one.reviewer for one in given if one.part is Part.FIRST}) > 1
    return tuple(one for one in given if both or one.part is not Part.FIRST or one.reviewer == reviewer)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
