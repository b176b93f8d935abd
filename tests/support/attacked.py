"""What somebody who has a published table can work out of its hidden cells: the least and most that each can be.

A linear program for each end of each range would take long, and most of them would say what is known already: every
solution of one tells a value of all the others too. A range is therefore looked into only until it is wider than one
person. What is told lies within what can be, and is exact where it is narrower than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.released import Cell

ONE_PERSON: Final = 1.0
_HALFWAY: Final = 2.5  # between the least and the most of what is small: the farther end is looked for first
_IMPOSSIBLE: Final = 2  # what scipy calls a program without any solution


def table(shown: Sequence[Sequence[str]], small: str) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the range of every hidden cell of a table whose last row and column are totals."""
    hidden = [(r, c) for r, row in enumerate(shown) for c, text in enumerate(row) if not _digits(text).isdigit()]
    place = {key: n for n, key in enumerate(hidden)}
    last_row, last = len(shown) - 1, len(shown[0]) - 1
    sums = [((r, last), [(r, c) for c in range(last)]) for r in range(len(shown))]
    sums += [((last_row, c), [(r, c) for r in range(last_row)]) for c in range(last + 1)]
    left, right = np.zeros((len(sums), len(hidden))), np.zeros(len(sums))
    for n, (total, parts) in enumerate(sums):
        for key, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            if key in place:
                left[n, place[key]] += sign
            else:
                right[n] -= sign * int(_digits(shown[key[0]][key[1]]))
    bounds = [(1.0, 4.0) if shown[r][c] == small else (0.0, None) for r, c in hidden]
    found = _looked_into(place.values(), left, right, bounds, [])
    return {key: found[n] for key, n in place.items()}


def _looked_into(
    wanted: Iterable[int],
    left: np.ndarray,
    right: np.ndarray,
    bounds: Sequence[tuple[float, float | None]],
    known: Sequence[Sequence[float]],
) -> dict[int, tuple[float, float]]:
    """Return the range of each wanted unknown of `left @ unknowns == right`, of which some solutions may be known."""
    solutions = [np.asarray(one, dtype=float) for one in known]
    found = {}
    for n in wanted:
        ends = [one[n] for one in solutions]
        for sign in (1.0, -1.0) if max(ends, default=0.0) > _HALFWAY else (-1.0, 1.0):
            if max(ends, default=0.0) - min(ends, default=0.0) > ONE_PERSON:
                break
            goal = np.zeros(left.shape[1])
            goal[n] = sign
            solved = linprog(goal, A_eq=left, b_eq=right, bounds=list(bounds))
            assert solved.status != _IMPOSSIBLE, "what is printed contradicts itself"
            if solved.status or solved.x is None:  # it could be anything
                ends.append(-sign * float("inf"))
            else:
                ends.append(float(solved.x[n]))
                solutions.append(solved.x)
        found[n] = (min(ends), max(ends))
    return found


def _digits(text: str) -> str:
    return text.replace("\u00a0", "")


Named = tuple[str, str, str]
"""Table, row and column of a count in the log of what has left."""


def released(cells: Iterable[Cell], nested: Iterable[tuple[Named, Named]]) -> dict[Named, tuple[float, float]]:
    """Return the range of every hidden cell of a report read as a whole, by the sums at `*` and what is nested.

    `nested` has counts that are parts of others. Nothing is known of what a sum has beyond its parts.
    """
    known = {(one.table, one.row, one.column): one for one in cells}
    counts: dict[Any, int] = {name: one.count for name, one in known.items()}
    sums: list[tuple[Any, list[Any]]] = []
    for name in counts:
        sums += [(total, [name]) for total in _totals(name) if total in counts]
    together: dict[Any, list[Any]] = {}
    for total, (name,) in sums:
        together.setdefault((total, _opened(name, total)), []).append(name)
    whole: list[tuple[Any, list[Any]]] = [(total, parts) for (total, _place), parts in together.items()]
    whole += [(outer, [inner]) for inner, outer in nested if inner in counts and outer in counts]
    return counted(counts, whole, {name: "" for name, one in known.items() if one.hidden}, "<5")


def counted(
    counts: Mapping[Any, int], sums: Iterable[tuple[Any, Sequence[Any]]], hidden: Mapping[Any, str], small: str
) -> dict[Any, tuple[float, float]]:
    """Return the range of every hidden count, given what is printed instead; what a sum lacks nobody knows."""
    every = dict(counts)
    gone = dict(hidden)
    equations: list[tuple[Any, list[Any]]] = []
    for total, parts in sums:
        rest = counts[total] - sum(counts[one] for one in parts)
        if rest >= 0:
            lacking = [("rest", len(every))] if rest else []
            every |= dict.fromkeys(lacking, rest)
            gone |= dict.fromkeys(lacking, "")
            equations.append((total, [*parts, *lacking]))
    found: dict[Any, tuple[float, float]] = {}
    for group in _connected(set(gone), equations):
        found |= _ranges(group, [one for one in equations if group & {one[0], *one[1]}], every, gone, small)
    return {name: ends for name, ends in found.items() if name in hidden}


def _totals(name: Named) -> list[Named]:
    table, row, column = name
    places = row.split("/")
    opened = [
        (table, "/".join([*places[:n], "*", *places[n + 1 :]]), column) for n, one in enumerate(places) if one != "*"
    ]
    return [*opened, *([(table, row, "*")] if column != "*" else [])]


def _opened(name: Named, total: Named) -> int:
    ours, theirs = [*name[1].split("/"), name[2]], [*total[1].split("/"), total[2]]
    return next(n for n, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other)


def _connected(hidden: set[Any], sums: Sequence[tuple[Any, Sequence[Any]]]) -> list[set[Any]]:
    groups: list[set[Any]] = []
    for names in filter(None, [*(hidden & {total, *parts} for total, parts in sums), *({one} for one in hidden)]):
        met = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names]
        groups.append(names.union(*met))
    return groups


def _ranges(
    names: set[Any],
    sums: Sequence[tuple[Any, Sequence[Any]]],
    counts: Mapping[Any, int],
    hidden: Mapping[Any, str],
    small: str,
) -> dict[Any, tuple[float, float]]:
    place = {name: n for n, name in enumerate(sorted(names, key=str))}
    left, right = np.zeros((len(sums), len(place))), np.zeros(len(sums))
    for n, (total, parts) in enumerate(sums):
        for name, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            if name in place:
                left[n, place[name]] += sign
            else:
                right[n] -= sign * counts[name]
    bounds = [(1.0, 4.0) if hidden[name] == small else (0.0, None) for name in place]
    risky = {name: n for name, n in place.items() if 0 < counts[name] <= 4}
    found = _looked_into(risky.values(), left, right, bounds, [[counts[name] for name in place]])
    return {name: found[n] for name, n in risky.items()}
