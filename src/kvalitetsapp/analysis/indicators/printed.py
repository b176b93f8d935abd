"""Figures that somebody has printed: the nation's to read ours against, and those of providers and units."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts, published
from kvalitetsapp.analysis.columns import among, texts
from kvalitetsapp.analysis.indicators import cohort, keys
from kvalitetsapp.analysis.indicators.flags import joined
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS, INDICATOR_VALUES, SMALL_N, FigureFlag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Texts
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

_YEAR_DIGITS: Final = 4
_COUNTS: Final = ("operations", "eligible", "events", "reviewed", "ambiguous", "follow_up_days")


def benchmark(rows: pd.DataFrame, indicator: Indicator, source: IndicatorSource) -> Floats:
    """Return Sweden's national figure for each row by its joint, NaN where there is none or the joint is not told."""
    national = source.once(("national", indicator.benchmark), partial(_national, source, indicator.benchmark))
    if "joint" in rows:
        return np.array([national.get(joint, np.nan) for joint in rows["joint"]], dtype=np.float64)
    only = indicator.cohort.joints[0] if len(indicator.cohort.joints) == 1 else ""
    return np.full(len(rows), national.get(only, np.nan))


def _national(source: IndicatorSource, printed: str) -> dict[str, float]:
    return published.national(source.benchmarks, printed) if printed else {}


def summary(indicator: Indicator, source: IndicatorSource, *, by: Sequence[str]) -> pd.DataFrame:
    """Return Sweden's printed figures of an indicator in the columns of `figures.summary`.

    With the key `unit` those of units, with `provider` those of providers that we know by that name, else the
    nation's; of the latest period unless `year` is a key; keys that nobody prints figures by are empty. `n` is as
    printed. A printed rate is never turned into a count, so events and interval are empty. Where several figures
    would share a row, none of them is told. Takes benchmarks of the shape `frames.PUBLISHED`.
    """
    chosen = _chosen(indicator, source, by)
    groups = cohorts.group(_keys(chosen, source, by))
    alone = (groups.count() == 1)[groups.of_row]
    row = groups.of_row[alone]
    value = np.full(len(groups.keys), np.nan)
    value[row] = published.values(chosen)[alone]
    n = pd.array([pd.NA] * len(value), dtype="Int64")
    n[row] = chosen["n"].array[alone]
    nothing: dict[str, Any] = {name: pd.array([pd.NA] * len(value), dtype="Int64") for name in _COUNTS}
    made = groups.keys.assign(
        **nothing,
        indicator=indicator.indicator_id,
        version=indicator.version,
        n=n,
        value=value,
        ci_low=np.nan,
        ci_high=np.nan,
        benchmark=benchmark(groups.keys, indicator, source),
        flags=_flags(value, pd.Series(n)),
    )
    return made[[*keys.names(by), *(column.name for column in INDICATOR_VALUES)]]


def _flags(value: Floats, n: pd.Series[Any]) -> Texts:
    small = (n < SMALL_N).to_numpy(dtype=np.bool_, na_value=False)
    told: dict[FigureFlag, Flags] = {FigureFlag.SMALL_N: small, FigureFlag.NO_REPORTING: np.isnan(value)}
    return joined(told)


def _chosen(indicator: Indicator, source: IndicatorSource, by: Sequence[str]) -> pd.DataFrame:
    level = "unit" if "unit" in by else "provider" if "provider" in by else "national"
    found = published.of_sweden(source.benchmarks, level, indicator.count.published)
    if indicator.cohort.joints:
        found = found[among(found["joint"], *indicator.cohort.joints)]
    if level == "provider":
        found = found[among(found["unit"], *provider_names(source))]
    if "year" not in by:
        found = found.sort_values("period", kind="stable").drop_duplicates(["unit", "joint"], keep="last")
    return found.reset_index(drop=True)


def _keys(chosen: pd.DataFrame, source: IndicatorSource, by: Sequence[str]) -> pd.DataFrame:
    told: dict[str, Any] = {
        "joint": texts(chosen["joint"]),
        "unit": texts(chosen["unit"]),
        "year": np.array([_year(period) for period in chosen["period"]], dtype=np.int64),
    }
    if "provider" in by:
        whose = owners(source) if "unit" in by else provider_names(source)
        told["provider"] = np.array([whose.get(name, "") for name in chosen["unit"]], dtype=object)
    empty = np.full(len(chosen), "", dtype=object)
    return pd.DataFrame({INDICATOR_KEYS[key].name: told.get(key, empty) for key in by}, index=range(len(chosen)))


def _year(period: str) -> int:
    """Return the year that a period begins with, 0 where it begins with none."""
    start = period[:_YEAR_DIGITS]
    return int(start) if len(start) == _YEAR_DIGITS and start.isascii() and start.isdigit() else 0


def provider_names(source: IndicatorSource) -> dict[str, str]:
    """Return the provider that each name, and each key of a provider, stands for."""
    every = source.providers
    ids = texts(every["provider_id"]).tolist()
    return dict(zip(texts(every["name"]).tolist(), ids, strict=True)) | dict(zip(ids, ids, strict=True))


def owners(source: IndicatorSource) -> dict[str, str]:
    """Return the provider of each unit, of those whose name only one provider's operations have."""
    pairs = pd.DataFrame(
        {"unit": cohort.provider_units(source), "provider": texts(source.index_operations["provider_id"])}
    ).drop_duplicates()
    only = pairs.drop_duplicates("unit", keep=False)
    return dict(zip(only["unit"], only["provider"], strict=True))
