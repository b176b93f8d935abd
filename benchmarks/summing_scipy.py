"""R9–R11 as scipy and statsmodels have them: limits of counted rows at once, and everything one unit at a time."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import stats
from statsmodels.duration.survfunc import CumIncidenceRight
from statsmodels.stats.proportion import proportion_confint

from kvalitetsapp.domain import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Floats, Ints

_LEVELS: Final = {"pi95_low": 0.025, "pi95_high": 0.975, "pi998_low": 0.001, "pi998_high": 0.999}
_COLUMNS: Final = tuple(column.name for column in table.REOPERATION_VALUES)


def limited(rows: pd.DataFrame, national: Mapping[str, float]) -> pd.DataFrame:
    """Return counted rows with rate, interval, limits and flag, each column worked out in one call."""
    n, x = rows["eligible"].to_numpy(), rows["reoperated"].to_numpy()
    benchmark, around = _around(rows, national)
    found: dict[str, Any] = {"rate": x / np.where(n > 0, n, np.nan), "benchmark": benchmark}
    low, high = proportion_confint(x, np.maximum(n, 1), method="wilson")
    found |= {"ci_low": np.where(n > 0, low, np.nan), "ci_high": np.where(n > 0, high, np.nan)}
    found |= {name: _limits(n, around, level) for name, level in _LEVELS.items()}
    at_least, at_most = stats.binom.sf(x - 1, n, around), stats.binom.cdf(x, n, around)
    flags = ["high_998", "low_998", "high_95", "low_95"]
    conditions = [at_least <= 0.001, at_most <= 0.001, at_least <= 0.025, at_most <= 0.025]
    found["flag"] = np.where(n > 0, np.select(conditions, flags, ""), "")
    keys = [name for name in rows.columns if name not in _COLUMNS]
    return rows.assign(**found)[[*keys, *_COLUMNS]]


def _around(rows: pd.DataFrame, national: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Return Sweden's figure of each row, and what its limits are around: that or the pooled rate."""
    counted = rows[["reoperated", "eligible"]]
    if "joint" not in rows:
        rate = counted["reoperated"].sum() / counted["eligible"].sum()
        return np.full(len(rows), np.nan), np.full(len(rows), rate)
    joint = rows["joint"].astype(str)
    sums = counted.groupby(joint).transform("sum").to_numpy(dtype=np.float64)
    benchmark = np.array([national.get(one, np.nan) for one in joint], dtype=np.float64)
    return benchmark, np.where(np.isnan(benchmark), sums[:, 0] / sums[:, 1], benchmark)


def _limits(n: Ints, around: Floats, level: float) -> Floats:
    r = stats.binom.ppf(level, n, around)
    reached, before = stats.binom.cdf(r, n, around), stats.binom.cdf(r - 1, n, around)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (r - (reached - level) / (reached - before)) / n
    return np.where(n > 0, np.clip(value, 0, 1), np.nan)


def counted(facts: pd.DataFrame, keys: Sequence[str], within: int) -> pd.DataFrame:
    """Return the counted rows of a summary from one row per operation with all days ready, by pandas."""
    eligible = facts["followed"] >= within
    marks = {name: eligible & (facts[name] <= within) for name in ("reoperated", "revised", "ambiguous")}
    columns = facts[list(keys)].assign(operations=1, eligible=eligible, **marks)
    return columns.groupby(list(keys), observed=True).sum().reset_index()


def figures(rows: pd.DataFrame, national: Mapping[str, float]) -> list[tuple[float, ...]]:
    """Return interval, limits and tail probabilities of each row that has anything to show, every one by a call."""
    _, around = _around(rows, national)
    told = zip(rows["reoperated"].tolist(), rows["eligible"].tolist(), around.tolist(), strict=True)
    return [_figures(events, n, target) for events, n, target in told if n]


def _figures(events: int, n: int, around: float) -> tuple[float, ...]:
    limits = (_limit(n, around, level) for level in _LEVELS.values())
    at_least, at_most = stats.binom.sf(events - 1, n, around), stats.binom.cdf(events, n, around)
    return *proportion_confint(events, n, method="wilson"), *limits, at_least, at_most


def _limit(n: int, around: float, level: float) -> float:
    r = stats.binom.ppf(level, n, around)
    reached, before = stats.binom.cdf(r, n, around), stats.binom.cdf(r - 1, n, around)
    return float(min(max((r - (reached - level) / (reached - before)) / n, 0.0), 1.0))


def curves(facts: pd.DataFrame, keys: Sequence[str], at: Sequence[int]) -> list[tuple[float, ...]]:
    """Return km, km_low, km_high and cif of each unit at some days, `time` and `status` of the facts ready."""
    units = facts.groupby(list(keys), observed=True)
    told = ((unit["time"].to_numpy(), unit["status"].to_numpy()) for _, unit in units[["time", "status"]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # there is no interval where the curve is 0 or 1
        return [row for time, status in told for row in _curve(time, status, at)]


def _curve(time: Ints, status: Ints, at: Sequence[int]) -> list[tuple[float, ...]]:
    is_event = status == 1
    free: Any = stats.ecdf(stats.CensoredData(time[is_event], right=time[~is_event])).sf
    band = free.confidence_interval(0.95, method="log-log")
    incidence = CumIncidenceRight(time, status)
    days = np.asarray(at)
    place = np.searchsorted(incidence.times, days, side="right")
    cif = np.append(0.0, incidence.cinc[0])[place]
    columns = (1 - free.evaluate(days), 1 - band.high.evaluate(days), 1 - band.low.evaluate(days), cif)
    return list(zip(*(column.tolist() for column in columns), strict=True))
