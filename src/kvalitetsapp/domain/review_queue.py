"""The review queue: its parts, what can be asked of it, and an event as a row of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import review_priority
from kvalitetsapp.domain.review import flag_words
from kvalitetsapp.domain.review_priority import Reason, Urgency
from kvalitetsapp.domain.table import Column, Kind, Row
from kvalitetsapp.domain.words import LinkStatus, word
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.patient import EventKey


class Preset(StrEnum):
    """A part of the queue."""

    TO_REVIEW = "to_review"
    AMBIGUOUS = "ambiguous"
    ANOTHER_LOOK = "another_look"
    MINE = "mine"
    UNLINKED = "unlinked"
    DECIDED = "decided"
    ALL = "all"

    @property
    def label(self) -> str:
        """Return its Swedish name."""
        return _(_LABELS[self])


_LABELS: Final = {
    Preset.TO_REVIEW: N_("Att granska"),
    Preset.AMBIGUOUS: N_("Tvetydiga"),
    Preset.ANOTHER_LOOK: N_("Ny titt"),
    Preset.MINE: N_("Påbörjade"),
    Preset.UNLINKED: N_("Ej kopplade"),
    Preset.DECIDED: N_("Beslutade"),
    Preset.ALL: N_("Alla"),
}
BY_PRIORITY: Final = "priority"
LONGEST_SEARCH: Final = 200
"""How much of a text is searched for; what is longer was pasted by mistake, and asks more than a query can hold."""
_LARGEST: Final = 2**63

QUEUE: Final[tuple[Column, ...]] = (
    Column("status", Kind.CODE, N_("Status"), "status"),
    Column(BY_PRIORITY, Kind.TEXT, N_("Varför nu")),
    Column("personal_id", Kind.TEXT, N_("Patient")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("surgery_level", Kind.CODE, N_("Kirurgi"), "surgery_level"),
    Column("index_provider", Kind.TEXT, N_("Opererad hos")),
    Column("proposal", Kind.TEXT, N_("Primäroperation")),
    Column("at_stake", Kind.MONEY, N_("Står på spel")),
    Column("claim_by", Kind.DATE, N_("Krävs senast")),
    Column("flags", Kind.TEXT, N_("Att se upp med")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
)
COLUMNS: Final = tuple(column.name for column in QUEUE)


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """An event as the queue shows it; `provider_id` is the index operation's, "" without one."""

    key: EventKey
    event_ref: str
    person: int
    personal_id: str
    event_date: str
    days: int | None
    surgery_level: str
    provider_id: str
    index_provider: str
    operated_on: str
    urgency: Urgency

    @property
    def day(self) -> date:
        """Return the day of the event."""
        return date.fromisoformat(self.event_date)

    def row(self, today: date) -> Row:
        """Return the event under the columns of `QUEUE`."""
        urgency = self.urgency
        flags = flag_words(
            another_look=urgency.another_look,
            ambiguous=urgency.status == LinkStatus.AMBIGUOUS,
            competing=urgency.competing,
        )
        return (
            urgency.status,
            review_priority.told(urgency, today),
            self.personal_id,
            self.key.joint,
            self.key.side,
            self.event_date,
            self.days,
            urgency.complication_class,
            self.surgery_level,
            self.index_provider,
            self.operated_on,
            urgency.at_stake,
            "" if urgency.claim_by is None else urgency.claim_by.isoformat(),
            flags,
            self.event_ref,
        )


