"""How many live where, of whom some wait: by municipality, sex and age group, in one year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import population
from kvalitetsapp.analysis.waiting.lists import WITHOUT
from kvalitetsapp.analysis.waiting.standing import Rate
from kvalitetsapp.domain.waiting import AGE_GROUPS, MISSING, WaitingKey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.population import PopulationOfYear
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.analysis.waiting.state import Month

_STARTS: Final = tuple(first for first, _last in AGE_GROUPS.values())
_WITHOUT_RATE: Final = frozenset({WaitingKey.PROVIDER})


@dataclass(frozen=True, slots=True, eq=False)
class Inhabitants:
    """Persons of a year by municipality, and by municipality and sex or age group; `invented`: made-up figures.

    `is_latest` tells that the year is the last that had ended on the day that was asked for.

    An age group whose first or last age the table's own groups reach across (`unclear`) has none to reckon by.
    """

    year: int
    is_latest: bool
    invented: bool
    by_municipality: Mapping[str, int]
    by_sex: Mapping[tuple[str, str], int]
    by_age: Mapping[tuple[str, str], int]
    county_of: Mapping[str, str]
    unclear: frozenset[str]


def of_year(found: PopulationOfYear, ended: int) -> Inhabitants | None:
    """Return the population of a year as inhabitants, None where there is none; `ended` is the last year that had."""
    if found.year is None:
        return None
    groups = found.groups
    kept = population.starts_kept(groups, _STARTS)
    ends = dict(zip(_STARTS, (*_STARTS[1:], 0), strict=True))
    clear = {first: key for key, (first, _last) in AGE_GROUPS.items() if {first, ends[first]} <= {*kept, 0}}
    ages = population.sums(groups, ("municipality", "age_group"), kept)
    by_age = {
        (place, clear[first]): persons
        for place, first, persons in zip(
            *(ages[name] for name in ("municipality", "age_group", "persons")), strict=True
        )
        if first in clear
    }
    sexes = population.sums(groups, ("municipality", "sex"))
    everyone = population.sums(groups, ("municipality", "county"))
    places = everyone["municipality"].tolist()
    return Inhabitants(
        found.year,
        found.year == ended,
        found.invented,
        dict(zip(places, everyone["persons"].tolist(), strict=True)),
        dict(zip(zip(sexes["municipality"], sexes["sex"], strict=True), sexes["persons"].tolist(), strict=True)),
        by_age,
        dict(zip(places, everyone["county"].tolist(), strict=True)),
        frozenset(AGE_GROUPS) - frozenset(clear.values()),
    )


def counts_in_rate(lists: Lists, those: Standing, people: Inhabitants) -> Flags:
    """Tell which entries count per inhabitant: their municipality, or where it is not told their county, is known."""
    municipality = np.array([word in people.by_municipality for word in lists.words["municipality"]])
    counties = set(people.county_of.values())
    county = np.array([bool(word) and word in counties for word in lists.words["county"]])
    nowhere = those.columns["municipality"] == 0
    return np.where(nowhere, county[those.columns["county"]], municipality[those.columns["municipality"]])


def rate(month: Month, group: Small, keys: Sequence[str], by: WaitingKey | None, people: Inhabitants) -> Rate | None:
    """Return how many of each group count per inhabitant, and of how many; None where a group has no inhabitants.

    Of a scope without county the inhabitants are those of every county that anybody of the month comes from.
    """
    if by in _WITHOUT_RATE:
        return None
    counts = counts_in_rate(month.lists, month.those, people)
    without = counts & WITHOUT[month.those.columns["deviation"]]
    places = _places(month, people)
    inhabitants = np.array([_inhabitants(people, places, by, key) for key in keys], dtype=np.int64)
    return Rate(
        np.bincount(group[counts], minlength=len(keys)),
        np.bincount(group[without], minlength=len(keys)),
        inhabitants,
    )


def _places(month: Month, people: Inhabitants) -> frozenset[str]:
    """Return the municipalities whose inhabitants a scope is of."""
    scope, lists = month.scope, month.lists
    if scope.municipality:
        return frozenset({scope.municipality} & people.by_municipality.keys())
    met = np.flatnonzero(np.bincount(month.everyone.columns["county"], minlength=1))
    counties = {scope.county} if scope.county else {lists.words["county"][at] for at in met.tolist()}
    return frozenset(one for one, county in people.county_of.items() if county and county in counties)


def _inhabitants(people: Inhabitants, places: frozenset[str], by: WaitingKey | None, key: str) -> int:
    if by is WaitingKey.COUNTY:
        return sum(people.by_municipality[one] for one in places if people.county_of[one] == key)
    if by is WaitingKey.MUNICIPALITY:
        return people.by_municipality[key] if key in places else 0
    if by is WaitingKey.SEX:
        return sum(people.by_sex.get((one, key), 0) for one in places)
    if by is WaitingKey.AGE_GROUP:
        unclear = key in people.unclear or key == MISSING
        return 0 if unclear else sum(people.by_age.get((one, key), 0) for one in places)
    return sum(people.by_municipality[one] for one in places)


def unknown_places(lists: Lists, those: Standing, people: Inhabitants) -> dict[str, int]:
    """Return the municipalities that people wait from and that have no inhabitants in the table, and how many wait."""
    counted = np.bincount(those.columns["municipality"], minlength=len(lists.words["municipality"]))
    named: Ints = counted.copy()
    named[0] = 0
    return {
        lists.words["municipality"][at]: int(named[at])
        for at in np.flatnonzero(named).tolist()
        if lists.words["municipality"][at] not in people.by_municipality
    }
