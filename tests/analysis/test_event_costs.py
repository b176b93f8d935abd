"""R14: which source an event's cost comes from, whatever mixture of sources there is, and that it counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis import recovery
from kvalitetsapp.domain import cost_source, drg
from kvalitetsapp.domain.agreement import Tariff
from kvalitetsapp.domain.cost_source import Delivery, DrgFacts, EpisodeCosts
from kvalitetsapp.domain.manual_cost import ManualCost
from support import made_frames
from support.made_frames import agreement, link, operation, operations

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.domain.agreement import Agreement

DRG = {"drg_weight": 41_250, "drg_price": 62_450_10}
DRG_COST = 257_606_66
BASES = st.lists(st.sampled_from(["kpp", "drg", "tariff"]), min_size=1, max_size=3, unique=True).map(tuple)
AMOUNTS = st.none() | st.integers(0, 10**9)


def claims(*events: dict[str, Any], terms: Agreement | None = None, with_agreement: bool = True) -> pd.DataFrame:
    made = operations(operation())
    basis = recovery.claims_basis(
        made,
        made_frames.links(made, *events),
        made_frames.episodes(*events),
        made_frames.PROVIDERS,
        [terms or agreement()] if with_agreement else [],
        potential=False,
    )
    return basis.sort_values(["episode", "joint", "side"], ignore_index=True)


def costs(found: pd.DataFrame) -> list[tuple[int | None, str]]:
    amounts = found["cost"].astype(object).where(found["cost"].notna(), None)
    return list(zip(amounts.tolist(), found["cost_basis"].tolist(), strict=True))


@pytest.mark.parametrize(
    ("basis", "told", "expected"),
    [
        (("kpp", "drg"), {"cost": 1_00, **DRG}, (1_00, "kpp")),
        (("drg", "kpp"), {"cost": 1_00, **DRG}, (DRG_COST, "drg")),
        (("kpp", "drg"), {"cost": None, **DRG}, (DRG_COST, "drg")),
        (("kpp", "drg"), {"cost": 0, **DRG}, (0, "kpp")),
        (("kpp",), {"cost": None, **DRG}, (None, "")),
        (("drg",), {"cost": 1_00, "drg_weight": 41_250}, (None, "")),
        (("drg",), {"cost": 1_00, "drg_price": 62_450_10}, (None, "")),
        (("drg", "tariff"), {"cost": 1_00, "drg_price": 62_450_10}, (3 * 9_500_00, "tariff")),
        (("tariff", "kpp"), {"cost": 1_00, "manual_cost": 7_00, **DRG}, (3 * 9_500_00, "tariff")),
        (("drg",), {"cost": 1_00, "manual_cost": 7_00}, (7_00, "manual")),
        (("drg",), {"cost": 1_00, "manual_cost": 0}, (0, "manual")),
        (("kpp", "drg"), {"cost": None, "manual_cost": 7_00, **DRG}, (DRG_COST, "drg")),
    ],
)
def test_r14_the_first_source_with_a_value_counts_and_the_cost_by_hand_comes_last(
    basis: tuple[str, ...], told: dict[str, Any], expected: tuple[int | None, str]
) -> None:
    terms = agreement(cost_basis=basis, tariff=Tariff(inpatient_day=9_500_00))
    assert costs(claims(link(0, 10, **told), terms=terms)) == [expected]


def test_r14_without_agreement_the_own_cost_counts_then_the_one_by_hand_and_never_drg() -> None:
    events = [
        link(0, 10, cost=1_00, manual_cost=7_00, **DRG),
        link(0, 20, cost=None, manual_cost=7_00, **DRG),
        link(0, 30, cost=None, **DRG),
    ]
    assert costs(claims(*events, with_agreement=False)) == [(1_00, "kpp"), (7_00, "manual"), (None, "")]


@pytest.mark.parametrize(("told", "cost", "basis"), [({"manual_cost": 7_00}, 7_00, "manual"), (DRG, DRG_COST, "drg")])
def test_r14_the_cost_of_an_episode_with_several_events_counts_once_also_by_drg_or_by_hand(
    told: dict[str, Any], cost: int, basis: str
) -> None:
    both = {"episode": 0, "cost": None, **told}
    events = [link(0, 10, **both, joint="hip"), link(0, 10, **both, joint="knee")]
    found = claims(*events, terms=agreement(cap=1_000_000_00, cost_basis=("kpp", "drg")))
    assert costs(found) == [(cost, basis), (0, "shared")]
    assert found["claimable"].sum() == cost


@st.composite
def episodes_told(draw: st.DrawFn) -> dict[str, Any]:
    """An episode with any mixture of sources of cost."""
    return {
        "cost": draw(AMOUNTS),
        "drg_weight": draw(st.none() | st.integers(1, drg.WEIGHT_LIMIT - 1)),
        "drg_price": draw(st.none() | st.integers(1, drg.HIGHEST_PRICE)),
        "manual_cost": draw(AMOUNTS),
        "care_form": draw(st.sampled_from(["inpatient", "outpatient"])),
        "admitted": "2020-02-01",
        "discharged": (date(2020, 2, 1) + timedelta(days=draw(st.integers(0, 40)))).isoformat(),
    }


@given(
    st.lists(episodes_told(), min_size=1, max_size=6),
    BASES,
    st.builds(Tariff, st.none() | st.integers(0, 10**7), st.none() | st.integers(0, 10**7)),
)
def test_r14_every_cost_is_that_of_the_source_in_words_and_to_the_ore(
    told: list[dict[str, Any]], basis: tuple[str, ...], tariff: Tariff
) -> None:
    terms = agreement(cost_basis=basis, tariff=tariff)
    found = costs(claims(*(link(0, 10 + place, **one) for place, one in enumerate(told)), terms=terms))
    for one, (cost, of_basis) in zip(told, found, strict=True):
        source = cost_source.own(in_words(one), terms)
        assert (source.cost, source.basis) == (cost, of_basis)
        if of_basis == "drg":
            exact = Decimal(one["drg_weight"]) / 10_000 * one["drg_price"]
            assert cost == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(episodes_told(), BASES)
def test_r14_one_source_is_used_and_every_other_says_why_not(told: dict[str, Any], basis: tuple[str, ...]) -> None:
    terms = agreement(cost_basis=basis, tariff=Tariff(inpatient_day=9_500_00))
    known = cost_source.known_sources(in_words(told), terms, date(2020, 6, 1))
    used = [one for one in known if one.used]
    assert [one.basis for one in used] == [one for one in [cost_source.own(in_words(told), terms).basis] if one]
    assert [one.basis for one in known][: len(basis)] == list(basis)
    assert known[-1].basis == "manual"
    assert len(known) == 4
    assert all(one.source and one.why for one in known)
    assert all(one.why.startswith("Ja") == one.used for one in known)


def test_r14_a_shared_cost_is_told_first_and_nothing_else_is_used() -> None:
    told = {"cost": 5_00, "care_form": "inpatient", "admitted": "2020-02-01", "discharged": "2020-02-04"}
    shares = cost_source.shared("Vänster höft")
    known = cost_source.known_sources(in_words(told), None, date(2020, 6, 1), shares)
    assert [one.basis for one in known if one.used] == ["shared"]
    assert known[0].source == "Räknas på vårdkontaktens händelse: vänster höft"
    assert known[1].why == "Nej: kostnaden räknas på en annan händelse"


def test_r14_a_cost_with_several_price_years_has_no_single_one() -> None:
    told = {"cost": 5_00, "care_form": "inpatient", "admitted": "2020-02-01", "discharged": "2020-02-04"}
    items = (cost_source.CostItem("Operation", "", 3_00, 2019), cost_source.CostItem("Vård", "", 2_00, 2020))
    source = cost_source.own(replace(in_words(told), items=items), None)
    assert (source.price_year, source.source) == (None, "KPP per kostnadsslag i prisår 2019 och 2020")


def in_words(told: dict[str, Any]) -> EpisodeCosts:
    """What the store would tell of such an episode."""
    by_hand = told.get("manual_cost")
    return EpisodeCosts(
        0,
        "cosmic/00",
        told["care_form"],
        date.fromisoformat(told["admitted"]),
        date.fromisoformat(told["discharged"]),
        told["cost"],
        Delivery("", ""),
        (),
        DrgFacts("H10N", told.get("drg_weight"), "", told.get("drg_price"), ""),
        None if by_hand is None else ManualCost(1, 0, by_hand, 2020, "skäl", "OL01", "2020-05-01T10:00:00+02:00"),
    )
