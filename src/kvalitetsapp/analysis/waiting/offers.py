"""What is known of providers that could take over somebody who waits: own costs, waiting times and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import proportions
from kvalitetsapp.analysis.columns import NO_DAY, coded, known, places, whole
from kvalitetsapp.analysis.waiting import standing
from kvalitetsapp.analysis.waiting.specialised import needs
from kvalitetsapp.domain import drg
from kvalitetsapp.domain.redistribution import OfferOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.analysis.waiting.state import Month


def entries(month: Month, those: Standing, specialised: Flags) -> pd.DataFrame:
    """Return a month's entries (all of them, or those of its scope) with the columns of `redistribution.WAITING`.

    `specialised` tells of every code whether it is highly specialised by the table of areas.
    """
    lists, columns = month.lists, those.columns
    mark, by_table = needs(month, those, specialised)
    areas = sorted({*month.areas, ""})
    of_code = np.array([areas.index(one) for one in month.areas] or [0])
    planned = standing.planned(lists, month.everyone.month, NO_DAY) != NO_DAY
    named = {
        name: pd.Categorical.from_codes(columns[column], pd.Index(lists.words[column]))
        for name, column in (("provider_id", "provider"), ("municipality", "municipality"), ("deviation", "deviation"))
    }
    return pd.DataFrame(
        named
        | {
            "area": pd.Categorical.from_codes(of_code[columns["code"]], pd.Index(areas)),
            "waited": those.days.astype(np.int64),
            "is_planned": planned if those is month.everyone or month.rows is None else planned[month.rows],
            "highly_specialised": mark | by_table,
        }
    )


def waits(waiting: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return the median days of those who wait, by provider and area; whose days are not known are left out."""
    told = waiting[waiting["waited"] >= 0]
    return {at: round(float(value)) for at, value in _medians(told, told["waited"].to_numpy()).items()}


def own_costs(
    operations: pd.DataFrame, episodes: pd.DataFrame, area_of: Callable[[str], str]
) -> dict[tuple[str, str], int]:
    """Return what an operation has cost in the median, by provider and area, in öre.

    The stay's own cost (KPP) counts, else its DRG weight times price; operations with neither are left out. A stay
    with two operations has one cost: each of them an equal part.
    """
    if operations.empty:
        return {}
    stay = operations["episode"].to_numpy(dtype=np.int64)
    place = places(episodes["episode"].to_numpy(dtype=np.int64), stay)
    of_stay = episodes.iloc[np.maximum(place, 0)]
    has_kpp, has_drg = known(of_stay["cost"]), known(of_stay["drg_weight"]) & known(of_stay["drg_price"])
    by_drg = (whole(of_stay["drg_weight"]) * whole(of_stay["drg_price"]) + drg.UNITS // 2) // drg.UNITS
    cost = np.where(has_kpp, whole(of_stay["cost"]), by_drg)
    _distinct, number, together = np.unique(stay, return_inverse=True, return_counts=True)
    rows = (place >= 0) & (has_kpp | has_drg)
    told = _with_area(operations, area_of)[rows]
    return {at: round(float(value)) for at, value in _medians(told, (cost // together[number])[rows]).items()}


def outcomes(
    operations: pd.DataFrame, members: pd.DataFrame, area_of: Callable[[str], str]
) -> dict[tuple[str, str], OfferOutcome]:
    """Return the share of an indicator by provider and area of the operation, with Wilson intervals.

    `members` are the indicator's: operation, counted, value.
    """
    counted = members[members["counted"]]
    place = places(operations["operation"].to_numpy(dtype=np.int64), counted["operation"].to_numpy(dtype=np.int64))
    told = _with_area(operations, area_of).iloc[place]
    provider, providers = coded(told["provider_id"])
    area, areas = coded(told["area"])
    group = provider * len(areas) + area
    size = len(providers) * len(areas)
    n = np.bincount(group, minlength=size)
    events = np.bincount(group, weights=counted["value"].to_numpy(dtype=np.float64), minlength=size).astype(np.int64)
    low, high = proportions.wilson(events, n)
    return {
        (str(providers[at // len(areas)]), str(areas[at % len(areas)])): OfferOutcome(
            int(events[at]), int(n[at]), float(events[at] / n[at]), float(low[at]), float(high[at])
        )
        for at in np.flatnonzero(n).tolist()
    }


def _with_area(operations: pd.DataFrame, area_of: Callable[[str], str]) -> pd.DataFrame:
    code, codes = coded(operations["procedure_code"])
    areas = np.array([area_of(one) for one in codes.tolist()], dtype=object)
    return pd.DataFrame({"provider_id": operations["provider_id"].to_numpy(), "area": areas[code]})


def _medians(rows: pd.DataFrame, values: Ints) -> dict[tuple[str, str], float]:
    """Return the median of values by provider and area."""
    provider, providers = coded(rows["provider_id"])
    area, areas = coded(rows["area"])
    found: pd.Series[float] = pd.Series(values).groupby(provider * len(areas) + area).median()
    return {
        (str(providers[at // len(areas)]), str(areas[at % len(areas)])): float(value)
        for at, value in zip(found.index.tolist(), found.tolist(), strict=True)
    }
