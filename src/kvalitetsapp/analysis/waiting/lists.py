"""Waiting lists as arrays of small whole numbers, numbered alike through all of them.

A month is told by the last list that each source has for it; a source's other lists of the month are not read. Every
column of texts has words of its own, sorted, with "" for nothing as the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kvalitetsapp.analysis.columns import Ints, day_number
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.waiting import DEVIATIONS, LONG_DAYS, MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from kvalitetsapp.domain.geography import Geography
    from kvalitetsapp.domain.packed_list import PackedColumn, PackedList

    Taken = Callable[[str], str]

Small = npt.NDArray[np.integer[Any]]
"""Whole numbers in as few bytes as they need."""
COLUMNS: Final = ("county", "municipality", "provider", "code", "deviation", "priority", "specialised")
_PACKED: Final = dict(zip(COLUMNS, packed_list.WORDS, strict=True))
"""What each column is called where it is packed."""
WITHOUT: Final = np.array([False, False, True, True])
"""Which of `DEVIATIONS` count without medically caused and patient-chosen waits."""
NO_BAND, SHORT, LONG, VERY_LONG = range(4)
"""How long an entry has waited: not known, at most 90 days, more than 90, more than 150."""
BANDS: Final = 4
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class List:
    """The list of a source for a month: places in words by column, and days since the decision (below 0: later)."""

    source: int
    month: int
    day: int
    columns: Mapping[str, Small]
    days: Small
    packed: PackedList

    def numbers(self, name: str, absent: int = -1) -> Ints:
        """Return a packed column of whole numbers, `absent` where there is nothing."""
        return numbers(self.packed.columns[name], absent)

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True, eq=False)
class Lists:
    """Every list that tells a month, by month and source; `words` of each column, `months` from first to last."""

    sources: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    lists: tuple[List, ...]

    @cached_property
    def months(self) -> range:
        """Return every month from the first list to the last, also those without a list."""
        found = [one.month for one in self.lists]
        return range(min(found), max(found) + 1) if found else range(0)

    @cached_property
    def place(self) -> dict[str, dict[str, int]]:
        """Return where each word of each column stands."""
        return {name: {word: at for at, word in enumerate(words)} for name, words in self.words.items()}

    @cached_property
    def lacking(self) -> frozenset[str]:
        """Return the columns that some entry of some list has nothing in; `deviation` has a word for that."""
        named = (name for name in COLUMNS if name != "deviation")
        return frozenset(name for name in named if any(bool((one.columns[name] == 0).any()) for one in self.lists))

    @cached_property
    def by_month(self) -> dict[int, tuple[List, ...]]:
        """Return the lists of every month that has one."""
        found: dict[int, list[List]] = {}
        for one in self.lists:
            found.setdefault(one.month, []).append(one)
        return {month: tuple(some) for month, some in found.items()}

    @cached_property
    def spans(self) -> dict[int, tuple[int, int]]:
        """Return the first and the last month of each source."""
        found: dict[int, tuple[int, int]] = {}
        for one in self.lists:  # by month
            found[one.source] = (found.get(one.source, (one.month, 0))[0], one.month)
        return found


def month_of(day: date) -> int:
    """Return the number of a day's month, one more for each month."""
    return day.year * _MONTHS + day.month - 1


def month_text(month: int) -> str:
    """Return a month as `YYYY-MM`."""
    return f"{month // _MONTHS:04d}-{month % _MONTHS + 1:02d}"


def telling(places: Iterable[tuple[str, date]]) -> list[tuple[str, date]]:
    """Return, of the sources and days that there are lists of, the last of each source and month, by day."""
    latest: dict[tuple[str, int], date] = {}
    for source, day in sorted(places):
        latest[source, month_of(day)] = day
    return sorted(((source, day) for (source, _month), day in latest.items()), key=lambda each: (each[1], each[0]))


def numbers(column: PackedColumn, absent: int = -1) -> Ints:
    """Return the whole numbers of a packed column, `absent` where there is nothing."""
    values = small(column).astype(np.int64)
    if column.steps:
        return np.cumsum(values)
    if column.absent is not None:
        values[values == column.absent] = absent
    return values


def small(column: PackedColumn) -> Small:
    """Return the whole numbers of a packed column as they lie there."""
    return np.frombuffer(column.raw(), dtype=column.code)


def of_packed(packed: Sequence[PackedList], geography: Geography) -> Lists:
    """Return lists numbered alike; counties and municipalities by their codes, a county from the municipality too."""
    taken = {name: _taken(name, geography) for name in COLUMNS}
    words = {name: _words(name, taken[name], packed) for name in COLUMNS}
    homes = [geography.county_of_municipality(word) for word in words["municipality"]]
    words["county"] = tuple(sorted({*words["county"], *homes}))
    numbered = {name: {word: at for at, word in enumerate(words[name])} for name in COLUMNS}
    home = _small(np.array([numbered["county"][one] for one in homes]))
    sources = tuple(sorted({one.source for one in packed}))
    made = [_list(one, sources.index(one.source), taken, numbered, home) for one in packed]
    return Lists(sources, words, tuple(sorted(made, key=lambda one: (one.month, one.source))))


def _taken(name: str, geography: Geography) -> Taken:
    """Return what makes a delivered text of a column the word that it stands for."""
    if name == "county":
        return geography.county
    return geography.municipality if name == "municipality" else str


def _words(name: str, taken: Taken, packed: Sequence[PackedList]) -> tuple[str, ...]:
    if name == "deviation":
        return DEVIATIONS
    delivered = {word for one in packed for word in one.columns[_PACKED[name]].words if word is not None}
    return tuple(sorted({"", *map(taken, delivered)}))


def _list(
    packed: PackedList, source: int, taken: Mapping[str, Taken], numbered: Mapping[str, Mapping[str, int]], home: Small
) -> List:
    columns = {name: _placed(packed.columns[_PACKED[name]], taken[name], numbered[name]) for name in COLUMNS}
    nowhere = columns["county"] == 0
    if bool(nowhere.any()):
        columns["county"] = np.where(nowhere, home[columns["municipality"]], columns["county"])
    days = small(packed.columns[packed_list.DECIDED])
    return List(source, month_of(packed.snapshot_on), day_number(packed.snapshot_on), columns, days, packed)


def _placed(column: PackedColumn, taken: Taken, numbered: Mapping[str, int]) -> Small:
    """Return a column's places among the words of all lists."""
    nothing = MISSING if MISSING in numbered and "" not in numbered else ""
    places = [numbered[nothing if word is None else taken(word)] for word in column.words]
    found = small(column)
    if places == list(range(len(places))):
        return found
    return _small(np.array(places, dtype=np.int64), len(numbered))[found]


def _small(places: npt.NDArray[np.int64], room: int | None = None) -> Small:
    most = int(places.max(initial=0)) if room is None else room
    return places.astype(np.min_scalar_type(most))


def bands(days: Small) -> Small:
    """Return how long each entry has waited, as one of the bands."""
    return ((days >= 0).view(np.uint8) + (days > LONG_DAYS[0]).view(np.uint8)) + (days > LONG_DAYS[1]).view(np.uint8)
