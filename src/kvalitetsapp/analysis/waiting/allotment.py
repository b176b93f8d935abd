"""Who can be placed where, exactly: those who come first are placed first, and all of them as cheaply as can be.

A minimum-cost flow by successive shortest paths, in whole numbers. Groups are few (a provider and a municipality) and
so are places, so what a group may trade with another is kept as one table of places by places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Ints

NEVER: Final = np.int64(2**60)
"""The cost of a place that a group cannot go to."""


class Allotment:
    """Places of a known room that groups are given in, at a cost for each group (row) and place (column).

    Whoever has been placed stays placed, but may be given another place so that others fit. After every `place` no
    other way of placing the same numbers costs less.
    """

    def __init__(self, room: Ints, cost: Ints) -> None:
        self.left = room.astype(np.int64).copy()
        self.placed: Ints = np.zeros(cost.shape, dtype=np.int64)
        self._cost = cost
        self._onward: tuple[Ints, Ints, Ints] | None = None

    @property
    def is_full(self) -> bool:
        """Tell whether no place has room left."""
        return not bool(self.left.any())

    def place(self, many: Ints) -> Ints:
        """Place as many of each group as there is room for, those who cost least first; return how many were not."""
        waits = many.astype(np.int64).copy()
        while waits.any() and not self.is_full:
            to_end, _onward, _trader = self._ways()
            whole = np.where((self._cost < NEVER) & (to_end < NEVER), self._cost + to_end, NEVER)
            whole[waits == 0] = NEVER
            group, first = divmod(int(whole.argmin()), len(to_end))
            if whole[group, first] >= NEVER:
                break
            waits[group] -= self._give(group, first, int(waits[group]))
        return waits

    def _give(self, group: int, place: int, many: int) -> int:
        """Give a place to as many of a group as the way allows; those in it who make room go on to the next."""
        _to_end, onward, trader = self._ways()
        steps = []
        end = place
        while self.left[end] == 0:
            after = int(onward[end])
            steps.append((int(trader[end, after]), end, after))
            end = after
        many = min(many, int(self.left[end]), *(int(self.placed[who, here]) for who, here, _after in steps))
        same_ways = not steps and self.left[end] > many  # who trades what matters only at a place that is full
        self.placed[group, place] += many
        for who, here, after in steps:
            self.placed[who, here] -= many
            self.placed[who, after] += many
        self.left[end] -= many
        if not same_ways:
            self._onward = None
        return many

    def _ways(self) -> tuple[Ints, Ints, Ints]:
        """Return by place what it costs to come on to one with room, the next place, and who trades with whom."""
        if self._onward is None:
            size = len(self.left)
            trades: Ints = np.full((size, size), NEVER, dtype=np.int64)
            trader: Ints = np.zeros((size, size), dtype=np.int64)
            for place in range(size):
                held = np.flatnonzero(self.placed[:, place])
                if len(held):
                    there = self._cost[held]
                    more = np.where(there < NEVER, there - there[:, [place]], NEVER)
                    trader[place] = held[more.argmin(axis=0)]
                    trades[place] = more.min(axis=0)
            self._onward = (*_shortest(trades, self.left > 0), trader)
        return self._onward


def _shortest(trades: Ints, is_end: Ints | np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[Ints, Ints]:
    """Return the least cost from every place to an end, and the next place on the way (Bellman–Ford)."""
    size = len(trades)
    to_end = np.where(is_end, np.int64(0), NEVER)
    onward: Ints = np.arange(size)
    for _round in range(size):
        through = np.where((trades < NEVER) & (to_end < NEVER), trades + to_end, NEVER)
        best = through.argmin(axis=1)
        shorter = through[np.arange(size), best] < to_end
        if not shorter.any():
            break
        onward = np.where(shorter, best, onward)
        to_end = np.where(shorter, through[np.arange(size), best], to_end)
    return to_end, onward
