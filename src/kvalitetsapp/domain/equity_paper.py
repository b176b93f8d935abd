"""The five steps of analysing a difference: measurement, outcome, known factors, interviews, causes and actions.

A paper begins with figures frozen on the day they were measured. The steps are done in order, and how far a paper has
come follows from what is written in it: a step whose answers are taken away again is not done. Until the known factors
have been gone through, a difference is called unprocessed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import equity_words, frozen_figure
from kvalitetsapp.domain.equity import EquityGroup, Estimate
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.paper import Paper


class EquityStep(StrEnum):
    """A step of the analysis."""

    MEASUREMENT = "measurement"
    OUTCOME = "outcome"
    FACTORS = "factors"
    INTERVIEWS = "interviews"
    ACTIONS = "actions"


class EquityState(StrEnum):
    """How far a paper has come: the last step that is done, or that it has been followed up to the end."""

    MEASURED = "measured"
    ANALYSED = "analysed"
    EXPLORED = "explored"
    INTERVIEWED = "interviewed"
    CONCLUDED = "concluded"
    CLOSED = "closed"


class FactorFinding(StrEnum):
    """What going through a known factor gave."""

    OPEN = "open"
    NO_DIFFERENCE = "no_difference"
    DIFFERENCE = "difference"


STEPS: Final = tuple(EquityStep)
_STATES: Final = tuple(EquityState)
_ESTIMATES: Final = (
    *("crude", "difference", "ratio"),
    *("standardised", "standardised_difference", "standardised_ratio"),
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """Step 1: the indicator in its scope, and by groups, as they were; `findings` are what weakened it, in words."""

    figure: FrozenFigure
    by: tuple[str, ...]
    reference: str
    groups: tuple[EquityGroup, ...]
    findings: tuple[str, ...] = ()
    ages: tuple[int, int | None] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Step 2: which differences were found, in words, and between which groups."""

    found: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A known factor of step 3: whether the groups differ in it, and what was found."""

    factor: str
    finding: FactorFinding = FactorFinding.OPEN
    found: str = ""


@dataclass(frozen=True, slots=True)
class Factors:
    """Step 3: the factors known to matter in an area of follow-up."""

    area: str = ""
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview of step 4: with whom as a role, never a patient's name; when, and what was said."""

    role: str
    on: date | None
    said: str


@dataclass(frozen=True, slots=True)
class Action:
    """A possible cause of step 5 and what is to be done about it, by whom and when."""

    cause: str
    action: str
    responsible: str
    due: date | None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class EquityWork:
    """Everything in a paper; `result` is what the follow-up gave, "" until it is closed."""

    measurement: Measurement
    outcome: Outcome = Outcome()
    factors: Factors = Factors()
    interviews: tuple[Interview, ...] = ()
    actions: tuple[Action, ...] = ()
    result: str = ""

    def contents(self) -> dict[str, Any]:
        """Return the work as JSON holds it."""
        told: dict[str, Any] = _plain(asdict(self))
        told["measurement"]["figure"] = self.measurement.figure.contents()
        return told

    @property
    def state(self) -> EquityState:
        """Return how far the work has come."""
        done = 0
        while done < len(STEPS) and not lacking(self, STEPS[done]):
            done += 1
        if done == len(STEPS) and self.result:
            return EquityState.CLOSED
        return _STATES[max(done, 1) - 1]

    @property
    def is_processed(self) -> bool:
        """Tell whether the known factors have been gone through."""
        return _STATES.index(self.state) >= _STATES.index(EquityState.EXPLORED)

    @property
    def next_step(self) -> EquityStep | None:
        """Return the step to do now, None where all are done."""
        place = _STATES.index(self.state) + 1
        return STEPS[place] if place < len(STEPS) else None


def from_contents(contents: Mapping[str, Any]) -> EquityWork:
    """Return a paper's work from what JSON held."""
    measured, factors = contents["measurement"], contents["factors"]
    return EquityWork(
        measurement=Measurement(
            frozen_figure.of_contents(measured["figure"]),
            tuple(measured["by"]),
            measured["reference"],
            tuple(_group(one) for one in measured["groups"]),
            tuple(measured["findings"]),
            None if measured["ages"] is None else (measured["ages"][0], measured["ages"][1]),
            measured.get("names", {}),
        ),
        outcome=Outcome(contents["outcome"]["found"], tuple(contents["outcome"]["groups"])),
        factors=Factors(
            factors["area"],
            tuple(Factor(one["factor"], FactorFinding(one["finding"]), one["found"]) for one in factors["factors"]),
        ),
        interviews=tuple(Interview(one["role"], _day(one["on"]), one["said"]) for one in contents["interviews"]),
        actions=tuple(Action(**{**parts_of(Action, one), "due": _day(one["due"])}) for one in contents["actions"]),
        result=contents["result"],
    )


