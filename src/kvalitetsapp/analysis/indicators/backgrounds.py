"""What the persons files tell of the person behind each operation: education, country of birth, municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import categories, coded

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.indicators.source import IndicatorSource

ELSEWHERE: Final = "elsewhere"
_REGION: Final = "birth_region"
_COUNTRY: Final = "birth_country"


def of_operations(source: IndicatorSource, key: str) -> pd.Categorical[str]:
    """Return a key of `domain.indicator_tables.BACKGROUND` of all operations, "" where it is not told.

    Countries by their codes or names; one that the table of regions does not have lies elsewhere.
    """
    operations = source.index_operations
    if source.backgrounds is None:
        return categories(np.zeros(len(operations), dtype=np.int64), [""])
    persons = source.once("backgrounds", source.backgrounds)
    codes, words = coded(persons[_COUNTRY if key == _REGION else key])
    if key == _REGION:
        words = np.array([_region(source, word) for word in words], dtype=object)
    whose = cohorts.row_of_person(operations, persons)
    places = np.append(codes, len(words))[whose]  # -1 takes the last: who is not told of
    return categories(places, [*words.tolist(), ""])


def _region(source: IndicatorSource, country: str) -> str:
    return source.birth_regions.get(country.casefold(), ELSEWHERE) if country else ""