_CODES: Final = {
    "statuses": ("status", N_("Status")),
    "joints": ("joint", N_("Led")),
    "sides": ("side", N_("Sida")),
    "classes": ("complication_class", N_("Komplikation")),
    "surgery_levels": ("surgery_level", N_("Kirurgi")),
}
FIELD_OF_COLUMN: Final = {column: field for field, (column, _heading) in _CODES.items()} | {
    "index_provider": "index_providers"
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which events, in which order; what is empty asks for all, and both days are in.

    Every word of `text` must be found in a reference, a provider's name or at the beginning of a personal number.
    `hidden` are (column, value) that must not be. `round_id` asks for the cases of a review round, and makes the parts
    of the queue those of the reviewer in that round.
    """

    preset: Preset = Preset.TO_REVIEW
    text: str = ""
    statuses: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    surgery_levels: tuple[str, ...] = ()
    index_providers: tuple[str, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    own_care_only: bool = False
    event_from: date | None = None
    event_to: date | None = None
    reasons: tuple[Reason, ...] = ()
    person: int | None = None
    round_id: int | None = None
    sort: str = BY_PRIORITY
    descending: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return what is asked for as plain values; what is left open is left out."""
        asked = {each.name: getattr(self, each.name) for each in fields(self)}
        nothing = QueueFilter()
        return {name: _plain(value) for name, value in asked.items() if value != getattr(nothing, name)}

    def with_field(self, name: str, value: tuple[str, ...]) -> QueueFilter:
        """Return the filter with another value of one of its lists."""
        changed: dict[str, Any] = {name: value}
        return replace(self, **changed)

    def with_only(self, column: str, value: str) -> QueueFilter:
        """Return the filter narrowed to one value of a column of `FIELD_OF_COLUMN`."""
        shown = replace(self, hidden=tuple(one for one in self.hidden if one[0] != column))
        return shown.with_field(FIELD_OF_COLUMN[column], (value,))

    def without(self, column: str, value: str) -> QueueFilter:
        """Return the filter with one value of a column of `FIELD_OF_COLUMN` hidden."""
        name = FIELD_OF_COLUMN[column]
        kept = tuple(one for one in getattr(self, name) if one != value)
        return replace(self.with_field(name, kept), hidden=(*self.hidden, (column, value)))


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a filter in words, and the filter without it."""

    text: str
    rest: QueueFilter


def chips(asked: QueueFilter, providers: Mapping[str, str], round_name: str = "") -> list[Chip]:
    """Return the conditions of a filter; `providers` gives names to their ids."""
    found = [
        Chip(_stated(heading, (_shown(column, one) for one in chosen)), asked.with_field(name, ()))
        for name, (column, heading) in _CODES.items()
        if (chosen := getattr(asked, name))
    ]
    if asked.index_providers:
        names = (providers.get(one, one) or _("(tomt)") for one in asked.index_providers)
        found.append(Chip(_stated(_("Opererad hos"), names), replace(asked, index_providers=())))
    for one in asked.hidden:
        column, value = one
        shown = providers.get(value, value) or _("(tomt)") if column == "index_provider" else _shown(column, value)
        text = _("{heading}: inte {values}").format(heading=_heading(column), values=shown)
        found.append(Chip(text, replace(asked, hidden=tuple(other for other in asked.hidden if other != one))))
    return found + _other_chips(asked, round_name)


def _other_chips(asked: QueueFilter, round_name: str) -> list[Chip]:
    since, until = asked.event_from, asked.event_to
    told: tuple[tuple[bool, str, dict[str, Any]], ...] = (
        (asked.round_id is not None, _("Omgång: {name}").format(name=round_name), {"round_id": None}),
        (bool(asked.reasons), " / ".join(one.label for one in asked.reasons), {"reasons": ()}),
        (asked.own_care_only, _("Vård i egen regi"), {"own_care_only": False}),
        (since is not None, _("Från {day}").format(day=since), {"event_from": None}),
        (until is not None, _("Till {day}").format(day=until), {"event_to": None}),
        (asked.person is not None, _("En patient"), {"person": None}),
    )
    return [Chip(text, replace(asked, **changed)) for holds, text, changed in told if holds]


def filter_from(told: object) -> QueueFilter:
    """Return the filter that `as_dict` told.

    Raises:
        ValueError: it holds something that this version of the program does not know.
    """
    if not isinstance(told, dict) or not set(told) <= {each.name for each in fields(QueueFilter)}:
        raise ValueError(str(told))
    asked = QueueFilter(**{name: _read(name, value) for name, value in told.items()})
    if asked.sort not in (BY_PRIORITY, *COLUMNS) or any(column not in FIELD_OF_COLUMN for column, _v in asked.hidden):
        raise ValueError(str(told))
    return asked


_TEXTS: Final = ("text", "sort")
_FLAGS: Final = ("own_care_only", "descending")
_NUMBERS: Final = ("person", "round_id")


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 - what a file holds, as what a field wants
    kinds = {**dict.fromkeys(_TEXTS, str), **dict.fromkeys(_FLAGS, bool), **dict.fromkeys(_NUMBERS, int)}
    if name in kinds:
        if type(value) is not kinds[name] or (isinstance(value, int) and abs(value) >= _LARGEST):
            raise ValueError(name)
        return value
    if name == "preset":
        return Preset(value)
    if name in ("event_from", "event_to"):
        return date.fromisoformat(str(value))
    if not isinstance(value, list):
        raise ValueError(name)  # noqa: TRY004 - one kind of error for whatever is wrong with it
    if name == "reasons":
        return tuple(map(Reason, value))
    if name == "hidden":
        return tuple((str(column), str(hidden)) for column, hidden in value)
    return tuple(map(str, value))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _shown(column: str, value: str) -> str:
    return word(column, value) or _("(tomt)")


def _stated(heading: str, values: Any) -> str:  # noqa: ANN401 - any iterable of texts
    return _("{heading}: {values}").format(heading=_(heading), values=", ".join(sorted(values)))


def _heading(column: str) -> str:
    return _(next(one.heading for one in QUEUE if one.name == column))
