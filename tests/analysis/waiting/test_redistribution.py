"""Moving those who wait: the longest waiting first, as cheaply as can be, and everything that is not known told."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.analysis.waiting.allotment import NEVER, Allotment
from kvalitetsapp.analysis.waiting.redistribution import redistribute
from kvalitetsapp.domain import redistribution_words as words
from kvalitetsapp.domain.redistribution import Lack, Offer, Queue, RedistributionScenario, Stays

DAY = "2024-03-31"
AREA = "Led"


def _entries(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return rows of (provider, municipality, area, waited, deviation, planned, highly specialised)."""
    columns = ["provider_id", "municipality", "area", "waited", "deviation", "is_planned", "highly_specialised"]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.astype({"waited": "int64", "is_planned": "bool", "highly_specialised": "bool"})


def _one(waited: int, provider: str = "own", town: str = "A", **told: object) -> tuple[object, ...]:
    return (
        provider,
        town,
        told.get("area", AREA),
        waited,
        told.get("deviation", "none"),
        told.get("planned", False),
        told.get("special", False),
    )


def _offer(provider: str, free: float | None, price: int | None = 100, area: str = AREA) -> Offer:
    return Offer(provider, provider.title(), "private", area, free, price)


def test_the_longest_waiting_are_moved_first_and_the_queue_is_told_before_and_after() -> None:
    entries = _entries(*(_one(days) for days in (80, 100, 120, 160, 400)))
    found = redistribute(entries, [_offer("x", 1.0)], {("A", "x"): 30}, RedistributionScenario(weeks=2), DAY)
    assert found.whole.before == Queue(5, 4, 2)
    assert found.whole.after == Queue(3, 2, 0)
    assert dict(found.whole.stays) == {Stays.SHORT: 1, Stays.NO_ROOM: 2}
    assert (found.moved, found.cost, found.mean_km, found.weeks) == (2, 200, 30, 2)


def test_the_cheapest_is_filled_first_and_then_the_nearest() -> None:
    entries = _entries(*(_one(200) for _each in range(6)))
    offers = [_offer("dear", 1, 300), _offer("far", 1, 100), _offer("near", 1, 100)]
    km = {("A", "dear"): 1, ("A", "far"): 90, ("A", "near"): 10}
    found = redistribute(entries, offers, km, RedistributionScenario(weeks=2), DAY)
    assert [(one.offer.provider_id, one.moved) for one in found.received] == [("dear", 2), ("far", 2), ("near", 2)]
    few = redistribute(entries, offers, km, RedistributionScenario(weeks=1), DAY)
    assert [one.moved for one in few.received] == [1, 1, 1]
    three = redistribute(entries.iloc[:3], offers, km, RedistributionScenario(weeks=2), DAY)
    assert [one.moved for one in three.received] == [0, 1, 2]


def test_somebody_gives_way_to_another_place_so_that_one_more_fits() -> None:
    entries = _entries(_one(300, town="A"), _one(200, town="B"))
    offers = [_offer("cheap", 1, 100), _offer("dear", 1, 200)]
    km = {("A", "cheap"): 10, ("A", "dear"): 10, ("B", "cheap"): 10}
    found = redistribute(entries, offers, km, RedistributionScenario(weeks=1, farthest_km=50), DAY)
    assert found.moved == 2
    assert found.cost == 300


def test_who_may_not_be_moved_stays_for_the_first_reason_that_holds() -> None:
    entries = _entries(
        _one(200, special=True, deviation="mov"),
        _one(200, deviation="pvv"),
        _one(200, planned=True),
        _one(90),
        _one(200, area=""),
        _one(200, provider="x"),
        _one(200, town="B"),
        _one(200, town=""),
        _one(200),
    )
    scenario = RedistributionScenario(weeks=1, farthest_km=50)
    found = redistribute(entries, [_offer("x", 5)], {("A", "x"): 10, ("B", "x"): 51}, scenario, DAY)
    assert found.moved == 1
    assert dict(found.whole.stays) == {
        Stays.HIGHLY_SPECIALISED: 1,
        Stays.DEVIATION: 1,
        Stays.PLANNED: 1,
        Stays.SHORT: 1,
        Stays.NO_AREA: 1,
        Stays.NO_OFFER: 1,
        Stays.TOO_FAR: 1,
        Stays.DISTANCE_UNKNOWN: 1,
    }
    everyone = RedistributionScenario(weeks=1, over_days=0, leave_deviations=False, leave_planned=False)
    assert redistribute(entries, [_offer("x", 50)], {}, everyone, DAY).moved == 6


