"""Single entries of a month: those behind a figure, the longest waits first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import NO_DAY
from kvalitetsapp.analysis.waiting import standing
from kvalitetsapp.domain import packed_list

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.state import Month

_TEXTS: Final = ("county", "municipality", "provider", "deviation", "priority", "specialised")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the list has it: its stored row, its words by column, its code's place in words, its days."""

    row: int
    words: dict[str, str]
    code: int
    day: str
    decided_on: str
    days: int
    planned_on: str


@dataclass(frozen=True, slots=True)
class Longest:
    """Entries that have waited the longest, and how many there are in all."""

    shown: list[Entry]
    total: int


def longest(month: Month, rows: Flags, over_days: int | None, most: int) -> Longest:
    """Return the `most` entries of some rows of a scope that have waited the longest, more than `over_days`."""
    those, lists, at = month.those, month.lists, month.everyone.month
    counts = rows if over_days is None else rows & (those.days > over_days)
    chosen = np.flatnonzero(counts)
    first = chosen[np.argsort(-those.days[chosen], kind="stable")][:most]
    within = np.arange(len(month.everyone)) if month.rows is None else np.flatnonzero(month.rows)
    stored = standing.packed_numbers(lists, at, packed_list.ROW)[within[first]]
    planned = standing.planned(lists, at, NO_DAY)[within[first]]
    day = np.array([one.day for one in lists.by_month[at]], dtype=np.int64)[those.of_list[first]]
    columns = zip(
        stored.tolist(), first.tolist(), day.tolist(), those.days[first].tolist(), planned.tolist(), strict=True
    )
    return Longest([_entry(month, *values) for values in columns], len(chosen))


def _entry(month: Month, row: int, at: int, day: int, days: int, planned: int) -> Entry:
    columns, words = month.those.columns, month.lists.words
    return Entry(
        row,
        {name: words[name][int(columns[name][at])] for name in _TEXTS},
        int(columns["code"][at]),
        _day(day),
        _day(day - days),
        days,
        "" if planned == NO_DAY else _day(day + planned),
    )


def _day(number: int) -> str:
    return str(np.datetime64(number, "D"))
