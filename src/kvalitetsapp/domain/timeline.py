"""A person's care as lanes and marks: what a drawn timeline shows, ready made.

Right and left of a joint are lanes of their own; episodes that are neither operation nor event share one lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import Side, codes, word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Operation, Patient

CROWDED: Final = 3
"""How many times longer than its interesting part a timeline may be and still be shown as a whole."""

_FOLLOWED: Final = {
    "offered": N_("Möjlig uppföljning"),
    "taken": N_("Uppföljning som hör till ärendet"),
}
_SIDES: Final = (Side.RIGHT.value, Side.LEFT.value, Side.UNKNOWN.value, "")


class MarkKind(StrEnum):
    """What a mark stands for; `offered` and `taken` are contacts that may follow, or do follow, from an event."""

    OPERATION = "operation"
    EVENT = "event"
    CONTACT = "contact"
    OFFERED = "offered"
    TAKEN = "taken"


class Step(StrEnum):
    """Where one goes from a mark: in time along its lane and the others, or to the next lane."""

    EARLIER = "earlier"
    LATER = "later"
    UP = "up"
    DOWN = "down"
    FIRST = "first"
    LAST = "last"


class TieKind(StrEnum):
    """How an event and an operation belong together."""

    LINKED = "linked"
    POSSIBLE = "possible"


FOLLOW_UPS: Final = frozenset({MarkKind.OFFERED, MarkKind.TAKEN})


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the timeline: where it stands, what it is, its text, and the stay or visit that it is of."""

    kind: MarkKind
    lane: int
    day: date
    until: date
    episode: int
    ref: str
    lines: tuple[str, ...]
    selected: bool = False
    status: str = ""
    episode_ref: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two marks, by their places in the timeline."""

    kind: TieKind
    event: int
    operation: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes from the top, marks in time, ties between them, and the day after which nothing can follow."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    ties: tuple[Tie, ...] = ()
    end: date | None = None
    end_label: str = ""

    def description(self) -> str:
        """Return the timeline as text, for those who do not see the drawing."""
        return ". ".join(map(self.told, self.marks)) if self.marks else _("Inga vårdkontakter.")

    def told(self, mark: Mark) -> str:
        """Return a mark in a line of text, its lane first."""
        lane = self.lanes[mark.lane]
        return f"{lane}: {'; '.join(line for line in mark.lines if line != lane)}"

    def with_follow_ups(self, offered: Collection[int], taken: Collection[int]) -> Timeline:
        """Return the timeline with the contacts that a rule offers, and those taken into the case, pointed out."""
        return replace(self, marks=tuple(_followed(mark, offered, taken) for mark in self.marks))

    def step(self, current: int | None, step: Step) -> int | None:
        """Return the place of the mark that a step leads to: the same one at the end, None without marks."""
        if not self.marks:
            return None
        order = sorted(range(len(self.marks)), key=lambda n: (self.marks[n].day, self.marks[n].lane, n))
        if current is None or step in {Step.FIRST, Step.LAST}:
            return order[-1 if step is Step.LAST else 0]
        if step in {Step.EARLIER, Step.LATER}:
            place = order.index(current) + (1 if step is Step.LATER else -1)
            return order[min(max(place, 0), len(order) - 1)]
        return self._in_next_lane(current, -1 if step is Step.UP else 1)

    def _in_next_lane(self, current: int, direction: int) -> int:
        """Return the mark nearest in time in the next lane that has any."""
        here = self.marks[current]
        lanes = {(mark.lane - here.lane) * direction for mark in self.marks}
        beyond = min((distance for distance in lanes if distance > 0), default=None)
        if beyond is None:
            return current
        lane = here.lane + beyond * direction
        inside = [place for place, mark in enumerate(self.marks) if mark.lane == lane]
        return min(inside, key=lambda place: abs((self.marks[place].day - here.day).days))

    def outside(self) -> int:
        """Return how many marks lie outside the days that are shown at first."""
        span = self.span()
        return 0 if span is None else sum(not span[0] <= mark.day <= span[1] for mark in self.marks)

    def start(self) -> int | None:
        """Return the mark to begin at: the one pointed out, else the first in time."""
        chosen = (place for place, mark in enumerate(self.marks) if mark.selected)
        return next(chosen, self.step(None, Step.FIRST))

    def span(self) -> tuple[date, date] | None:
        """Return the days to show at first, None where there are none.

        That is everything, unless what concerns the selected event takes so small a part of it that it would be
        crowded: then it is the event with its operations and follow-up contacts.
        """
        days = [day for mark in self.marks for day in (mark.day, mark.until)]
        days += [self.end] if self.end is not None else []
        if not days:
            return None
        tied = [self.marks[place] for tie in self.ties for place in (tie.event, tie.operation)]
        told = [*tied, *(mark for mark in self.marks if mark.selected or mark.kind in FOLLOW_UPS)] if tied else []
        near = [day for mark in told for day in (mark.day, mark.until)]
        if not near or (max(days) - min(days)) <= (max(near) - min(near)) * CROWDED:
            return min(days), max(days)
        return min(near), max(near)


def of_patient(patient: Patient, *, selected: EventKey | None = None, episode: int | None = None) -> Timeline:
    """Return a patient's timeline with an event and the operations it may belong to, or an episode, pointed out."""
    lanes = _lanes(patient)
    told = {one.episode for one in patient.operations} | {link.key.episode for link in patient.links}
    marks = [_operation_mark(one, lanes, patient, episode) for one in patient.operations]
    marks += [_event_mark(link, lanes, patient, selected, episode) for link in patient.links]
    marks += [_contact_mark(one, len(lanes), episode) for one in patient.episodes if one.episode not in told]
    labels = [lane_label(*lane) for lane in lanes]
    if any(mark.kind is MarkKind.CONTACT for mark in marks):
        labels.append(_("Övriga vårdkontakter"))
    end, end_label = _end(patient)
    return Timeline(tuple(labels), tuple(marks), _ties(patient, selected), end, end_label)


