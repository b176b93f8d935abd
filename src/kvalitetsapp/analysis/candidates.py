"""R5: index operations that an event may belong to, found in one sorted list per person, joint and day.

All candidates of an event stand together in such a list, so an event needs only the place of the latest and the
place of the first. That an operation must be in another episode needs no look: what an episode's own operation is
compatible with never becomes an event of it (R3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.coding import JOINTS, NO_WINDOW, SIDES, UNKNOWN, run_starts

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.operations import Operations


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find for each event.

    `operation` is the latest candidate (−1: none), `day` its day, `count` how many candidates there are; `unsure`
    where they differ in side or two stand on that latest day (R6).
    """

    operation: Ints
    day: Ints
    count: Ints
    unsure: Bools

    def replaced(self, places: Ints, other: Found) -> Found:
        """Return this with `other` at `places`."""
        changed = Found(self.operation.copy(), self.day.copy(), self.count.copy(), self.unsure.copy())
        changed.operation[places] = other.operation
        changed.day[places] = other.day
        changed.count[places] = other.count
        changed.unsure[places] = other.unsure
        return changed


class _Ordered:
    """Operations sorted by group and day, the one that is named on a day standing last of that day."""

    def __init__(self, group: Ints, operations: Operations, clock: _Clock) -> None:
        keys = clock.keys(group, operations.day)
        order = np.argsort(keys, kind="stable")
        self.keys = keys[order]
        self.order = _named_last(order, self.keys, operations)
        self.group = group[self.order]
        self.starts = run_starts(self.group)
        self.side_starts = run_starts(self.group * len(SIDES) + operations.side[self.order])
        self.day = operations.day[self.order]
        self._clock = clock

    def until(self, group: Ints, day: Ints) -> Ints:
        """Return the place of the group's last operation on or before each day, −1 where there is none."""
        place = np.searchsorted(self.keys, self._clock.keys(group, day), side="right") - 1
        return np.where((place >= 0) & (self.group[place] == group), place, -1) if len(self.keys) else place

    def first_from(self, group: Ints, day: Ints) -> Ints:
        """Return the place of the group's first operation on or after each day."""
        return np.searchsorted(self.keys, self._clock.keys(group, day), side="left")

    def found(self, last: Ints, first: Ints) -> Found:
        """Return what stands from the place `first` to the place `last` of each event (last −1: nothing)."""
        some = last >= 0
        if not len(self.keys):
            nothing = np.zeros(len(last), dtype=np.int32)
            return Found(nothing - 1, nothing, nothing, some)
        place = np.where(some, last, 0)
        twin = np.maximum(place - 1, 0)
        same_day = (place > first) & (self.keys[twin] == self.keys[place])
        return Found(
            operation=np.where(some, self.order[place], -1),
            day=np.where(some, self.day[place], 0),
            count=np.where(some, place - first + 1, 0),
            unsure=some & (same_day | (self.side_starts[place] > first)),
        )


class _Clock:
    """Makes one sortable number of a group and a day."""

    def __init__(self, days: Ints) -> None:
        self._first = int(days.min()) if len(days) else 0
        self._span = (int(days.max()) - self._first if len(days) else 0) + 3

    def keys(self, group: Ints, day: Ints) -> Ints:
        """Return the numbers; days outside the operations' own count as the nearest outside."""
        return group * self._span + np.clip(day - self._first + 1, 0, self._span - 1)


def _named_last(order: Ints, keys: Ints, operations: Operations) -> Ints:
    """Put the smallest (episode reference, joint, side) last among operations with equal keys (R6)."""
    twins = np.zeros(len(keys), dtype=np.bool_)
    twins[1:] = keys[1:] == keys[:-1]
    twins[:-1] |= twins[1:]
    places = np.flatnonzero(twins)
    if not len(places):
        return order
    some = order[places]
    names = [(operations.episode_ref[i], SIDES[operations.side[i]]) for i in some.tolist()]
    rank = {name: place for place, name in enumerate(sorted(set(names), reverse=True))}
    ranks = np.fromiter((rank[name] for name in names), dtype=np.int64, count=len(names))
    order = order.copy()
    order[places] = some[np.lexsort((ranks, keys[places]))]
    return order


class CandidateFinder:
    """Answers, for many events at once, which index operations are their candidates (R5)."""

    def __init__(self, operations: Operations, persons: Ints) -> None:
        """Prepare for events of `persons`, one per episode of the frame the operations were made from."""
        self._person = persons
        clock = _Clock(operations.day)
        group = operations.person * len(JOINTS) + operations.joint
        self._any_side = _Ordered(group, operations, clock)
        self._one_side = _Ordered(group * len(SIDES) + operations.side, operations, clock)

    def find(self, row: Ints, joint: Ints, side: Ints, day: Ints, window: Ints) -> Found:
        """Return what events of these episodes, joints, sides and days find within `window` days.

        A window only narrows events of unknown side: a known side comes from a procedure, and procedures have none.
        """
        group = self._person[row] * len(JOINTS) + joint
        found = self._find_unknown(group, day, window)
        known = np.flatnonzero(side != UNKNOWN)
        return found.replaced(known, self._find_known(group[known], side[known], day[known]))

    def _find_unknown(self, group: Ints, day: Ints, window: Ints) -> Found:
        ordered = self._any_side
        last = ordered.until(group, day)
        first = ordered.starts[last] if len(ordered.keys) else np.zeros_like(last)
        limited = np.flatnonzero((window < NO_WINDOW) & (last >= 0))
        opened = ordered.first_from(group[limited], day[limited] - window[limited])
        first[limited] = np.maximum(first[limited], opened)
        return ordered.found(np.where(last >= first, last, -1), first)

    def _find_known(self, group: Ints, side: Ints, day: Ints) -> Found:
        ordered = self._one_side
        last = ordered.until(group * len(SIDES) + side, day)
        missed = np.flatnonzero(last < 0)
        last[missed] = ordered.until(group[missed] * len(SIDES) + UNKNOWN, day[missed])
        first = ordered.starts[last] if len(ordered.keys) else np.zeros_like(last)
        return ordered.found(last, first)
