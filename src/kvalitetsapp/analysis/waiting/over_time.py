"""The list month by month: how many wait, who came and who left, and the months that cannot be told.

A month is a gap where a source that has entries in the scope lacks its list: between its first and its last list, and
after the last for as long as it may be late (`LATE`). A source that has ended, or begun, changes the level for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting import cells, standing
from kvalitetsapp.analysis.waiting.lists import month_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.analysis.columns import Ints
    from kvalitetsapp.analysis.waiting.cells import Cells, Movements
    from kvalitetsapp.analysis.waiting.chosen import Chosen
    from kvalitetsapp.analysis.waiting.lists import Lists
    from kvalitetsapp.domain.table import Row

LATE: Final = 3
"""A source is waited for so many months after its last list."""
_SERIES: Final = ("waiting", "waiting_without", "over_90", "over_90_without", "over_150", "over_150_without")


@dataclass(frozen=True, slots=True, eq=False)
class OfSources:
    """The months that the sources of a scope are expected in, and by month which lack a list, begin, or have ended."""

    span: range
    missing: Mapping[int, tuple[int, ...]]
    begins: Mapping[int, tuple[int, ...]]
    ended: Mapping[int, tuple[int, ...]]

    @property
    def broken(self) -> frozenset[int]:
        """Return the months that cannot be held against the month before."""
        after = {month + 1 for month in self.missing}
        return frozenset({*self.missing, *after, *self.begins, *self.ended})


def of_sources(lists: Lists, counts: Ints) -> OfSources:
    """Return what the sources of a scope lack; `counts` is how many of it wait in each list."""
    met = sorted({one.source for one, n in zip(lists.lists, counts.tolist(), strict=True) if n})
    there = {(one.source, one.month) for one in lists.lists}
    missing: dict[int, list[int]] = {}
    begins: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    latest = lists.months[-1] if lists.months else 0
    expected_of = {one: latest if latest - lists.spans[one][1] <= LATE else lists.spans[one][1] for one in met}
    span = range(min((lists.spans[one][0] for one in met), default=0), max(expected_of.values(), default=-1) + 1)
    for source, expected in expected_of.items():
        first, last = lists.spans[source]
        begins.setdefault(first, []).append(source)
        if expected < latest:
            ended.setdefault(last + 1, []).append(source)
        for month in range(first, expected + 1):
            if (source, month) not in there:
                missing.setdefault(month, []).append(source)
    return OfSources(
        span, *({month: tuple(some) for month, some in each.items()} for each in (missing, begins, ended))
    )


@dataclass(frozen=True, slots=True, eq=False)
class OverTime:
    """A scope month by month: rows of `waiting_tables.SERIES` and of `FLOWS`, and what the sources lack."""

    series: list[Row]
    flows: list[Row]
    sources: OfSources
    entries: Mapping[tuple[int, int], int]
    """How many of the scope wait in the list of each source and month."""
    came: Mapping[int, int]
    """How many came in each month that can be told."""


def over_time(lists: Lists, counted: Cells, moves: Movements, chosen: Chosen, last: int) -> OverTime:
    """Return a scope month by month up to the month `last`."""
    kinds = cells.by_list(lists, counted, chosen)
    totals = standing.counted(kinds)
    sources = of_sources(lists, totals["waiting"])
    months = [month for month in lists.months if month <= last]
    of_month = np.array([one.month for one in lists.lists], dtype=np.int64) - (months[0] if months else 0)
    size = len(lists.months)
    sums = {name: _summed(of_month, totals[name], size) for name in _SERIES}
    flows = {
        "came": _summed(of_month, cells.counted_by_list(lists, moves.came, chosen), size),
        "left": _summed(of_month, cells.counted_by_list(lists, moves.left, chosen), size),
        "returned": _summed(of_month, cells.counted_by_list(lists, moves.came, chosen, again=True), size),
    }
    days = {month: max(one.day for one in some) for month, some in lists.by_month.items()}
    told = [month in sources.span and month in days and month not in sources.missing for month in months]
    series: list[Row] = [
        (month_text(month), _day(days.get(month)), *(sums[name][at] if told[at] else None for name in _SERIES))
        for at, month in enumerate(months)
    ]
    broken = sources.broken
    steady = [at > 0 and told[at] and told[at - 1] and month not in broken for at, month in enumerate(months)]
    rows = [_flow(at, month, sums["waiting"], flows, told=told, steady=steady[at]) for at, month in enumerate(months)]
    came = {month: flows["came"][at] for at, month in enumerate(months) if steady[at]}
    entries = zip(((one.source, one.month) for one in lists.lists), totals["waiting"].tolist(), strict=True)
    return OverTime(series, rows, sources, dict(entries), came)


def _summed(of_month: Ints, counts: Ints, size: int) -> list[int]:
    found: list[int] = np.bincount(of_month, weights=counts, minlength=size).astype(np.int64).tolist()
    return found


def _flow(
    at: int, month: int, waiting: list[int], flows: Mapping[str, list[int]], *, told: list[bool], steady: bool
) -> Row:
    now = waiting[at] if told[at] else None
    if not steady:
        before = waiting[at - 1] if at and told[at - 1] else None
        return (month_text(month), before, None, None, None, now, None, None)
    before, came, left = waiting[at - 1], flows["came"][at], flows["left"][at]
    moved = waiting[at] - before - came + left
    return (month_text(month), before, came, left, moved, now, waiting[at] - before, flows["returned"][at])


def _day(day: int | None) -> str:
    return "" if day is None else str(np.datetime64(day, "D"))
