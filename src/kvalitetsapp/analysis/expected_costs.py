"""What an operation can be expected to cost, its complications within some days included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, known, nullable, places, whole
from kvalitetsapp.analysis.cost_distribution import mean_intervals
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.analysis.columns import Flags, Ints


def summary(
    index_operations: pd.DataFrame,
    claims: pd.DataFrame,
    prices: pd.DataFrame,
    providers: pd.DataFrame,
    persons: pd.DataFrame,
    *,
    by: Sequence[str],
    as_of: date,
    within: int = DAYS_TWO_YEARS,
) -> pd.DataFrame:
    """Return what operations at providers of another kind than `own` cost that were followed `within` days (R9).

    Keys: those of operations. `claims` is `recovery.claims_basis` (its events whose status counts, covered or not),
    `prices` is `operation_prices.of_operations`. Everything but the counts is about the followed operations with a
    known price, so that price and complications add up.
    Columns: keys · operations, eligible, without_price (of the eligible, left out) counts · with_events, events,
    missing_cost_events counts (an event without a known cost adds nothing: the mean is then the least it can be) ·
    price, complication_cost, expected_cost (their sum), expected_low, expected_high (95 % interval) öre per
    operation · claimable (by the agreements), net_cost (expected cost less that) öre per operation. NA of none.
    """
    cohort = index_operations[_purchased(index_operations, providers, as_of)]
    groups = cohorts.group(cohorts.operation_keys(cohort, persons, by))
    eligible = day_numbers(cohort["operated_on"]) <= day_number(as_of) - within
    each = _operations(cohort, claims, prices, within)
    used = eligible & each["has_price"].to_numpy()
    counted = {name: groups.total(np.where(used, each[name], 0)) for name in ("events", "missing_cost_events")}
    return groups.keys.assign(
        operations=groups.count(),
        eligible=groups.count(eligible),
        without_price=groups.count(eligible & ~used),
        with_events=groups.count(used & (each["events"].to_numpy() > 0)),
        **counted,
        **_means(groups, each, used),
    )


def _means(groups: cohorts.Groups, each: pd.DataFrame, used: Flags) -> dict[str, pd.Series[int]]:
    n = groups.count(used)
    sums = {name: groups.total(np.where(used, each[name], 0)) for name in ("price", "cost", "claimable")}
    price, cost, claimable = (_rounded(total, n) for total in sums.values())
    low, high = mean_intervals(groups, (each["price"] + each["cost"]).to_numpy(), used)
    means = {"price": price, "complication_cost": cost, "expected_cost": price + cost, "claimable": claimable}
    means["net_cost"] = price + cost - claimable
    told = {name: nullable(amounts, n > 0) for name, amounts in means.items()}
    return told | {"expected_low": low, "expected_high": high}


def _purchased(index_operations: pd.DataFrame, providers: pd.DataFrame, as_of: date) -> Flags:
    own = providers["provider_id"][among(providers["kind"], ProviderKind.OWN.value)]
    done = day_numbers(index_operations["operated_on"]) <= day_number(as_of)
    return done & ~among(index_operations["provider_id"], *own)


def _operations(cohort: pd.DataFrame, claims: pd.DataFrame, prices: pd.DataFrame, within: int) -> pd.DataFrame:
    """Return price and has_price of each operation, and the sums of its events that count, up to `within` days."""
    operation, days = cohort["operation"].to_numpy(), whole(claims["days"])
    place = places(operation, claims["operation"].to_numpy())
    rows = claims["counts"].to_numpy(dtype=np.bool_) & (place >= 0) & (days >= 0) & (days <= within)
    amounts = {
        "cost": whole(claims["cost"]),
        "claimable": claims["claimable"].to_numpy(),
        "events": np.ones(len(claims), dtype=np.int64),
        "missing_cost_events": (~known(claims["cost"])).astype(np.int64),
    }
    told = places(prices["operation"].to_numpy(), operation)
    return pd.DataFrame(
        {name: _sums(values[rows], place[rows], len(cohort)) for name, values in amounts.items()}
        | {
            "price": np.append(whole(prices["price"]), 0)[told],
            "has_price": np.append(known(prices["price"]), False)[told],
        }
    )


def _sums(amounts: Ints, place: Ints, size: int) -> Ints:
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, place, amounts)
    return sums


def _rounded(total: Ints, n: Ints) -> Ints:
    """Return the mean in whole öre, half an öre upwards."""
    return (2 * total + n) // np.maximum(2 * n, 1)
