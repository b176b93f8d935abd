"""R3, second half, and R4: the events that triggers make, their dates, and what R5 finds for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.candidates import Found
from kvalitetsapp.analysis.coding import (
    JOINTS,
    LEFT,
    NO_JOINT,
    NO_LEVEL,
    NO_WINDOW,
    RIGHT,
    SIDES,
    UNKNOWN,
    day_numbers,
    ranges,
)

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.candidates import CandidateFinder
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.triggers import Triggers

_LATE: Final = 2**31 - 1
_FIRST_SIDE: Final = np.array([UNKNOWN, RIGHT, LEFT, RIGHT], dtype=np.int8)  # none told, right, left, both


@dataclass(frozen=True, slots=True)
class Events:
    """Events and what belongs to them.

    `row` is the episode's place, `joint` NO_JOINT where no trigger tells it, `window` the widest of the triggers',
    `several_joints` tells that a diagnosis without joint made events of more than one. `trigger` and `event` pair
    triggers with the events they belong to.
    """

    row: Ints
    joint: Ints
    side: Ints
    day: Ints
    window: Ints
    found: Found
    several_joints: Bools
    trigger: Ints
    event: Ints

    @property
    def unlinked(self) -> Bools:
        """Which have no candidate."""
        return self.found.operation < 0

    def group(self) -> Ints:
        """Return row × joints + joint of each event (of a joint)."""
        return self.row * len(JOINTS) + self.joint


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What events are judged against: the episodes, the sides that each holds, the finder of R5."""

    episodes: pd.DataFrame
    held: Ints
    finder: CandidateFinder

    def admitted(self, row: Ints) -> Ints:
        """Return the days of admission of the episodes at these places."""
        return day_numbers(self.episodes["admitted"].iloc[row])


def make_events(triggers: Triggers, around: Surroundings) -> Events:
    """Return the events of all episodes (R3–R5); those that only windows made and no operation meets are left out."""
    named = _valid(_named_events(triggers, around))
    loose_ones = np.flatnonzero(triggers.joint == NO_JOINT)
    if not len(loose_ones):
        return named
    named, loose = _with_joining(named, triggers, loose_ones, around)
    made = _made_by_loose(named, triggers, loose, around)
    return _together(named, made, _without_joint(named, made, triggers, loose, around))


def _named_events(triggers: Triggers, around: Surroundings) -> Events:
    """Return an event for each episode and joint that triggers name, on both known sides one for each (R3)."""
    places = np.flatnonzero(triggers.joint != NO_JOINT)
    side = triggers.side[places]
    groups, group = _numbered(triggers.row[places] * len(JOINTS) + triggers.joint[places], len(around.held))
    told = np.zeros((len(groups), len(SIDES)), dtype=np.bool_)
    told[group, side] = True
    right, left = told[:, RIGHT], told[:, LEFT]
    twofold = right & left
    sides = _FIRST_SIDE[right + 2 * left]
    if not twofold.any():
        return _dated(groups, sides, places, group, triggers, around)
    first = np.arange(len(groups)) + np.cumsum(twofold) - twofold
    event = first[group] + (twofold[group] & (side == LEFT))
    shared = np.flatnonzero(twofold[group] & (side == UNKNOWN))  # of unknown side: belongs to both
    groups, sides = np.repeat(groups, 1 + twofold), np.repeat(sides, 1 + twofold)
    sides[first[twofold] + 1] = LEFT
    members = np.concatenate((places, places[shared])), np.concatenate((event, event[shared] + 1))
    return _dated(groups, sides, *members, triggers, around)


