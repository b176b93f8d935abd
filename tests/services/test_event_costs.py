"""R14: every cost says where it comes from and of which year its prices are; an event without one is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.cost_source import CostSource
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import claims, event_costs, listings, manual_costs
from support import cost_county
from support.cost_county import PRICES, WEIGHTS, take
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

KPP = 150_000_50


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with cost_county.make(tmp_path, tariff="outpatient_visit = 3200.50") as made:
        made.user = "OL01"
        yield made


def key(workspace: Workspace, ref: str) -> EventKey:
    return EventKey(*workspace.store.rows("SELECT episode, joint, side FROM links WHERE event_ref = ?", (ref,))[0])


def source(workspace: Workspace, ref: str) -> CostSource:
    of = key(workspace, ref)
    (found,) = event_costs.sources(workspace, [of]).values()
    assert event_costs.of_event(workspace, of).used == found
    return replace(found, source=found.source.replace("\u00a0", " ").replace(workspace.today.isoformat(), "I DAG"))


def test_r14_kpp_of_the_contact_names_its_file_and_the_year_in_which_the_care_ended(workspace: Workspace) -> None:
    assert source(workspace, "bok/4") == CostSource(KPP, "kpp", "KPP ur episodes.csv, inläst I DAG", 2025)


def test_r14_kpp_by_type_names_its_own_file_and_price_year_and_every_type_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = "bok;4;Operation;100000;2023\nbok;4;Vårddygn;20000,25;2023\n"
    take(workspace, tmp_path, "costs", f"source;episode_id;cost_type;cost;price_year\n{rows}")
    expected = CostSource(120_000_25, "kpp", "KPP per kostnadsslag ur costs.csv, inläst I DAG", 2023)
    assert source(workspace, "bok/4") == expected
    found = event_costs.of_event(workspace, key(workspace, "bok/4"))
    assert [(item.cost_type, item.cost) for item in found.items] == [
        ("Operation", 100_000_00),
        ("Vårddygn", 20_000_25),
    ]


def test_r14_the_file_is_the_one_that_told_the_cost_not_a_later_one_that_told_something_else(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = cost_county.EPISODES.replace("T845F;NFC49 ZXA00;H10N;", "T845F;NFC49 ZXA05;H10N;")
    assert take(workspace, tmp_path, "episodes", text, "sen.csv").corrected == 1
    assert source(workspace, "bok/4").source == "KPP ur episodes.csv, inläst I DAG"
    take(workspace, tmp_path, "episodes", text.replace("150000,50", "150001"), "sist.csv")
    assert source(workspace, "bok/4").source == "KPP ur sist.csv, inläst I DAG"


def test_r14_types_that_another_file_has_overruled_are_not_told_as_the_source(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "costs", "source;episode_id;cost_type;cost;price_year\nbok;4;Operation;100000;2023\n")
    take(workspace, tmp_path, "episodes", cost_county.EPISODES.replace("150000,50", "150001"))
    assert source(workspace, "bok/4") == CostSource(150_001_00, "kpp", "KPP ur episodes.csv, inläst I DAG", 2025)
    assert event_costs.of_event(workspace, key(workspace, "bok/4")).items == ()


def test_r14_drg_tells_code_weight_price_year_and_where_they_come_from(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    take(workspace, tmp_path, "drg_prices", PRICES)
    text = "DRG H10N: vikt 4,1250 × 62 450,10 kr (viktlista; prislista)"
    assert source(workspace, "bok/2") == CostSource(257_606_66, "drg", text, 2024)


def test_r14_the_tariff_tells_agreement_and_days_and_the_year_from_which_it_holds(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert source(workspace, "bok/3") == CostSource(3_200_50, "tariff", "Taxa i Höftavtalet: ett besök", 2023)
    cost_county.agree(workspace, tmp_path, '"tariff"', "inpatient_day = 9500")
    text = "Taxa i Höftavtalet: 8 vårddagar × 9 500,00 kr"
    assert source(workspace, "bok/2") == CostSource(76_000_00, "tariff", text, 2023)


def test_r14_a_cost_by_hand_tells_who_when_and_why(workspace: Workspace) -> None:
    manual_costs.enter(workspace, "bok/2", 80_000_00, 2022, "Faktura från kliniken")
    text = "Ifylld för hand av OL01 I DAG: Faktura från kliniken"
    assert source(workspace, "bok/2") == CostSource(80_000_00, "manual", text, 2022)


def test_r14_every_source_is_told_in_the_order_of_the_agreement_with_why_it_is_not_used(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    take(workspace, tmp_path, "drg_prices", PRICES)
    cost_county.agree(workspace, tmp_path, '"tariff", "kpp"', "inpatient_day = 9500")
    manual_costs.enter(workspace, "bok/4", 1_00, 2024, "prov")
    found = event_costs.of_event(workspace, key(workspace, "bok/4"))
    assert [(one.basis, one.cost, one.why) for one in found.sources] == [
        ("tariff", 5 * 9_500_00, "Ja: den första som har ett värde"),
        ("kpp", KPP, "Nej: Taxa kommer före"),
        ("drg", 256_000_00, "Nej: avtalets kostnadsgrund nämner inte DRG"),
        ("manual", 1_00, "Nej: Taxa kommer före"),
    ]
    assert found.agreement == "Höftavtalet"


def test_r14_events_without_cost_are_listed_with_what_each_source_lacks(workspace: Workspace, tmp_path: Path) -> None:
    (row,) = event_costs.listed_missing(workspace).records()
    days = (workspace.today - date(2024, 3, 9)).days
    said = str(row["why"]).replace("\u00a0", "")
    assert said == (
        f"Ingen KPP levererad än: vården avslutades för {days} dagar sedan. "
        "Både vikt för DRG H10N och pris saknas för 2024. Avtalets taxa har inget pris för slutenvård."
    )
    assert (row["index_ref"], row["event_ref"], row["claim_by"]) == (cost_county.INDEX, "bok/2", "2025-03-09")
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    assert "DRG H10N har vikt, men priset för 2024 saknas." in event_costs.missing(workspace)[0].why
    take(workspace, tmp_path, "drg_prices", PRICES)
    assert event_costs.missing(workspace) == ()


def test_r14_only_what_the_agreement_goes_by_is_told_as_lacking(workspace: Workspace, tmp_path: Path) -> None:
    cost_county.agree(workspace, tmp_path, '"drg"')
    lacking = {one.event_ref: one.why for one in event_costs.missing(workspace)}
    assert lacking["bok/3"] == "Vårdkontakten har ingen DRG-kod."
    take(workspace, tmp_path, "drg_prices", PRICES)
    lacking = {one.event_ref: one.why for one in event_costs.missing(workspace)}
    assert lacking["bok/4"] == "DRG H10N har ingen vikt för 2025."


def test_r14_a_gone_episode_is_told(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="finns inte längre"):
        event_costs.of_event(workspace, EventKey(99, "hip", "right"))
    assert event_costs.sources(workspace, [EventKey(99, "hip", "right")]) == {}


# the example county


@pytest.mark.parametrize("potential", [False, True])
def test_r14_the_list_is_as_long_as_the_summary_says_in_the_example_county(
    county_store: Path, *, potential: bool
) -> None:
    with opened(county_store, write=False) as county:
        sums = claims.cases(county, potential=potential).sums
        found = event_costs.missing(county, potential=potential)
    assert len(found) == sums.missing_cost_events > 0
    assert all(one.why for one in found)
    assert [one.claim_by or date.max for one in found] == sorted(one.claim_by or date.max for one in found)


def test_r14_every_line_of_every_case_has_source_and_price_year_and_the_cost_of_the_list(county_store: Path) -> None:
    with opened(county_store, write=False) as county:
        lines = [line for case in claims.cases(county, potential=False).cases for line in case.lines]
        found = event_costs.sources(county, [line.key for line in lines])
        basis = listings.claims_basis(county).records()
    assert {"shared", "kpp", "tariff"} <= {line.cost_basis for line in lines}
    for line in lines:
        told = found[line.key]
        assert (told.cost, told.basis) == (line.cost, line.cost_basis)
        assert (told.source, told.price_year) == (line.cost_source, line.price_year)
        assert bool(told.source) == (line.cost is not None)
        assert (told.price_year is not None) == (line.cost_basis in {"kpp", "tariff"})
    assert sum(row["cost"] is not None for row in basis) >= sum(line.cost is not None for line in lines)
