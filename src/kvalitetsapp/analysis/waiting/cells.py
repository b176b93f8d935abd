"""How many wait, counted once by what the screen drills into, and what changed from one list to the next."""

from __future__ import annotations

from dataclasses import dataclass
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

COUNTED: Final = ("county", "provider", "code", "deviation")
"""Columns that cells are counted by; a scope that names another is counted from the lists themselves."""
_CAUSES: Final = len(DEVIATIONS)
_KINDS: Final = _CAUSES * BANDS
_MOST_ROOM: Final = 4_000_000
_TABLE: Final = 8
MOVED: Final = ("county", "municipality", "provider", "code", "deviation", "priority")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How many entries (`n`) of a list (its place in `Lists.lists`) have the same columns and band."""

    of_list: Small
    columns: Mapping[str, Small]
    band: Small
    n: Small


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Entries that something happened to from one list of their source to the next, `of_list` being the later.

    Columns are as in the list that has the entry: the earlier for those who left, the later for others. `amount`
    is 1 for an entry that came back (`came`), and by how many days the decision became later (`changed`).
    """

    of_list: Small
    columns: Mapping[str, Small]
    amount: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """Who came, who left, and whose day of decision changed."""

    came: Moves
    left: Moves
    changed: Moves


def cells(lists: Lists) -> Cells:
    """Count every list by `COUNTED` and band."""
    room = [len(lists.words[name]) for name in COUNTED[:-1]]
    found = [_of_list(one, room) for one in lists.lists]
    places = np.concatenate([place for place, _n in found]) if found else np.zeros(0, dtype=np.int64)
    of_list = np.repeat(np.arange(len(found), dtype=np.int16), [len(place) for place, _n in found])
    kinds = (places % _KINDS).astype(np.uint8)
    rest = places // _KINDS
    columns: dict[str, Small] = {"deviation": kinds // BANDS}
    for name, size in zip(reversed(COUNTED[:-1]), reversed(room), strict=True):
        columns[name] = (rest % size).astype(np.min_scalar_type(size))
        rest //= size
    n = np.concatenate([n for _place, n in found]) if found else np.zeros(0, dtype=np.int64)
    return Cells(of_list, columns, kinds % BANDS, n)


def _of_list(one: List, room: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the cells of a list that somebody waits in, and how many."""
    place = one.columns[COUNTED[0]].astype(np.int64)
    for name, size in zip(COUNTED[1:-1], room[1:], strict=True):
        place = place * size + one.columns[name]
    place = place * _KINDS + (one.columns["deviation"] * BANDS + bands(one.days))
    if int(np.prod(room)) * _KINDS > _MOST_ROOM:
        return np.unique(place, return_counts=True)
    counted = np.bincount(place)
    met = np.flatnonzero(counted)
    return met, counted[met]


def by_month(lists: Lists, counted: Cells, chosen: Chosen) -> Ints:
    """Return how many wait in a scope: for each list by deviation and band."""
    size = len(lists.lists) * _KINDS
    if chosen.needs("municipality", "priority"):
        found = [_kinds(one, chosen.of(one.columns)) for one in lists.lists]
        return np.array(found, dtype=np.int64).reshape(-1, _CAUSES, BANDS)
    within = chosen.of(counted.columns)
    kinds = counted.of_list.astype(np.int64) * _KINDS + counted.columns["deviation"] * BANDS + counted.band
    n = counted.n
    if within is not None:
        kinds, n = kinds[within], n[within]
    return np.bincount(kinds, weights=n, minlength=size).astype(np.int64).reshape(-1, _CAUSES, BANDS)


def _kinds(one: List, within: Flags | None) -> Ints:
    kinds = one.columns["deviation"] * BANDS + bands(one.days)
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
        self.parts: list[tuple[int, dict[str, Small], Ints]] = []

    def add(self, at: int, one: List, rows: Ints, amount: Ints) -> None:
        self.parts.append((at, {name: one.columns[name][rows] for name in MOVED}, amount))

    def moves(self) -> Moves:
        sizes = [len(columns["county"]) for _at, columns, _amount in self.parts]
        columns = {name: self._together(name) for name in MOVED}
        of_list = np.repeat(np.array([at for at, _columns, _amount in self.parts], dtype=np.int16), sizes)
        amounts = [amount for _at, _columns, amount in self.parts]
        return Moves(of_list, columns, np.concatenate(amounts) if amounts else np.zeros(0, dtype=np.int64))

    def _together(self, name: str) -> Small:
        parts = [columns[name] for _at, columns, _amount in self.parts]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.min_scalar_type(len(self._words[name])))


def counted_by_list(lists: Lists, moves: Moves, chosen: Chosen, *, again: bool = False) -> Ints:
    """Return how many of a scope something happened to, for each list; with `again` of those whose amount is not 0."""
    within = chosen.of(moves.columns)
    if again:
        back = moves.amount != 0
        within = back if within is None else within & back
    of_list = moves.of_list if within is None else moves.of_list[within]
    return np.bincount(of_list, minlength=len(lists.lists))
