"""What complications cost case by case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import cost_distribution, recovery
from support import made_frames
from support.made_frames import agreement, link, operation, operations


def totals(made: pd.DataFrame, *events: dict[str, Any], cap: int = 200_000_00) -> pd.DataFrame:
    basis = recovery.claims_basis(
        made,
        made_frames.links(made, *events),
        made_frames.episodes(*events),
        made_frames.PROVIDERS,
        [agreement(cap=cap)],
        potential=False,
    )
    return cost_distribution.case_totals(basis)


def test_r14_a_case_costs_what_its_events_that_count_cost_covered_or_not() -> None:
    made = operations(operation(), operation(), operation(payer_route="other"), operation())
    found = totals(
        made,
        link(0, 5, cost=1_000_00),
        link(0, 9, cost=2_000_50, event_provider_id="P02"),
        link(0, 10, cost=500_000_00, status="rejected"),
        link(1, 5, cost=None),
        link(2, 5, cost=7_00),
        link(2, 6, cost=None),
        link(3, 5, status="proposed"),
    )
    assert found["index_ref"].tolist() == [f"faktura/{number}/hip/right" for number in range(3)]
    assert found["total"].tolist() == [3_000_50, pd.NA, 7_00]
    assert found["events"].tolist() == [2, 1, 2]
    assert found["missing_cost_events"].tolist() == [0, 1, 1]
    assert found["cap"].tolist() == [200_000_00, 200_000_00, pd.NA]


def test_r14_the_distribution_says_how_much_and_how_many_are_above_the_lines() -> None:
    costs = [10_000, 20_000, 60_000, 60_001, 100_000, 200_000, 200_001, 300_000, 800_000, 900_000]
    made = operations(*[operation()] * 11)
    events = [link(number, 5, cost=cost * 100) for number, cost in enumerate(costs)]
    row = cost_distribution.summary(totals(made, *events, link(10, 5, cost=None))).iloc[0]
    assert (row["cases"], row["without_cost"]) == (10, 1)
    assert row["mean"] == sum(costs) * 10
    assert (row["median"], row["p90"], row["highest"]) == (150_000_00, 800_000_00, 900_000_00)
    assert row["share_over_cap"] == 0.4  # 200 000 kr to the öre is not above it
    assert (row["share_over_60000"], row["share_over_200000"], row["share_over_800000"]) == (0.7, 0.4, 0.1)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 10**9)), min_size=1, max_size=25))
def test_r14_the_figures_of_each_provider_are_those_of_its_own_cases(cases: list[tuple[str, int]]) -> None:
    frame = pd.DataFrame(cases, columns=["provider_id", "total"]).assign(over_cap=0, cap=None)
    found = cost_distribution.summary(frame.astype({"total": "Int64", "cap": "Int64"}), by=("provider",))
    for row in found.to_dict("records"):
        own = sorted(total for provider, total in cases if provider == row["provider_id"])
        assert (row["cases"], row["highest"]) == (len(own), own[-1])
        assert abs(row["mean"] - sum(own) / len(own)) <= 0.5
        assert abs(row["median"] - np.median(own)) <= 0.5
        assert row["p90"] in own
        assert sum(total <= row["p90"] for total in own) >= 0.9 * len(own) > sum(total < row["p90"] for total in own)
        assert np.isnan(row["share_over_cap"])


def test_r14_no_cases_have_no_figures() -> None:
    none = totals(operations(operation()))
    assert none.empty
    row = cost_distribution.summary(none).iloc[0]
    assert (row["cases"], row["without_cost"]) == (0, 0)
    assert row[["mean", "median", "p90", "highest", "share_over_cap", "share_over_200000"]].isna().all()
    assert cost_distribution.summary(none, by=("provider",)).empty
