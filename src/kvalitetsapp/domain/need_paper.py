"""A need of data on its way to becoming an indicator: what is asked, what there is, and how it turned out.

The way is that of the regions' own work flow: a need is recorded, becomes a recipe, is delivered as figures, and is
reviewed. Then it stays, or it is clarified and begins anew with what was learned.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.paper import Paper


class NeedState(StrEnum):
    """How far a need has come."""

    RECORDED = "recorded"
    RECIPE = "recipe"
    DELIVERED = "delivered"
    REVIEWED = "reviewed"
    STAYS = "stays"


class NeedStep(StrEnum):
    """What brings a need on, or back to the beginning."""

    LINK = "link"
    DELIVER = "deliver"
    REVIEW = "review"
    KEEP = "keep"
    CLARIFY = "clarify"


class Known(StrEnum):
    """An answer to a question about the data."""

    UNKNOWN = "unknown"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


FLOW: Final = tuple(NeedState)
"""The states in the order in which a need goes through them."""
_FROM: Final[dict[NeedStep, tuple[NeedState, ...]]] = {
    NeedStep.LINK: (NeedState.RECORDED, NeedState.RECIPE),
    NeedStep.DELIVER: (NeedState.RECIPE, NeedState.DELIVERED),
    NeedStep.REVIEW: (NeedState.DELIVERED,),
    NeedStep.KEEP: (NeedState.REVIEWED,),
    NeedStep.CLARIFY: (NeedState.RECIPE, NeedState.DELIVERED, NeedState.REVIEWED, NeedState.STAYS),
}
_WRITTEN_IN: Final = (NeedState.RECORDED, NeedState.RECIPE)


@dataclass(frozen=True, slots=True)
class Told:
    """What people write of a need: the question, and the answers of the work flow about the data.

    `source_id` is a row of the table of data sources; `extract` tells whether what is taken out matches what was
    expected.
    """

    question: str = ""
    population: str = ""
    asked_by: str = ""
    nature: Nature = Nature.OUTCOME
    registered: Known = Known.UNKNOWN
    source_id: str = ""
    definition: str = ""
    extract: Known = Known.UNKNOWN
    extract_note: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Whether what was delivered became what was expected, who says so and why."""

    as_expected: bool
    comment: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Clarified:
    """What was clarified about a need before it began anew."""

    text: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Need:
    """A need as far as it has come; `figures` are those of the day when it was delivered."""

    told: Told = field(default_factory=Told)
    indicator_id: str = ""
    figures: tuple[FrozenFigure, ...] = ()
    delivered_on: date | None = None
    reviewed: Reviewed | None = None
    clarified: tuple[Clarified, ...] = ()

    def contents(self) -> dict[str, Any]:
        """Return the need as JSON holds it."""
        return {
            "told": asdict(self.told),
            "indicator_id": self.indicator_id,
            "figures": [one.contents() for one in self.figures],
            "delivered_on": self.delivered_on and self.delivered_on.isoformat(),
            "reviewed": None if self.reviewed is None else _signed(self.reviewed),
            "clarified": [_signed(one) for one in self.clarified],
        }


def from_contents(contents: Mapping[str, Any]) -> Need:
    """Return a need from what JSON held."""
    told, reviewed, delivered_on = contents["told"], contents["reviewed"], contents["delivered_on"]
    return Need(
        Told(
            **{
                **parts_of(Told, told),
                "nature": Nature(told["nature"]),
                "registered": Known(told["registered"]),
                "extract": Known(told["extract"]),
            }
        ),
        contents["indicator_id"],
        tuple(frozen_figure.of_contents(one) for one in contents["figures"]),
        None if delivered_on is None else date.fromisoformat(delivered_on),
        None
        if reviewed is None
        else Reviewed(**{**parts_of(Reviewed, reviewed), "on": date.fromisoformat(reviewed["on"])}),
        tuple(
            Clarified(**{**parts_of(Clarified, one), "on": date.fromisoformat(one["on"])})
            for one in contents["clarified"]
        ),
    )


