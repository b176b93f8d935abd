"""Which counts of a table are not shown, so that no small number of persons can be read or worked out.

A table is a set of counts and the sums that hold between them. Small counts are hidden; then, as long as one of them
could be had back from the sums, the smallest count that protects it is hidden too. Counts that are never printed but
follow from the others (those beyond the first thirty days, those without the event) take part as `unseen`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

Key = TypeVar("Key", bound="Hashable")
SMALL: Final = 5
"""Fewer persons than this, but not none, are a small number."""
LARGEST_STRICT: Final = 7
"""The largest count that the strict mode hides."""
_PASSES: Final = 30  # ranges that narrow for longer than that creep towards a bound far away
STRICT_STEP: Final = 5
"""What the strict mode rounds to."""


@dataclass(frozen=True, slots=True)
class CountTable(Generic[Key]):
    """Counts by key, and sums as (total, its parts); `unseen` are never printed."""

    counts: Mapping[Key, int]
    sums: Sequence[tuple[Key, Sequence[Key]]]
    unseen: Collection[Key] = field(default=frozenset())


def hidden(table: CountTable[Key], largest: int = SMALL - 1) -> dict[Key, bool]:
    """Return the printed counts that must not be shown: those of 1 to `largest`, and what would give them away.

    True tells that it may be said of the count that it is small; of others nothing may be said. A reader knows the
    sums, what is said, and that no count is below 0.
    """
    small = {key for key, count in table.counts.items() if 0 < count <= largest}
    said = small - set(table.unseen)
    gone = small | set(table.unseen)
    while True:
        worked_out: set[Key] = _told(table, gone, said, largest)
        told = small & worked_out
        if not told:
            return {key: key in said for key in gone - set(table.unseen)}
        near = list(_near(table, told, gone))
        weak = next((one for one in near if _candidates(table, one, gone)), None)
        if weak is not None:
            gone.add(min(_candidates(table, weak, gone), key=lambda key: (table.counts[key], str(key))))
            continue
        left = said & {key for total, parts in near for key in (total, *parts)}
        if not left:
            return {key: key in said for key in gone - set(table.unseen)}
        said.discard(max(left, key=lambda key: (table.counts[key], str(key))))


def _told(table: CountTable[Key], gone: set[Key], said: set[Key], largest: int) -> set[Key]:
    """Return the hidden counts that a reader can work out."""
    pinned = {key for key, (least, most) in _ranges(table, gone, said, largest).items() if least == most}
    return pinned or set(determined(table, gone))


def _ranges(table: CountTable[Key], gone: set[Key], said: set[Key], largest: int) -> dict[Key, tuple[int, int]]:
    """Return between what each hidden count must lie, each sum narrowing what the others leave."""
    ceiling = sum(table.counts.values()) + 1
    ranges = {key: (1, largest) if key in said else (0, ceiling) for key in gone}
    for _pass in range(_PASSES):
        changed = False
        for total, parts in table.sums:
            for key in (total, *parts):
                if key in ranges:
                    narrowed = _narrowed(table, ranges, total, parts, key)
                    changed = changed or narrowed != ranges[key]
                    ranges[key] = narrowed
        if not changed:
            break
    return ranges


def _narrowed(
    table: CountTable[Key], ranges: Mapping[Key, tuple[int, int]], total: Key, parts: Sequence[Key], key: Key
) -> tuple[int, int]:
    """Return the range of one count of a sum, as far as the others tell it."""

    def span(one: Key) -> tuple[int, int]:
        return ranges.get(one, (table.counts[one], table.counts[one]))

    others = [span(one) for one in parts if one != key]
    least, most = sum(low for low, _high in others), sum(high for _low, high in others)
    if key != total:
        least, most = span(total)[0] - most, span(total)[1] - least
    low, high = ranges[key]
    return max(low, least), min(high, most)


def _near(table: CountTable[Key], told: set[Key], gone: set[Key]) -> Iterable[tuple[Key, Sequence[Key]]]:
    """Return the sums that tell of some counts, the nearest first: they hold one, or share what is hidden."""
    reached, left = set(told), list(table.sums) if told else []
    while left:
        here = [one for one in left if reached & {one[0], *one[1]}]
        if not here:
            return
        yield from here
        left = [one for one in left if one not in here]
        reached |= {key for total, parts in here for key in (total, *parts) if key in gone}


def determined(table: CountTable[Key], gone: Collection[Key]) -> dict[Key, int]:
    """Return the counts among `gone` that follow from the others by the sums."""
    unknown = sorted((key for key in gone), key=str)
    place = {key: n for n, key in enumerate(unknown)}
    rows = [_equation(table, one, place) for one in table.sums if place.keys() & {one[0], *one[1]}]
    return {unknown[n]: int(value) for n, value in _solved(rows, len(unknown)).items()}


def _candidates(table: CountTable[Key], one: tuple[Key, Sequence[Key]], gone: Collection[Key]) -> list[Key]:
    """Return what may be hidden of a sum: parts that are not nothing, else the total."""
    total, parts = one
    left = [key for key in parts if key not in gone and table.counts[key] > 0]
    return left or ([total] if total not in gone else [])


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
        rows = [_without(row, scaled, column) for row in rows]
        done = [(lead, *_without((factors, known), scaled, column)) for lead, factors, known in done]
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
