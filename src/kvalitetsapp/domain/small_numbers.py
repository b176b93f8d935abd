"""Which counts of a table are not shown, so that no small number of persons can be read or worked out.

A table is a set of counts and the sums that hold between them. Small counts are hidden; then, as long as one of them
could be had back from the sums, the smallest count that protects it is hidden too. Counts that are never printed but
follow from the others (those beyond the first thirty days, those without the event) take part as `unseen`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

Key = TypeVar("Key", bound="Hashable")
SMALL: Final = 5
"""Fewer persons than this, but not none, are a small number."""
LARGEST_STRICT: Final = 7
"""The largest count that the strict mode hides."""
_NEAREST: Final = 3  # sums that are looked in for what is best hidden
_TRIES: Final = 400  # where none is found more is hidden, which is never wrong
STRICT_STEP: Final = 5
"""What the strict mode rounds to."""


@dataclass(frozen=True, slots=True)
class CountTable(Generic[Key]):
    """Counts by key, and sums as (total, its parts); `unseen` are never printed, `last` are best left to be seen."""

    counts: Mapping[Key, int]
    sums: Sequence[tuple[Key, Sequence[Key]]]
    unseen: Collection[Key] = field(default=frozenset())
    last: Collection[Key] = field(default=frozenset())


def hidden(table: CountTable[Key], largest: int = SMALL - 1) -> dict[Key, bool]:
    """Return the printed counts that must not be shown: those of 1 to `largest`, and what would give them away.

    True tells that it may be said of the count that it is small; of others nothing may be said. A reader knows the
    sums, what is said, and that no count is below 0. A small count is safe where another table, in which it is another
    number, reads just the same; until there is one more is hidden, or less is said.
    """
    small = [key for key, count in table.counts.items() if 0 < count <= largest]
    reader = _Reader(table, {*small, *table.unseen}, set(small) - set(table.unseen), largest)
    safe: set[Key] = set()
    for key in sorted(small, key=lambda one: (table.counts[one], str(one))):
        while key not in safe:
            moves = reader.another(key)
            safe |= moves.keys()
            if not moves and not reader.told_less(key):
                break
    return {key: key in reader.said for key in table.counts if key in reader.gone and key not in table.unseen}


class _Reader(Generic[Key]):
    """What somebody with the table in hand knows: the sums, what is hidden, and what is said to be small."""

    def __init__(self, table: CountTable[Key], gone: set[Key], said: set[Key], largest: int) -> None:
        self._counts, self._last, self._largest = table.counts, table.last, largest
        self.gone, self.said = gone, said
        self._stuck: list[tuple[Key, Sequence[Key]]] = []
        self._sums: dict[Key, list[tuple[Key, Sequence[Key]]]] = defaultdict(list)
        for one in table.sums:
            for key in {one[0], *one[1]}:
                self._sums[key].append(one)

    def another(self, key: Key) -> Mapping[Key, int]:
        """Return by how much counts differ in another table that reads the same, `key` among them; empty: none."""
        self._stuck.clear()
        for step in (1, -1):
            moves = {key: step}
            if self._may(key, step) and self._balanced(moves, [_TRIES]):
                return moves
        return {}

    def told_less(self, key: Key) -> bool:
        """Hide one more count where another table got stuck, else say less of those hidden; False: nothing is left.

        Where it did not get stuck but was too far away, what is near is looked at.
        """
        return any(self._hidden_in(sums) or self._unsaid_in(sums) for sums in (self._stuck, list(self._near(key))))

    def _hidden_in(self, sums: Sequence[tuple[Key, Sequence[Key]]]) -> bool:
        found = list(islice(filter(None, map(self._candidates, sums)), _NEAREST))
        ways = [(one in self._last, place, self._order(one), one) for place, each in enumerate(found) for one in each]
        self.gone.update(way[-1] for way in sorted(ways, key=lambda way: way[:-1])[:1])
        return bool(ways)

    def _unsaid_in(self, sums: Sequence[tuple[Key, Sequence[Key]]]) -> bool:
        left = self.said & {one for total, parts in sums for one in (total, *parts)}
        if left:
            self.said.discard(max(left, key=self._order))
        return bool(left)

    def _order(self, key: Key) -> tuple[int, str]:
        return self._counts[key], str(key)

    def _may(self, key: Key, step: int) -> bool:
        count = self._counts[key] + step
        return key in self.gone and (1 <= count <= self._largest if key in self.said else count >= 0)

    def _balanced(self, moves: dict[Key, int], left: list[int]) -> bool:
        """Add moves until every sum holds again; the tries that are left are counted down."""
        ways = self._ways(moves)
        if ways is None:
            return True
        for key, way in ways:
            left[0] -= 1
            if left[0] < 0:
                return False
            moves[key] = way
            if self._balanced(moves, left):
                return True
            del moves[key]
        return False

    def _ways(self, moves: Mapping[Key, int]) -> list[tuple[Key, int]] | None:
        """Return what may mend the sum that least can mend, those in fewest sums first; None where every sum holds."""
        found: list[tuple[Key, int]] | None = None
        mended: tuple[Key, Sequence[Key]] | None = None
        for one in {id(one): one for key in moves for one in self._sums[key]}.values():
            total, parts = one
            by = sum(moves.get(part, 0) for part in parts) - moves.get(total, 0)
            if by:
                step = 1 if by > 0 else -1
                each = [(total, step), *((part, -step) for part in parts)]
                free = [(key, way) for key, way in each if key not in moves and self._may(key, way)]
                if found is None or len(free) < len(found):
                    found, mended = free, one
        if mended is not None and not found:
            self._stuck.append(mended)
        return (
            None
            if found is None
            else sorted(found, key=lambda way: (len(self._sums[way[0]]), -self._counts[way[0]], str(way[0])))
        )

    def _near(self, key: Key) -> Iterable[tuple[Key, Sequence[Key]]]:
        """Return the sums that tell of a count, the nearest first: they hold it, or share what is hidden."""
        reached, seen = [key], {key}
        given: set[int] = set()
        for one in reached:
            for each in self._sums[one]:
                if id(each) not in given:
                    given.add(id(each))
                    yield each
                    more = [found for found in (each[0], *each[1]) if found in self.gone and found not in seen]
                    seen.update(more)
                    reached += more

    def _candidates(self, one: tuple[Key, Sequence[Key]]) -> list[Key]:
        """Return what may be hidden of a sum: parts that are not nothing, else the total."""
        total, parts = one
        left = [key for key in parts if key not in self.gone and self._counts[key] > 0]
        return left or ([total] if total not in self.gone else [])


def determined(table: CountTable[Key], gone: Collection[Key]) -> dict[Key, int]:
    """Return the counts among `gone` that follow from the others by the sums."""
    hidden_ones = set(gone)
    found: dict[Key, int] = {}
    for unknown, sums in _apart(table, hidden_ones):
        place = {key: n for n, key in enumerate(unknown)}
        rows = [_equation(table, one, place) for one in sums]
        found |= {unknown[n]: int(value) for n, value in _solved(rows, len(unknown)).items()}
    return found


def _apart(table: CountTable[Key], gone: set[Key]) -> Iterable[tuple[list[Key], list[tuple[Key, Sequence[Key]]]]]:
    """Give the hidden counts that sums hold together, with those sums, one group after another."""
    by_key: dict[Key, list[int]] = defaultdict(list)
    held = [[key for key in {one[0], *one[1]} if key in gone] for one in table.sums]
    for n, keys in enumerate(held):
        for key in keys:
            by_key[key].append(n)
    left = set(by_key)
    while left:
        group, taken = [left.pop()], set()
        for key in group:
            for n in by_key[key]:
                if n not in taken:
                    taken.add(n)
                    more = [one for one in held[n] if one in left]
                    left.difference_update(more)
                    group += more
        yield sorted(group, key=str), [table.sums[n] for n in sorted(taken)]


def _equation(
    table: CountTable[Key], one: tuple[Key, Sequence[Key]], place: Mapping[Key, int]
) -> tuple[dict[int, Fraction], Fraction]:
    """Return the sum as Σ coefficient × unknown = known."""
    total, parts = one
    factors: dict[int, Fraction] = {}
    known = Fraction(0)
    for key, sign in ((total, -1), *((part, 1) for part in parts)):
        if key in place:
            factors[place[key]] = factors.get(place[key], Fraction(0)) + sign
        else:
            known -= sign * table.counts[key]
    return factors, known


def _solved(rows: list[tuple[dict[int, Fraction], Fraction]], unknowns: int) -> dict[int, Fraction]:
    """Return the unknowns that equations determine, by elimination to reduced form."""
    rows = [(dict(factors), known) for factors, known in rows]
    done: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for column in range(unknowns):
        pivot = next((row for row in rows if row[0].get(column)), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        scaled = _scaled(pivot, pivot[0][column])
        rows = [_without(row, scaled, column) if column in row[0] else row for row in rows]
        done = [
            (lead, *_without((factors, known), scaled, column)) if column in factors else (lead, factors, known)
            for lead, factors, known in done
        ]
        done.append((column, *scaled))
    return {lead: known for lead, factors, known in done if sum(1 for one in factors.values() if one) == 1}


def _scaled(row: tuple[dict[int, Fraction], Fraction], by: Fraction) -> tuple[dict[int, Fraction], Fraction]:
    return {column: factor / by for column, factor in row[0].items()}, row[1] / by


def _without(
    row: tuple[dict[int, Fraction], Fraction], pivot: tuple[dict[int, Fraction], Fraction], column: int
) -> tuple[dict[int, Fraction], Fraction]:
    factor = row[0].get(column, Fraction(0))
    if not factor:
        return row
    columns = row[0].keys() | pivot[0].keys()
    factors = {one: row[0].get(one, Fraction(0)) - factor * pivot[0].get(one, Fraction(0)) for one in columns}
    return {one: value for one, value in factors.items() if value}, row[1] - factor * pivot[1]
