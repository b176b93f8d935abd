"""How many wait, counted once by what the screen drills into, and what changed from one list to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting.lists import BANDS, bands
from kvalitetsapp.domain import packed_list
from kvalitetsapp.domain.waiting import DEVIATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.waiting.chosen import Chosen
    from kvalitetsapp.analysis.waiting.lists import List, Lists, Small

COUNTED: Final = ("county", "provider", "code")
"""Columns that cells are counted by; a scope that names another is counted from the lists themselves."""
MOVED: Final = ("county", "municipality", "provider", "code", "deviation", "priority")
_CAUSES: Final = len(DEVIATIONS)
_KINDS: Final = _CAUSES * BANDS
_MOST_ROOM: Final = 4_000_000
_TABLE: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How many entries of each list have the same columns, `n` by deviation and band.

    The cells of the list at a place of `Lists.lists` are those from `starts` of it to the next. `kinds` has the
    deviation and band, as one number, of every entry of each list.
    """

    starts: tuple[int, ...]
    columns: Mapping[str, Small]
    n: Ints
    kinds: tuple[Small, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Entries that something happened to from one list of their source to the next.

    `parts` are the place of the later list, and from where to where its entries stand. Columns are as in the list
    that has the entry: the earlier for those who left, the later for others. `amount` is 1 for an entry that came
    back (`came`), and by how many days the decision became later (`changed`). `row` is the place of the entry in its
    list.
    """

    parts: tuple[tuple[int, int, int], ...]
    columns: Mapping[str, Small]
    amount: Ints
    row: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """Who came, who left, and whose day of decision changed."""

    came: Moves
    left: Moves
    changed: Moves


def cells(lists: Lists) -> Cells:
    """Count every list by `COUNTED`, deviation and band."""
    room = [len(lists.words[name]) for name in COUNTED]
    kinds = tuple(one.columns["deviation"] * np.uint8(BANDS) + bands(one.days) for one in lists.lists)
    found = [_of_list(one, of_each, room) for one, of_each in zip(lists.lists, kinds, strict=True)]
    starts = np.cumsum([0, *(len(place) for place, _n in found)]).tolist()
    rest = np.concatenate([np.zeros(0, dtype=np.int64), *(place for place, _n in found)])
    columns: dict[str, Small] = {}
    for name, size in zip(reversed(COUNTED), reversed(room), strict=True):
        columns[name] = (rest % size).astype(np.min_scalar_type(size))
        rest //= size
    n = np.concatenate([np.zeros((0, _KINDS), dtype=np.int32), *(n for _place, n in found)])
    return Cells(tuple(starts), columns, n, kinds)


def _of_list(one: List, kinds: Small, room: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the cells of a list that somebody waits in, and how many by deviation and band."""
    place = one.columns[COUNTED[0]].astype(np.int64)
    for name, size in zip(COUNTED[1:], room[1:], strict=True):
        place = place * size + one.columns[name]
    cells_there = int(np.prod(room))
    if cells_there * _KINDS > _MOST_ROOM:
        met, place = np.unique(place, return_inverse=True)
        cells_there = len(met)
    else:
        met = np.arange(cells_there)
    counted = np.bincount(place * _KINDS + kinds, minlength=cells_there * _KINDS).reshape(-1, _KINDS)
    some = np.flatnonzero(counted.any(axis=1))
    return met[some], counted[some].astype(np.int32)


def by_list(lists: Lists, counted: Cells, chosen: Chosen) -> Ints:
    """Return how many wait in a scope: for each list by deviation and band."""
    if chosen.needs("municipality", "priority"):
        found = [_kinds(kinds, chosen.of(one.columns)) for one, kinds in zip(lists.lists, counted.kinds, strict=True)]
    else:
        within = chosen.without("deviation").of(counted.columns)
        spans = [slice(*span) for span in pairwise(counted.starts)]
        parts = [counted.n[span] if within is None else counted.n[span][within[span]] for span in spans]
        found = [part.sum(axis=0, dtype=np.int64) for part in parts]
    counts = np.array(found, dtype=np.int64).reshape(-1, _CAUSES, BANDS)
    causes = chosen.words.get("deviation")
    return counts if causes is None else counts * causes[:, np.newaxis]


def _kinds(kinds: Small, within: Flags | None) -> Ints:
    return np.bincount(kinds if within is None else kinds[within], minlength=_KINDS)


def movements(lists: Lists) -> Movements:
    """Return what happened to every entry from each list of its source to the next one that there is."""
    came, left, changed = _Gathered(lists), _Gathered(lists), _Gathered(lists)
    for source in range(len(lists.sources)):
        _of_source([(at, one) for at, one in enumerate(lists.lists) if one.source == source], came, left, changed)
    return Movements(came.moves(), left.moves(), changed.moves())


def _of_source(those: Sequence[tuple[int, List]], came: _Gathered, left: _Gathered, changed: _Gathered) -> None:
    if not those:
        return
    before, entries = those[0][1], those[0][1].numbers(packed_list.ENTRY)
    seen = [entries]
    first = len(came.parts)
    for at, now in those[1:]:
        there = now.numbers(packed_list.ENTRY)
        place = _found(entries, there)
        new = np.flatnonzero(place < 0)
        stayed = np.flatnonzero(place >= 0)
        was = place[stayed]
        gone = np.ones(len(entries), dtype=np.bool_)
        gone[was] = False
        later = (now.day - now.days[stayed].astype(np.int64)) - (before.day - before.days[was].astype(np.int64))
        moved = np.flatnonzero(later)
        came.add(at, now, new, np.zeros(len(new), dtype=np.int64))
        left.add(at, before, np.flatnonzero(gone), np.zeros(0, dtype=np.int64))
        changed.add(at, now, stayed[moved], later[moved])
        seen.append(there[new])
        before, entries = now, there
    again = _met_before(np.concatenate(seen))[len(seen[0]) :]
    for part, size in zip(came.parts[first:], map(len, seen[1:]), strict=True):
        part[2][:], again = again[:size], again[size:]


def _found(keys: Ints, wanted: Ints) -> Ints:
    """Return where each of `wanted` stands among `keys`, both rising; -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    lowest, span = int(keys[0]), int(keys[-1]) - int(keys[0]) + 1
    if span <= _TABLE * (len(keys) + len(wanted)):
        table = np.full(span + 1, -1, dtype=np.int32)  # the last for what is outside
        table[keys - lowest] = np.arange(len(keys), dtype=np.int32)
        inside = (wanted >= lowest) & (wanted < lowest + span)
        return table[np.where(inside, wanted - lowest, span)].astype(np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)


def _met_before(values: Ints) -> Ints:
    """Return 1 for each value that stands earlier too, else 0."""
    order = np.argsort(values, kind="stable")
    again = np.zeros(len(values), dtype=np.int64)
    again[order[1:]] = values[order[1:]] == values[order[:-1]]
    return again


class _Gathered:
    """Rows of lists that something happened to, put together at the end."""

    def __init__(self, lists: Lists) -> None:
        self._words = lists.words
        self.parts: list[tuple[int, dict[str, Small], Ints, Ints]] = []

    def add(self, at: int, one: List, rows: Ints, amount: Ints) -> None:
        self.parts.append((at, {name: one.columns[name][rows] for name in MOVED}, amount, rows))

    def moves(self) -> Moves:
        ends = np.cumsum([0, *(len(rows) for _at, _columns, _amount, rows in self.parts)]).tolist()
        parts = tuple((part[0], *span) for part, span in zip(self.parts, pairwise(ends), strict=True))
        nothing = np.zeros(0, dtype=np.int64)
        amount = np.concatenate([nothing, *(amount for _at, _columns, amount, _rows in self.parts)])
        row = np.concatenate([nothing, *(rows for _at, _columns, _amount, rows in self.parts)])
        return Moves(parts, {name: self._together(name) for name in MOVED}, amount, row)

    def _together(self, name: str) -> Small:
        parts = [columns[name] for _at, columns, _amount, _rows in self.parts]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.min_scalar_type(len(self._words[name])))


def counted_by_list(lists: Lists, moves: Moves, chosen: Chosen, *, again: bool = False) -> Ints:
    """Return how many of a scope something happened to, for each list; with `again` of those whose amount is not 0."""
    within = chosen.of(moves.columns)
    if again:
        back = moves.amount != 0
        within = back if within is None else within & back
    found = np.zeros(len(lists.lists), dtype=np.int64)
    for at, start, end in moves.parts:
        found[at] = end - start if within is None else np.count_nonzero(within[start:end])
    return found
