"""The operations that a comparison of groups of people rests on, as columns beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.cohorts import NO_AGE, Groups
from kvalitetsapp.analysis.columns import places
from kvalitetsapp.analysis.indicators import cohort, keys
from kvalitetsapp.domain.equity import LEAST_PERSONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource

_YES: Final = 0.5


@dataclass(frozen=True, slots=True)
class EquityRows:
    """Operations with their groups.

    Of each operation behind the figure: `value` (of shares 1 in the numerator and 0 outside it, else in the
    indicator's unit), `person`, `age` in whole years (`NO_AGE`: not known) and its group (`groups.of_row`). Of each
    group: `operations`, also those that the figure does not rest on, `n` of those that it does, and `events`, which
    mean nothing of values that are no yes or no.
    """

    value: Floats
    person: Ints
    age: Ints
    groups: Groups
    operations: Ints
    n: Ints
    events: Ints

    @property
    def of_row(self) -> Ints:
        """Return the group of each operation."""
        return self.groups.of_row

    @property
    def is_event(self) -> Flags:
        """Tell which operations are in the numerator of a share."""
        return np.asarray(self.value > _YES, dtype=np.bool_)

    @property
    def has_age(self) -> Flags:
        """Tell which operations have a known age."""
        return np.asarray(self.age != NO_AGE, dtype=np.bool_)

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self.groups.keys)

    def persons(self) -> Ints:
        """Return how many persons each group's operations are of."""
        return self.groups.distinct(self.person, np.ones(len(self.value), dtype=np.bool_))

    def enough_with_age(self) -> Flags:
        """Tell which groups have enough persons of a known age for a figure."""
        return self.groups.distinct(self.person, self.has_age) >= LEAST_PERSONS

    def together(self) -> EquityRows:
        """Return the same operations as one group."""
        return replace(
            self,
            groups=Groups(pd.DataFrame(index=range(1)), np.zeros(len(self.value), dtype=np.int64)),
            operations=np.array([self.operations.sum()]),
            n=np.array([self.n.sum()]),
            events=np.array([self.events.sum()]),
        )


def of_members(source: IndicatorSource, found: pd.DataFrame, by: Sequence[str]) -> EquityRows:
    """Return the members of an indicator (`members.members`) in the groups that some keys make of all of them."""
    operation = found["operation"].to_numpy()
    groups = cohorts.group(keys.of_operations(source, operation, by))
    kept = found["counted"].to_numpy(dtype=np.bool_)
    known = cohort.operations(source)
    place = places(known.number, operation[kept])
    ages = source.once("ages", lambda: cohorts.ages(source.index_operations, source.persons))
    value, of_row = found["value"].to_numpy(dtype=np.float64)[kept], groups.of_row[kept]
    size = len(groups.keys)
    return EquityRows(
        value,
        known.person[place],
        ages[place],
        Groups(groups.keys, of_row),
        operations=groups.count(),
        n=np.bincount(of_row, minlength=size),
        events=np.bincount(of_row, weights=value > _YES, minlength=size).astype(np.int64),
    )
