"""Whether what is about to leave the department gives away a small number together with what has left before.

Cells of one table are known by row and column, each made of parts with `/` between them; a part that is `*` is the sum
over that part. Two releases of the same day of data are read as one table; two of different days are subtracted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import small_numbers
from kvalitetsapp.domain.small_numbers import SMALL, CountTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.released import Cell, Release

ANY: Final = "*"
_SEPARATOR: Final = "/"
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A cell that would tell of 1–4 persons, and the earlier release without which it would not."""

    cell: Cell
    earlier: Release


def given_away(new: Sequence[Cell], data_cut: str, earlier: Sequence[Release]) -> tuple[GivenAway, ...]:
    """Return cells that could be worked out from the new and the earlier releases together, one a table at most."""
    found: dict[str, GivenAway] = {}
    seen: set[frozenset[Cell]] = set()
    for release in earlier:
        told = _same_day(new, release, seen) if release.data_cut == data_cut else _subtracted(new, release)
        for cell in told:
            found.setdefault(cell.table, GivenAway(cell, release))
    return tuple(found.values())


def given_away_alone(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the hidden cells that a report gives away all by itself: none, as long as its tables are right."""
    found: dict[str, Cell] = {}
    tables: dict[str, dict[Place, Cell]] = defaultdict(dict)
    for cell in cells:
        tables[cell.table][_place(cell)] = cell
    for name, table in tables.items():
        for cell in _following(table):
            found.setdefault(name, cell)
    return tuple(found.values())


def _subtracted(new: Sequence[Cell], release: Release) -> Iterable[Cell]:
    """Return the cells that both show and that differ by a small number: those who came between the two days."""
    before = {(cell.table, cell.row, cell.column): cell for cell in release.cells}
    for cell in new:
        known = before.get((cell.table, cell.row, cell.column))
        if known is not None and not cell.hidden and not known.hidden and 0 < abs(cell.count - known.count) < SMALL:
            yield cell


def _same_day(new: Sequence[Cell], release: Release, seen: set[frozenset[Cell]]) -> Iterable[Cell]:
    """Return the hidden cells of either that follow when both are read as one; what was `seen` told of none."""
    tables: dict[str, dict[Place, Cell]] = defaultdict(dict)
    wanted = {cell.table for cell in new}
    for cell in chain((one for one in release.cells if one.table in wanted), new):
        place = _place(cell)
        known = tables[cell.table].get(place)
        tables[cell.table][place] = cell if known is None or known.hidden else known
    for cells in tables.values():
        read = frozenset(cells.values())
        if read not in seen:
            seen.add(read)
            yield from _following(cells)


def _following(cells: Mapping[Place, Cell]) -> Iterable[Cell]:
    """Return the hidden small cells of a table that its sums determine."""
    counts = {place: cell.count for place, cell in cells.items()}
    gone = {place for place, cell in cells.items() if cell.hidden}
    sums: list[tuple[Place, Sequence[Place]]] = []
    for total, told in _sums(cells):
        parts = list(told)
        rest = counts[total] - sum(counts[part] for part in parts)
        if rest < 0:
            continue  # corrected between the two: no sum holds between them
        if rest:
            unseen = (*total, "rest")
            counts[unseen] = rest
            gone.add(unseen)
            parts.append(unseen)
        sums.append((total, parts))
    found = small_numbers.determined(CountTable(counts, sums), gone)
    return (cells[place] for place, count in found.items() if place in cells and 0 < count < SMALL)


def _sums(cells: Mapping[Place, Cell]) -> Iterable[tuple[Place, list[Place]]]:
    """Return every total with its parts: cells that say something at some of its `*`, and are like it elsewhere."""
    alike: dict[tuple[tuple[int, ...], Place], list[Place]] = defaultdict(list)
    for place in cells:
        told = [n for n, part in enumerate(place) if part != ANY]
        for open_parts in _chosen(told):
            alike[open_parts, _opened(place, open_parts)].append(place)
    for (_open, total), parts in alike.items():
        if total in cells:
            yield total, parts


def _chosen(told: Sequence[int]) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(told, size) for size in range(1, len(told) + 1))


def _opened(place: Place, open_parts: Sequence[int]) -> Place:
    return tuple(ANY if n in open_parts else part for n, part in enumerate(place))


def _place(cell: Cell) -> Place:
    return (*cell.row.split(_SEPARATOR), *cell.column.split(_SEPARATOR))
