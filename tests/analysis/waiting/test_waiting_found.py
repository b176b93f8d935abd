"""What is amiss with lists, what can be operated on, and who needs highly specialised care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from kvalitetsapp.analysis.waiting import capacity, entries, found, specialised
from kvalitetsapp.domain.waiting import WaitingDateCheck, WaitingFound, WaitingOutlook, WaitingScope
from support.waiting import Waits, read

if TYPE_CHECKING:
    from kvalitetsapp.analysis.waiting.capacity import Queue


def told(*waits: Waits) -> dict[WaitingFound, int]:
    return {one.found: one.entries for one in read({"kö": {3: waits}}).findings()}


def test_what_an_entry_lacks_is_told_with_how_many() -> None:
    fine = [Waits(str(number)) for number in range(10)]
    assert told(*fine) == {WaitingFound.NO_POPULATION: 10}
    lacking = told(
        *fine,
        Waits("a", deviation=None),
        Waits("b", county=None, municipality=None),
        Waits("c", code="XYZ00"),
        Waits("d", -1),
        Waits("e", 10, planned=-11),
    )
    assert lacking == {
        WaitingFound.NO_POPULATION: 15,
        WaitingFound.NO_DEVIATION: 1,
        WaitingFound.NO_COUNTY: 1,
        WaitingFound.NO_MUNICIPALITY: 1,
        WaitingFound.NO_AREA: 1,
        WaitingFound.DECIDED_AFTER_SNAPSHOT: 1,
        WaitingFound.DECIDED_AFTER_PLANNED: 1,
        WaitingFound.FEW: 1,  # of the code, the last level: the county, the area and the code that one waits for
    }


def test_groups_of_fewer_than_five_are_told_level_by_level() -> None:
    some = read(
        {"kö": {3: [Waits("1"), Waits("2", code="NFB29"), *(Waits(f"{n}", code="NGB49") for n in range(3, 9))]}}
    )
    few = [one for one in some.findings() if one.found is WaitingFound.FEW]
    assert [(one.about, one.entries) for one in few] == [("Medicinskt område", 2), ("Åtgärdskod", 2)]
    assert few[1].effect.startswith("2 grupper är så små")


def test_a_planned_day_is_held_against_the_decision_and_not_against_the_list() -> None:
    late, after = found.decided_late(read({"kö": {3: [Waits("1", 5, planned=-5), Waits("2", 5, planned=-6)]}}).month())
    assert late.tolist() == [False, False]
    assert after.tolist() == [False, True]  # planned before the list's day, and for the second before the decision too


def test_the_days_of_decision_are_checked_one_way_each() -> None:
    # the list is of 31 March: 30 days before is the first, 2000 days before is long ago
    lists = {2: [Waits("1", 10)], 3: [Waits("1", 30), Waits("2", 30), Waits("3", -2), Waits("4", 2_000)]}
    made = read({"kö": lists})
    month = made.month()
    changed = found.changed(month, made.moves, made.chosen(WaitingScope()))
    checks = {one.check: (one.entries, one.of, one.about) for one in found.dates(month, changed, rejected=3)}
    assert checks == {
        WaitingDateCheck.MISSING: (3, 7, ""),
        WaitingDateCheck.AFTER_SNAPSHOT: (1, 4, ""),
        WaitingDateCheck.AFTER_PLANNED: (0, 4, ""),
        WaitingDateCheck.SAME_DAY: (2, 4, "2024-03-01"),
        WaitingDateCheck.FIRST_OF_MONTH: (2, 4, ""),
        WaitingDateCheck.CHANGED: (1, 4, ""),
        WaitingDateCheck.OLD: (1, 4, ""),
    }


def queues(per_week: dict[tuple[str, str], float], scope: WaitingScope | None = None) -> dict[tuple[str, str], Queue]:
    old = [Waits(str(number)) for number in range(20)]
    lists = {1: old, 2: [*old, *(Waits(f"n{number}") for number in range(10))]}
    made = read({"kö": lists})
    scope = scope or WaitingScope()
    minutes = [90 if code == "NFB49" else 0 for code in made.lists.words["code"]]
    return capacity.queues(made.month(scope), made.time(scope), made.moves.came, made.chosen(scope), per_week, minutes)


def test_a_list_is_empty_when_what_is_done_beyond_the_inflow_has_taken_it() -> None:
    (one,) = queues({("OSD", "Höft"): 5.0}).values()
    assert one.inflow == pytest.approx(10 / (365.25 / 12 / 7))
    assert one.inflow is not None
    assert one.weeks == pytest.approx(30 / (5.0 - one.inflow))
    assert (one.waiting, one.minutes, one.outlook) == (30, 30 * 90, WaitingOutlook.WEEKS)


def test_a_list_is_never_empty_where_as_many_come_as_can_be_done() -> None:
    (one,) = queues({("OSD", "Höft"): 2.0}).values()
    assert (one.weeks, one.outlook) == (None, WaitingOutlook.NEVER)


def test_a_provider_without_capacity_is_told_and_one_without_a_list_too() -> None:
    found_queues = queues({("P01", "Höft"): 4.0})
    assert {key: one.outlook for key, one in found_queues.items()} == {
        ("OSD", "Höft"): WaitingOutlook.NO_CAPACITY,
        ("P01", "Höft"): WaitingOutlook.EMPTY,
    }
    assert queues({("P01", "Höft"): 4.0}, WaitingScope(provider_id="OSD")).keys() == {("OSD", "Höft")}


def test_an_inflow_that_no_month_tells_is_not_made_up() -> None:
    made = read({"kö": {1: [Waits("1")]}})
    (one,) = capacity.queues(
        made.month(), made.time(), made.moves.came, made.chosen(WaitingScope()), {("OSD", "Höft"): 9.0}, [0, 0]
    ).values()
    assert (one.inflow, one.weeks, one.outlook) == (None, None, WaitingOutlook.NO_INFLOW)


def test_an_entrys_own_mark_goes_before_the_table() -> None:
    waits = [
        Waits("1", 100, specialised="yes"),
        Waits("2", 50, specialised="no", code="NGB49"),
        Waits("3", 20, code="NGB49"),
        Waits("4", 20),
    ]
    month = read({"kö": {3: waits}}).month()
    of_code = np.array([code == "NGB49" for code in month.lists.words["code"]])
    hip, knee = specialised.by_code(month, of_code)
    assert (hip.code, hip.waiting, hip.by_mark, hip.by_table, hip.over_90, hip.median) == ("NFB49", 1, 1, 0, 1, 100.0)
    assert (knee.code, knee.waiting, knee.by_mark, knee.by_table) == ("NGB49", 1, 0, 1)


def test_entries_come_with_the_longest_wait_first_and_none_beyond_what_is_asked_for() -> None:
    month = read({"kö": {3: [Waits("1", 5), Waits("2", 300, planned=7), Waits("3", 100), Waits("4", -4)]}}).month(
        WaitingScope(county="05")
    )
    every = np.ones(len(month.those), dtype=np.bool_)
    longest = entries.longest(month, every, None, 2)
    assert [one.days for one in longest.shown] == [300, 100]
    assert longest.total == 4
    assert (longest.shown[0].decided_on, longest.shown[0].planned_on) == ("2023-06-05", "2024-04-07")
    assert [one.row for one in entries.longest(month, every, 90, 9).shown] == [1, 2]
