"""The log read back: filtered, newest first, in slices of entries so that a search of a million can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.access_log import LogEntry
from kvalitetsapp.store import identities
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.progress import Progress
    from kvalitetsapp.store.connection import Store

SLICE: Final = 50_000
_COLUMNS: Final = "entry, happened_at, who, role, unit, action, object, detail, patients"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What entries to find; empty narrows nothing. Moments are as stored, `until` is not in.

    `numbers` are all those of a patient, `actions` None for any.
    """

    numbers: tuple[str, ...] = ()
    user: str = ""
    actions: tuple[str, ...] | None = None
    since: str = ""
    until: str = ""
    text: str = ""
    about_patients: bool = False

    def condition(self) -> tuple[str, list[str]]:
        """Return the condition on entries, without the period, and its parameters."""
        parts, parameters = ["1"], list[str]()
        if self.numbers:
            parts.append(f"({' OR '.join([_TELLS] * len(self.numbers))})")
            parameters += [f" {one} " for one in self.numbers]
        if self.user:
            parts.append("who = ?")
            parameters.append(self.user)
        if self.actions is not None:
            parts.append(f"action IN ({', '.join('?' * len(self.actions))})")
            parameters += self.actions
        if self.text:
            parts.append("instr(lower(object || ' ' || detail || ' ' || who || ' ' || unit), lower(?)) > 0")
            parameters.append(self.text)
        if self.about_patients:
            parts.append("patients <> ''")
        return " AND ".join(parts), parameters


_TELLS: Final = "instr(' ' || patients || ' ', ?) > 0"


def numbers_of_patient(store: Store, personal_id: str) -> tuple[str, ...]:
    """Return every number of the person who has or had a number, that number alone where nothing is stored of it."""
    identity = identities.known(store, [personal_id]).get(personal_id)
    if identity is None:
        return (personal_id,)
    person = identities.same_person(store).get(identity, identity)
    keys = identities.numbers_of_person(store, person)
    return tuple(sorted({personal_id, *identities.numbers_of(store, keys).values()}))


def page(
    store: Store, wanted: LogFilter, progress: Progress, *, before: int | None = None, limit: int
) -> list[LogEntry]:
    """Return the newest entries that are found, at most `limit`, all of them older than `before`.

    Raises:
        CancelledError: the user cancelled.
    """
    found: list[LogEntry] = []
    condition, parameters = wanted.condition()
    for low, high in _slices(store, wanted, progress, before):
        rows = store.rows(
            f"SELECT {_COLUMNS} FROM audit WHERE entry > ? AND entry <= ? AND {condition}{_period(wanted)} "
            "ORDER BY entry DESC LIMIT ?",
            (low, high, *parameters, *_moments(wanted), limit - len(found)),
        )
        found += map(_entry, rows)
        if len(found) >= limit:
            break
    return found


def count(store: Store, wanted: LogFilter, progress: Progress) -> int:
    """Return how many entries there are.

    Raises:
        CancelledError: the user cancelled.
    """
    condition, parameters = wanted.condition()
    if condition == "1":
        # The index on the moments answers alone, without a look at the entries.
        where = f"WHERE 1{_period(wanted)}"
        return int(store.value(f"SELECT count(*) FROM audit {where}", _moments(wanted)))
    sql = f"SELECT count(*) FROM audit WHERE entry > ? AND entry <= ? AND {condition}{_period(wanted)}"
    slices = _slices(store, wanted, progress, None)
    return sum(int(store.value(sql, (low, high, *parameters, *_moments(wanted)))) for low, high in slices)


def facts(store: Store, wanted: LogFilter, progress: Progress) -> Iterator[tuple[int, str, str, str, str]]:
    """Give number, moment, who, action and patients of every entry that is found, the newest slice first.

    Raises:
        CancelledError: the user cancelled.
    """
    condition, parameters = wanted.condition()
    for low, high in _slices(store, wanted, progress, None):
        yield from store.rows(
            "SELECT entry, happened_at, who, action, patients FROM audit "
            f"WHERE entry > ? AND entry <= ? AND {condition}{_period(wanted)}",
            (low, high, *parameters, *_moments(wanted)),
        )


def of_numbers(store: Store, entries: list[int]) -> tuple[LogEntry, ...]:
    """Return entries by their numbers, in the order of the log."""
    marks = ", ".join("?" * len(entries))
    rows = store.rows(f"SELECT {_COLUMNS} FROM audit WHERE entry IN ({marks}) ORDER BY entry", entries)
    return tuple(map(_entry, rows))


def head(store: Store) -> tuple[int, str]:
    """Return the number and the seal of the last entry."""
    number, seal = store.rows("SELECT entry, hash FROM audit ORDER BY entry DESC LIMIT 1")[0]
    return int(number), str(seal)


def first_moment(store: Store) -> str:
    """Return when the log began."""
    return str(store.value("SELECT happened_at FROM audit ORDER BY entry LIMIT 1"))


def users(store: Store) -> tuple[str, ...]:
    """Return the names in the log, in alphabetical order."""
    return tuple(sorted(str(who) for (who,) in store.rows("SELECT DISTINCT who FROM audit")))


def _slices(store: Store, wanted: LogFilter, progress: Progress, before: int | None) -> Iterator[tuple[int, int]]:
    """Give ranges of entries (first not in, last in), the newest first, that the period may have entries in."""
    first, last = _bounds(store, wanted)
    high = last if before is None else min(last, before - 1)
    total = max(high - first + 1, 0)
    while high >= first:
        progress.step(total - (high - first + 1), total, _("Söker i loggen"))
        low = max(high - SLICE, first - 1)
        yield low, high
        high = low
    progress.heed()


def _bounds(store: Store, wanted: LogFilter) -> tuple[int, int]:
    """Return the first and the last entry of the period; a clock set back may have put others between them."""
    within = f"FROM audit WHERE 1{_period(wanted)}"
    # Apart, for each alone has a short way; a plus lets a period be looked up by its index, not entry by entry.
    entry = "+entry" if _moments(wanted) else "entry"
    first = store.value(f"SELECT min({entry}) {within}", _moments(wanted))
    last = store.value(f"SELECT max({entry}) {within}", _moments(wanted))
    return int(first or 1), int(last or 0)


def _period(wanted: LogFilter) -> str:
    return (" AND happened_at >= ?" if wanted.since else "") + (" AND happened_at < ?" if wanted.until else "")


def _moments(wanted: LogFilter) -> list[str]:
    return [one for one in (wanted.since, wanted.until) if one]


def _entry(row: tuple[Any, ...]) -> LogEntry:
    entry, happened_at, who, role, unit, action, target, detail, patients = row
    return LogEntry(int(entry), happened_at, who, role, unit, action, target, detail, tuple(patients.split()))
