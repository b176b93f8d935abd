"""How a list stands in a month: how many wait in each group, for how long, and how many that is per inhabitant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting.lists import BANDS, COLUMNS, LONG, SHORT, VERY_LONG, WITHOUT, bands
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.waiting import DEVIATIONS
from kvalitetsapp.domain.waiting_tables import STATE_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.domain.table import Value

QUARTILES: Final = {"p25": 0.25, "median": 0.5, "p75": 0.75}
_CAUSES: Final = len(DEVIATIONS)
_NAMES: Final = dict(zip(DEVIATIONS, ("mov", "pvv", "no_deviation", "missing"), strict=True))
PER: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Every entry of a month: its columns, days since the decision (below 0: the decision is later), and its list."""

    month: int
    columns: Mapping[str, Small]
    days: Ints
    band: Small
    of_list: Small

    def __len__(self) -> int:
        return len(self.days)

    def within(self, rows: Flags | None) -> Standing:
        """Return those of some rows."""
        if rows is None:
            return self
        columns = {name: values[rows] for name, values in self.columns.items()}
        return Standing(self.month, columns, self.days[rows], self.band[rows], self.of_list[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Figures of groups, a value each: `counts` by deviation and band, days as `nan` where nobody's are known."""

    counts: Ints
    days: Mapping[str, Floats]


def standing(lists: Lists, month: int) -> Standing:
    """Return every entry of a month's lists."""
    those = lists.by_month.get(month, ())
    columns = {
        name: np.concatenate([one.columns[name] for one in those]) if those else np.zeros(0, dtype=np.uint8)
        for name in COLUMNS
    }
    days = np.concatenate([one.days for one in those]).astype(np.int64) if those else np.zeros(0, dtype=np.int64)
    of_list = np.repeat(np.arange(len(those)), [len(one) for one in those]).astype(np.int16)
    return Standing(month, columns, days, bands(days), of_list)


def packed_numbers(lists: Lists, month: int, name: str, absent: int = -1) -> Ints:
    """Return a column of whole numbers for every entry of `standing`."""
    those = lists.by_month.get(month, ())
    found = [one.numbers(name, absent) for one in those]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def planned(lists: Lists, month: int, absent: int) -> Ints:
    """Return days from the list to the planned day, `absent` where none is planned."""
    return packed_numbers(lists, month, packed_list.PLANNED, absent)


def waits(those: Standing, group: Small, groups: int) -> Waits:
    """Return the figures of groups 0 to `groups`, of all entries and without MOV and PVV."""
    cause = those.columns["deviation"]
    kinds = (group.astype(np.int64) * _CAUSES + cause) * BANDS + those.band
    counts = np.bincount(kinds, minlength=groups * _CAUSES * BANDS).reshape(groups, _CAUSES, BANDS)
    without = WITHOUT[cause]
    days = _days(those.days, group, groups, "")
    return Waits(counts, days | _days(those.days[without], group[without], groups, "_without"))


def _days(days: Ints, group: Small, groups: int, ending: str) -> dict[str, Floats]:
    """Return quartiles and the longest wait of each group, between two entries in proportion."""
    known = days >= 0
    span = int(days.max(initial=0)) + 1
    packed = group[known].astype(np.int64) * span + days[known]
    packed.sort()
    n = np.bincount(packed // span, minlength=groups)
    start = np.cumsum(n) - n
    met = n > 0
    sorted_days = np.append(packed % span, 0)
    found = {f"{name}{ending}": _quantile(sorted_days, start, n, part) for name, part in QUARTILES.items()}
    longest = sorted_days[np.where(met, start + n - 1, -1)].astype(np.float64)
    return {**found, f"longest{ending}": np.where(met, longest, np.nan)}


def _quantile(sorted_days: Ints, start: Ints, n: Ints, part: float) -> Floats:
    place = np.maximum(n - 1, 0) * part
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(n - 1, 0))
    before, after = (
        sorted_days[np.minimum(start + low, len(sorted_days) - 1)],
        sorted_days[np.minimum(start + high, len(sorted_days) - 1)],
    )
    return np.where(n > 0, before + (after - before) * (place - low), np.nan)


def counted(counts: Ints) -> dict[str, Ints]:
    """Return what counts by deviation and band (the last two axes) come to, by names of the tables' columns."""
    without = counts[..., WITHOUT, :]
    all_bands, bands_without = counts.sum(axis=-2), without.sum(axis=-2)
    return {
        "waiting": all_bands.sum(axis=-1),
        "waiting_without": bands_without.sum(axis=-1),
        "known": all_bands[..., SHORT:].sum(axis=-1),
        "known_without": bands_without[..., SHORT:].sum(axis=-1),
        "over_90": all_bands[..., LONG:].sum(axis=-1),
        "over_90_without": bands_without[..., LONG:].sum(axis=-1),
        "over_150": all_bands[..., VERY_LONG],
        "over_150_without": bands_without[..., VERY_LONG],
        **{_NAMES[one]: counts[..., at, :].sum(axis=-1) for at, one in enumerate(DEVIATIONS)},
    }


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Of each group: the entries that count per inhabitant, in all and without MOV and PVV, and the inhabitants.

    A group without inhabitants that are known has 0 of them, and no rate.
    """

    entries: Ints
    entries_without: Ints
    inhabitants: Ints


def records(found: Waits, rate: Rate | None) -> list[dict[str, Value]]:
    """Return the figures of each group by names of `STATE_VALUES`."""
    totals = {name: values.tolist() for name, values in counted(found.counts).items()}
    days = {name: values.tolist() for name, values in found.days.items()}
    people = _rates(rate, len(found.counts))
    return [
        {column.name: _value(column.name, at, totals, days, people) for column in STATE_VALUES}
        for at in range(len(found.counts))
    ]


def _rates(rate: Rate | None, groups: int) -> dict[str, list[int]]:
    if rate is None:
        return {name: [0] * groups for name in ("in_rate", "in_rate_without", "population")}
    return {
        "in_rate": rate.entries.tolist(),
        "in_rate_without": rate.entries_without.tolist(),
        "population": rate.inhabitants.tolist(),
    }


def _value(
    name: str,
    at: int,
    totals: Mapping[str, Sequence[int]],
    days: Mapping[str, Sequence[float]],
    people: Mapping[str, Sequence[int]],
) -> Value:
    if name in totals:
        return totals[name][at]
    if name in days:
        value = days[name][at]
        if value != value:  # noqa: PLR0124 - not a number: nobody's days are known
            return None if name.startswith("longest") else ""
        return int(value) if name.startswith("longest") else f"{value:.1f}"
    if name.endswith("_share"):
        return _share(name.removesuffix("_share"), at, totals)
    inhabitants = people["population"][at]
    if name.startswith("per_100k"):
        entries = people[name.replace("per_100k", "in_rate")][at]
        return f"{entries * PER / inhabitants:.1f}" if inhabitants else ""
    return people[name][at] if inhabitants else None


def _share(name: str, at: int, totals: Mapping[str, Sequence[int]]) -> float | None:
    if not name.startswith("over"):
        of = totals["waiting"][at]
    else:
        of = totals["known_without" if name.endswith("_without") else "known"][at]
    return totals[name][at] / of if of else None


def classes(those: Standing, width: int, most: int) -> tuple[Ints, Ints]:
    """Return how many wait in each class of `width` days up to `most` classes, in all and without MOV and PVV.

    The first class has day 0 too, so that a limit that is a multiple of `width` lies between two of them.
    """
    known = those.days >= 0
    place = np.clip((those.days[known] - 1) // width, 0, most - 1)
    without = WITHOUT[those.columns["deviation"][known]]
    return np.bincount(place, minlength=most), np.bincount(place[without], minlength=most)
