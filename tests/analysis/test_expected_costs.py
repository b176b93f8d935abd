"""R9 and R14: what an operation costs with its complications, to the öre."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kvalitetsapp.analysis import expected_costs, operation_prices, recovery
from support import made_frames
from support.made_frames import OPERATED, agreement, link, operation, operations

AS_OF = OPERATED + timedelta(days=730)


def prices(made: pd.DataFrame, *ore: int | None) -> pd.DataFrame:
    details = pd.DataFrame({"operation": made["operation"], "price": pd.array(ore, dtype="Int64")})
    return operation_prices.of_operations(made, details)


def found(
    made: pd.DataFrame,
    priced: pd.DataFrame,
    *events: dict[str, Any],
    by: tuple[str, ...] = ("provider",),
    **told: Any,  # noqa: ANN401 - passed on
) -> pd.DataFrame:
    claims = recovery.claims_basis(
        made,
        made_frames.links(made, *events),
        made_frames.episodes(*events),
        made_frames.PROVIDERS,
        [agreement()],
        potential=told.pop("potential", False),
    )
    persons = made_frames.persons(*[{}] * len(made))
    return expected_costs.summary(
        made, claims, priced, made_frames.PROVIDERS, persons, by=by, **({"as_of": AS_OF} | told)
    )


def test_r9_only_operations_that_were_followed_the_whole_time_and_have_a_price_count() -> None:
    made = operations(operation(), operation(operated_on=OPERATED + timedelta(days=1)), operation(), operation())
    row = found(
        made, prices(made, 60_000_00, 60_000_00, None, 62_000_00), link(0, 5, cost=8_000_00), link(1, 5), link(2, 5)
    ).iloc[0]
    assert (row["operations"], row["eligible"], row["without_price"], row["with_events"]) == (4, 3, 1, 1)
    assert (row["price"], row["complication_cost"], row["expected_cost"]) == (61_000_00, 4_000_00, 65_000_00)
    assert (row["claimable"], row["net_cost"]) == (4_000_00, 61_000_00)
    assert row["expected_low"] is pd.NA


def test_r14_events_within_the_days_count_covered_or_not_and_missing_costs_are_told() -> None:
    made = operations(operation())
    events = (
        link(0, 730, cost=1_00),
        link(0, 731, cost=10_00),
        link(0, 3, cost=100_00, event_provider_id="P02"),
        link(0, 4, cost=None),
        link(0, 5, cost=1000_00, status="proposed"),
        link(0, 6, cost=10_000_00, status="ambiguous"),
    )
    row = found(made, prices(made, 0), *events).iloc[0]
    assert (row["events"], row["missing_cost_events"], row["complication_cost"]) == (3, 1, 101_00)
    assert found(made, prices(made, 0), *events, potential=True).iloc[0]["complication_cost"] == 1101_00


def test_the_region_s_own_operations_are_not_purchased() -> None:
    made = operations(operation(provider_id="OSD"), operation(provider_id="P02"))
    assert found(made, prices(made, 1, 2))["provider_id"].tolist() == ["P02"]


def test_two_operations_of_a_stay_share_its_price() -> None:
    made = operations(operation(episode=7), operation(episode=7, side="left"), operation(episode=8))
    assert prices(made, 100_01, 100_01, 60_00)["price"].tolist() == [50_00, 50_00, 60_00]


def test_nothing_has_no_figures() -> None:
    made = operations(operation())
    row = found(made, prices(made, None)).iloc[0]
    assert row[["price", "complication_cost", "expected_cost", "claimable", "net_cost"]].isna().all()
    assert found(made, prices(made, 1), as_of=date(2019, 1, 1)).empty


@given(st.lists(st.tuples(st.sampled_from(["P01", "P02"]), st.integers(0, 10**8), st.integers(0, 10**8)), max_size=20))
def test_the_parts_add_up_to_the_oere(told: list[tuple[str, int, int]]) -> None:
    made = operations(*(operation(provider_id=provider) for provider, _price, _cost in told))
    events = [link(number, 9, cost=cost) for number, (_provider, _price, cost) in enumerate(told)]
    result = found(made, prices(made, *(price for _provider, price, _cost in told)), *events)
    for row in result.to_dict("records"):
        mine = [(price, cost) for provider, price, cost in told if provider == row["provider_id"]]
        assert row["eligible"] == len(mine)
        assert abs(row["price"] * len(mine) - sum(price for price, _cost in mine)) <= len(mine) / 2
        assert abs(row["complication_cost"] * len(mine) - sum(cost for _price, cost in mine)) <= len(mine) / 2
        assert row["expected_cost"] == row["price"] + row["complication_cost"]
        assert row["net_cost"] == row["expected_cost"] - row["claimable"]


def test_the_interval_is_the_one_that_scipy_draws() -> None:
    random = np.random.default_rng(8)
    cost = np.where(random.random(60) < 0.3, random.lognormal(15, 0.8, 60), 0).astype(np.int64)
    price = random.integers(55_000_00, 65_000_00, 60)
    made = operations(*[operation()] * 60)
    events = [link(int(n), 9, cost=int(cost[n])) for n in np.flatnonzero(cost)]
    row = found(made, prices(made, *price.tolist()), *events).iloc[0]
    drawn = stats.bootstrap((price + cost,), np.mean, n_resamples=20_000, method="percentile", rng=1)
    spread = float(np.std(drawn.bootstrap_distribution))
    assert row["expected_low"] == pytest.approx(drawn.confidence_interval.low, abs=0.25 * spread)
    assert row["expected_high"] == pytest.approx(drawn.confidence_interval.high, abs=0.25 * spread)
