"""Providers by year or by indicator, in colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.charts import figures
from kvalitetsapp.analysis.charts.profile import deviation
from kvalitetsapp.domain.chart_data import HeatCell, HeatMap
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.texts import NOTHING, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.domain.indicator import Indicator


def provider_by_year(
    title: str, rows: pd.DataFrame, indicator: Indicator, names: Mapping[str, str], *, target: float | None = None
) -> HeatMap:
    """Return the figure of each provider (those with most operations first) and year; without colour at the target.

    Cells are keyed `provider/year`. `target` None: the figure of all together.
    """
    cells = cohorts.group(rows[["provider_id", "year"]])
    found = figures.of_groups(rows, cells, indicator)
    pairs = (
        list(zip(cells.keys["provider_id"].tolist(), cells.keys["year"].tolist(), strict=True)) if len(rows) else []
    )
    value = {pair: figures.told(float(found.value[place])) for place, pair in enumerate(pairs)}
    providers = by_volume([rows])
    years = sorted({year for _provider, year in value})
    table = tuple(
        tuple(_cell(f"{provider}/{year}", value.get((provider, year)), indicator) for year in years)
        for provider in providers
    )
    middle = figures.whole(rows, indicator) if target is None else target
    shown = tuple(str(names.get(provider, provider)) for provider in providers)
    low_is_good = indicator.direction is not Direction.HIGH
    return HeatMap(title, shown, tuple(str(year) for year in years), table, middle, low_is_good)


def provider_by_indicator(
    title: str, parts: Sequence[tuple[Indicator, pd.DataFrame]], names: Mapping[str, str]
) -> HeatMap:
    """Return how far each provider lies from all together in each indicator, in per cent, up in the wanted direction.

    Cells show the figure itself and are keyed `provider/indicator`.
    """
    providers = by_volume([rows for _indicator, rows in parts])
    columns = [_against_all(indicator, rows, providers) for indicator, rows in parts]
    table = tuple(tuple(column[place] for column in columns) for place in range(len(providers)))
    shown = tuple(str(names.get(provider, provider)) for provider in providers)
    heads = tuple(indicator.name for indicator, _rows in parts)
    return HeatMap(title, shown, heads, table, 0.0, low_is_good=False)


def by_volume(parts: Sequence[pd.DataFrame]) -> list[str]:
    """Return the providers by the most operations that any part has of them, then by key."""
    most: dict[str, int] = {}
    for rows in parts:
        for provider, count in rows["provider_id"].value_counts().items():
            most[str(provider)] = max(most.get(str(provider), 0), int(count))
    return sorted(most, key=lambda provider: (-most[provider], provider))


def shown_figure(value: float | None, indicator: Indicator) -> str:
    """Return a figure as text: a share in per cent, a mean with the indicator's decimals, nothing as a dash."""
    if value is None:
        return NOTHING
    return percent(value, indicator.decimals) if indicator.is_share else decimal(value, indicator.decimals)


def _cell(key: str, value: float | None, indicator: Indicator) -> HeatCell:
    return HeatCell(key, value, shown_figure(value, indicator))


def _against_all(indicator: Indicator, rows: pd.DataFrame, providers: Sequence[str]) -> list[HeatCell]:
    groups = cohorts.group(rows[["provider_id"]])
    found = figures.of_groups(rows, groups, indicator)
    pairs = zip(groups.keys["provider_id"].tolist(), found.value.tolist(), strict=True)
    value = {key: figures.told(figure) for key, figure in pairs}
    everyone = figures.whole(rows, indicator)
    return [
        HeatCell(
            f"{provider}/{indicator.indicator_id}",
            deviation(value.get(provider), everyone, indicator),
            shown_figure(value.get(provider), indicator),
        )
        for provider in providers
    ]
