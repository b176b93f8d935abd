"""The sex and the age group of those who wait, where the list tells who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import NO_DAY, calendar, coded, day_numbers, places
from kvalitetsapp.domain.waiting import AGE_GROUPS, MISSING
from kvalitetsapp.domain.words import Sex

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kvalitetsapp.analysis.columns import Ints

SEXES: Final = (*sorted(Sex), MISSING)
AGES: Final = (*AGE_GROUPS, MISSING)
_YEAR: Final = 10_000  # of a day written as one number
_STARTS: Final = np.array([first for first, _last in AGE_GROUPS.values()][1:])


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Sex (a place in `SEXES`) and day of birth as one number (0: not known) of each identity that may wait."""

    identity: Ints
    sex: Ints
    born: Ints


def of_persons(persons: pd.DataFrame, same: Mapping[int, int]) -> People:
    """Return PERSONS by every identity that they go by; `same` is the current identity of one that has another."""
    sex, words = coded(persons["sex"])
    known = np.array([SEXES.index(word) if word in SEXES else len(SEXES) - 1 for word in words.tolist()] or [0])
    born = calendar(day_numbers(persons["birth_date"]))
    own = persons["person"].to_numpy()
    others = np.array([one for one, current in same.items() if one != current], dtype=np.int64)
    current = places(own, np.array([same[one] for one in others.tolist()], dtype=np.int64))
    identity = np.concatenate((own, others[current >= 0]))
    row = np.concatenate((np.arange(len(own)), current[current >= 0]))
    return People(identity, known[sex][row], born[row])


def sexes(people: People, identity: Ints) -> Ints:
    """Return the sex of each identity as a place in `SEXES`, the last where it is not known."""
    return np.append(people.sex, len(SEXES) - 1)[places(people.identity, identity)]


def age_groups(people: People, identity: Ints, on: Ints) -> Ints:
    """Return the age group of each identity on a day (days since 1970) as a place in `AGES`, the last: not known."""
    born = np.append(people.born, 0)[places(people.identity, identity)]
    lived = (calendar(np.where(on == NO_DAY, 0, on)) - born) // _YEAR
    return np.where(born == 0, len(AGES) - 1, np.searchsorted(_STARTS, lived, side="right"))
