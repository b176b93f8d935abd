"""Reviewing links: the queue and its presets, a case as the reviewer meets it, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from kvalitetsapp.domain.answer import Answer
    from kvalitetsapp.domain.facts import Fact
    from kvalitetsapp.domain.follow_up import FollowUpOffer
    from kvalitetsapp.domain.infection import Criterion
    from kvalitetsapp.domain.patient import Link, Operation
    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.domain.review_round import RoundPlace
    from kvalitetsapp.domain.timeline import Timeline

_OPEN: Final = frozenset({LinkStatus.PROPOSED.value, LinkStatus.AMBIGUOUS.value})
_DECIDED: Final = frozenset({LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value})


class Preset(StrEnum):
    """A part of the queue."""

    TO_REVIEW = "to_review"
    AMBIGUOUS = "ambiguous"
    ANOTHER_LOOK = "another_look"
    UNLINKED = "unlinked"
    DECIDED = "decided"
    ALL = "all"

    def holds(self, link: Link) -> bool:
        """Tell whether a link belongs to this part."""
        return _HOLDS[self](link)

    def of(self, links: Iterable[Link]) -> int:
        """Return how many links belong to this part."""
        return sum(map(self.holds, links))

    @property
    def label(self) -> str:
        """Return its Swedish name."""
        return _(_LABELS[self])


_HOLDS: Final[dict[Preset, Callable[[Link], bool]]] = {
    Preset.TO_REVIEW: lambda link: link.status in _OPEN or link.another_look,
    Preset.AMBIGUOUS: lambda link: link.status == LinkStatus.AMBIGUOUS,
    Preset.ANOTHER_LOOK: lambda link: link.another_look,
    Preset.UNLINKED: lambda link: link.status == LinkStatus.UNLINKED,
    Preset.DECIDED: lambda link: link.status in _DECIDED and not link.another_look,
    Preset.ALL: lambda _link: True,
}
_LABELS: Final = {
    Preset.TO_REVIEW: N_("Att granska"),
    Preset.AMBIGUOUS: N_("Tvetydiga"),
    Preset.ANOTHER_LOOK: N_("Ny titt"),
    Preset.UNLINKED: N_("Ej kopplade"),
    Preset.DECIDED: N_("Beslutade"),
    Preset.ALL: N_("Alla"),
}

QUEUE: Final[tuple[Column, ...]] = (
    Column("status", Kind.CODE, N_("Status"), "status"),
    Column("personal_id", Kind.TEXT, N_("Patient")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("index_provider", Kind.TEXT, N_("Opererad hos")),
    Column("proposal", Kind.TEXT, N_("Primäroperation")),
    Column("flags", Kind.TEXT, N_("Att se upp med")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
)


def queue_table(links: Iterable[Link]) -> Table:
    """Return links as rows of `QUEUE`, in their order."""
    return Table(QUEUE, [_queue_row(link) for link in links])


def _queue_row(link: Link) -> Row:
    return (
        link.status,
        link.personal_id,
        link.key.joint,
        link.key.side,
        link.event_date.isoformat(),
        link.days,
        link.complication_class,
        link.surgery_level,
        link.index_provider,
        "" if link.operated_on is None else link.operated_on.isoformat(),
        flags(link),
        link.event_ref,
    )


def flags(link: Link) -> str:
    """Return what a reviewer should notice of a link, in words."""
    told = (
        (link.another_look, _("ny titt")),
        (link.status == LinkStatus.AMBIGUOUS, _("tvetydig")),
        (link.competing, _("annan kirurgi emellan")),
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
class Decision:
    """A stored verdict; `withdrawn` where it was replaced or undone."""

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
    history: tuple[Decision, ...]
    draft: Answer
    follow_ups: tuple[FollowUpOffer, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[ProviderQuestion, ...] = ()
    place: RoundPlace | None = None
    draft_field: str = ""
    why_not: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
