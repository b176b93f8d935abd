"""A gap analysis: what is wanted and what is, why they differ, what can be done, and what comes of doing it or not.

Its parts and their order are those of the gap and impact analysis of the Northern healthcare region: gap, causes,
areas to influence with proposals, consequences of working with it, of leaving it, and in which order. Together they
are what a decision needs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kvalitetsapp.domain.frozen_figure import FrozenFigure


class GapState(StrEnum):
    """How far an analysis has come."""

    DRAFT = "draft"
    READY = "ready"
    DECIDED = "decided"
    FOLLOWED_UP = "followed_up"


MAY_FOLLOW: Final[dict[GapState, tuple[GapState, ...]]] = {
    GapState.DRAFT: (GapState.DRAFT, GapState.READY),
    GapState.READY: (GapState.DRAFT, GapState.READY, GapState.DECIDED),
    GapState.DECIDED: (GapState.DECIDED, GapState.FOLLOWED_UP),
    GapState.FOLLOWED_UP: (GapState.FOLLOWED_UP,),
}
"""Which states may come after which: what is decided stays decided."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted: in words, and where it can be measured as an indicator in a scope with its limit.

    A limit is as figures are reckoned: that of a share is a fraction. `at_most` tells which side of it is wanted.
    """

    words: str
    indicator: str = ""
    joint: str = ""
    provider_id: str = ""
    limit: float | None = None
    at_most: bool = True


@dataclass(frozen=True, slots=True)
class CaseCost:
    """What a case has cost, in öre: of how many, the mean, and the 95 % interval of the mean where it is known."""

    cases: int
    mean: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Present:
    """How it is on the day that the figures were frozen; without an indicator only in words.

    `operations` were made in the year before that day. `case_cost` stands where what is counted costs something that
    is known.
    """

    words: str = ""
    figure: FrozenFigure | None = None
    operations: int | None = None
    case_cost: CaseCost | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that is proposed: its cost in öre (None: not told in money), else the effort, and who is to do it."""

    what: str
    cost: int | None = None
    effort: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom and when."""

    what: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What came of it, on which day, and the figure of that day."""

    on: date
    result: str
    figure: FrozenFigure | None = None


@dataclass(frozen=True, slots=True)
class GapPaper:
    """An analysis; `proposals` stand in the order in which they are to be done, and `order` says why."""

    goal: Goal
    present: Present = Present()
    causes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    acting: str = ""
    not_acting: str = ""
    order: str = ""
    decision: Decision | None = None
    followed_up: FollowedUp | None = None

    def contents(self) -> dict[str, Any]:
        """Return the analysis as JSON can hold it."""
        told = asdict(self)
        told["present"]["figure"] = _of_figure(self.present.figure)
        if self.decision is not None:
            told["decision"]["on"] = self.decision.on.isoformat()
        if self.followed_up is not None:
            told["followed_up"] |= {
                "on": self.followed_up.on.isoformat(),
                "figure": _of_figure(self.followed_up.figure),
            }
        return told

    @classmethod
    def from_contents(cls, told: Mapping[str, Any]) -> GapPaper:
        """Return the analysis that `contents` gave."""
        present, decision, after = told["present"], told["decision"], told["followed_up"]
        cost = present["case_cost"]
        return cls(
            Goal(**parts_of(Goal, told["goal"])),
            Present(
                present["words"],
                _figure(present["figure"]),
                present["operations"],
                None if cost is None else CaseCost(**parts_of(CaseCost, cost)),
            ),
            tuple(told["causes"]),
            tuple(told["areas"]),
            tuple(Proposal(**parts_of(Proposal, one)) for one in told["proposals"]),
            told["acting"],
            told["not_acting"],
            told["order"],
            None
            if decision is None
            else Decision(**{**parts_of(Decision, decision), "on": date.fromisoformat(decision["on"])}),
            None
            if after is None
            else FollowedUp(date.fromisoformat(after["on"]), after["result"], _figure(after["figure"])),
        )

    @property
    def for_decision(self) -> GapPaper:
        """Return what a decision is made on: everything but the decision itself and what came of it."""
        return replace(self, decision=None, followed_up=None)


_ASKED_FOR: Final[dict[str, str]] = {
    "goal": N_("Skriv målet, i ord eller som en indikator med gräns."),
    "present": N_("Skriv hur det är nu, eller välj en indikator som visar det."),
    "causes": N_("Skriv minst en orsak."),
    "areas": N_("Skriv minst ett område att påverka."),
    "proposals": N_("Skriv minst ett förslag."),
    "acting": N_("Skriv vad det innebär att arbeta med frågan."),
    "not_acting": N_("Skriv vad som händer om ni inte tar tag i frågan."),
    "decision": N_("Skriv vad som är beslutat, av vem och när."),
    "followed_up": N_("Skriv vad som har kommit ut av beslutet, och när det följdes upp."),
}


def missing(paper: GapPaper, state: GapState) -> tuple[FieldFault, ...]:
    """Return what an analysis still lacks to be in a state, each at its part."""
    return tuple(FieldFault(part, _(_ASKED_FOR[part])) for part in _lacks(paper, state))


def _lacks(paper: GapPaper, state: GapState) -> Iterator[str]:
    if not paper.goal.words.strip() and (not paper.goal.indicator or paper.goal.limit is None):
        yield "goal"
    if state is GapState.DRAFT:
        return
    if not paper.present.words.strip() and (paper.present.figure is None or paper.present.figure.value is None):
        yield "present"
    yield from (part for part in ("causes", "areas", "proposals", "acting", "not_acting") if not getattr(paper, part))
    if state is not GapState.READY and paper.decision is None:
        yield "decision"
    if state is GapState.FOLLOWED_UP and paper.followed_up is None:
        yield "followed_up"


def _of_figure(figure: FrozenFigure | None) -> dict[str, Any] | None:
    return None if figure is None else figure.contents()


def _figure(told: Mapping[str, Any] | None) -> FrozenFigure | None:
    return None if told is None else frozen_figure.of_contents(told)
