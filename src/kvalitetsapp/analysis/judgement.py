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
    surgery = procedures.where(LEVEL_OF_ROLE[procedures.role] <= _OPEN_SURGERY).by_side()
    group = persons[surgery.row] * len(JOINTS) + surgery.joint
    order = np.lexsort((surgery.day, group))
    group, day, row, side = group[order], surgery.day[order], surgery.row[order], surgery.side[order]
    event = np.flatnonzero(linked >= 0)
    index = linked[event]
    wanted = persons[events.row[event]] * len(JOINTS) + operations.joint[index]
    begin = _place(group, day, wanted, operations.day[index] + 1)
    end = np.maximum(begin, _place(group, day, wanted, events.day[event]))
    between = ranges(begin, end - begin)
    event, index = np.repeat(event, end - begin), np.repeat(index, end - begin)
    elsewhere = providers[row[between]] != operations.provider[index]
    same_side = (COMPATIBLE_BITS[operations.side[index]] & SIDE_BIT[side[between]]) != 0
    competing = np.zeros(len(events.row), dtype=np.int8)
    competing[event[elsewhere & same_side]] = 1
    return competing


def _place(group: Ints, day: Ints, wanted: Ints, wanted_day: Ints) -> Ints:
    """Return where in the sorted (group, day) each wanted pair would stand, before its equals."""
    low = int(day.min()) if len(day) else 0
    span = (int(day.max()) - low if len(day) else 0) + 2
    keys = group * span + (day - low)
    return np.searchsorted(keys, wanted * span + np.clip(wanted_day - low, 0, span - 1), side="left")