def _signed(one: Reviewed | Clarified) -> dict[str, Any]:
    return {**asdict(one), "on": one.on.isoformat()}


# what may be done


def wrong_with_step(need: Need, state: NeedState, step: NeedStep) -> str:
    """Return why a need cannot take a step, in a Swedish sentence, "" where it can."""
    if state not in _FROM[step]:
        return _("Behovet är {state}. Steget ”{step}” tas när det är {states}.").format(
            state=word("need_state", state).lower(),
            step=word("need_step", step),
            states=_(" eller ").join(word("need_state", each).lower() for each in _FROM[step]),
        )
    if step is NeedStep.LINK:
        return _lacking_to_link(need.told)
    if step is NeedStep.DELIVER and need.told.extract is Known.UNKNOWN:
        return _("Svara först på om uttaget motsvarar det som väntades.")
    return ""


def may_be_written(state: NeedState) -> bool:
    """Tell whether what is written of a need may be changed in a state."""
    return state in _WRITTEN_IN


def wrong_with_change(before: Told, after: Told, state: NeedState) -> str:
    """Return why what is written of a need cannot be changed, "" where it can."""
    if before != after and not may_be_written(state):
        return _("Behovet är {state}. Förtydliga det i stället: då börjar det om med det som har framkommit.").format(
            state=word("need_state", state).lower()
        )
    return ""


def wrong_with_told(told: Told) -> str:
    """Return what a need lacks to be recorded, "" where nothing."""
    if not told.question.strip():
        return _("Skriv vilken fråga som ska kunna besvaras.")
    if told.registered is Known.NO and told.source_id:
        return _("En uppgift som inte registreras finns inte i någon källa. Ta bort källan eller ändra svaret.")
    return ""


def _lacking_to_link(told: Told) -> str:
    if told.registered is Known.UNKNOWN:
        return _("Svara först på om uppgiften registreras.")
    if told.registered is Known.NO:
        return _("Uppgiften registreras inte. Den behöver registreras innan behovet kan bli ett recept.")
    if not told.source_id:
        return _("Ange först i vilken källa uppgiften finns.")
    if not told.definition.strip():
        return _("Skriv först hur uppgiften är definierad.")
    return ""


def begun_anew(need: Need, clarified: Clarified) -> Need:
    """Return a need that has been clarified: its recipe and its figures are those of an earlier version now."""
    told = replace(need.told, extract=Known.UNKNOWN, extract_note="")
    return Need(told, clarified=(*need.clarified, clarified))


# as a list

NEEDS: Final[tuple[Column, ...]] = (
    Column("paper", Kind.INTEGER, N_("Nr")),
    Column("need", Kind.TEXT, N_("Behov")),
    Column("need_state", Kind.CODE, N_("Läge"), "need_state"),
    Column("nature", Kind.CODE, N_("Slag av mått"), "nature"),
    Column("asked_by", Kind.TEXT, N_("Efterfrågat av")),
    Column("owner", Kind.TEXT, N_("Ansvarig")),
    Column("follow_up_on", Kind.DATE, N_("Följs upp")),
    Column("registered", Kind.CODE, N_("Registreras"), "known"),
    Column("source_id", Kind.TEXT, N_("Källa")),
    Column("indicator_id", Kind.TEXT, N_("Recept")),
    Column("version", Kind.INTEGER, N_("Version")),
    Column("saved_at", Kind.DATE, N_("Sparad")),
    Column("who", Kind.TEXT, N_("Av")),
)


def needs_table(papers: Iterable[Paper]) -> Table:
    """Return needs as rows of `NEEDS`, in their order."""
    return Table(NEEDS, [_row(one, from_contents(one.contents)) for one in papers])


def _row(paper: Paper, need: Need) -> tuple[str | int, ...]:
    follow_up_on = "" if paper.follow_up_on is None else paper.follow_up_on.isoformat()
    told = need.told
    return (
        *(paper.paper, paper.title, paper.state, told.nature.value, told.asked_by, paper.owner, follow_up_on),
        *(told.registered.value, told.source_id, need.indicator_id),
        *(paper.version, paper.saved_at[:10], paper.who),
    )
