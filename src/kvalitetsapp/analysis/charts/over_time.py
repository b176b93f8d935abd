"""An indicator over time: run chart, g-chart and CUSUM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import cusum as cusum_chart
from kvalitetsapp.analysis import g_chart as gap_chart
from kvalitetsapp.analysis import run_chart as period_chart
from kvalitetsapp.analysis.charts import rows as chart_rows
from kvalitetsapp.analysis.columns import NO_DAY, day_number, day_numbers, known
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.domain.chart_data import Cusum, GChart, RunChart
    from kvalitetsapp.domain.indicator import Indicator

MONTH: Final = "month"
QUARTER: Final = "quarter"
_MONTHS: Final = {MONTH: 1, QUARTER: 3}


def run_chart(title: str, rows: pd.DataFrame, *, period: str = QUARTER, target: float | None = None) -> RunChart:
    """Return the share of `chart_rows` by month or quarter of operation, those without any in between too."""
    months = _MONTHS[period]
    place = rows["operated_on"].to_numpy().astype("datetime64[M]").astype(np.int64) // months
    first = int(place.min()) if len(place) else 0
    count = int(place.max()) - first + 1 if len(place) else 0
    n = np.bincount(place - first, minlength=count).astype(np.int64)
    events = np.bincount(place[rows["numerator"].to_numpy(dtype=np.bool_)] - first, minlength=count).astype(np.int64)
    named = [_period(number * months, period) for number in range(first, first + count)]
    keys, labels = [key for key, _label in named], [label for _key, label in named]
    return period_chart.run_chart(title, period_chart.Periods(keys, labels, events, n), target=target)


def g_chart(title: str, rows: pd.DataFrame, indicator: Indicator, *, target: float | None = None) -> GChart:
    """Return the operations between those that went as nobody wants, in the order they were done."""
    hit = chart_rows.unwanted(rows, indicator)
    at = np.flatnonzero(hit)
    between = np.diff(at, prepend=-1) - 1
    since_last = len(hit) - 1 - int(at[-1]) if len(at) else len(hit)
    days = _days(day_numbers(rows["operated_on"])[at])
    gaps = gap_chart.Gaps(between, since_last, rows["index_ref"].to_numpy()[at].tolist(), days)
    wanted = chart_rows.unwanted_target(indicator, target)
    return gap_chart.g_chart(title, gap_chart.OPERATIONS, gaps, target=wanted)


def g_chart_of_days(title: str, rows: pd.DataFrame, indicator: Indicator, as_of: date) -> GChart:
    """Return the days between the events themselves from the first operation to `as_of`.

    An event without a day, or on a day outside that time, cannot be placed and is left out.
    """
    day = day_numbers(rows["event_date"])
    operated = day_numbers(rows["operated_on"])
    start, end = (int(operated.min()) if len(operated) else 0), day_number(as_of)
    placed = chart_rows.unwanted(rows, indicator) & (day != NO_DAY) & (day >= start) & (day <= end)
    at = np.flatnonzero(placed)
    at = at[np.argsort(day[at], kind="stable")]
    between = np.diff(day[at], prepend=start)
    passed = max(end - (int(day[at[-1]]) if len(at) else start), 0) if len(rows) else 0
    gaps = gap_chart.Gaps(between, passed, rows["index_ref"].to_numpy()[at].tolist(), _days(day[at]))
    return gap_chart.g_chart(title, gap_chart.DAYS, gaps)


def cusums(
    rows: pd.DataFrame,
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    target: float | None,
    risks: pd.Series[float] | None = None,
    odds_ratio: float = cusum_chart.ODDS_RATIO,
    limit: float = cusum_chart.LIMIT,
) -> dict[str, Cusum]:
    """Return a CUSUM per provider, those with most operations first; `target` None: the share of all together.

    `risks` has each operation's risk of being in the numerator by its number (`expected.risks`); where every operation
    of a provider has one, its chart is risk-adjusted.
    """
    wanted = chart_rows.unwanted_target(indicator, target)
    if wanted is None and len(rows):
        wanted = float(chart_rows.unwanted(rows, indicator).mean())
    providers, counts = np.unique(rows["provider_id"].to_numpy(dtype=object).astype(str), return_counts=True)
    order = np.lexsort((providers, -counts))
    found = {}
    for provider_id in providers[order].tolist():
        mine = chart_rows.of_provider(rows, provider_id)
        hit = chart_rows.unwanted(mine, indicator)
        risk = _risks(mine, risks, indicator)
        plain = np.full(len(mine), 0.0 if wanted is None else wanted)
        operations = cusum_chart.Operations(
            hit,
            plain if risk is None else risk,
            _days(day_numbers(mine["operated_on"])),
            mine["index_ref"].tolist(),
        )
        title = str(names.get(provider_id, provider_id))
        found[provider_id] = cusum_chart.cusum(
            title, operations, wanted, odds_ratio=odds_ratio, limit=limit, adjusted=risk is not None
        )
    return found


def _risks(rows: pd.DataFrame, risks: pd.Series[float] | None, indicator: Indicator) -> Floats | None:
    if risks is None:
        return None
    found = risks.reindex(rows["operation"].to_numpy())
    if not bool(known(found).all()):
        return None
    value = np.asarray(found.to_numpy(), dtype=np.float64)
    return 1.0 - value if indicator.direction is Direction.HIGH else value


def _days(numbers: Ints) -> list[str]:
    return [str(day) for day in numbers.astype("datetime64[D]")]


def _period(month: int, period: str) -> tuple[str, str]:
    """Return the key and the label of the month or quarter that begins `month` months after January 1970."""
    year, number = 1970 + month // 12, month % 12 + 1
    if period == MONTH:
        return f"{year}-{number:02d}", f"{year}-{number:02d}"
    quarter = (number + 2) // 3
    return f"{year}-Q{quarter}", _("{year} kv {quarter}").format(year=year, quarter=quarter)
