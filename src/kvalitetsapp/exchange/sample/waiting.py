"""The sample county's waiting lists at the ends of 36 months: who was operated, who waits still, and what is odd.

Those whose hip, knee or shoulder was replaced had stood on the list before. Odd on purpose are a month without a list,
entries that come back, decisions that are dated anew or after the planned day, and people from far away.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.people import Population, weighted
from kvalitetsapp.exchange.sample.places import OPERATING
from kvalitetsapp.exchange.sample.shapes import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Operation, Period, Person, Place

SOURCE: Final = "väntelistan"
MONTHS: Final = 36
NO_LIST: Final = 14
"""The month whose list is lacking, counted back from the last."""
FAR_AWAY: Final = "2523"
"""A municipality for which the county has no population."""

_BESIDE: Final = ("2281", "2284")
"""Municipalities of the county beside it."""
_FROM_BESIDE, _FROM_FAR_AWAY = 0.07, 0.01

_ORTHOPAEDICS, _HAND, _SURGERY = "311", "321", "301"
_WHOLE_COUNTY: Final = 2_000
_AHEAD: Final = 540
_DAYS_OF_MONTH: Final = 30.4
_FRACTURE: Final = "S"
_SPREAD: Final = 0.55
_DAYS_OF_YEAR: Final = 365
_YEARLY_LONGER, _LEAST_LONGER = 0.1, 0.7
_DEVIATIONS: Final = (("none", 66), ("mov", 14), ("pvv", 16), ("", 4))
_PRIORITIES: Final = (("1", 9), ("2", 54), ("3", 32), ("", 5))
_HIGHLY: Final = (("no", 89), ("yes", 3), ("", 8))
_MAY_COME_BACK: Final = 7


@dataclass(frozen=True, slots=True)
class _Kind:
    """What people wait for: codes, area, where, how many a month leave the list, days waited in the middle."""

    codes: tuple[str, ...]
    area: str
    at: tuple[tuple[str, int], ...]
    monthly: float
    days: float
    age: float = 62.0


_PROSTHESES: Final = (
    _Kind(("NFB49", "NFB29"), _ORTHOPAEDICS, (("OSV", 46), ("P01", 18), ("P02", 22), ("U01", 14)), 17, 140, 69),
    _Kind(("NGB49",), _ORTHOPAEDICS, (("OSV", 52), ("P01", 16), ("P02", 16), ("P03", 16)), 18, 160, 68),
)
_OTHERS: Final = (
    _Kind(("NBL49", "NBK19", "NBG09"), _ORTHOPAEDICS, (("OSV", 64), ("P01", 18), ("U01", 18)), 7, 120),
    _Kind(("ACC51", "NDM09", "NDM49"), _HAND, (("OSV", 66), ("P03", 34)), 12, 80),
    _Kind(("JDF11", "JDF41"), _SURGERY, (("U01", 55), ("U02", 20), ("P05", 25)), 4, 230, 45),
)
_PLACES: Final = {place.provider_id: place for place in OPERATING}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One wait; it stands on every list from `decided` until the day before `left`, but not on those of `away`.

    From `deviates` on it has its `deviation`, from `told` on its `planned` day and from `anew` on another decision.
    """

    person: Person
    place: Place
    code: str
    area: str
    decided: date
    left: date
    deviation: str
    deviates: date
    priority: str
    planned: date
    told: date
    highly: str
    is_named: bool = True
    away: frozenset[date] = frozenset()
    anew: date = FOREVER


