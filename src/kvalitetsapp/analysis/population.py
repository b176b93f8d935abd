"""The population that figures of a day are reckoned on: which year, which ages, and who lacks one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import among, texts
from kvalitetsapp.domain.ages import OLDEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_COUNTY_DIGITS: Final = 2
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True, eq=False)
class PopulationOfYear:
    """The population on 31 December of a year; `year` is None where none is known.

    `groups` has a row per group of ages: county, municipality, sex str · age_from, age_to int64 · persons int64.
    `invented` tells that some of it is made up; `missing` are the municipalities asked for that it lacks.
    """

    year: int | None
    groups: pd.DataFrame
    invented: bool
    sources: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def persons(self) -> int:
        """Return how many they are in all."""
        return int(self.groups["persons"].sum())


def of_day(population: pd.DataFrame, day: date, municipalities: Iterable[str] = ()) -> PopulationOfYear:
    """Return the latest population (POPULATION) that stood on a day; where all are later, the earliest of them.

    `municipalities` are those whose inhabitants are counted, "" for unknown.
    """
    year = _year_on(population, day)
    chosen = population[population["year"].to_numpy() == (-1 if year is None else year)]
    codes = texts(chosen["municipality"])
    groups = pd.DataFrame(
        {
            "county": np.array([code[:_COUNTY_DIGITS] for code in codes], dtype=object),
            "municipality": codes,
            "sex": texts(chosen["sex"]),
            "age_from": chosen["age_from"].to_numpy(),
            "age_to": chosen["age_to"].fillna(OLDEST).to_numpy(dtype=np.int64),
            "persons": chosen["persons"].to_numpy(),
        }
    )
    return PopulationOfYear(
        year,
        groups,
        bool(among(chosen["invented"], "yes").any()),
        tuple(sorted(set(texts(chosen["source"])))),
        tuple(sorted(set(municipalities) - set(codes) - {""})),
    )


def _year_on(population: pd.DataFrame, day: date) -> int | None:
    """Return the last year whose 31 December had come, the first year where none had, None where there is none."""
    years = np.unique(population["year"].to_numpy())
    if not len(years):
        return None
    ended = day.year if (day.month, day.day) == (_LAST_MONTH, _LAST_DAY) else day.year - 1
    stood = years[years <= ended]
    return int(stood[-1] if len(stood) else years[0])


def starts_kept(groups: pd.DataFrame, starts: Sequence[int]) -> tuple[int, ...]:
    """Return those of the first ages of wanted age groups at which no group of the population is divided.

    The wanted groups on both sides of one that is left out have to be taken together.
    """
    first, last = groups["age_from"].to_numpy(), groups["age_to"].to_numpy()
    return tuple(start for start in starts if not bool(((first < start) & (start <= last)).any()))


def sums(groups: pd.DataFrame, by: Sequence[str], starts: Sequence[int] = ()) -> pd.DataFrame:
    """Return `persons` by columns among county, municipality, sex and, with `starts`, age_group: its first age.

    A group of ages counts where its first age lies; ages before the first start are left out. Ask `starts_kept`
    before, so that no group reaches into the next.
    """
    counted = groups
    if starts:
        bounds = np.array(sorted(starts), dtype=np.int64)
        place = np.searchsorted(bounds, groups["age_from"].to_numpy(), side="right") - 1
        counted = groups.assign(age_group=bounds[np.maximum(place, 0)])[place >= 0]
    if not by:
        return pd.DataFrame({"persons": [int(counted["persons"].sum())]})
    return counted.groupby(list(by), sort=True, observed=True)["persons"].sum().reset_index()
