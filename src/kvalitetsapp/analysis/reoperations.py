"""R9 and R10: how often index operations are reoperated, against Sweden's figure and the funnel limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts, funnel, proportions
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, places, texts, whole
from kvalitetsapp.domain import table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, LinkStatus, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.analysis.columns import Flags, Floats

COUNTED: Final = (LinkStatus.PROPOSED.value, LinkStatus.CONFIRMED.value)
REOPERATION: Final = (SurgeryLevel.REVISION.value, SurgeryLevel.REOPERATION.value)
REVISION: Final = (SurgeryLevel.REVISION.value,)
_INDICATORS: Final = {30: "reoperation_30d", 90: "reoperation_90d", DAYS_TWO_YEARS: "reoperation_2y"}
_EVENTS: Final = {
    "reoperated": (COUNTED, REOPERATION),
    "revised": (COUNTED, REVISION),
    "ambiguous": ((LinkStatus.AMBIGUOUS.value,), REOPERATION),
}
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
    groups = cohorts.group(cohorts.operation_keys(index_operations, persons, by))
    operated, cut = day_numbers(index_operations["operated_on"]), day_number(as_of)
    eligible = operated <= cut - within
    found = {"operations": groups.count(operated <= cut), "eligible": groups.count(eligible)}
    for name, with_event in _with_events(index_operations, links, within).items():
        found[name] = groups.count(eligible & with_event)
    counts = groups.keys.assign(**found)
    if by:  # without keys there is a sum even of nothing
        counts = counts[counts["operations"] > 0].reset_index(drop=True)
    counts["benchmark"] = _of_joint(counts, national(benchmarks, within))
    around = counts["benchmark"].fillna(_pooled(counts))
    figures = funnel.figures(counts["reoperated"], counts["eligible"], around)
    return counts.assign(**figures)[[*groups.keys.columns, *(column.name for column in table.REOPERATION_VALUES)]]


def national(benchmarks: pd.DataFrame, within: int) -> dict[str, float]:
    """Return Sweden's national share reoperated within `within` days by joint, the latest period's as a fraction."""
    indicator = _INDICATORS.get(within, "")
    chosen = benchmarks[
        among(benchmarks["country"], "SE")
        & among(benchmarks["level"], "national")
        & among(benchmarks["indicator"], indicator)
    ]
    latest = chosen.sort_values("period", kind="stable").drop_duplicates("joint", keep="last")
    scale = np.where(among(latest["unit_of_value"], "percent"), 100.0, 1.0)
    return dict(zip(texts(latest["joint"]), (latest["value"].to_numpy() / scale).tolist(), strict=True))


def _with_events(index_operations: pd.DataFrame, links: pd.DataFrame, within: int) -> dict[str, Flags]:
    """Tell which operations have an event of each kind that is counted from 0 to `within` days after them."""
    days = whole(links["days"], missing=_BEFORE)
    is_within = (days >= 0) & (days <= within)
    row = places(index_operations["operation"].to_numpy(), links["operation"].to_numpy())
    found = {}
    for name, (statuses, levels) in _EVENTS.items():
        hit = is_within & among(links["status"], *statuses) & among(links["surgery_level"], *levels)
        has_event = np.zeros(len(index_operations) + 1, dtype=np.bool_)  # the last for events of other operations: −1
        has_event[row[hit]] = True
        found[name] = has_event[:-1]
    return found


def _of_joint(counts: pd.DataFrame, values: dict[str, float]) -> Floats:
    """Return each group's value by its joint, NaN where the groups have none."""
    if "joint" not in counts:
        return np.full(len(counts), np.nan)
    return np.array([values.get(joint, np.nan) for joint in counts["joint"]], dtype=np.float64)


def _pooled(counts: pd.DataFrame) -> pd.Series[Any]:
    """Return the rate of all eligible operations of each group's joint, of all if the joint is no key."""
    pooled = counts[["reoperated", "eligible"]]
    joint = counts["joint"] if "joint" in counts else np.zeros(len(counts), dtype=np.int64)
    sums = pooled.groupby(joint).transform("sum")
    return pd.Series(proportions.rate(sums["reoperated"], sums["eligible"]), counts.index)