def test_what_is_not_known_is_used_last_and_never_guessed() -> None:
    entries = _entries(*(_one(200) for _each in range(3)))
    offers = [_offer("known", 1, 500), _offer("unknown", 5, None), _offer("idle", None)]
    found = redistribute(entries, offers, {("A", "known"): 20}, RedistributionScenario(weeks=1), DAY)
    by_id = {one.offer.provider_id: one for one in found.received}
    assert (by_id["known"].moved, by_id["unknown"].moved, by_id["idle"].moved) == (1, 2, 0)
    assert (found.cost, found.without_price, found.without_distance) == (500, 2, 2)
    assert by_id["unknown"].cost is None
    assert Lack.PRICE in by_id["unknown"].offer.lacks()
    assert Lack.CAPACITY in by_id["idle"].offer.lacks()
    lacks = {str(row["provider"]): str(row["lacks"]) for row in words.received_table(found).records()}
    assert lacks[by_id["unknown"].offer.name].split() == [one.value for one in by_id["unknown"].lacks()]
    assert words.lacks_told("capacity distance") == "ledig kapacitet, avstånd"
    alone = redistribute(entries, offers[1:], {}, RedistributionScenario(weeks=1), DAY)
    assert (alone.cost, alone.mean_km) == (None, None)


def test_areas_are_moved_by_their_own_offers_and_others_are_left_out_of_a_narrower_scenario() -> None:
    entries = _entries(_one(200), _one(200, area="Rygg"), _one(200, provider="y", area="Rygg"))
    offers = [_offer("x", 1), _offer("x", 1, 700, "Rygg"), _offer("x", 1, 9, "Öga")]
    found = redistribute(entries, offers, {}, RedistributionScenario(weeks=1), DAY)
    assert [(one.area, one.moved) for one in found.effects] == [("Led", 1), ("Rygg", 1), ("", 2)]
    assert [(one.offer.area, one.moved) for one in found.received] == [("Led", 1), ("Rygg", 1), ("Öga", 0)]
    narrow = RedistributionScenario(weeks=1, areas=("Rygg",), from_providers=("y",))
    assert redistribute(entries, offers, {}, narrow, DAY).whole.before.waiting == 1


def test_nobody_waiting_gives_nothing_rather_than_a_fault() -> None:
    found = redistribute(_entries(), [_offer("x", 1)], {}, RedistributionScenario(), DAY)
    assert (found.moved, found.cost, found.weeks) == (0, 0, None)
    assert found.whole.before == Queue(0, 0, 0)


_COST = st.sampled_from([1, 2, 3, 5, 8, int(NEVER)])


@given(
    rows=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=5),
    cost=st.lists(st.lists(_COST, min_size=3, max_size=3), min_size=3, max_size=3),
    room=st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
def test_no_other_way_moves_somebody_who_has_waited_longer_or_costs_less(
    rows: list[tuple[int, int]], cost: list[list[int]], room: list[int]
) -> None:
    allotment = Allotment(np.array(room), np.array(cost, dtype=np.int64))
    taken: list[int] = []
    for waited in (3, 2, 1):
        many = np.bincount([group for group, days in rows if days == waited], minlength=3)
        taken.append(int((many - allotment.place(many)).sum()))
    found = (tuple(taken), -int((allotment.placed * np.array(cost)).sum()))
    assert found == max(_every_way(rows, cost, room))
    assert (allotment.placed.sum(axis=0) + allotment.left).tolist() == room


def _every_way(
    rows: list[tuple[int, int]], cost: list[list[int]], room: list[int]
) -> list[tuple[tuple[int, ...], int]]:
    """Return of every way of placing rows how many of each wait are placed, and what it costs (less is more)."""
    found = []
    for places in product((None, 0, 1, 2), repeat=len(rows)):
        used = [sum(place == one for place in places) for one in range(3)]
        costs = [cost[rows[n][0]][place] for n, place in enumerate(places) if place is not None]
        if all(many <= limit for many, limit in zip(used, room, strict=True)) and max(costs, default=0) < NEVER:
            placed = [rows[n][1] for n, place in enumerate(places) if place is not None]
            found.append((tuple(placed.count(days) for days in (3, 2, 1)), -sum(costs)))
    return found


@pytest.mark.parametrize(("free", "weeks", "room"), [(0.5, 26, 13), (0.3, 10, 3), (1 / 3, 3, 1), (None, 9, 0)])
def test_a_part_of_an_operation_is_no_room(free: float | None, weeks: int, room: int) -> None:
    assert _offer("x", free).room(weeks) == room
