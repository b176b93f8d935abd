"""A follow-up meeting: who, when and about what, how it goes, what was concluded, and the figures of that day.

The questions are those that follow-up in the regions asks: how does it go against the ambitions, how against the
activities, what do we conclude, and what is the next step or the support that is needed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.paper import Paper


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"


class ActivityState(StrEnum):
    """How an activity stands."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    STOPPED = "stopped"


_OPEN: Final = (ActivityState.PLANNED, ActivityState.ONGOING)


@dataclass(frozen=True, slots=True)
class Planned:
    """When, who and about what; `provider_id` "" is all purchased care, `joint` "" every joint."""

    held_on: date
    present: str = ""
    about: str = ""
    provider_id: str = ""
    joint: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def scope(self) -> OutcomeScope:
        """Return whose operations the figures are of."""
        return OutcomeScope(joint=self.joint, provider_id=self.provider_id)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: against the ambitions, against the activities, concluded, next, and what support is needed."""

    on_ambitions: str = ""
    on_activities: str = ""
    conclusions: str = ""
    next_step: str = ""
    support: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """What somebody is to do, and how it stands."""

    text: str
    responsible: str = ""
    due_on: date | None = None
    state: ActivityState = ActivityState.PLANNED

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state in _OPEN

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been done and is not."""
        return self.is_open and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; its `figures` were frozen on `frozen_on`, None until it has been held."""

    planned: Planned
    said: Said = field(default_factory=Said)
    activities: tuple[Activity, ...] = ()
    figures: tuple[FrozenFigure, ...] = ()
    frozen_on: date | None = None

    def contents(self) -> dict[str, Any]:
        """Return the meeting as JSON holds it."""
        return {
            "planned": {**asdict(self.planned), "held_on": self.planned.held_on.isoformat()},
            "said": asdict(self.said),
            "activities": [
                {**asdict(one), "due_on": one.due_on and one.due_on.isoformat()} for one in self.activities
            ],
            "figures": [one.contents() for one in self.figures],
            "frozen_on": self.frozen_on and self.frozen_on.isoformat(),
        }

    def following(self, day: date) -> Meeting:
        """Return the next meeting about the same, on a day, with the activities that are not done."""
        return Meeting(
            replace(self.planned, held_on=day), activities=tuple(one for one in self.activities if one.is_open)
        )


def from_contents(contents: Mapping[str, Any]) -> Meeting:
    """Return a meeting from what JSON held."""
    planned = contents["planned"]
    return Meeting(
        Planned(
            **{
                **parts_of(Planned, planned),
                "held_on": date.fromisoformat(planned["held_on"]),
                "indicators": tuple(planned["indicators"]),
            }
        ),
        Said(**parts_of(Said, contents["said"])),
        tuple(
            Activity(one["text"], one["responsible"], _day(one["due_on"]), ActivityState(one["state"]))
            for one in contents["activities"]
        ),
        tuple(frozen_figure.of_contents(one) for one in contents["figures"]),
        _day(contents["frozen_on"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# what may be done


def wrong_with(planned: Planned, activities: Sequence[Activity]) -> str:
    """Return why a meeting cannot be kept, in a Swedish sentence, "" where it can."""
    if len(set(planned.indicators)) != len(planned.indicators):
        return _("Samma indikator är vald två gånger.")
    for one in activities:
        if not one.text.strip():
            return _("En aktivitet saknar text.")
        if wrong := wrong_with_line(one.responsible):
            return wrong
    return ""


def wrong_with_change(before: Meeting, after: Planned) -> str:
    """Return why what a meeting is about cannot be changed, "" where it can: frozen figures belong to it."""
    about = ("held_on", "provider_id", "joint", "indicators")
    if before.frozen_on is None or all(getattr(before.planned, name) == getattr(after, name) for name in about):
        return ""
    return _("Siffrorna frystes {day}. Dag, vårdgivare, led och indikatorer kan inte längre ändras.").format(
        day=before.frozen_on.isoformat()
    )


def wrong_with_holding(meeting: Meeting, today: date) -> str:
    """Return why the figures of a meeting cannot be frozen, "" where they can."""
    if meeting.frozen_on is not None:
        return _("Siffrorna frystes redan {day}.").format(day=meeting.frozen_on.isoformat())
    if meeting.planned.held_on > today:
        return _("Avstämningen hålls {day}. Siffrorna fryses när den har varit.").format(
            day=meeting.planned.held_on.isoformat()
        )
    if not meeting.planned.indicators:
        return _("Välj först vilka indikatorer avstämningen gäller.")
    return ""


# as lists

MEETINGS: Final[tuple[Column, ...]] = (
    Column("paper", Kind.INTEGER, N_("Nr")),
    Column("held_on", Kind.DATE, N_("Dag")),
    Column("meeting", Kind.TEXT, N_("Avstämning")),
    Column("meeting_state", Kind.CODE, N_("Läge"), "meeting_state"),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("owner", Kind.TEXT, N_("Ansvarig")),
    Column("follow_up_on", Kind.DATE, N_("Följs upp")),
    Column("activities", Kind.TEXT, N_("Aktiviteter klara")),
    Column("version", Kind.INTEGER, N_("Version")),
    Column("saved_at", Kind.DATE, N_("Sparad")),
    Column("who", Kind.TEXT, N_("Av")),
)


def meetings_table(papers: Iterable[Paper]) -> Table:
    """Return meetings as rows of `MEETINGS`, in their order."""
    return Table(MEETINGS, [_row(one, from_contents(one.contents)) for one in papers])


def done_text(activities: Sequence[Activity]) -> str:
    """Return how many activities are done, "" where there are none: `2 av 3`."""
    if not activities:
        return ""
    done = sum(one.state is ActivityState.DONE for one in activities)
    return _("{events} av {n}").format(events=number(done), n=number(len(activities)))


def state_text(one: Activity, today: date) -> str:
    """Return how an activity stands, with a sign where it is late."""
    told = word("activity_state", one.state)
    return _("▲ {state}, försenad").format(state=told) if one.is_late(today) else told


def _row(paper: Paper, meeting: Meeting) -> tuple[str | int, ...]:
    follow_up_on = "" if paper.follow_up_on is None else paper.follow_up_on.isoformat()
    planned = meeting.planned
    return (
        *(paper.paper, planned.held_on.isoformat(), paper.title, paper.state, planned.provider_id, planned.joint),
        *(paper.owner, follow_up_on, done_text(meeting.activities)),
        *(paper.version, paper.saved_at[:10], paper.who),
    )