def _group(told: Mapping[str, Any]) -> EquityGroup:
    estimates = {
        name: None if told[name] is None else Estimate(**parts_of(Estimate, told[name])) for name in _ESTIMATES
    }
    rest = {name: value for name, value in parts_of(EquityGroup, told).items() if name not in _ESTIMATES}
    return EquityGroup(**{**rest, **estimates, "words": tuple(told["words"])})


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return dates as texts and tuples as lists, however deep they lie."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


# what may be done


def lacking(work: EquityWork, step: EquityStep) -> str:
    """Return what a step lacks to be done, in a Swedish sentence, "" where it is done."""
    match step:
        case EquityStep.MEASUREMENT:
            return "" if work.measurement.groups else _("Mätningen har inga grupper.")
        case EquityStep.OUTCOME:
            return "" if work.outcome.found.strip() else _("Skriv vilka skillnader som syns, eller att inga syns.")
        case EquityStep.FACTORS:
            return _lacking_of_factors(work.factors)
        case EquityStep.INTERVIEWS:
            return _lacking_of_interviews(work.interviews)
        case EquityStep.ACTIONS:
            return _lacking_of_actions(work.actions)


def _lacking_of_factors(factors: Factors) -> str:
    if not factors.factors:
        return _("Välj område och gå igenom de kända påverkansfaktorerna.")
    left = [one.factor for one in factors.factors if one.finding is FactorFinding.OPEN or not one.found.strip()]
    return _("Skriv vad som framkom om {factor}.").format(factor=left[0]) if left else ""


def _lacking_of_interviews(interviews: Sequence[Interview]) -> str:
    told = [one for one in interviews if one.role.strip() and one.said.strip() and one.on is not None]
    if not interviews or len(told) < len(interviews):
        return _("Skriv för varje intervju med vem (roll), när och vad som kom fram.")
    return ""


def _lacking_of_actions(actions: Sequence[Action]) -> str:
    told = [one for one in actions if one.cause.strip() and one.action.strip() and one.responsible.strip() and one.due]
    if not actions or len(told) < len(actions):
        return _("Skriv för varje orsak en åtgärd, vem som ansvarar och när den ska vara klar.")
    return ""


def wrong_with_order(before: EquityWork, after: EquityWork) -> str:
    """Return why a paper cannot be changed so, "" where it can: a step waits until those before it are done."""
    for place, step in enumerate(STEPS):
        if _part(before, step) == _part(after, step):
            continue
        missing = next((each for each in STEPS[:place] if lacking(after, each)), None)
        if missing is not None:
            return _("Stegen görs i ordning. Steg {n}, ”{step}”, är inte klart: {lacking}").format(
                n=STEPS.index(missing) + 1, step=word("equity_step", missing), lacking=lacking(after, missing)
            )
    return ""


def _part(work: EquityWork, step: EquityStep) -> object:
    return getattr(work, step.value)


# in words


def difference_word(work: EquityWork) -> str:
    """Return what a difference is called in a paper as far as it has come."""
    return equity_words.difference_word(processed=work.is_processed)


def subject(work: EquityWork) -> str:
    """Return what a paper is about: `Reoperation inom två år: född i, inom ålder`."""
    keys = [equity_words.key_word(key).lower() for key in work.measurement.by]
    split = (
        _("{compared}, inom {rest}").format(compared=keys[0], rest=_(" och ").join(keys[1:])) if keys[1:] else keys[0]
    )
    return _("{indicator}: {split}").format(indicator=work.measurement.figure.name, split=split)


# as a list

EQUITY_PAPERS: Final[tuple[Column, ...]] = (
    Column("paper", Kind.INTEGER, N_("Nr")),
    Column("title", Kind.TEXT, N_("Arbetspapper")),
    Column("subject", Kind.TEXT, N_("Mått och grupper")),
    Column("difference", Kind.TEXT, N_("Skillnaden")),
    Column("equity_state", Kind.CODE, N_("Läge"), "equity_state"),
    Column("next_step", Kind.CODE, N_("Nästa steg"), "equity_step"),
    Column("owner", Kind.TEXT, N_("Ansvarig")),
    Column("follow_up_on", Kind.DATE, N_("Följs upp")),
    Column("version", Kind.INTEGER, N_("Version")),
    Column("saved_at", Kind.DATE, N_("Sparad")),
    Column("who", Kind.TEXT, N_("Av")),
)


def papers_table(papers: Iterable[Paper]) -> Table:
    """Return papers as rows of `EQUITY_PAPERS`, in their order."""
    return Table(EQUITY_PAPERS, [_row(one, from_contents(one.contents)) for one in papers])


def _row(paper: Paper, work: EquityWork) -> tuple[str | int, ...]:
    step = work.next_step
    return (
        *(
            paper.paper,
            paper.title,
            subject(work),
            difference_word(work),
            paper.state,
        ),
        *("" if step is None else step.value, paper.owner),
        "" if paper.follow_up_on is None else paper.follow_up_on.isoformat(),
        *(paper.version, paper.saved_at[:10], paper.who),
    )