def waiting_rows(operations: Sequence[Operation], period: Period, seed: int, taken: Iterable[str]) -> list[Row]:
    """Return rows of `waiting`, list by list; `taken` are the personal numbers that somebody has."""
    rng = random.Random(f"waiting {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    lists = month_ends(period)
    drawn = _Drawn(rng, Population(rng, set(taken)), period.last, len(operations) / _WHOLE_COUNTY)
    entries = [drawn.before(one) for one in operations if lists[0] < one.day and one.diagnosis[:1] != _FRACTURE]
    ahead = period.last + timedelta(days=_AHEAD)
    entries += [one for kind in _PROSTHESES for one in drawn.leaving(kind, period.last, ahead)]
    entries += [one for kind in _OTHERS for one in drawn.leaving(kind, lists[0], ahead)]
    seen = sorted((one for one in entries if one.decided <= lists[-1]), key=_by_decision)
    return list(_rows(_with_oddities(seen, lists), lists))


def month_ends(period: Period) -> list[date]:
    """Return the days of the lists: the ends of the last months of the period, without the one that is lacking."""
    first_of_month = (period.last + timedelta(days=1)).replace(day=1)
    ends: list[date] = []
    while len(ends) < MONTHS and first_of_month - timedelta(days=1) >= period.first:
        ends.append(first_of_month - timedelta(days=1))
        first_of_month = ends[-1].replace(day=1)
    return [end for place, end in enumerate(ends) if place != NO_LIST][::-1]


def _by_decision(entry: _Entry) -> tuple[date, str, str]:
    return entry.decided, entry.person.personal_id, entry.code


@dataclass(frozen=True, slots=True)
class _Drawn:
    rng: random.Random
    population: Population
    last: date
    size: float

    def before(self, operation: Operation) -> _Entry:
        """Return the wait that ended with an operation."""
        return self._entry(operation.person, operation.place, operation.code, _ORTHOPAEDICS, operation.day, 140)

    def leaving(self, kind: _Kind, after: date, until: date) -> Iterator[_Entry]:
        """Give waits that end between two days, most of them for people whom the county's care has not met."""
        for _each in range(round((until - after).days / _DAYS_OF_MONTH * kind.monthly * self.size)):
            left = after + timedelta(days=self.rng.randint(1, (until - after).days))
            person = self.population.person(after, kind.age, 11.0)
            if self.rng.random() < _FROM_BESIDE:
                person = replace(person, municipality=self.rng.choice(_BESIDE))
            place = _PLACES[weighted(self.rng, kind.at)]
            yield self._entry(person, place, self.rng.choice(kind.codes), kind.area, left, kind.days)

    def _entry(self, person: Person, place: Place, code: str, area: str, left: date, days: float) -> _Entry:
        rng = self.rng
        years_ago = (self.last - left).days / _DAYS_OF_YEAR
        longer = max(_LEAST_LONGER, 1 - _YEARLY_LONGER * years_ago)
        waited = max(9, min(620, round(days * longer * rng.lognormvariate(0, _SPREAD))))
        decided = left - timedelta(days=waited)
        deviation = weighted(rng, _DEVIATIONS)
        since = rng.randint(0, waited // 2) if deviation in {"mov", "pvv"} else 0
        if rng.random() < _FROM_FAR_AWAY:
            person = replace(person, municipality=FAR_AWAY)
        return _Entry(
            *(person, place, code, area, decided, left, deviation, decided + timedelta(days=since)),
            weighted(rng, _PRIORITIES),
            planned=left,
            told=left - timedelta(days=rng.randint(14, 75)),
            highly=weighted(rng, _HIGHLY),
            is_named=rng.random() < 0.97,
        )


def _with_oddities(entries: list[_Entry], lists: list[date]) -> list[_Entry]:
    """Let every so many entries be odd; which ones is told by their place, so that nothing is drawn."""
    return [
        _odd(place, entry, [day for day in lists if entry.decided <= day < entry.left])
        for place, entry in enumerate(entries)
    ]


def _odd(place: int, entry: _Entry, lists: list[date]) -> _Entry:
    if place % 60 == 7 and len(lists) >= _MAY_COME_BACK:
        return replace(entry, away=frozenset(lists[2:4]))
    if place % 60 == 21:
        return replace(entry, planned=entry.decided - timedelta(days=14), told=entry.decided)
    if place % 60 == 35 and len(lists) > 1:
        return replace(entry, anew=lists[-1])
    return entry


def _rows(entries: Sequence[_Entry], lists: Iterable[date]) -> Iterator[Row]:
    for day in lists:
        for number, entry in enumerate(entries, 200_001):
            if entry.decided <= day < entry.left and day not in entry.away:
                yield _row(f"V{number}", entry, day)


def _row(entry_id: str, entry: _Entry, day: date) -> Row:
    person = entry.person
    decided = entry.decided + timedelta(days=45) if day >= entry.anew else entry.decided
    return {
        "source": SOURCE,
        "snapshot_on": day.isoformat(),
        "entry_id": entry_id,
        "personal_id": person.number_on(day) if entry.is_named else "",
        "county": person.municipality[:2],
        "municipality": person.municipality,
        "provider_id": entry.place.provider_id,
        "unit": entry.place.unit_of(person),
        "procedure_code": entry.code,
        "medical_area": entry.area,
        "decided_on": min(decided, day).isoformat(),
        "deviation": entry.deviation if day >= entry.deviates else "none",
        "priority": entry.priority,
        "planned_on": entry.planned.isoformat() if day >= entry.told else "",
        "highly_specialised": entry.highly,
    }
