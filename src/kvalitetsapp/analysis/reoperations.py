"""R9 and R10: how often index operations are reoperated, against Sweden's figure and the funnel limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import cohorts, funnel, proportions, published
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, places, whole
from kvalitetsapp.domain import table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, LinkStatus, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from kvalitetsapp.analysis.columns import Floats, Ints

COUNTED: Final = (LinkStatus.PROPOSED.value, LinkStatus.CONFIRMED.value)
REOPERATION: Final = (SurgeryLevel.REVISION.value, SurgeryLevel.REOPERATION.value)
REVISION: Final = (SurgeryLevel.REVISION.value,)
NEVER: Final = 1 << 40
_INDICATORS: Final = {30: "reoperation_30d", 90: "reoperation_90d", DAYS_TWO_YEARS: "reoperation_2y"}
_EVENTS: Final = {
    "reoperated": (REOPERATION, COUNTED),
    "revised": (REVISION, COUNTED),
    "ambiguous": (REOPERATION, (LinkStatus.AMBIGUOUS.value,)),
}
_COUNTS: Final = ("operations", "eligible", *_EVENTS)
_BEFORE: Final = -1


def summary(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    persons: pd.DataFrame,
    benchmarks: pd.DataFrame,
    *,
    by: Sequence[str],
    as_of: date,
    within: int = DAYS_TWO_YEARS,
) -> pd.DataFrame:
    """Return reoperations within `within` days of the operations that were followed that long by `as_of`.

    Columns: keys · operations, eligible, reoperated counts · rate, ci_low, ci_high (Wilson 95 %) fractions · revised,
    ambiguous counts · benchmark, pi95_low, pi95_high, pi998_low, pi998_high fractions · flag. NaN for nothing to show.
    """
    arguments = (index_operations, links, persons, benchmarks)
    return summaries(*arguments, by=by, as_of=as_of, windows=(within,))[within]


def summaries(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    persons: pd.DataFrame,
    benchmarks: pd.DataFrame,
    *,
    by: Sequence[str],
    as_of: date,
    windows: Sequence[int],
) -> dict[int, pd.DataFrame]:
    """Return `summary` within each of `windows`, what they have in common worked out once."""
    groups = cohorts.group(cohorts.operation_keys(index_operations, persons, by))
    operated, cut = day_numbers(index_operations["operated_on"]), day_number(as_of)
    operations = groups.count(operated <= cut)
    first = {name: _first_events(index_operations, links, *told) for name, told in _EVENTS.items()}
    found = {}
    for within in windows:
        eligible = operated <= cut - within
        counted = {"operations": operations, "eligible": groups.count(eligible)}
        for name, (row, days) in first.items():
            hit = row[eligible[row] & (days <= within)]
            counted[name] = np.bincount(groups.of_row[hit], minlength=len(operations))
        shown = operations > 0 if by else slice(None)  # without keys there is a sum even of nothing
        found[within] = _with_figures(groups.keys.assign(**counted)[shown], national(benchmarks, within))
    return found


def national(benchmarks: pd.DataFrame, within: int) -> dict[str, float]:
    """Return Sweden's national share reoperated within `within` days by joint, the latest period's as a fraction."""
    return published.national(benchmarks, _INDICATORS.get(within, ""))


def days_to_first(
    index_operations: pd.DataFrame, links: pd.DataFrame, levels: Sequence[str], statuses: Sequence[str] = COUNTED
) -> Ints:
    """Return the days from each operation to its first event of such level and status, `NEVER` where it has none."""
    days = whole(links["days"], missing=_BEFORE)
    row = places(index_operations["operation"].to_numpy(), links["operation"].to_numpy())
    hit = (row >= 0) & (days >= 0) & among(links["status"], *statuses) & among(links["surgery_level"], *levels)
    first = np.full(len(index_operations), NEVER, dtype=np.int64)
    np.minimum.at(first, row[hit], days[hit])
    return first


def _first_events(
    index_operations: pd.DataFrame, links: pd.DataFrame, levels: Sequence[str], statuses: Sequence[str]
) -> tuple[Ints, Ints]:
    """Return the places of the few operations that have such an event, and the days from each to its first."""
    days = days_to_first(index_operations, links, levels, statuses)
    row = np.flatnonzero(days < NEVER)
    return row, days[row]


def _with_figures(counts: pd.DataFrame, benchmark_of: dict[str, float]) -> pd.DataFrame:
    benchmark = _of_joint(counts, benchmark_of)
    around = np.where(np.isnan(benchmark), _pooled(counts), benchmark)
    figures = funnel.figures(counts["reoperated"], counts["eligible"], around)
    keys = [name for name in counts.columns if name not in _COUNTS]
    ordered = [*keys, *(column.name for column in table.REOPERATION_VALUES)]
    return counts.assign(benchmark=benchmark, **figures)[ordered].reset_index(drop=True)


def _of_joint(counts: pd.DataFrame, values: dict[str, float]) -> Floats:
    """Return each group's value by its joint, NaN where the groups have none."""
    if "joint" not in counts:
        return np.full(len(counts), np.nan)
    return np.array([values.get(joint, np.nan) for joint in counts["joint"]], dtype=np.float64)


def _pooled(counts: pd.DataFrame) -> Floats:
    """Return the rate of all eligible operations of each group's joint, of all if the joint is no key."""
    joints = cohorts.group(counts[["joint"] if "joint" in counts else []])
    reoperated, eligible = (joints.total(counts[name].to_numpy()) for name in ("reoperated", "eligible"))
    return proportions.rate(reoperated, eligible)[joints.of_row]
