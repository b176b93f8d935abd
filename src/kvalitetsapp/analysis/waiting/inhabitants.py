"""How many live where, of whom some wait: by municipality, sex and age group, in one year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.waiting.lists import WITHOUT
from kvalitetsapp.analysis.waiting.standing import Rate
from kvalitetsapp.domain.waiting import AGE_GROUPS, MISSING, WaitingKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.waiting.lists import Lists, Small
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.domain.geography import Geography
    from kvalitetsapp.domain.waiting import WaitingScope

_OLDEST: Final = 1000
_WITHOUT_RATE: Final = frozenset({WaitingKey.PROVIDER})


@dataclass(frozen=True, slots=True, eq=False)
class Inhabitants:
    """Persons of a year by municipality, and by municipality and sex or age group; `invented`: made-up figures.

    An age group that the table's classes do not keep within (`unclear`) has no inhabitants to reckon by.
    """

    year: int
    invented: bool
    by_municipality: Mapping[str, int]
    by_sex: Mapping[tuple[str, str], int]
    by_age: Mapping[tuple[str, str], int]
    county_of: Mapping[str, str]
    unclear: frozenset[str]


def of_rows(
    year: int, rows: Iterable[tuple[str, str, int, int | None, int, str | None]], geography: Geography
) -> Inhabitants:
    """Return the inhabitants of a year's rows: municipality, sex, first and last age, persons, whether invented."""
    everyone: Counter[str] = Counter()
    by_sex: Counter[tuple[str, str]] = Counter()
    by_age: Counter[tuple[str, str]] = Counter()
    unclear: set[str] = set()
    made_up = False
    for place, sex, first, last, persons, invented in rows:
        municipality = geography.municipality(place)
        everyone[municipality] += persons
        by_sex[municipality, sex] += persons
        groups = [
            key
            for key, (low, high) in AGE_GROUPS.items()
            if first <= high and (_OLDEST if last is None else last) >= low
        ]
        if len(groups) == 1:
            by_age[municipality, groups[0]] += persons
        unclear.update(groups if len(groups) > 1 else ())
        made_up |= invented == "yes"
    homes = {one: geography.county_of_municipality(one) for one in everyone}
    return Inhabitants(year, made_up, everyone, by_sex, by_age, homes, frozenset(unclear))


def counts_in_rate(lists: Lists, those: Standing, people: Inhabitants) -> Flags:
    """Tell which entries count per inhabitant: their municipality, or where it is not told their county, is known."""
    municipality = np.array([word in people.by_municipality for word in lists.words["municipality"]])
    counties = set(people.county_of.values())
    county = np.array([bool(word) and word in counties for word in lists.words["county"]])
    nowhere = those.columns["municipality"] == 0
    return np.where(nowhere, county[those.columns["county"]], municipality[those.columns["municipality"]])


def rate(
    lists: Lists,
    everyone: Standing,
    those: Standing,
    group: Small,
    keys: Sequence[str],
    by: WaitingKey | None,
    scope: WaitingScope,
    people: Inhabitants,
) -> Rate | None:
    """Return how many of each group count per inhabitant, and of how many; None where a group has no inhabitants.

    Of a scope without county the inhabitants are those of every county that anybody of the month comes from.
    """
    if by in _WITHOUT_RATE:
        return None
    counts = counts_in_rate(lists, those, people)
    without = counts & WITHOUT[those.columns["deviation"]]
    places = _places(lists, everyone, scope, people)
    inhabitants = np.array([_inhabitants(people, places, by, key) for key in keys], dtype=np.int64)
    return Rate(
        np.bincount(group[counts], minlength=len(keys)),
        np.bincount(group[without], minlength=len(keys)),
        inhabitants,
    )


def _places(lists: Lists, everyone: Standing, scope: WaitingScope, people: Inhabitants) -> frozenset[str]:
    """Return the municipalities whose inhabitants a scope is of."""
    if scope.municipality:
        return frozenset({scope.municipality} & people.by_municipality.keys())
    met = np.flatnonzero(np.bincount(everyone.columns["county"], minlength=1))
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
