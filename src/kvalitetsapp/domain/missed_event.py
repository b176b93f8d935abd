"""Possible missed events: later care that points to harm after a purchased operation and that nobody has judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.answer import LONGEST_COMMENT
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.facts import Fact
    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.domain.review_words import MissedDecision
    from kvalitetsapp.domain.timeline import Timeline

HOME_SURGERY: Final = "home_surgery"
"""What points to an episode in the place of a condition: open surgery on the joint at an own provider."""

CODE_DAYS: Final = 90
SURGERY_DAYS: Final = 730
MOST_DAYS: Final = 730

LISTED: Final[tuple[Column, ...]] = (
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("event_ref", Kind.TEXT, N_("Vårdkontakt")),
    Column("event_date", Kind.DATE, N_("Dag")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("code", Kind.TEXT, N_("Kod")),
    Column("condition", Kind.CODE, N_("Pekar ut genom"), "missed_condition"),
    Column("group", Kind.TEXT, N_("Kodgrupp")),
    Column("status", Kind.CODE, N_("Redan händelse"), "status"),
)
"""`list missed-events`: `code`, `condition`, `group` of what points most plainly; `status` "" where it is no event."""

SHOWN: Final[tuple[Column, ...]] = (
    Column("personal_id", Kind.TEXT, N_("Patient")),
    Column("index_provider", Kind.TEXT, N_("Opererad hos")),
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("condition", Kind.CODE, N_("Pekar ut genom"), "missed_condition"),
    Column("codes", Kind.TEXT, N_("Koder")),
    Column("status", Kind.CODE, N_("Redan händelse"), "status"),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("event_date", Kind.DATE, N_("Dag")),
    Column("event_provider", Kind.TEXT, N_("Vårdad hos")),
    Column("linked_to", Kind.TEXT, N_("Kopplad till annan operation")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("event_ref", Kind.TEXT, N_("Vårdkontakt")),
)

JUDGED: Final[tuple[Column, ...]] = (
    Column("event_ref", Kind.TEXT, N_("Vårdkontakt")),
    Column("decision", Kind.CODE, N_("Beslut"), "missed_decision"),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("comment", Kind.TEXT, N_("Skäl")),
    Column("who", Kind.TEXT, N_("Granskare")),
    Column("decided_at", Kind.TEXT, N_("Beslutat")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
)


@dataclass(frozen=True, slots=True)
class MissedKey:
    """An index operation, by its episode, joint and side, and the episode that may hold a complication of it."""

    index_episode: int
    joint: str
    side: str
    episode: int


@dataclass(frozen=True, slots=True)
class MissedEvents:
    """What a search found: `table` has the columns of `SHOWN` and one of `keys` for every row.

    `operations` purchased operations were looked at. `in_queue` of the rows are events of their operation that wait
    for review and are decided there, by row in `waits`; the rest are decided with `services/missed_events.decide`.
    """

    window_days: int
    surgery_days: int
    operations: int
    table: Table
    keys: tuple[MissedKey, ...]
    waits: tuple[bool, ...]

    @property
    def in_queue(self) -> int:
        """Return how many rows are events of their operation that wait for review."""
        return sum(self.waits)

    @property
    def to_decide(self) -> int:
        """Return how many rows are no event of their operation."""
        return len(self.keys) - self.in_queue

    def without(self, key: MissedKey) -> MissedEvents:
        """Return the same without the row that is known by `key`."""
        kept = [place for place, one in enumerate(self.keys) if one != key]
        table = Table(self.table.columns, [self.table.rows[place] for place in kept])
        keys, waits = (self.keys[place] for place in kept), (self.waits[place] for place in kept)
        return replace(self, table=table, keys=tuple(keys), waits=tuple(waits))


@dataclass(frozen=True, slots=True)
class MissedCase:
    """What a person needs to decide on an episode and an operation: the facts of both, and all of the person's care.

    `event` is the event that the episode is already, that of the operation before others, None where it is none.
    """

    key: MissedKey
    personal_id: str
    event_ref: str
    episode_facts: tuple[Fact, ...]
    operation_facts: tuple[Fact, ...]
    timeline: Timeline
    event: EventKey | None


@dataclass(frozen=True, slots=True)
class MissedJudgement:
    """A decision in effect on an episode and an operation, harm or not."""

    key: MissedKey
    event_ref: str
    index_ref: str
    decision: MissedDecision
    complication_class: str
    comment: str
    who: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class FoundHarm:
    """Harm that a person found where no rule made an event: counted as found in review, in no rate (decision 0016).

    `is_event` tells that the episode has become an event of the operation since, and is counted as one.
    """

    decision_id: int
    key: MissedKey
    index_ref: str
    index_provider: str
    operated_on: date | None
    event_ref: str
    event_provider: str
    admitted: date
    days: int | None
    complication_class: str
    comment: str
    who: str
    decided_at: str
    is_event: bool


def judged_table(judged: tuple[MissedJudgement, ...]) -> Table:
    """Return decisions in effect as rows of `JUDGED`, in their order."""
    return Table(
        JUDGED,
        [
            (
                one.event_ref,
                one.decision.value,
                one.complication_class,
                one.comment,
                one.who,
                to_the_minute(one.decided_at),
                one.index_ref,
            )
            for one in judged
        ],
    )


def lacking_in(comment: str) -> str:
    """Return what is wrong with the reason of a decision, in a Swedish sentence, "" where nothing is."""
    if not comment.strip():
        return _("Skriv kort varför det är eller inte är en skada.")
    if len(comment) > LONGEST_COMMENT:
        return _("Kommentaren är för lång: högst {n} tecken. Hänvisa till journalen i stället.").format(
            n=LONGEST_COMMENT
        )
    return _("Skriv inga personnummer i kommentaren.") if identity.hidden(comment) != comment else ""
