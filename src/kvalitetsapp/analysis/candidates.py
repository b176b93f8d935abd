"""R5: index operations that an event may belong to, found in one sorted list per person, joint and day.

All candidates of an event stand together in such a list, so an event needs only the place of the latest and the
place of the first. That an operation must be in another episode needs no look: what an episode's own operation is
compatible with never becomes an event of it (R3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.coding import JOINTS, NO_WINDOW, SIDES, UNKNOWN, run_starts

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.operations import Operations


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find for each event.

    `operation` is the latest candidate (−1: none), `count` how many candidates there are; `unsure` where they differ
    in side or two stand on that latest day (R6).
    """

    operation: Ints
    count: Ints
    unsure: Bools

    def replaced(self, places: Ints, other: Found) -> Found:
        """Return this with `other` at `places`."""
        changed = Found(self.operation.copy(), self.count.copy(), self.unsure.copy())
        changed.operation[places] = other.operation
        changed.count[places] = other.count
        changed.unsure[places] = other.unsure
        return changed


class _Ordered:
    """Operations sorted by group and day, the one that is named on a day standing last of that day.

    Groups are small (what one person had done to one joint), so a place is found by walking from the group's end.
    """

    def __init__(self, group: Ints, groups: int, operations: Operations) -> None:
        first = int(operations.day.min()) if len(operations.day) else 0
        span = int(operations.day.max()) - first + 1 if len(operations.day) else 1
        keys = group.astype(np.int64) * span + (operations.day - first)
        order: Ints = np.argsort(keys)  # what is equal is put in order next, by names
        keys = keys[order]
        order = _named_last(order, keys, operations)
        self._offsets = np.zeros(groups + 1, dtype=np.int32)
        np.cumsum(np.bincount(group, minlength=groups), out=self._offsets[1:])
        self._day = operations.day[order]
        self._order = np.append(order, -1)  # what the place −1 stands for
        self._twin = np.zeros(len(keys) + 1, dtype=np.bool_)
        self._twin[1:-1] = keys[1:] == keys[:-1]
        self._sides = group * len(SIDES) + operations.side

    @cached_property
    def _side_starts(self) -> Ints:
        """Where the run of operations of one group and side begins that each belongs to."""
        return np.append(run_starts(self._sides[self._order[:-1]]), -1)

    def until(self, group: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Return the place of the group's last operation on or before each day (−1: none), and that of its first."""
        first, place = self._offsets[group], self._offsets[group + 1] - 1
        late = np.flatnonzero((place >= first) & (self._day[place] > day))
        while len(late):
            place[late] -= 1
            late = late[place[late] >= first[late]]
            late = late[self._day[place[late]] > day[late]]
        place[place < first] = -1
        return place, first

    def within(self, group: Ints, day: Ints, window: Ints) -> tuple[Ints, Ints]:
        """Return the places of the group's last and first operation at most `window` days before each day."""
        last, first = self.until(group, day)
        limited = np.flatnonzero((window < NO_WINDOW) & (last >= 0))
        first[limited] = self.first_from(last[limited], first[limited], day[limited] - window[limited])
        last[last < first] = -1
        return last, first

    def first_from(self, last: Ints, first: Ints, day: Ints) -> Ints:
        """Return the place of the first operation on or after each day, walking back from `last` to `first`."""
        place = last + 1
        near = np.arange(len(last))
        while len(near):
            near = near[place[near] > first[near]]
            near = near[self._day[place[near] - 1] >= day[near]]
            place[near] -= 1
        return place

    def found(self, last: Ints, first: Ints) -> Found:
        """Return what stands from the place `first` to the place `last` of each event (last −1: nothing)."""
        return Found(
            operation=self._order[last],
            count=np.where(last >= 0, last - first + 1, 0),
            unsure=self._twin[last] & (last > first),
        )

    def differ_in_side(self, last: Ints, first: Ints) -> Bools:
        """Tell whether operations from the place `first` to the place `last` of each event differ in side."""
        return self._side_starts[last] > first


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
        """Prepare for events of `persons`, one per episode of the frame: numbers from 0, without wide gaps."""
        self._operations = operations
        self._person = persons
        self._groups = (int(persons.max()) + 1 if len(persons) else 0) * len(JOINTS)
        self._group = persons[operations.row] * len(JOINTS) + operations.joint

    @cached_property
    def _any_side(self) -> _Ordered:
        return _Ordered(self._group, self._groups, self._operations)

    @cached_property
    def _one_side(self) -> _Ordered:
        group = self._group * len(SIDES) + self._operations.side
        return _Ordered(group, self._groups * len(SIDES), self._operations)

    def day_of(self, operation: Ints) -> Ints:
        """Return the day of each operation."""
        return self._operations.day[operation]

    def find(self, row: Ints, joint: Ints, side: Ints, day: Ints, window: Ints) -> Found:
        """Return what events of these episodes, joints, sides and days find within `window` days.

        A joint's procedures have no window, so that one seldom narrows events of a known side.
        """
        if not len(self._group) or not len(row):
            nothing = np.zeros(len(row), dtype=np.int64)
            return Found(nothing - 1, nothing, nothing > 0)
        group = self._person[row] * len(JOINTS) + joint
        known = side != UNKNOWN
        if known.all():
            return self._find_known(group, side, day, window)
        places, others = np.flatnonzero(known), np.flatnonzero(~known)
        one = self._find_known(group[places], side[places], day[places], window[places])
        other = self._find_unknown(group[others], day[others], window[others])
        return _merged(len(row), (places, one), (others, other))

    def _find_unknown(self, group: Ints, day: Ints, window: Ints) -> Found:
        ordered = self._any_side
        last, first = ordered.within(group, day, window)
        found = ordered.found(last, first)
        return replace(found, unsure=found.unsure | ordered.differ_in_side(last, first))

    def _find_known(self, group: Ints, side: Ints, day: Ints, window: Ints) -> Found:
        ordered = self._one_side
        last, first = ordered.within(group * len(SIDES) + side, day, window)
        missed = np.flatnonzero(last < 0)
        last[missed], first[missed] = ordered.within(group[missed] * len(SIDES) + UNKNOWN, day[missed], window[missed])
        return ordered.found(last, first)


def _merged(count: int, *parts: tuple[Ints, Found]) -> Found:
    nothing = np.zeros(count, dtype=np.int64)
    whole = Found(nothing, nothing.copy(), nothing > 0)
    for places, part in parts:
        whole.operation[places] = part.operation
        whole.count[places] = part.count
        whole.unsure[places] = part.unsure
    return whole
