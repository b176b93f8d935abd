"""Providers' figures with intervals, ordered by volume: never a league table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import cohorts, expected, funnel
from kvalitetsapp.analysis.charts import figures
from kvalitetsapp.domain.chart_data import Bar, Caterpillar
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kvalitetsapp.analysis.charts.figures import Figures
    from kvalitetsapp.analysis.columns import Texts
    from kvalitetsapp.domain.case_mix import CaseMix, Standardised
    from kvalitetsapp.domain.indicator import Indicator


def by_provider(
    title: str,
    rows: pd.DataFrame,
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    benchmark: float | None = None,
    highlighted: str = "",
) -> Caterpillar:
    """Return a bar per provider of `chart_rows` around `benchmark`, or around the figure of all of them together.

    Only shares are flagged, as in the funnel (R10).
    """
    providers = cohorts.group(rows[["provider_id"]])
    found = figures.of_groups(rows, providers, indicator)
    target = figures.whole(rows, indicator) if benchmark is None else benchmark
    keys = providers.keys["provider_id"].tolist()
    flags = _flags(found, indicator, target)
    bars = [_bar(key, names.get(key, key), place, found, str(flags[place])) for place, key in enumerate(keys)]
    return Caterpillar(title, target, _label(benchmark), _by_volume(bars, highlighted))


def ratios(
    title: str, case_mix: CaseMix, joint: str, names: Mapping[str, str], *, highlighted: str = ""
) -> Caterpillar:
    """Return a bar per provider with observed/expected around 1, unflagged; none by a model on too few events."""
    usable = {model.joint for model in case_mix.models if expected.is_usable(model)}
    mine = [one for one in case_mix.providers if one.joint == joint and joint in usable]
    bars = [_ratio(one, names.get(one.provider_id, one.provider_id)) for one in mine]
    return Caterpillar(title, 1.0, _("Som väntat"), _by_volume(bars, highlighted), ratio=True)


def _by_volume(bars: list[Bar], highlighted: str) -> tuple[Bar, ...]:
    ordered = sorted(bars, key=lambda bar: (-bar.n, bar.name, bar.key))
    return tuple(replace(bar, highlighted=bool(highlighted) and bar.key == highlighted) for bar in ordered)


def _bar(key: str, name: str, place: int, found: Figures, flag: str) -> Bar:
    value, low, high = (figures.told(float(column[place])) for column in (found.value, found.low, found.high))
    return Bar(key, name, int(found.events[place]), int(found.n[place]), value, low, high, flag)


def _ratio(one: Standardised, name: str) -> Bar:
    values = (one.ratio, one.ratio_low, one.ratio_high)
    return Bar(one.provider_id, name, one.observed, one.operations, *values, "")


def _flags(found: Figures, indicator: Indicator, target: float | None) -> Texts:
    if not indicator.is_share or target is None or not 0 <= target <= 1:
        return np.full(len(found.n), "", dtype=object)
    return funnel.flags(found.events, found.n, target)


def _label(benchmark: float | None) -> str:
    return _("Alla vårdgivare här") if benchmark is None else _("Riket")
