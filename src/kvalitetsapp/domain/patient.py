"""What is known of one person's care: stays and visits, index operations, and the events linked to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class EventKey:
    """What knows an event: its episode, joint and side ("" and `unknown` are values)."""

    episode: int
    joint: str
    side: str


@dataclass(frozen=True, slots=True)
class Link:
    """An event as the last link run left it, with the names that a screen shows.

    Without an index operation `index_ref` and the other index fields are "" and `operated_on` and `days` are None.
    """

    key: EventKey
    event_ref: str
    person: int
    personal_id: str
    event_date: date
    event_provider: str
    index_ref: str
    index_provider: str
    index_side: str
    operated_on: date | None
    days: int | None
    status: str
    competing: bool
    complication_class: str
    surgery_level: str
    triggers: tuple[str, ...]
    candidates: int
    another_look: bool
    verdict: int | None

    @property
    def ref(self) -> str:
        """Return the event's reference with joint and side."""
        return "/".join(part for part in (self.event_ref, self.key.joint, self.key.side) if part)

    def content(self) -> tuple[object, ...]:
        """Return what a decision rests on: if any of it differs, the decision was made on something else."""
        return (
            self.event_date,
            self.index_ref,
            self.status,
            self.complication_class,
            self.surgery_level,
            self.triggers,
            self.candidates,
            self.another_look,
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """An index operation with its provider's name."""

    episode: int
    index_ref: str
    joint: str
    side: str
    operated_on: date
    provider: str
    procedure_code: str


@dataclass(frozen=True, slots=True)
class CareEpisode:
    """A stay or visit with its provider's name; codes as normalised, in the order they were recorded.

    `procedures_dated` tells whether the day of some procedure is known, and not only the days of the stay.
    """

    episode: int
    episode_ref: str
    provider: str
    unit: str
    care_form: str
    payer_route: str
    admitted: date
    discharged: date
    main_diagnosis: str
    other_diagnoses: tuple[str, ...]
    procedures: tuple[str, ...]
    drg: str
    cost: int | None
    price: int | None
    procedures_dated: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything stored of one person, aliases resolved."""

    person: int
    personal_id: str
    death_date: date | None = None
    moved_out: date | None = None
    episodes: tuple[CareEpisode, ...] = field(default=())
    operations: tuple[Operation, ...] = field(default=())
    links: tuple[Link, ...] = field(default=())

    def episode(self, number: int) -> CareEpisode:
        """Return one of the person's episodes.

        Raises:
            KeyError: the person has no such episode.
        """
        for episode in self.episodes:
            if episode.episode == number:
                return episode
        raise KeyError(number)
