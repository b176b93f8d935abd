"""How many operations of an indicator are made in a year, whether they have been followed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis.columns import day_number, day_numbers, places

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.indicators.source import IndicatorSource

DAYS_OF_YEAR: Final = 365


def operations(source: IndicatorSource, members: pd.DataFrame) -> int:
    """Return how many of some members were operated on in the year before the day that the data reach to."""
    every = source.index_operations
    rows = places(every["operation"].to_numpy(), members["operation"].to_numpy())
    days = day_numbers(every["operated_on"])[rows[rows >= 0]]
    end = day_number(source.as_of)
    return int(((days > end - DAYS_OF_YEAR) & (days <= end)).sum())