def lane_label(joint: str, side: str) -> str:
    """Return `Höger höft`; a joint or side that is not known says so."""
    if not joint:
        return word("joint", joint)
    if side in {Side.RIGHT, Side.LEFT}:
        return f"{word('side', side)} {word('joint', joint).lower()}"
    if not families.has_sides(joint):
        return word("joint", joint)
    return _("{joint}, okänd sida").format(joint=word("joint", joint))


def _lanes(patient: Patient) -> list[tuple[str, str]]:
    used = {(one.joint, one.side) for one in patient.operations}
    used |= {_event_lane(link) for link in patient.links}
    for joint in {joint for joint, _side in used if joint and families.has_sides(joint)}:
        used |= {(joint, Side.RIGHT.value), (joint, Side.LEFT.value)}
    joints = codes("joint")
    return sorted(used, key=lambda lane: (joints.index(lane[0]), _SIDES.index(lane[1])))


def _event_lane(link: Link) -> tuple[str, str]:
    side = link.key.side or Side.UNKNOWN.value
    return (link.key.joint, side) if link.key.joint else ("", "")


def _operation_mark(one: Operation, lanes: list[tuple[str, str]], patient: Patient, episode: int | None) -> Mark:
    lines = (
        _("Primäroperation {day}").format(day=one.operated_on.isoformat()),
        lane_label(one.joint, one.side),
        one.provider,
        one.procedure_code,
    )
    lane = lanes.index((one.joint, one.side))
    until = patient.episode(one.episode).discharged
    chosen = one.episode == episode
    ref = patient.episode(one.episode).episode_ref
    return Mark(
        MarkKind.OPERATION, lane, one.operated_on, until, one.episode, one.index_ref, lines, chosen, episode_ref=ref
    )


def _event_mark(
    link: Link, lanes: list[tuple[str, str]], patient: Patient, selected: EventKey | None, episode: int | None
) -> Mark:
    lines = (
        _("Händelse {day}").format(day=link.event_date.isoformat()),
        word("complication_class", link.complication_class),
        word("surgery_level", link.surgery_level),
        link.event_provider,
        word("status", link.status),
    )
    lane = lanes.index(_event_lane(link))
    until = patient.episode(link.key.episode).discharged
    chosen = link.key == selected or link.key.episode == episode
    return Mark(
        MarkKind.EVENT,
        lane,
        link.event_date,
        until,
        link.key.episode,
        link.ref,
        lines,
        chosen,
        link.status,
        link.event_ref,
    )


def _contact_mark(one: CareEpisode, lane: int, episode: int | None) -> Mark:
    codes = " ".join((one.main_diagnosis, *one.procedures)).strip()
    lines = (
        f"{word('care_form', one.care_form)} {one.admitted.isoformat()}",
        one.provider,
        *((codes,) if codes else ()),
    )
    return Mark(
        MarkKind.CONTACT,
        lane,
        one.admitted,
        one.discharged,
        one.episode,
        one.episode_ref,
        lines,
        one.episode == episode,
        episode_ref=one.episode_ref,
    )


def _ties(patient: Patient, selected: EventKey | None) -> tuple[Tie, ...]:
    """Tie the selected event to its operation, and dotted to the others of its joint that were there before it."""
    place = next((n for n, link in enumerate(patient.links) if link.key == selected), None)
    if place is None:
        return ()
    link, event = patient.links[place], len(patient.operations) + place
    ties = []
    for number, one in enumerate(patient.operations):
        if one.index_ref == link.index_ref:
            ties.append(Tie(TieKind.LINKED, event, number))
        elif fits(link, one):
            ties.append(Tie(TieKind.POSSIBLE, event, number))
    return tuple(ties)


def fits(link: Link, one: Operation) -> bool:
    """Tell whether an operation has the event's joint, a compatible side, and came before it (R5, no windows)."""
    return (
        one.joint == link.key.joint
        and compatible(one.side, link.key.side)
        and one.operated_on <= link.event_date
        and one.episode != link.key.episode
    )


def compatible(one: str, other: str) -> bool:
    """Tell whether two sides are equal or one of them is not known (R2)."""
    unknown = {Side.UNKNOWN.value, ""}
    return one == other or one in unknown or other in unknown


def _followed(mark: Mark, offered: Collection[int], taken: Collection[int]) -> Mark:
    if mark.kind not in FOLLOW_UPS | {MarkKind.CONTACT}:
        return mark
    plain = tuple(line for line in mark.lines if line not in {_(each) for each in _FOLLOWED.values()})
    if mark.episode in taken:
        return replace(mark, kind=MarkKind.TAKEN, lines=(*plain, _(_FOLLOWED[MarkKind.TAKEN])))
    if mark.episode in offered:
        return replace(mark, kind=MarkKind.OFFERED, lines=(*plain, _(_FOLLOWED[MarkKind.OFFERED])))
    return replace(mark, kind=MarkKind.CONTACT, lines=plain)


def _end(patient: Patient) -> tuple[date | None, str]:
    if patient.death_date is not None:
        return patient.death_date, _("Avliden {day}").format(day=patient.death_date.isoformat())
    if patient.moved_out is not None:
        return patient.moved_out, _("Utflyttad {day}").format(day=patient.moved_out.isoformat())
    return None, ""
