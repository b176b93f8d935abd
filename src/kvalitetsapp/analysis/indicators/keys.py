"""The keys that figures of indicators are read by, as columns beside their operations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from kvalitetsapp.analysis import cohorts, columns
from kvalitetsapp.analysis.indicators import backgrounds, cohort
from kvalitetsapp.domain.indicator_tables import BACKGROUND, INDICATOR_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource

_MADE_HERE: Final = {"unit": cohort.provider_units, "prosthesis": cohort.prostheses}


def names(by: Sequence[str]) -> list[str]:
    """Return the columns of some keys."""
    return [INDICATOR_KEYS[key].name for key in by]


def of_operations(source: IndicatorSource, operations: Ints, by: Sequence[str]) -> pd.DataFrame:
    """Return the key columns of some operations, in the order asked for."""
    place = columns.places(cohort.operations(source).number, operations)
    every = [source.once(("key", key), partial(_column, source, key)) for key in by]
    found = {name: column[place] for name, column in zip(names(by), every, strict=True)}
    return pd.DataFrame(found, index=range(len(operations)))


def _column(source: IndicatorSource, key: str) -> Any:  # noqa: ANN401 - whole numbers or categories, as the key is
    """Return a key of all operations."""
    if key in BACKGROUND:
        return backgrounds.of_operations(source, key)
    if key in _MADE_HERE:
        return columns.categorical(pd.Series(_MADE_HERE[key](source)))
    found = cohorts.operation_keys(source.index_operations, source.persons, (key,)).iloc[:, 0]
    return found.to_numpy() if key == "year" else columns.categorical(found)
