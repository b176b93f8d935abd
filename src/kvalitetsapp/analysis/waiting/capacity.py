"""What can be done against what comes in: weeks until a list is empty, and the operating time that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting import state
from kvalitetsapp.analysis.waiting.lists import WITHOUT
from kvalitetsapp.domain.waiting import MISSING, WaitingOutlook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.analysis.waiting.cells import Moves
    from kvalitetsapp.analysis.waiting.chosen import Chosen
    from kvalitetsapp.analysis.waiting.over_time import OverTime
    from kvalitetsapp.analysis.waiting.state import Month

Place = tuple[str, str]
"""A provider and a medical area, by key."""
MONTHS: Final = 12
"""Months back of which the inflow is the mean."""
_DAYS_OF_WEEK: Final = 7
_DAYS_OF_MONTH: Final = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Queue:
    """A provider's list in an area: inflow and capacity by week (None: not known), weeks until it is empty.

    `came` is how many the inflow is made of.
    """

    waiting: int
    minutes: int
    came: int
    per_week: float | None
    inflow: float | None
    weeks: float | None
    outlook: WaitingOutlook


def queues(
    month: Month, time: OverTime, came: Moves, chosen: Chosen, per_week: Mapping[Place, float], minutes: Sequence[int]
) -> dict[Place, Queue]:
    """Return the list of every provider and area where somebody waits or something can be done.

    `minutes` is the operating time of every code, 0 where it is not known.
    """
    areas = state.area_groups(month)
    words = [word or MISSING for word in month.lists.words["provider"]]
    place = month.those.columns["provider"].astype(np.int64) * len(areas.keys) + areas.group
    size = len(words) * len(areas.keys)
    waiting = np.bincount(place, minlength=size)
    each = np.array(minutes or [0], dtype=np.int64)[month.those.columns["code"]]
    needed = np.bincount(place, weights=each, minlength=size)
    told = sorted(time.came)[-MONTHS:]
    came_in = _came(month, came, chosen, told, areas.keys)
    found: dict[Place, Queue] = {}
    keys = [(provider, area) for provider in words for area in areas.keys]
    wanted = _within(month, per_week)
    for at, key in enumerate(keys):
        if waiting[at] or key in wanted:
            inflow = came_in[at] / (len(told) * _DAYS_OF_MONTH / _DAYS_OF_WEEK) if told else None
            found[key] = _queue(int(waiting[at]), int(needed[at]), came_in[at], wanted.get(key), inflow)
    rest = {
        key: _queue(0, 0, 0, capacity, 0.0 if told else None) for key, capacity in wanted.items() if key not in found
    }
    return dict(sorted((found | rest).items()))


def _within(month: Month, per_week: Mapping[Place, float]) -> dict[Place, float]:
    """Return the capacities that a scope is about."""
    scope = month.scope
    return {
        (provider, area): capacity
        for (provider, area), capacity in per_week.items()
        if scope.provider_id in ("", provider) and scope.area in ("", area)
    }


def _came(month: Month, came: Moves, chosen: Chosen, told: Sequence[int], areas: Sequence[str]) -> Sequence[int]:
    """Return how many came in the months told, by provider and area as in `queues`."""
    within = chosen.of(came.columns)
    rows = np.zeros(len(came.amount), dtype=np.bool_)
    for at, start, end in came.parts:
        rows[start:end] = month.lists.lists[at].month in told
    rows = rows if within is None else rows & within
    of_code = np.array([areas.index(area or MISSING) for area in month.areas] or [0])
    place = came.columns["provider"][rows].astype(np.int64) * len(areas) + of_code[came.columns["code"][rows]]
    counts: list[int] = np.bincount(place, minlength=len(month.lists.words["provider"]) * len(areas)).tolist()
    return counts


def _queue(waiting: int, minutes: int, came: int, per_week: float | None, inflow: float | None) -> Queue:
    weeks, outlook = _outlook(waiting, per_week, inflow)
    return Queue(waiting, minutes, came, per_week, inflow, weeks, outlook)


def _outlook(waiting: int, per_week: float | None, inflow: float | None) -> tuple[float | None, WaitingOutlook]:
    """Return the weeks until a list is empty where it ever will be."""
    if not waiting:
        return None, WaitingOutlook.EMPTY
    if per_week is None:
        return None, WaitingOutlook.NO_CAPACITY
    if inflow is None:
        return None, WaitingOutlook.NO_INFLOW
    if inflow >= per_week:
        return None, WaitingOutlook.NEVER
    return waiting / (per_week - inflow), WaitingOutlook.WEEKS


def by_code(month: Month) -> list[tuple[str, int, int, int]]:
    """Return every code that somebody waits for: its place in words, how many, how many without MOV and PVV."""
    code = month.those.columns["code"]
    size = len(month.lists.words["code"])
    every = np.bincount(code, minlength=size)
    without = np.bincount(code[WITHOUT[month.those.columns["deviation"]]], minlength=size)
    met = sorted(np.flatnonzero(every).tolist(), key=lambda at: (-int(every[at]), at))
    words = month.lists.words["code"]
    return [(words[at], at, int(every[at]), int(without[at])) for at in met]
