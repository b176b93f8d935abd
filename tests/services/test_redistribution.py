"""A scenario from people's own tables: where each price and waiting time comes from, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.redistribution import DaysSource, Lack, Offer, PriceSource, RedistributionScenario, Stays
from kvalitetsapp.domain.waiting import WaitingScope
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import editable_tables, imports, redistribution, waiting
from kvalitetsapp.services.workspace import open_workspace
from support import county_store as stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.redistribution import Redistribution
    from kvalitetsapp.services.workspace import Workspace

HEADS = "source;snapshot_on;entry_id;county;municipality;provider_id;procedure_code;decided_on;deviation;planned_on;"
ROWS = (
    "OSD;NFB49;2024-12-01;none;",
    "OSD;NFB49;2025-01-10;none;",
    "OSD;NFB49;2025-02-20;none;",
    "OSD;NFB49;2025-06-20;none;",
    "OSD;NGB49;2025-01-01;mov;",
    "OSD;NGB49;2025-01-01;none;2025-08-01",
    "OSD;NGB49;2025-01-01;none;;yes",
    "P06;NGB49;2025-06-01;none;",
)
CAPACITIES = (
    ("P01", "Höftprotes", "1", "", ""),
    ("P03", "Höftprotes", "0.5", "70000", "30"),
    ("OSD", "Knäprotes", "0.25", "", ""),
    ("P06", "Knäprotes", "", "", ""),
    ("U01", "Knäprotes", "0.5", "", ""),
)


@pytest.fixture(scope="module")
def county(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return the example county with a waiting list, and what its people keep of capacities and distances."""
    folder = tmp_path_factory.mktemp("moves")
    file = folder / "waiting.csv"
    lines = [f"listan;2025-06-30;V{n};23;2380;{row}{'' if row.count(';') == 5 else ';'}" for n, row in enumerate(ROWS)]
    file.write_text("\n".join([f"{HEADS}highly_specialised", *lines]) + "\n", encoding="utf-8")
    with open_workspace(stores.copy(county_store, folder), PASSPHRASE, write=True) as opened:
        imports.import_file(opened, KindOfFile.WAITING, file, link=False)
        for provider_id, area, free, price, days in CAPACITIES:
            row = {"provider_id": provider_id, "area": area, "free_per_week": free, "price": price}
            told = editable_tables.save(opened, "capacities", row | {"waiting_days": days})
            assert not told.faults
        editable_tables.save(opened, "distances", {"municipality": "2380", "provider_id": "P01", "km": "539,5"})
        yield opened


@pytest.fixture(scope="module")
def found(county: Workspace) -> Redistribution:
    return redistribution.work_out(county, WaitingScope(), RedistributionScenario(weeks=2, over_days=30))


def test_prices_and_waiting_times_say_where_they_come_from_and_nothing_is_guessed(found: Redistribution) -> None:
    offers: dict[str, Offer] = {one.offer.provider_id: one.offer for one in found.received}
    assert (offers["P03"].price, offers["P03"].price_source) == (7_000_000, PriceSource.CAPACITY)
    assert (offers["P01"].price, offers["P01"].price_source) == (6_000_000, PriceSource.AGREEMENT)
    assert offers["OSD"].price_source is PriceSource.OWN_COST
    assert (offers["OSD"].waiting_days, offers["OSD"].days_source) == (180, DaysSource.ENTRIES)
    assert (offers["P03"].waiting_days, offers["P03"].days_source) == (30, DaysSource.CAPACITY)
    assert Lack.PRICE in offers["U01"].lacks()
    assert Lack.CAPACITY in offers["P06"].lacks()
    outcome = offers["P01"].outcome
    assert outcome is not None
    assert None not in (outcome.low, outcome.rate, outcome.high)
    assert outcome.rate == pytest.approx(outcome.events / outcome.n)


def test_the_queue_before_is_the_list_and_everybody_is_accounted_for(county: Workspace, found: Redistribution) -> None:
    whole = waiting.state(county, WaitingScope()).whole
    before, after = found.whole.before, found.whole.after
    assert [before.waiting, before.over_90, before.over_150] == [
        whole[name] for name in ("waiting", "over_90", "over_150")
    ]
    assert [(one.offer.provider_id, one.moved) for one in found.received if one.moved] == [("P01", 2), ("P03", 1)]
    assert dict(found.whole.stays) == {
        Stays.HIGHLY_SPECIALISED: 1,
        Stays.DEVIATION: 1,
        Stays.PLANNED: 1,
        Stays.SHORT: 2,
    }
    assert before.waiting == found.moved + after.waiting == 8
    assert (found.cost, found.mean_km, found.without_distance) == (19_000_000, 540, 1)


def test_what_cannot_be_tried_is_refused(county: Workspace) -> None:
    for wrong in (
        RedistributionScenario(weeks=0),
        RedistributionScenario(farthest_km=5000),
        RedistributionScenario(over_days=99_999),
    ):
        with pytest.raises(InputError):
            redistribution.work_out(county, WaitingScope(), wrong)


def test_without_lists_a_scenario_comes_to_nothing(workspace: Workspace) -> None:
    found = redistribution.work_out(workspace, WaitingScope(), RedistributionScenario())
    assert (found.moved, found.received, found.snapshot_on) == (0, (), "")
