"""R6 (competing surgery), R7 and R8: what is said of an event once its operation is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import (
    COMPATIBLE_BITS,
    JOINTS,
    LEVEL_OF_ROLE,
    LEVELS,
    NO_CLASS,
    NO_LEVEL,
    NO_WINDOW,
    SIDE_BIT,
    ranges,
)

if TYPE_CHECKING:
    from kvalitetsapp.analysis.coding import Ints
    from kvalitetsapp.analysis.events import Events
    from kvalitetsapp.analysis.operations import Operations
    from kvalitetsapp.analysis.procedures import Procedures
    from kvalitetsapp.analysis.triggers import Triggers

_OPEN_SURGERY: Final = LEVELS.index("reoperation")


def complication_classes(events: Events, triggers: Triggers, days: Ints, linked: Ints) -> Ints:
    """Return the first class that a trigger gives whose window holds for the linked operation (R7).

    `days` from the operation to each event, `linked` its number or −1; without one only triggers without window count.
    """
    window = triggers.window[events.trigger]
    passed = days[events.event]
    holds = (window == NO_WINDOW) | ((linked[events.event] >= 0) & (passed >= 0) & (passed <= window))
    first = np.full(len(events.row), NO_CLASS, dtype=np.int8)
    np.minimum.at(first, events.event[holds], triggers.complication_class[events.trigger[holds]])
    return first


def surgery_levels(events: Events, triggers: Triggers) -> Ints:
    """Return the heaviest level of surgery among each event's triggers (R8)."""
    level = np.full(len(events.row), NO_LEVEL, dtype=np.int8)
    np.minimum.at(level, events.event, triggers.level[events.trigger])
    return level


def competing_surgery(
    events: Events, linked: Ints, operations: Operations, procedures: Procedures, persons: Ints, providers: Ints
) -> Ints:
    """Return 1 for events where another provider operated between index operation and event (R6).

    Open reoperation or revision (an addition or extraction is one) of the index operation's joint and a side
    compatible with it, strictly after the one and strictly before the other. `persons` and `providers` by episode.
    """
    group, surgery = _near(procedures, events, linked, operations, persons)
    counts = np.bincount(group, minlength=int(persons.max()) * len(JOINTS) + len(JOINTS)) if len(group) else None
    competing = np.zeros(len(events.row), dtype=np.int8)
    if counts is None:
        return competing
    event = np.flatnonzero(linked >= 0)
    own = persons[events.row[event]] * len(JOINTS) + operations.joint[linked[event]]
    event, own = event[counts[own] > 0], own[counts[own] > 0]
    between = ranges(np.cumsum(counts)[own] - counts[own], counts[own])
    event = np.repeat(event, counts[own])
    index, row, day = linked[event], surgery.row[between], surgery.day[between]
    holds = (operations.day[index] < day) & (day < events.day[event])
    holds &= providers[row] != operations.provider[index]
    holds &= (COMPATIBLE_BITS[operations.side[index]] & SIDE_BIT[surgery.side[between]]) != 0
    competing[event[holds]] = 1
    return competing


def _near(
    procedures: Procedures, events: Events, linked: Ints, operations: Operations, persons: Ints
) -> tuple[Ints, Procedures]:
    """Return the open surgery that lies between the first linked operation and the last event of its person and joint.

    Sorted by person and joint, with that group's number.
    """
    event = np.flatnonzero(linked >= 0)
    index = linked[event]
    wanted = persons[events.row[event]] * len(JOINTS) + operations.joint[index]
    groups = (int(persons.max()) + 1 if len(persons) else 0) * len(JOINTS)
    begin, end = np.full(groups, 2**31 - 1, dtype=np.int32), np.full(groups, -(2**31), dtype=np.int32)
    np.minimum.at(begin, wanted, operations.day[index] if len(index) else 0)
    np.maximum.at(end, wanted, events.day[event])
    group = persons[procedures.row] * len(JOINTS) + procedures.joint
    near = LEVEL_OF_ROLE[procedures.role] <= _OPEN_SURGERY
    near &= (begin[group] < procedures.day) & (procedures.day < end[group])
    surgery = procedures.where(near).by_side()
    group = persons[surgery.row] * len(JOINTS) + surgery.joint
    order = np.argsort(group)
    return group[order], surgery.where(order)
