"""What complications cost case by case (R14), against the cap and the amounts that have been claimed in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import known, nullable, places, whole
from kvalitetsapp.analysis.mean_interval import mean_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

LINES: Final = (60_000_00, 200_000_00, 800_000_00)
TIMES: Final = (8, 10)
_CASE: Final = ("operation", "index_ref", "provider_id", "agreement_id", "index_joint")


def case_totals(claims: pd.DataFrame, *, by_class: bool = False) -> pd.DataFrame:
    """Return one row per case of `recovery.claims_basis` that has an event whose status counts, sorted by index_ref.

    With `by_class` one row per case and complication class of such events, about those events alone.
    Columns: operation · index_ref, provider_id, agreement_id, joint (the operation's) · complication_class (with
    `by_class`) · events, missing_cost_events counts · total öre (what its events cost, covered or not; NA if no cost
    is known) · claimable, over_cap öre · at_cap (a covered event left nothing of the cap) · cap öre (NA without
    agreement). Where some cost is missing the total is the least it can have been.
    """
    rows = claims[claims["counts"].to_numpy(dtype=np.bool_)]
    classes = ["complication_class"] if by_class else []
    cases = cohorts.group(rows[["index_ref", *classes]])
    has_cost = known(rows["cost"])
    spent = (rows["covered"].to_numpy() == 1) & (whole(rows["cap_left"], missing=1) == 0)
    first = np.unique(cases.of_row, return_index=True)[1]
    case = rows[[*_CASE, *classes]].iloc[first].reset_index(drop=True).rename(columns={"index_joint": "joint"})
    return case.assign(
        events=cases.count(),
        missing_cost_events=cases.count(~has_cost),
        total=nullable(cases.total(whole(rows["cost"])), cases.count(has_cost) > 0),
        claimable=cases.total(rows["claimable"].to_numpy()),
        over_cap=cases.total(rows["over_cap"].to_numpy()),
        at_cap=cases.count(spent) > 0,
        cap=rows["cap"].iloc[first].array,
    )


def summary(totals: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the distribution of `case_totals` over the cases whose total is known.

    Keys: provider, joint, agreement, and class where the totals are by class.

    Columns: keys · cases, without_cost (left out) counts · mean (half an öre upwards), median, p90 (nearest rank),
    highest öre (NA of no cases) · share_over_cap (some covered cost was above it, of the cases with agreement),
    share_over_60000, share_over_200000, share_over_800000 (total above so many kronor) fractions (NaN of no cases).
    """
    has_total = known(totals["total"])
    groups = _groups(totals, by)
    total, cases = whole(totals["total"]), groups.count(has_total)
    amounts = _amounts(groups.of_row[has_total], total[has_total], cases)
    with_cap = has_total & known(totals["cap"])
    shares = {"share_over_cap": _share(groups, with_cap & (totals["over_cap"].to_numpy() > 0), with_cap)}
    shares |= {f"share_over_{line // 100}": _share(groups, has_total & (total > line), has_total) for line in LINES}
    return groups.keys.assign(cases=cases, without_cost=groups.count(~has_total), **amounts, **shares)


def against_prices(totals: pd.DataFrame, prices: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return `summary` of `case_totals` and how the totals compare with what the operations themselves cost.

    `prices` is `operation_prices.of_operations`. More columns: mean_low, mean_high öre (95 % interval of the mean, NA
    of fewer than ten) · at_cap (of the cases with agreement) fraction · without_price (cases whose total cannot be
    compared) count · price öre (median price of the cases' operations, NA if none is known) · mean_over_price
    (mean through that price), median_over_price (median of each case's own ratio) · over_8_times, over_10_times (at
    least so many times the operation's own price, of the cases with total and price) fractions.
    """
    groups, has_total = _groups(totals, by), known(totals["total"])
    total, price = whole(totals["total"]), prices_of(totals, prices)
    compared, with_cap = has_total & (price > 0), has_total & known(totals["cap"])
    median_price = _amounts(groups.of_row[price > 0], price[price > 0], groups.count(price > 0))["median"]
    found = summary(totals, by=by)
    low, high = mean_intervals(groups, total, has_total)
    times = {f"over_{n}_times": _share(groups, compared & (total >= n * price), compared) for n in TIMES}
    return found.assign(
        mean_low=low,
        mean_high=high,
        at_cap=_share(groups, with_cap & totals["at_cap"].to_numpy(dtype=np.bool_), with_cap),
        without_price=groups.count(has_total & (price <= 0)),
        price=median_price,
        mean_over_price=(found["mean"] / median_price).astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan),
        median_over_price=_median_ratio(groups, total, price, compared),
        **times,
    )


def mean_intervals(groups: cohorts.Groups, amounts: Ints, rows: Flags) -> tuple[pd.Series[int], pd.Series[int]]:
    """Return the 95 % interval of each group's mean of the marked rows in öre, NA of fewer than ten."""
    found = [mean_interval(amounts[rows & (groups.of_row == place)]) for place in range(len(groups.keys))]
    is_known = np.array([one is not None for one in found], dtype=np.bool_)
    low, high = (np.array([0 if one is None else one[end] for one in found], dtype=np.int64) for end in (0, 1))
    return nullable(low, is_known), nullable(high, is_known)


def _groups(totals: pd.DataFrame, by: Sequence[str]) -> cohorts.Groups:
    return cohorts.group(pd.DataFrame({cohorts.KEYS[key]: totals[cohorts.KEYS[key]] for key in by}, totals.index))


def prices_of(totals: pd.DataFrame, prices: pd.DataFrame) -> Ints:
    """Return the price of each case's operation in öre, 0 where it is not known."""
    place = places(prices["operation"].to_numpy(), totals["operation"].to_numpy())
    return np.where(place < 0, 0, np.append(whole(prices["price"]), 0)[place])


def _median_ratio(groups: cohorts.Groups, total: Ints, price: Ints, rows: Flags) -> Floats:
    ratios = total[rows] / price[rows]
    of_row = groups.of_row[rows]
    medians = [ratios[of_row == place] for place in range(len(groups.keys))]
    return np.array([np.median(one) if len(one) else np.nan for one in medians], dtype=np.float64)


def _amounts(group: Ints, total: Ints, cases: Ints) -> dict[str, pd.Series[int]]:
    """Return mean, median, p90 and highest of each group in whole öre."""
    ranked = np.append(total[np.lexsort((total, group))], 0)
    end = np.cumsum(cases)
    begin = end - cases
    last = len(ranked) - 1
    n = np.maximum(cases, 1)
    sums = np.append(0, np.cumsum(ranked[:-1]))

    def at(place: Ints) -> Ints:
        return np.asarray(ranked[np.minimum(begin + place, last)])

    middle = at((n - 1) // 2) + at(n // 2)
    columns = {
        "mean": (2 * (sums[end] - sums[begin]) + n) // (2 * n),
        "median": (middle + 1) // 2,
        "p90": at((9 * n + 9) // 10 - 1),
        "highest": at(n - 1),
    }
    return {name: nullable(values, cases > 0) for name, values in columns.items()}


def _share(groups: cohorts.Groups, part: Flags, whole_of: Flags) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    n = groups.count(whole_of)
    return np.where(n > 0, groups.count(part) / np.maximum(n, 1), np.nan)
