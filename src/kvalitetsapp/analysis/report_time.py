"""One provider over time: what lies between infections, the share per quarter, and the running sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis import published
from kvalitetsapp.analysis.charts import over_time
from kvalitetsapp.analysis.charts.rows import of_provider
from kvalitetsapp.domain.report_chapters import OverTime

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.report_background import ReportBackground
    from kvalitetsapp.domain.chart_data import Cusum, GChart, RunChart
    from kvalitetsapp.domain.indicator import Indicator

REOPERATION: Final = "reoperation_2y"
INFECTION: Final = "infection_coded_2y"
LEAST_FOLLOWED: Final = 20
"""Fewer operations of a joint say nothing over time."""


def charts(background: ReportBackground, provider_id: str) -> OverTime:
    """Return the charts of a provider's infections and reoperations; no operations give none."""
    infection, reoperation = background.one(INFECTION), background.one(REOPERATION)
    between = () if infection is None else _between(background, infection, provider_id)
    if reoperation is None:
        return OverTime(between)
    quarters, cusums = _by_joint(background, reoperation, provider_id)
    return OverTime(between, quarters, cusums)


def _between(background: ReportBackground, indicator: Indicator, provider_id: str) -> tuple[GChart, ...]:
    mine = of_provider(background.rows(indicator), provider_id)
    if not len(mine):
        return ()
    every = of_provider(background.rows_so_far(indicator), provider_id)  # else the last two years would lack theirs
    days = over_time.g_chart_of_days("", every, indicator, background.source.as_of)
    return (days, over_time.g_chart("", mine, indicator))


def _by_joint(
    background: ReportBackground, indicator: Indicator, provider_id: str
) -> tuple[tuple[tuple[str, RunChart], ...], tuple[tuple[str, Cusum], ...]]:
    every = background.rows(indicator)
    mine = of_provider(every, provider_id)
    quarters, cusums = [], []
    for joint in sorted(set(mine["joint"])):
        rows = _of_joint(mine, joint)
        if len(rows) < LEAST_FOLLOWED:
            continue
        target = target_of(background, indicator, every, joint)
        quarters.append((joint, over_time.run_chart("", rows, target=target)))
        made = over_time.cusums(rows, indicator, {provider_id: ""}, target=target, risks=background.risks(indicator))
        cusums.append((joint, made[provider_id]))
    return tuple(quarters), tuple(cusums)


def target_of(background: ReportBackground, indicator: Indicator, every: pd.DataFrame, joint: str) -> float | None:
    """Return the nation's figure, or that of all operations in the joint here."""
    national = published.national(background.source.benchmarks, indicator.benchmark).get(joint)
    rows = _of_joint(every, joint)
    return national if national is not None or not len(rows) else float(rows["numerator"].mean())


def _of_joint(rows: pd.DataFrame, joint: str) -> pd.DataFrame:
    return rows.loc[rows["joint"] == joint].reset_index(drop=True)