def _numbered(group: Ints, groups: int) -> tuple[Ints, Ints]:
    """Return the distinct groups in order, and the place of each among them."""
    if np.all(group[1:] > group[:-1]):  # one trigger in each, as mostly
        return group, np.arange(len(group), dtype=np.int32)
    there = np.zeros(groups, dtype=np.bool_)
    there[group] = True
    distinct = np.flatnonzero(there)
    number = np.empty(groups, dtype=np.int32)
    number[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct, number[group]


def _dated(group: Ints, side: Ints, trigger: Ints, event: Ints, triggers: Triggers, around: Surroundings) -> Events:
    """Return events with their day (R4: the earliest trigger procedure's, else admitted) and candidates (R5).

    `group` (row × joints + joint) and `side` of each event.
    """
    row = group // len(JOINTS)
    joint = (group - row * len(JOINTS)).astype(np.int8)
    surgery = triggers.level[trigger] != NO_LEVEL
    day = np.full(len(row), _LATE, dtype=np.int32)
    np.minimum.at(day, event, np.where(surgery, triggers.day[trigger], _LATE))
    without = np.flatnonzero(day == _LATE)
    day[without] = around.admitted(row[without])
    window = np.zeros(len(row), dtype=np.int32)
    np.maximum.at(window, event, triggers.window[trigger])
    found = around.finder.find(row, joint, side, day, window)
    return Events(row, joint, side, day, window, found, np.zeros(len(row), dtype=np.bool_), trigger, event)


def _valid(events: Events) -> Events:
    """Leave out the events that have neither a trigger without window nor a candidate (R6)."""
    kept = (events.window == NO_WINDOW) | ~events.unlinked
    if kept.all():
        return events
    number = np.cumsum(kept) - 1
    members = kept[events.event]
    found = events.found
    return Events(
        row=events.row[kept],
        joint=events.joint[kept],
        side=events.side[kept],
        day=events.day[kept],
        window=events.window[kept],
        found=Found(found.operation[kept], found.count[kept], found.unsure[kept]),
        several_joints=events.several_joints[kept],
        trigger=events.trigger[members],
        event=number[events.event[members]],
    )


def _with_joining(events: Events, triggers: Triggers, loose: Ints, around: Surroundings) -> tuple[Events, Ints]:
    """Add diagnoses without joint to the events whose candidates they reach; return those that reach none, too."""
    row = triggers.row[loose]
    begin, end = (np.searchsorted(events.row, row, side=side) for side in ("left", "right"))
    event = ranges(begin, end - begin)
    trigger = np.repeat(loose, end - begin)
    window = triggers.window[trigger]
    linked = ~events.unlinked[event]
    trigger, event, window = trigger[linked], event[linked], window[linked]
    passed = events.day[event] - around.finder.day_of(events.found.operation[event])
    reached = passed <= window  # also where there is no window
    trigger, event = trigger[reached], event[reached]
    joined = replace(
        events,
        trigger=np.concatenate((events.trigger, trigger)),
        event=np.concatenate((events.event, event)),
    )
    return _widened(joined, event, triggers.window[trigger], around), _without(loose, trigger, len(triggers.row))


def _without(places: Ints, others: Ints, count: int) -> Ints:
    """Return the places that are not among the others, all of them below `count`."""
    there = np.zeros(count, dtype=np.bool_)
    there[others] = True
    return places[~there[places]]


def _widened(events: Events, event: Ints, window: Ints, around: Surroundings) -> Events:
    """Look again for candidates of the events that a wider window has joined."""
    wide = events.window.copy()
    np.maximum.at(wide, event, window)
    changed = np.flatnonzero(wide != events.window)
    if not len(changed):
        return events
    again = around.finder.find(
        events.row[changed], events.joint[changed], events.side[changed], events.day[changed], wide[changed]
    )
    return replace(events, window=wide, found=events.found.replaced(changed, again))


def _made_by_loose(named: Events, triggers: Triggers, loose: Ints, around: Surroundings) -> Events:
    """Return the events that diagnoses without joint make of joints that nothing else in their episode names."""
    trigger = np.repeat(loose, len(JOINTS))
    joint = np.tile(np.arange(len(JOINTS), dtype=np.int8), len(loose))
    row, window = triggers.row[trigger], triggers.window[trigger]
    unknown = np.full(len(trigger), UNKNOWN, dtype=np.int8)
    free = around.held == 0
    free[named.group()] = False
    group = row * len(JOINTS) + joint
    found = around.finder.find(row, joint, unknown, around.admitted(row), window)
    reached = free[group] & (found.operation >= 0)
    groups, event = _numbered(group[reached], len(around.held))
    rows = groups // len(JOINTS)
    sides = np.full(len(groups), UNKNOWN, dtype=np.int8)
    made = _dated(groups, sides, trigger[reached], event, triggers, around)
    several = np.bincount(rows)[rows] > 1
    return replace(made, several_joints=several)


def _without_joint(named: Events, made: Events, triggers: Triggers, loose: Ints, around: Surroundings) -> Events:
    """Return the events of diagnoses without joint, window or candidate, where nothing else tells a joint (R6)."""
    told: Bools = np.any(around.held.reshape(-1, len(JOINTS)) != 0, axis=1)
    told[named.row] = True
    told[made.row] = True
    alone = loose[~told[triggers.row[loose]]]
    listed = np.zeros(len(told), dtype=np.bool_)
    listed[triggers.row[alone[triggers.window[alone] == NO_WINDOW]]] = True
    members = alone[listed[triggers.row[alone]]]
    rows, event = _numbered(triggers.row[members], len(told))
    nothing = np.zeros(len(rows), dtype=np.int32)
    return Events(
        row=rows,
        joint=np.full(len(rows), NO_JOINT, dtype=np.int8),
        side=np.full(len(rows), UNKNOWN, dtype=np.int8),
        day=around.admitted(rows),
        window=np.full(len(rows), NO_WINDOW, dtype=np.int32),
        found=Found(nothing - 1, nothing, nothing > 0),
        several_joints=nothing > 0,
        trigger=members,
        event=event,
    )


def _together(*parts: Events) -> Events:
    offsets = np.cumsum([0, *(len(part.row) for part in parts)])
    found = [part.found for part in parts]
    return Events(
        row=np.concatenate([part.row for part in parts]),
        joint=np.concatenate([part.joint for part in parts]),
        side=np.concatenate([part.side for part in parts]),
        day=np.concatenate([part.day for part in parts]),
        window=np.concatenate([part.window for part in parts]),
        found=Found(
            operation=np.concatenate([one.operation for one in found]),
            count=np.concatenate([one.count for one in found]),
            unsure=np.concatenate([one.unsure for one in found]),
        ),
        several_joints=np.concatenate([part.several_joints for part in parts]),
        trigger=np.concatenate([part.trigger for part in parts]),
        event=np.concatenate([part.event + offset for part, offset in zip(parts, offsets[:-1], strict=True)]),
    )
