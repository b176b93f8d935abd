"""The state of a month by groups: what `standing` counts, for the groups that people ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting import inhabitants, people, standing
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.waiting import DEVIATIONS, MISSING, WaitingKey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.waiting.inhabitants import Inhabitants
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.analysis.waiting.people import People
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.domain.waiting import WaitingScope

_IN_ORDER: Final = frozenset({WaitingKey.DEVIATION, WaitingKey.PRIORITY, WaitingKey.SEX, WaitingKey.AGE_GROUP})
"""Keys whose groups have an order of their own; of others the largest comes first."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The group of every entry, and the key of each group."""

    group: Small
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """The entries of a month, `everyone` and those of a scope (`rows`, None: all), and what they are reckoned by."""

    lists: Lists
    everyone: Standing
    rows: Flags | None
    those: Standing
    scope: WaitingScope
    areas: tuple[str, ...]
    inhabitants: Inhabitants | None


def groups(month: Month, by: WaitingKey, known: Callable[[], People]) -> Groups:
    """Return the groups of a scope's entries; `known` gives sex and birth, and is asked only where those matter."""
    those = month.those
    if by is WaitingKey.AREA:
        return area_groups(month)
    if by is WaitingKey.DEVIATION:
        return Groups(those.columns["deviation"], DEVIATIONS)
    if by not in (WaitingKey.SEX, WaitingKey.AGE_GROUP):
        words = month.lists.words[by.value]
        return Groups(those.columns[by.value], tuple(word or MISSING for word in words))
    identity = standing.packed_numbers(month.lists, month.everyone.month, packed_list.IDENTITY)
    identity = identity if month.rows is None else identity[month.rows]
    if by is WaitingKey.SEX:
        return Groups(people.sexes(known(), identity), people.SEXES)
    days = np.array([one.day for one in month.lists.by_month[month.everyone.month]])
    return Groups(people.age_groups(known(), identity, days[those.of_list]), people.AGES)


def area_groups(month: Month) -> Groups:
    """Return the medical area of every entry."""
    keys = sorted(set(month.areas))
    of_code = np.array([keys.index(area) for area in month.areas] or [0])
    return Groups(of_code[month.those.columns["code"]], tuple(key or MISSING for key in keys))


def whole(month: Month) -> dict[str, Value]:
    """Return the figures of a whole scope, by names of `waiting_tables.STATE_VALUES`."""
    return _records(month, None, Groups(np.zeros(len(month.those), dtype=np.int64), ("",)))[0]


def by_groups(month: Month, by: WaitingKey, found: Groups) -> list[tuple[str, dict[str, Value]]]:
    """Return the key and the figures of every group that somebody waits in."""
    met = np.flatnonzero(np.bincount(found.group, minlength=len(found.keys)))
    place = np.zeros(len(found.keys), dtype=np.int64)
    place[met] = np.arange(len(met))
    keys = tuple(found.keys[at] for at in met.tolist())
    rows = list(zip(keys, _records(month, by, Groups(place[found.group], keys)), strict=True))
    if by in _IN_ORDER:
        return sorted(rows, key=lambda row: row[0] == MISSING)
    return sorted(rows, key=lambda row: (-_waiting(row[1]), row[0]))


def _waiting(record: dict[str, Value]) -> int:
    return int(record["waiting"] or 0)


def _records(month: Month, by: WaitingKey | None, found: Groups) -> list[dict[str, Value]]:
    counted = standing.waits(month.those, found.group, len(found.keys))
    people_of = month.inhabitants
    rate = None
    if people_of is not None:
        rate = inhabitants.rate(month, found.group, found.keys, by, people_of)
    return standing.records(counted, rate)


def keys_met(found: Groups) -> Ints:
    """Return how many wait in each group."""
    return np.bincount(found.group, minlength=len(found.keys))


def rows_of(month: Month, keys: Sequence[tuple[Groups, str]]) -> Flags:
    """Tell which entries of a scope lie in all of some groups."""
    rows = np.ones(len(month.those), dtype=np.bool_)
    for found, key in keys:
        rows &= found.group == (found.keys.index(key) if key in found.keys else -1)
    return rows
