"""R13–R16: what is covered and why not, what it cost, what can be claimed."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import recovery
from kvalitetsapp.domain import table
from kvalitetsapp.domain.agreement import Tariff, Warranty
from support import made_frames
from support.made_claims_basis import claims, kronor
from support.made_frames import agreement, link, operation, operations

if TYPE_CHECKING:
    from random import Random

INFECTION_LONGER = (Warranty(("*",), 730), Warranty(("infection",), 1825, onset_within_days=730))


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (link(0, 10), ""),
        (link(0, 10, status="proposed"), "not_confirmed"),
        (link(0, 10, status="ambiguous"), "ambiguous"),
        (link(0, 10, status="rejected"), "rejected"),
        (link(0, 10, event_provider_id="P01"), "not_own_provider"),
        (link(0, 10, event_provider_id="P02"), "not_own_provider"),
        (link(0, 10, event_provider_id="OSI"), ""),
        (link(0, 730), ""),
        (link(0, 731), "outside_window"),
        (link(0, 10, complication_class=""), ""),  # any class is covered, also none
    ],
)
def test_r13_the_reason_is_the_first_that_applies(event: dict[str, Any], reason: str) -> None:
    row = claims(event).iloc[0]
    assert (row["covered"], row["reason"]) == (int(not reason), reason)


@pytest.mark.parametrize("status", ["proposed", "ambiguous", "rejected"])
def test_r13_the_status_is_told_before_everything_else(status: str) -> None:
    made = operations(operation(payer_route="other"))
    event = link(0, 9000, status=status, event_provider_id="P02")
    assert claims(event, made=made)["reason"][0] == {"proposed": "not_confirmed"}.get(status, status)


def test_r13_without_agreement_nothing_else_is_told_and_there_is_no_cap() -> None:
    row = claims(link(0, 9000, event_provider_id="P02"), made=operations(operation(payer_route="other"))).iloc[0]
    assert (row["reason"], row["agreement_id"], row["claimable"]) == ("no_agreement", "", 0)
    assert row["cap_left"] is pd.NA
    assert row["cap"] is pd.NA


def test_r13_potential_amounts_count_proposed_links_and_no_others() -> None:
    events = [
        link(0, 10 + number, status=status) for number, status in enumerate(("proposed", "ambiguous", "rejected"))
    ]
    assert claims(*events, potential=True)["reason"].tolist() == ["", "ambiguous", "rejected"]
    assert claims(*events, potential=True)["counts"].tolist() == [True, False, False]


def test_r13_cases_are_operations_at_providers_of_another_kind_than_own() -> None:
    made = operations(*(operation(provider_id=provider) for provider in ("OSD", "P01", "P02", "OSI")))
    assert claims(*(link(number, 5) for number in range(4)), made=made)["provider_id"].tolist() == ["P01", "P02"]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (link(0, 300, complication_class="mechanical"), "class_not_covered"),
        (link(0, 366, complication_class="wound"), "outside_window"),
        (link(0, 365, complication_class="wound"), ""),
        (link(0, 400, complication_class="infection"), ""),  # another warranty holds longer
        (link(0, 731, complication_class="infection"), "outside_window"),
    ],
)
def test_r13_one_warranty_that_holds_is_enough(event: dict[str, Any], reason: str) -> None:
    warranties = (Warranty(("wound", "infection"), 365), Warranty(("infection",), 730))
    assert claims(event, terms=[agreement(warranties=warranties)])["reason"][0] == reason


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (link(0, 730), ""),
        (link(0, 731), "onset_outside"),
        (link(0, 100, event_provider_id="P02"), ""),  # also those treated elsewhere
        (link(0, 100, complication_class="wound"), "onset_outside"),
        (link(0, 100, status="rejected"), "onset_outside"),
        (link(0, 100, status="ambiguous"), "onset_outside"),
        (link(0, 100, status="proposed"), "onset_outside"),
        (link(1, 100), "onset_outside"),  # another case of the same person
    ],
)
def test_r13_the_onset_is_the_cases_first_event_of_that_class_that_counts(first: dict[str, Any], reason: str) -> None:
    made = operations(operation(), operation(person=0, side="left"))
    found = claims(first, link(0, 1800), made=made, terms=[agreement(warranties=INFECTION_LONGER)])
    assert found["reason"][1] == reason


def test_r13_a_proposed_onset_counts_for_potential_amounts() -> None:
    events = [link(0, 100, status="proposed"), link(0, 1800)]
    terms = [agreement(warranties=INFECTION_LONGER)]
    assert claims(*events, terms=terms)["reason"].tolist() == ["not_confirmed", "onset_outside"]
    assert claims(*events, terms=terms, potential=True)["reason"].tolist() == ["", ""]


def test_r13_under_a_warranty_for_all_classes_the_onset_is_that_of_the_events_own_class() -> None:
    terms = [agreement(warranties=(Warranty(("*",), 1825, onset_within_days=90),))]
    early = [link(0, 50, complication_class="dislocation"), link(0, 60, complication_class="infection")]
    late = [link(0, 900, complication_class="infection"), link(0, 901, complication_class="wound")]
    assert claims(*early, *late, terms=terms)["reason"].tolist() == ["", "", "", "onset_outside"]


@pytest.mark.parametrize(
    ("basis", "event", "cost", "source"),
    [
        (("kpp", "tariff"), {"cost": 123_45}, 123.45, "kpp"),
        (("kpp", "tariff"), {"cost": 0}, 0.0, "kpp"),  # a cost of zero is a value
        (("kpp", "tariff"), {"cost": None}, 3 * 9500.5, "tariff"),
        (("tariff", "kpp"), {"cost": 123_45}, 3 * 9500.5, "tariff"),
        (("tariff", "kpp"), {"cost": 123_45, "care_form": "outpatient"}, 123.45, "kpp"),
        (("tariff", "kpp"), {"cost": None, "care_form": "outpatient"}, None, ""),
        (("kpp",), {"cost": None}, None, ""),
        (("tariff",), {"cost": 123_45, "care_form": "outpatient"}, None, ""),
        (("tariff",), {"discharged": "2020-02-01"}, 9500.5, "tariff"),  # the day one goes home counts as one
    ],
)
def test_r14_the_cost_is_the_first_of_the_basis_that_has_a_value(
    basis: tuple[str, ...], event: dict[str, Any], cost: float | None, source: str
) -> None:
    found = claims(link(0, 10, **event), terms=[agreement(cost_basis=basis, tariff=Tariff(inpatient_day=9_500_50))])
    assert (kronor(found["cost"]), found["cost_basis"].tolist(), found["covered"].tolist()) == ([cost], [source], [1])
    assert kronor(found["claimable"]) == [cost or 0.0]


def test_r14_an_outpatient_visit_has_its_own_price() -> None:
    terms = [agreement(cost_basis=("tariff",), tariff=Tariff(outpatient_visit=3_200_00))]
    found = claims(link(0, 10, care_form="outpatient"), link(0, 20), terms=terms)
    assert kronor(found["cost"]) == [3200.0, None]


def test_r14_without_agreement_the_cost_is_the_episodes_own() -> None:
    made = operations(operation(payer_route="other"))
    found = claims(link(0, 10), link(0, 20, cost=None), made=made, terms=[agreement(tariff=Tariff(inpatient_day=1))])
    assert kronor(found["cost"]) == [10_000.0, None]
    assert found["cost_basis"].tolist() == ["kpp", ""]


def both_sides() -> pd.DataFrame:
    return operations(operation(side="left"), operation(person=0, side="right"), operation(person=0, joint="knee"))


@pytest.mark.parametrize(
    ("left", "right", "bases"),
    [
        ({}, {}, ["kpp", "shared"]),
        ({"complication_class": "wound"}, {}, ["shared", "kpp"]),  # the first covered one
        ({"complication_class": "wound"}, {"complication_class": "wound"}, ["kpp", "shared"]),
        ({"status": "rejected"}, {}, ["kpp", "kpp"]),  # where the status does not count: own cost
        ({"status": "ambiguous"}, {"complication_class": "wound"}, ["kpp", "kpp"]),
    ],
)
def test_r14_an_episodes_cost_counts_once(left: dict[str, Any], right: dict[str, Any], bases: list[str]) -> None:
    events = [link(0, 10, **{"episode": 7} | left), link(1, 10, **{"episode": 7} | right)]
    terms = [agreement(warranties=(Warranty(("infection",), 730),))]
    for told in (events, events[::-1]):
        found = claims(*told, made=both_sides(), terms=terms)
        assert found["side"].tolist() == ["left", "right"]
        assert found["cost_basis"].tolist() == bases
        assert kronor(found["cost"]) == [0.0 if basis == "shared" else 10_000.0 for basis in bases]


def test_r14_hip_comes_before_knee_and_an_own_case_takes_no_part() -> None:
    made = operations(operation(provider_id="OSD", side="left"), operation(joint="knee"), operation())
    events = [link(number, 10, episode=7) for number in range(3)]
    found = claims(*events, made=made, terms=[agreement(joints=("hip", "knee"))])
    assert found[["joint", "cost_basis"]].to_numpy().tolist() == [["hip", "kpp"], ["knee", "shared"]]


def test_r15_events_draw_in_the_order_of_their_dates_and_then_of_their_episodes() -> None:
    events = [link(0, 50, cost=70_000_00), link(0, 10, cost=70_000_00), link(0, 10, cost=70_000_00, episode=-5)]
    found = claims(*events, terms=[agreement(cap=100_000_00)]).set_index("event_ref")
    assert found.loc[["cosmic/-5", "cosmic/01", "cosmic/00"], "claimable"].tolist() == [70_000_00, 30_000_00, 0]
    assert found.loc[["cosmic/-5", "cosmic/01", "cosmic/00"], "over_cap"].tolist() == [0, 40_000_00, 70_000_00]
    assert found.loc[["cosmic/-5", "cosmic/01", "cosmic/00"], "cap_left"].tolist() == [30_000_00, 0, 0]


def test_r15_shared_missing_and_uncovered_events_take_nothing_and_show_what_is_left_at_their_place() -> None:
    made = both_sides()
    events = [
        link(0, 10, cost=None),
        link(0, 20, cost=4_000_00),
        link(0, 30, status="rejected", cost=90_000_00),
        link(0, 40, cost=9_000_00),
        link(0, 50, event_provider_id="P02", cost=90_000_00),
        link(1, 40, cost=9_000_00, episode=3),
    ]
    found = claims(*events, made=made, terms=[agreement(deductible=5_000_00, cap=20_000_00)])
    case = found[found["side"] == "left"]
    assert kronor(case["deductible"]) == [0, 4_000, 0, 1_000, 0]
    assert kronor(case["claimable"]) == [0, 0, 0, 8_000, 0]
    assert kronor(case["cap_left"]) == [20_000, 20_000, 20_000, 12_000, 12_000]
    other = found[found["side"] == "right"].iloc[0]
    assert (other["cost_basis"], other["deductible"], other["claimable"]) == ("shared", 0, 0)


def test_r15_with_the_scope_episode_each_event_has_the_whole_cap_and_the_deductible_is_taken_once() -> None:
    events = [link(0, 10, cost=70_000_00), link(0, 20, cost=50_000_00), link(0, 30, status="rejected")]
    found = claims(*events, terms=[agreement(cap=60_000_00, cap_scope="episode", deductible=2_500_50)])
    assert kronor(found["claimable"]) == [60_000, 50_000, 0]
    assert kronor(found["over_cap"]) == [7_499.5, 0, 0]
    assert kronor(found["cap_left"]) == [0, 10_000, 60_000]


def test_r15_the_deadline_is_shown_and_changes_no_amount() -> None:
    event = link(0, 10, discharged="2020-02-04")
    with_deadline = claims(event, terms=[agreement(claim_deadline_days=365)])
    without = claims(event)
    assert with_deadline["claim_by"][0] == pd.Timestamp("2021-02-03")
    assert without["claim_by"].isna().all()
    assert with_deadline["claimable"].tolist() == without["claimable"].tolist()


EVENTS = st.lists(
    st.builds(
        link,
        st.integers(0, 2),
        st.integers(0, 800),
        status=st.sampled_from(["confirmed", "proposed", "rejected", "ambiguous"]),
        event_provider_id=st.sampled_from(["OSD", "OSD", "P02"]),
        complication_class=st.sampled_from(["infection", "wound"]),
        cost=st.one_of(st.none(), st.integers(0, 150_000_00)),
        episode=st.integers(0, 6),
    ),
    max_size=12,
    unique_by=(lambda event: (event["episode"], event["operation"]),),
)


@given(EVENTS, st.integers(0, 50_000_00), st.integers(0, 200_000_00), st.booleans(), st.randoms())
def test_r15_money_adds_up_and_row_order_never_matters(
    events: list[dict[str, Any]], deductible: int, cap: int, potential: bool, random: Random
) -> None:
    terms = [agreement(deductible=deductible, cap=cap, joints=("hip", "knee"))]
    costs = {event["episode"]: event["cost"] for event in events}
    told = [event | {"cost": costs[event["episode"]]} for event in events]
    found = claims(*told, made=both_sides(), terms=terms, potential=potential)
    random.shuffle(told)
    pd.testing.assert_frame_equal(claims(*told, made=both_sides(), terms=terms, potential=potential), found)
    covered = found["covered"] == 1
    parts = found["deductible"] + found["claimable"] + found["over_cap"]
    assert parts.tolist() == found["cost"].fillna(0).where(covered, 0).tolist()
    assert (found.groupby("operation")["claimable"].sum() <= cap).all()
    assert (found.groupby("operation")["deductible"].sum() <= deductible).all()
    assert (found[["deductible", "claimable", "over_cap"]] >= 0).all(axis=None)
    counted = found[found["counts"] & found["cost"].notna()]
    assert counted["cost"].sum() == sum(costs[episode] or 0 for episode in set(counted["episode"]))
    sums = recovery.summary(found, by=("joint",))
    assert sums["cost_total"].sum() == counted["cost"].sum()
    assert sums["uncollected"].sum() == found["claimable"].sum()


def test_r16_avoidability_is_asked_for_nowhere_and_a_confirmed_link_suffices() -> None:
    made = operations(operation())
    rows = [link(0, 10), link(0, 20)]
    known = made_frames.links(made, *rows)
    judged = known.assign(avoidability=[1, 4], preventable=[False, True])
    episodes = made_frames.episodes(*rows)
    plain, with_judgement = (
        recovery.claims_basis(made, links, episodes, made_frames.PROVIDERS, [agreement()], potential=False)
        for links in (known, judged)
    )
    pd.testing.assert_frame_equal(plain, with_judgement)
    assert plain["claimable"].tolist() == [10_000_00, 10_000_00]
    assert not [name for name in inspect.signature(recovery.claims_basis).parameters if "avoid" in name]


def test_r13_no_links_give_columns_without_rows() -> None:
    basis = claims()
    assert basis.empty
    assert list(basis.columns)[: len(table.CLAIMS_BASIS)] == [column.name for column in table.CLAIMS_BASIS]
    found = recovery.summary(basis, by=("provider", "joint", "year", "agreement"))
    assert found.empty
    assert list(found.columns)[4:] == [column.name for column in table.RECOVERY_VALUES]
    assert claims(link(0, 5), made=operations(operation(provider_id="OSD"))).empty


def test_r13_an_event_of_an_unknown_joint_is_claimed_by_the_terms_of_its_operation() -> None:
    event = link(0, 5, joint="", side="", operated_on=date(1999, 1, 1), index_ref="", index_provider_id="")
    row = claims(event).iloc[0]
    assert (row["index_ref"], row["provider_id"], row["agreement_id"]) == ("faktura/0/hip/right", "P01", "A")
    assert (row["covered"], row["joint"], row["index_joint"]) == (1, "", "hip")
    assert recovery.summary(claims(event), by=("joint",))["joint"].tolist() == ["hip"]


def test_r13_an_unlinked_event_is_no_claim() -> None:
    made = operations(operation())
    unlinked = made_frames.links(made, link(0, 5)).assign(operation=-1, status="unlinked", index_ref="")
    episodes = made_frames.episodes(link(0, 5))
    found = recovery.claims_basis(made, unlinked, episodes, made_frames.PROVIDERS, [agreement()], potential=True)
    assert found.empty


def test_r13_an_event_on_the_day_of_the_operation_is_covered() -> None:
    assert claims(link(0, 0), terms=[agreement(valid_to=made_frames.OPERATED)])["covered"].tolist() == [1]
    early = agreement(valid_to=made_frames.OPERATED - timedelta(days=1))
    assert claims(link(0, 0), terms=[early])["reason"].tolist() == ["no_agreement"]
