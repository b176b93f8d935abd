"""What is known of every operation after one kind of thing has been looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import NO_DAY, begins, order

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

NO_EPISODE: Final = -1
NO_REVIEW: Final = -1


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One row per index operation of the source: `value` NaN where it cannot be told, what it rests on beside it.

    `episode` and `day` are those of the first event, or the day of the answer or entry that gave the value;
    `reviewed` is 1 or 0 where there is something that a person has or has not decided on, NO_REVIEW elsewhere.
    """

    value: Floats
    episode: Ints
    day: Ints
    reviewed: Ints
    ambiguous: Flags


@dataclass(frozen=True, slots=True)
class Happened:
    """Events after operations: the place of the operation, the event's episode (or NO_EPISODE) and its day."""

    operation: Ints
    episode: Ints
    day: Ints

    def where(self, chosen: Flags) -> Happened:
        """Return the chosen ones."""
        return Happened(self.operation[chosen], self.episode[chosen], self.day[chosen])


def of_values(value: Floats, day: Ints | None = None) -> Outcomes:
    """Return values that rest on no event; `day` is when each was told."""
    size = len(value)
    return Outcomes(
        value,
        np.full(size, NO_EPISODE, dtype=np.int64),
        np.full(size, NO_DAY, dtype=np.int64) if day is None else day,
        np.full(size, NO_REVIEW, dtype=np.int64),
        np.zeros(size, dtype=np.bool_),
    )


def of_events(events: Happened, size: int, *, delivered: bool = True) -> Outcomes:
    """Return 1 for operations with an event, told by the first (same day: smallest episode), and 0 for the others.

    Without anything delivered that could tell of events nothing is known.
    """
    value = np.zeros(size) if delivered else np.full(size, np.nan)
    found = of_values(value)
    first = _first(events)
    value[events.operation[first]] = 1.0
    found.episode[events.operation[first]] = events.episode[first]
    found.day[events.operation[first]] = events.day[first]
    return found


def reviewed(found: Outcomes, events: Happened, decided: Flags) -> Outcomes:
    """Return outcomes with what a person has decided: of these events, any that is `decided`."""
    found.reviewed[events.operation] = 0
    found.reviewed[events.operation[decided]] = 1
    return found


def _first(events: Happened) -> Ints:
    """Return the place of the first event of each operation that has one."""
    if not len(events.operation):
        return np.zeros(0, dtype=np.int64)
    by_time = order(events.operation, events.day - events.day.min(), events.episode - events.episode.min())
    return by_time[begins(events.operation[by_time])]
