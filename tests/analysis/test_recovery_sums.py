"""R15 summed up: what events cost and give, by group, and what was claimed, credited and paid of it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kvalitetsapp.analysis import recovery
from kvalitetsapp.domain import table
from support.made_claims_basis import claims, kronor
from support.made_frames import agreement, link, operation, operations


def test_r15_the_recovery_sums_events_that_count_by_the_year_of_the_event() -> None:
    made = operations(operation(operated_on=date(2020, 12, 20)), operation(operated_on=date(2020, 12, 20)))
    events = [
        link(0, 5, cost=30_000_00),
        link(0, 50, cost=90_000_00),
        link(1, 20, cost=None),
        link(1, 30, cost=5_000_00, event_provider_id="P02"),
        link(1, 40, cost=5_000_00, status="ambiguous"),
    ]
    basis = claims(*events, made=made, terms=[agreement(cap=100_000_00, deductible=1_000_00)])
    found = recovery.summary(basis, by=("provider", "year", "agreement"))
    assert list(found.columns) == [
        *("provider_id", "year", "agreement_id"),
        *(column.name for column in table.RECOVERY_VALUES),
    ]
    assert found[
        ["provider_id", "year", "agreement_id", "cases", "events", "missing_cost_events"]
    ].to_numpy().tolist() == [
        ["P01", 2020, "A", 1, 1, 0],
        ["P01", 2021, "A", 2, 3, 1],
    ]
    assert kronor(found["cost_total"]) == [30_000, 95_000]
    assert kronor(found["covered_cost"]) == [30_000, 90_000]
    assert kronor(found["not_covered_cost"]) == [0, 5_000]
    assert kronor(found["claimable"]) == [29_000, 71_000]
    assert kronor(found["over_cap"]) == [0, 19_000]
    total = recovery.summary(basis, by=())
    assert (total["cases"][0], total["events"][0], total["uncollected"][0]) == (2, 4, 100_000_00)


def test_r15_what_was_claimed_credited_and_paid_stays_in_the_sums() -> None:
    basis = claims(link(0, 5, cost=30_000_00), link(0, 9, status="rejected", cost=8_000_00))
    account = pd.DataFrame(
        {
            "operation": [0] * 3,
            "provider_id": ["P01"] * 3,
            "agreement_id": ["A"] * 3,
            "index_joint": ["hip"] * 3,
            "complication_class": ["infection"] * 3,
            "event_date": basis["event_date"].iloc[[0, 0, 1]].tolist(),
            "episode": [0, 0, 1],
            "joint": ["hip"] * 3,
            "side": ["right"] * 3,
            "claimed": [30_000_00, 0, 8_000_00],
            "credited": [0, 12_000_00, 0],
            "paid": [0, 10_000_00, 0],
        }
    )
    row = recovery.summary(basis, by=("provider",), account=account).iloc[0]
    assert (row["cases"], row["events"], row["cost_total"], row["claimable"]) == (1, 1, 30_000_00, 30_000_00)
    assert (row["claimed"], row["credited"], row["paid"]) == (38_000_00, 12_000_00, 10_000_00)
    assert row["uncollected"] == 30_000_00 - (38_000_00 - 12_000_00)
    untouched = recovery.summary(basis, by=("provider",), account=account.iloc[:0])
    pd.testing.assert_frame_equal(untouched, recovery.summary(basis, by=("provider",)))


def test_r15_what_was_claimed_for_an_event_that_is_gone_stays_with_the_provider_it_was_claimed_from() -> None:
    basis = claims(link(0, 5, cost=30_000_00))
    account = pd.DataFrame(
        {
            "operation": [0, 9],
            "provider_id": ["P01", "P02"],
            "agreement_id": ["A", "A"],
            "index_joint": ["hip", "knee"],
            "complication_class": ["infection", "infection"],
            "event_date": [basis["event_date"][0]] * 2,
            "episode": [0, 0],
            "joint": ["hip", "hip"],
            "side": ["right", "right"],
            "claimed": [30_000_00, 7_000_00],
            "credited": [0, 0],
            "paid": [10_000_00, 0],
        }
    )
    by_provider = recovery.summary(basis, by=("provider",), account=account).set_index("provider_id")
    assert by_provider["claimed"].to_dict() == {"P01": 30_000_00, "P02": 7_000_00}
    assert by_provider["cases"].to_dict() == {"P01": 1, "P02": 0}
    assert by_provider["uncollected"].to_dict() == {"P01": 0, "P02": -7_000_00}
    assert recovery.summary(basis, by=(), account=account)["claimed"][0] == 37_000_00
