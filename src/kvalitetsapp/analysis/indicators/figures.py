"""Figures of an indicator by any keys: how many, how many of them, how certain, and what to mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import coding, cohorts, columns, proportions
from kvalitetsapp.analysis.indicators import cohort, intervals, keys, printed
from kvalitetsapp.analysis.indicators.counted import kinds
from kvalitetsapp.analysis.indicators.flags import flags
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain import families
from kvalitetsapp.domain.indicator import Counted, Measure
from kvalitetsapp.domain.indicator_tables import INDICATOR_VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.cohorts import Groups
    from kvalitetsapp.analysis.columns import Flags, Floats, Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

VALUES: Final = [column.name for column in INDICATOR_VALUES]
_YES: Final = 0.5


def summary(indicator: Indicator, source: IndicatorSource, *, by: Sequence[str]) -> pd.DataFrame:
    """Return the figures of an indicator by keys of `domain.indicator_tables.LEVELS`, sorted by them.

    Columns: those of the keys, and INDICATOR_VALUES: counts Int64 (NA where nothing can be told), figures float64 (NaN
    likewise), words str. Shares have the Wilson interval, means Student's t, medians that of order statistics. Without
    keys there is one row, also of no operations. Whatever has no operation has no row.
    """
    if indicator.count.kind is Counted.PUBLISHED:
        return printed.summary(indicator, source, by=by)
    return of_members(indicator, source, members(indicator, source), by=by)


def of_members(
    indicator: Indicator, source: IndicatorSource, found: pd.DataFrame, *, by: Sequence[str]
) -> pd.DataFrame:
    """Return the figures of some members: nothing but how they group."""
    groups = cohorts.group(keys.of_operations(source, found["operation"].to_numpy(), by))
    counted = found["counted"].to_numpy()
    value, of_row = found["value"].to_numpy()[counted], groups.of_row[counted]
    figures = _figures(indicator, value, of_row, len(groups.keys))
    counts = _counts(indicator, found, groups)
    told = {
        **counts,
        **figures,
        "indicator": indicator.indicator_id,
        "version": indicator.version,
        "follow_up_days": _whole(np.full(len(groups.keys), indicator.follow_up_days)),
        "benchmark": printed.benchmark(groups.keys, indicator, source),
        "flags": flags(
            counts,
            judged=groups.count(columns.known(found["reviewed"])),
            pooled=_pooled(source, found["operation"].to_numpy(), groups),
            kind=indicator.count.kind,
        ),
    }
    of_keys = {name: groups.keys[name] for name in keys.names(by)}
    return pd.DataFrame(of_keys | {name: told[name] for name in VALUES}, index=groups.keys.index, copy=False)


def _pooled(source: IndicatorSource, operations: Ints, groups: Groups) -> Flags:
    """Tell which groups have operations of several families, where the joints that every store follows are one."""
    every = cohort.operations(source)
    family = np.array([*(families.pool_of(joint) for joint in coding.JOINTS), coding.NO_JOINT])
    of_row = family[every.joint[columns.places(every.number, operations)]]
    if not of_row.any():
        return np.zeros(len(groups.keys), dtype=np.bool_)
    return groups.distinct(of_row, np.ones(len(of_row), dtype=np.bool_)) > 1


def _counts(indicator: Indicator, found: pd.DataFrame, groups: Groups) -> dict[str, pd.arrays.IntegerArray]:
    kind = indicator.count.kind
    numerator = found["value"].to_numpy() > _YES
    reviewed = columns.whole(found["reviewed"]) == 1
    if indicator.measure is Measure.SHARE:
        reviewed &= numerator
    made = {
        "operations": groups.count(),
        "eligible": groups.count(found["eligible"].to_numpy()),
        "n": groups.count(found["counted"].to_numpy()),
        "events": groups.count(numerator) if indicator.is_share else None,
        "reviewed": groups.count(reviewed) if kind in kinds.REVIEWED else None,
        "ambiguous": groups.count(found["ambiguous"].to_numpy()) if kind is Counted.LINKED else None,
    }
    return {name: _whole(counts, len(groups.keys)) for name, counts in made.items()}


def _whole(counts: Ints | None, size: int = 0) -> pd.arrays.IntegerArray:
    """Return counts as a column of the store's kind, of nothing but NA where there are none to tell."""
    told = np.zeros(size, dtype=np.int64) if counts is None else counts
    return pd.arrays.IntegerArray(told, np.full(len(told), counts is None))


def _figures(indicator: Indicator, value: Floats, of_row: Ints, groups: int) -> dict[str, Floats]:
    if indicator.is_share:
        n, events = np.bincount(of_row, minlength=groups), np.bincount(of_row[value > _YES], minlength=groups)
        figure, (low, high) = proportions.rate(events, n), proportions.wilson(events, n)
    elif indicator.measure is Measure.MEDIAN:
        figure, low, high = intervals.median(value, of_row, groups)
    else:
        figure, low, high = intervals.mean(value, of_row, groups)
    return {"value": figure, "ci_low": low, "ci_high": high}
