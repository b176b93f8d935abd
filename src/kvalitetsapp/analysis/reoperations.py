"""R9 and R10: how often index operations are reoperated, against Sweden's figure and the funnel limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts, funnel, proportions, published
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, texts, whole
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, LinkStatus, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.analysis.columns import Flags, Floats

COUNTED: Final = (LinkStatus.PROPOSED.value, LinkStatus.CONFIRMED.value)
REOPERATION: Final = (SurgeryLevel.REVISION.value, SurgeryLevel.REOPERATION.value)
REVISION: Final = (SurgeryLevel.REVISION.value,)
_INDICATORS: Final = {30: "reoperation_30d", 90: "reoperation_90d", DAYS_TWO_YEARS: "reoperation_2y"}
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
    cohort = index_operations[day_numbers(index_operations["operated_on"]) <= day_number(as_of)]
    groups = cohorts.group(cohorts.operation_keys(cohort, persons, by))
    eligible = day_numbers(cohort["operated_on"]) <= day_number(as_of) - within
    reoperated = eligible & _with_event(cohort, links, COUNTED, REOPERATION, within)
    revised = eligible & _with_event(cohort, links, COUNTED, REVISION, within)
    ambiguous = eligible & _with_event(cohort, links, (LinkStatus.AMBIGUOUS.value,), REOPERATION, within)
    counts = groups.keys.assign(operations=groups.count(), eligible=groups.count(eligible))
    counts = counts.assign(reoperated=groups.count(reoperated))
    benchmark = _of_joint(counts, national(benchmarks, within))
    pooled = _pooled(counts, cohort, eligible, reoperated)
    figures = funnel.figures(
        counts["reoperated"], counts["eligible"], np.where(np.isnan(benchmark), pooled, benchmark)
    )
    parts = {name: figures.pop(name) for name in ("rate", "ci_low", "ci_high")}
    tail = {"revised": groups.count(revised), "ambiguous": groups.count(ambiguous), "benchmark": benchmark}
    return counts.assign(**parts, **tail, **figures)


def national(benchmarks: pd.DataFrame, within: int) -> dict[str, float]:
    """Return Sweden's national share reoperated within `within` days by joint, the latest period's as a fraction."""
    return published.national(benchmarks, _INDICATORS.get(within, ""))


def _with_event(
    cohort: pd.DataFrame, links: pd.DataFrame, statuses: Sequence[str], levels: Sequence[str], within: int
) -> Flags:
    """Tell which operations have an event of such status and level from 0 to `within` days after them."""
    days = whole(links["days"], missing=_BEFORE)
    hit = among(links["status"], *statuses) & among(links["surgery_level"], *levels)
    hit &= (days >= 0) & (days <= within)
    return np.isin(cohort["operation"].to_numpy(), links["operation"].to_numpy()[hit])


def _of_joint(counts: pd.DataFrame, values: dict[str, float]) -> Floats:
    """Return each group's value by its joint, NaN where the groups have none."""
    if "joint" not in counts:
        return np.full(len(counts), np.nan)
    return np.array([values.get(joint, np.nan) for joint in counts["joint"]], dtype=np.float64)


def _pooled(counts: pd.DataFrame, cohort: pd.DataFrame, eligible: Flags, reoperated: Flags) -> Floats:
    """Return the rate of all eligible operations of each group's joint, of all if the joint is no key."""
    joints = cohorts.group(pd.DataFrame({"joint": texts(cohort["joint"])} if "joint" in counts else {}, cohort.index))
    rates = proportions.rate(joints.count(reoperated), joints.count(eligible))
    if "joint" not in counts:
        return np.full(len(counts), rates[0])
    return _of_joint(counts, dict(zip(joints.keys["joint"], rates.tolist(), strict=True)))
