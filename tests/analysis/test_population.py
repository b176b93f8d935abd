"""Which population figures are reckoned on, and its sums."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis import frames, population

if TYPE_CHECKING:
    import pandas as pd

ROWS = (
    (2022, "2380", "male", 0, 64, 900, "SCB", None),
    (2022, "2380", "male", 65, None, 100, "SCB", None),
    (2023, "2303", "female", 0, 64, 400, "SCB", None),
    (2023, "2303", "female", 65, 74, 60, "SCB", None),
    (2023, "2303", "female", 75, None, 40, "SCB", None),
    (2023, "2380", "female", 65, None, 110, "påhittad", "yes"),
    (2023, "2281", "male", 65, 69, 7, "SCB", "no"),
)


def _frame(rows: tuple[tuple[object, ...], ...] = ROWS) -> pd.DataFrame:
    return frames.frame(frames.POPULATION, dict(zip(frames.POPULATION, zip(*rows, strict=True), strict=True)))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2023, 12, 30), 2022),
        (date(2023, 12, 31), 2023),
        (date(2030, 1, 1), 2023),
        (date(2022, 6, 30), 2022),  # none had come yet: the earliest
    ],
)
def test_a_day_has_the_latest_population_that_had_been_counted(day: date, year: int) -> None:
    assert population.of_day(_frame(), day).year == year


def test_without_any_population_every_municipality_asked_for_is_missing() -> None:
    empty = frames.frame(frames.POPULATION, {name: [] for name in frames.POPULATION})
    found = population.of_day(empty, date(2024, 1, 31), ["2380"])
    assert (found.year, found.persons, found.invented, found.missing) == (None, 0, False, ("2380",))


def test_a_population_tells_who_it_lacks_and_what_is_invented() -> None:
    late = population.of_day(_frame(), date(2024, 1, 31), ["2380", "2326", "", "2303"])
    assert (late.missing, late.invented, late.sources) == (("2326",), True, ("SCB", "påhittad"))
    early = population.of_day(_frame(), date(2023, 1, 31))
    assert (early.missing, early.invented, early.persons) == ((), False, 1000)


def test_persons_are_summed_by_county_municipality_sex_and_age() -> None:
    groups = population.of_day(_frame(), date(2024, 1, 31)).groups
    by_county = population.sums(groups, ["county"])
    assert by_county.to_dict("list") == {"county": ["22", "23"], "persons": [7, 610]}
    by_age = population.sums(groups, ["municipality", "age_group"], (65, 75))
    assert list(by_age.itertuples(index=False, name=None)) == [
        ("2281", 65, 7),
        ("2303", 65, 60),
        ("2303", 75, 40),
        ("2380", 65, 110),
    ]
    assert population.sums(groups, [])["persons"].tolist() == [617]


def test_a_group_of_ages_is_never_divided() -> None:
    groups = population.of_day(_frame(), date(2024, 1, 31)).groups
    assert population.starts_kept(groups, (0, 18, 65, 75, 85)) == (0, 65)
    assert population.starts_kept(groups[groups["municipality"] == "2303"], (0, 65, 75)) == (0, 65, 75)
