"""Groups of ages, each from its first age to its last, that may not share an age."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

OLDEST: Final = 125
"""Nobody is older: a group without a last age reaches to here, and ages from here on are one."""


def span(first: int, last: int | None) -> range:
    """Return the ages of a group; `last` None means and older."""
    return range(min(first, OLDEST), min(OLDEST if last is None else last, OLDEST) + 1)


@dataclass(slots=True)
class Pyramid:
    """The groups of one population, by first age; a group that is put in again takes the place of the old."""

    last_of: dict[int, int | None] = field(default_factory=dict)
    _group_of: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._group_of = {age: first for first, last in self.last_of.items() for age in span(first, last)}

    def put(self, first: int, last: int | None) -> int | None:
        """Put a group in; where it may not stand, leave it out and return the first age of the group it meets.

        It meets one that it shares an age with, or itself: what stands with a last age is never made open, since a
        blank overwrites nothing in the store.
        """
        if last is None and self.last_of.get(first) is not None:
            return first
        ages = span(first, last)
        for age in ages:
            if (other := self._group_of.get(age, first)) != first:
                return other
        self._group_of = {age: group for age, group in self._group_of.items() if group != first}
        self._group_of.update(dict.fromkeys(ages, first))
        self.last_of[first] = last
        return None
