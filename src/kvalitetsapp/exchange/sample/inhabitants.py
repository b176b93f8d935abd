"""How many live in the sample county and the one beside it: figures made up, and marked so, in five-year groups."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.places import MUNICIPALITIES
from kvalitetsapp.settings import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Period

SOURCE: Final = "påhittad folkmängd för exempellänet"
COUNTIES: Final = ("22", "23")
_YEARS: Final = 4
_IN_A_PLACE: Final = 1_240
"""Inhabitants for each of the weights by which the county's patients are spread over its municipalities."""
_BESIDE: Final = (9_000, 80_000)
_YEARLY: Final = 1.004
_OLDEST: Final = 100
# of 10 000 in groups of five years, and how many in 100 of each group are women
_AGES: Final = (490, 540, 570, 560, 520, 540, 610, 600, 580, 570, 620, 650, 660, 640, 620, 560, 380, 190, 80, 18, 2)
_WOMEN: Final = (49, 49, 49, 48, 47, 47, 48, 48, 49, 49, 49, 49, 50, 50, 51, 52, 54, 59, 66, 74, 80)


def population_rows(period: Period, seed: int) -> list[Row]:
    """Return rows of `population` for the last years that had ended, every municipality of two counties."""
    rng = random.Random(f"population {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    ours = dict(MUNICIPALITIES)
    persons = {code: ours[code] * _IN_A_PLACE if code in ours else rng.randint(*_BESIDE) for code in _municipalities()}
    years = range(period.last.year - _YEARS, period.last.year)
    return [
        row
        for year in years
        for code, count in persons.items()
        for row in _pyramid(year, code, count * _YEARLY ** (year - years[0]))
    ]


def _municipalities() -> list[str]:
    path = resources_dir() / "codes" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file, delimiter=";") if row["county_code"] in COUNTIES]


def _pyramid(year: int, municipality: str, persons: float) -> Iterator[Row]:
    for place, (share, women) in enumerate(zip(_AGES, _WOMEN, strict=True)):
        for sex, part in (("female", women), ("male", 100 - women)):
            first = 5 * place
            yield {
                "year": str(year),
                "municipality": municipality,
                "sex": sex,
                "age_from": str(first),
                "age_to": str(first + 4) if first < _OLDEST else "",
                "persons": str(round(persons * share * part / 1_000_000)),
                "source": SOURCE,
                "invented": "yes",
                "note": "",
            }
