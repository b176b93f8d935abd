"""A standard population: how many of its persons are of each age, to weigh rates of different ages together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class StandardGroup:
    """Ages of a standard population and how many of its persons they hold; `age_to` None means and older."""

    age_from: int
    age_to: int | None
    weight: int


def weights_from(groups: Iterable[StandardGroup], starts: Iterable[int]) -> dict[int, int]:
    """Return the weight of wider groups by their first age: each reaches to the next start, the last to the oldest.

    Raises:
        ValueError: a start lies within a group of the standard, whose weight cannot be divided.
    """
    standing = {group.age_from: group for group in groups}
    ordered = sorted(starts)
    if astray := [start for start in ordered if start not in standing]:
        raise ValueError(astray)
    return {
        start: sum(group.weight for age, group in standing.items() if start <= age and (after is None or age < after))
        for start, after in zip(ordered, [*ordered[1:], None], strict=True)
    }
