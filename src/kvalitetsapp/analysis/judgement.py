"""R6 (competing surgery), R7 and R8: what is said of an event once its operation is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import (
    COMPATIBLE_BITS,
    JOINTS,
    LEFT,
    LEVEL_OF_ROLE,
    LEVELS,
    NO_CLASS,
    NO_DAY,
    NO_LEVEL,
    NO_WINDOW,
    RIGHT,
    SIDE_BIT,
)

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.events import Events
    from kvalitetsapp.analysis.operations import Operations
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.analysis.triggers import Triggers

_OPEN_SURGERY: Final = LEVELS.index("reoperation")
_SIDE_BITS: Final = np.append(SIDE_BIT, SIDE_BIT[RIGHT] | SIDE_BIT[LEFT])  # by number, `both` last
_NEVER: Final = 2**31 - 1


def complication_classes(events: Events, triggers: Triggers, days: Ints, linked: Ints) -> Ints:
    """Return the first class that a trigger gives whose window holds for the linked operation (R7).

    `days` from the operation to each event, `linked` its number or −1; without one only triggers without window count.
    """
    holds = _windows_hold(events, triggers, days, linked)
    first = np.full(len(events.row), NO_CLASS, dtype=np.int8)
    np.minimum.at(first, events.event, np.where(holds, triggers.complication_class[events.trigger], NO_CLASS))
    return first


def surgery_levels(events: Events, triggers: Triggers, days: Ints, linked: Ints) -> Ints:
    """Return the heaviest level of surgery among each event's triggers whose window holds (R8)."""
    holds = _windows_hold(events, triggers, days, linked)
    level = np.full(len(events.row), NO_LEVEL, dtype=np.int8)
    np.minimum.at(level, events.event, np.where(holds, triggers.level[events.trigger], NO_LEVEL))
    return level


def _windows_hold(events: Events, triggers: Triggers, days: Ints, linked: Ints) -> Bools:
    window = triggers.window[events.trigger]
    passed = np.where((linked >= 0) & (days >= 0), days, _NEVER)
    holds: Bools = (window == NO_WINDOW) | (passed[events.event] <= window)
    return holds


def competing_surgery(
    events: Events, linked: Ints, operations: Operations, procedures: Procedures, persons: Ints, providers: Ints
) -> Ints:
    """Return 1 for events where another provider operated between index operation and event (R6).

    Open reoperation or revision (an addition or extraction is one) of the index operation's joint and a side
    compatible with it, strictly after the one and strictly before the other. `persons` and `providers` by episode.
    """
    competing = np.zeros(len(events.row), dtype=np.int8)
    event = np.flatnonzero(linked >= 0)
    index = linked[event]
    group = persons[events.row[event]] * len(JOINTS) + operations.joint[index]
    surgery = _open_surgery(procedures, group, events.day[event], persons)
    watched = np.empty(surgery.groups, dtype=np.int64)
    # One linked operation of each person and joint at a time: few have several, so nothing need be paired or sorted.
    while len(event) and len(surgery.day):
        watched.fill(-1)
        watched[group] = index
        surgery = surgery.where(watched[surgery.group] >= 0)
        first = _first_competing(surgery, watched[surgery.group], operations, providers)
        now = watched[group] == index
        competing[event] |= now & (first[group] < events.day[event])
        others = np.flatnonzero(~now)
        event, index, group = event[others], index[others], group[others]
    return competing


@dataclass(frozen=True, slots=True)
class _Surgery:
    """Operations by episode (`row`), person and joint (`group`, below `groups`), side (as bits), day and window."""

    row: Ints
    group: Ints
    sides: Ints
    day: Ints
    window: Ints
    groups: int

    def where(self, chosen: Bools) -> _Surgery:
        """Return the chosen ones."""
        if chosen.all():
            return self
        places = np.flatnonzero(chosen)
        return _Surgery(
            self.row[places],
            self.group[places],
            self.sides[places],
            self.day[places],
            self.window[places],
            self.groups,
        )


def _open_surgery(procedures: Procedures, group: Ints, day: Ints, persons: Ints) -> _Surgery:
    """Return the open surgery before the last of the linked events, whose groups and days these are, in its group."""
    groups = (int(persons.max()) + 1 if len(persons) else 0) * len(JOINTS)
    end = np.full(groups, NO_DAY, dtype=np.int32)
    np.maximum.at(end, group, day)
    place = np.flatnonzero(LEVEL_OF_ROLE[procedures.role] <= _OPEN_SURGERY)
    of_place = persons[procedures.row[place]] * len(JOINTS) + procedures.joint[place]
    near = np.flatnonzero(procedures.day[place] < end[of_place])
    place = place[near]
    return _Surgery(
        procedures.row[place],
        of_place[near],
        _SIDE_BITS[procedures.side[place]],
        procedures.day[place],
        procedures.window[place],
        groups,
    )


def _first_competing(surgery: _Surgery, index: Ints, operations: Operations, providers: Ints) -> Ints:
    """Return for each group the day of the first surgery that competes with the operation it is put beside."""
    holds = operations.day[index] < surgery.day
    holds &= surgery.day - operations.day[index] <= surgery.window
    holds &= operations.provider[index] != providers[surgery.row]
    holds &= (COMPATIBLE_BITS[operations.side[index]] & surgery.sides) != 0
    first = np.full(surgery.groups, _NEVER, dtype=np.int32)
    np.minimum.at(first, surgery.group, np.where(holds, surgery.day, _NEVER))
    return first
