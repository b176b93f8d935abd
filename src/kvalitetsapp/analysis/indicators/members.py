"""The operations behind a figure, one row each: what every figure is traced to, and what charts are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import NO_DAY, dates, day_number, nullable
from kvalitetsapp.analysis.indicators import cohort
from kvalitetsapp.analysis.indicators.counted import kinds
from kvalitetsapp.analysis.indicators.outcomes import NO_EPISODE, NO_REVIEW
from kvalitetsapp.domain.indicator import Answered, Counted, Measure

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

_SHAPE: Final = {
    "operation": "int64",
    "eligible": "bool",
    "counted": "bool",
    "value": "float64",
    "event_episode": "Int64",
    "event_date": "datetime64[s]",
    "days": "Int64",
    "reviewed": "Int8",
    "ambiguous": "bool",
}


def members(indicator: Indicator, source: IndicatorSource) -> pd.DataFrame:
    """Return the operations of an indicator's cohort that were done on or before `source.as_of`.

    Columns: operation int64, in the order of INDEX_OPERATIONS · eligible bool (followed long enough) · counted bool
    (in the denominator: eligible, and the value asked for is known) · value float64 (for shares 1 in the numerator
    and 0 outside it, else days or a score; NaN where not counted) · event_episode Int64, event_date date, days Int64
    (from the day that the window is counted from) of the first event, or of the answer or entry; nothing where not
    counted · reviewed Int8 (1 or 0: a person has or has not decided on an event of the operation, NA: nothing to
    review) · ambiguous bool (an ambiguous link in the window of an eligible operation). A figure that somebody has
    printed has no members.

    Raises:
        ValueError: a share is asked for of what is no yes or no (a score, days).
    """
    if indicator.count.kind is Counted.PUBLISHED:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _SHAPE.items()})
    _demand_share_of_yes_or_no(indicator)
    known, span = cohort.operations(source), cohort.span(indicator, source)
    chosen = cohort.members(indicator.cohort, source) & (known.day <= day_number(source.as_of))
    place = np.flatnonzero(chosen)
    found = kinds.FUNCTIONS[indicator.count.kind](indicator, source)
    return _frame(indicator, known.number[place], span.followed[place], span.anchor[place], _at(found, place))


def _demand_share_of_yes_or_no(indicator: Indicator) -> None:
    count = indicator.count
    is_number = count.kind is Counted.STAY or (count.kind is Counted.ANSWER and count.answered is not Answered.REACHED)
    if indicator.is_share and is_number:
        raise ValueError(f"{indicator.indicator_id} asks for a share of {count.kind}, which is a number")


def _at(found: Outcomes, place: Ints) -> Outcomes:
    return type(found)(*(getattr(found, name)[place] for name in found.__slots__))


def _frame(indicator: Indicator, operation: Ints, eligible: Flags, anchor: Ints, found: Outcomes) -> pd.DataFrame:
    counted = eligible & ~np.isnan(found.value)
    value = 1.0 - found.value if indicator.measure is Measure.SHARE_WITHOUT else found.value
    dated = counted & (found.day != NO_DAY)
    reviewed = np.where(found.reviewed == NO_REVIEW, 0, found.reviewed)
    return pd.DataFrame(
        {
            "operation": operation,
            "eligible": eligible,
            "counted": counted,
            "value": np.where(counted, value, np.nan),
            "event_episode": nullable(found.episode, dated & (found.episode != NO_EPISODE)).array,
            "event_date": dates(np.where(dated, found.day, NO_DAY)),
            "days": nullable(np.where(dated, found.day - anchor, 0), dated).array,
            "reviewed": pd.arrays.IntegerArray(reviewed.astype(np.int8), ~(counted & (found.reviewed != NO_REVIEW))),
            "ambiguous": eligible & found.ambiguous,
        },
        copy=False,
    )
