"""The keys by which operations and events are summed up, and the groups they make.

Keys as the command line says them: provider, joint, year, sex, age_group, payer_route, agreement, class (of
a complication). A frame of keys has
the columns of `domain.table.KEY_COLUMNS` in the order asked for: texts, and `year` as int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import (
    among,
    begins,
    calendar,
    calendar_years,
    categorical,
    coded,
    day_numbers,
    numbered,
    places,
    texts,
)
from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import AGE_GROUPS, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints, Texts

KEYS: Final = {
    "provider": "provider_id",
    "joint": "joint",
    "year": "year",
    "sex": "sex",
    "age_group": "age_group",
    "payer_route": "payer_route",
    "agreement": "agreement_id",
    "class": "complication_class",
}
AGE_LIMITS: Final = (55, 65, 75, 85)
"""The first ages of the age groups but the youngest."""
NO_AGE: Final = int(np.iinfo(np.int64).min)
_AGE_ORDER: Final = ("", *AGE_GROUPS)
_YEAR: Final = 10_000  # of what `calendar` gives


def side_missing(operations: pd.DataFrame) -> Flags:
    """Tell which index operations have a side that nothing tells (R1)."""
    sided = among(operations["joint"], *(one.family for one in families.known() if one.has_sides))
    missing: Flags = sided & among(operations["side"], Side.UNKNOWN.value)
    return missing


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each row belongs to; `keys` has one row per group, sorted by key (ages in age order)."""

    keys: pd.DataFrame
    of_row: Ints

    def count(self, rows: Flags | None = None) -> Ints:
        """Return how many rows (those marked, if given) each group has."""
        chosen = self.of_row if rows is None else self.of_row.compress(rows)
        return np.bincount(chosen, minlength=len(self.keys)).astype(np.int64)

    def total(self, amounts: Ints) -> Ints:
        """Return each group's sum of whole numbers, exactly."""
        sums = np.zeros(len(self.keys), dtype=np.int64)
        np.add.at(sums, self.of_row, amounts)
        return sums

    def distinct(self, numbers: Ints, rows: Flags) -> Ints:
        """Return how many different whole numbers from 0 the marked rows of each group have."""
        span = int(numbers.max(initial=0)) + 1
        seen = np.sort(self.of_row[rows] * span + numbers[rows])
        return np.bincount(seen[begins(seen)] // span, minlength=len(self.keys)).astype(np.int64)


def operation_keys(index_operations: pd.DataFrame, persons: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the key columns of each index operation; a person of unknown sex or birth date has empty keys."""
    made: dict[str, Callable[[], Texts | Ints | pd.Categorical[str]]] = {
        "year": lambda: years(index_operations["operated_on"]),
        "sex": lambda: _sex(index_operations, persons),
        "age_group": lambda: age_group(index_operations, persons),
    }
    columns = {KEYS[key]: made[key]() if key in made else index_operations[KEYS[key]].array for key in by}
    return pd.DataFrame(columns, index=range(len(index_operations)))


def group(keys: pd.DataFrame) -> Groups:
    """Group rows by all columns of `keys`; without columns there is one group of everything, even of nothing."""
    if keys.columns.empty:
        return Groups(pd.DataFrame(index=range(1)), np.zeros(len(keys), dtype=np.int64))
    parts = [_ordered(keys[name]) for name in keys.columns]
    code = parts[0][0]
    for place, values in parts[1:]:
        code = code * max(len(values), 1)
        code += place
    cells, of_row = numbered(code)
    columns = {}
    for name, (_, values) in zip(reversed(keys.columns), reversed(parts), strict=True):
        columns[name] = values[cells % max(len(values), 1)]
        cells = cells // max(len(values), 1)
    return Groups(pd.DataFrame({name: columns[name] for name in keys.columns}, copy=False), of_row)


def years(day: pd.Series[Any]) -> Ints:
    """Return the calendar year of each date."""
    return calendar_years(day_numbers(day))


def sex(index_operations: pd.DataFrame, persons: pd.DataFrame) -> Texts:
    """Return the sex of the person of each operation, "" where it is not known."""
    return texts(pd.Series(_sex(index_operations, persons)))


def _sex(index_operations: pd.DataFrame, persons: pd.DataFrame) -> pd.Categorical[str]:
    known = categorical(persons["sex"])
    return known.take(row_of_person(index_operations, persons), allow_fill=True, fill_value="")


def age_group(index_operations: pd.DataFrame, persons: pd.DataFrame) -> pd.Categorical[str]:
    """Return the age group at each operation, "" without a birth date."""
    age = ages(index_operations, persons)
    place = np.ones(len(age), dtype=np.int8)
    for limit in AGE_LIMITS:
        place += age >= limit
    place[age == NO_AGE] = 0
    return pd.Categorical.from_codes(place, pd.Index(_AGE_ORDER))


def ages(index_operations: pd.DataFrame, persons: pd.DataFrame) -> Ints:
    """Return whole years at each operation, `NO_AGE` without a birth date; born 29 February: older from 1 March."""
    births = np.append(calendar(day_numbers(persons["birth_date"])), 0)  # the last for who is not known: −1
    born = births.take(row_of_person(index_operations, persons))
    lived = (calendar(day_numbers(index_operations["operated_on"])) - born) // _YEAR
    return np.where(born == 0, NO_AGE, lived)


def of_person(index_operations: pd.DataFrame, persons: pd.DataFrame, column: str) -> pd.Series[Any]:
    """Return a column of `persons` for each operation, nothing where the person has no row."""
    return pd.Series(persons[column].array.take(row_of_person(index_operations, persons), allow_fill=True))


def row_of_person(index_operations: pd.DataFrame, persons: pd.DataFrame) -> Ints:
    """Return where in `persons` the person of each operation stands, -1 where there is no row."""
    return places(persons["person"].to_numpy(), index_operations["person"].to_numpy())


def _ordered(column: pd.Series[Any]) -> tuple[Ints, Texts | Ints]:
    """Return each row's place among the column's values in the order of the contract, and those values."""
    if column.name == "age_group":
        places = {name: place for place, name in enumerate(_AGE_ORDER)}
        codes, values = coded(column)
        return np.array([places[value] for value in values], dtype=np.int64)[codes], np.array(_AGE_ORDER, dtype=object)
    if column.name == "year":
        distinct, codes = numbered(column.to_numpy())
        return codes, distinct
    return coded(column)
