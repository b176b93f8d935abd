"""Month by month: gaps that are never filled, who came and left, and what sources lack."""

from __future__ import annotations

from kvalitetsapp.analysis.waiting import found_entries
from kvalitetsapp.domain.waiting import WaitingFound, WaitingScope
from support.waiting import Waits, read


def entries(*names: str, days: int = 100) -> list[Waits]:
    return [Waits(name, days) for name in names]


def test_who_came_and_who_left_adds_up_to_who_waits() -> None:
    time = read({"kö": {1: entries("1", "2"), 2: entries("2", "3", "4")}}).time()
    assert [row[:3] for row in time.series] == [("2024-01", "2024-01-31", 2), ("2024-02", "2024-02-29", 3)]
    assert time.flows == [("2024-01", None, None, None, None, 2, None, None), ("2024-02", 2, 2, 1, 0, 3, 1, 0)]


def test_a_month_without_a_list_is_a_gap_and_the_month_after_cannot_be_held_against_it() -> None:
    made = read({"kö": {1: entries("1", "2"), 3: entries("2", "3"), 4: entries("3")}})
    time = made.time()
    assert [row[2] for row in time.series] == [2, None, 2, 1]
    assert [row[2:4] for row in time.flows] == [(None, None), (None, None), (None, None), (0, 1)]
    (gap,) = [one for one in made.findings() if one.found is WaitingFound.MISSING_MONTH]
    assert (gap.month, gap.about, gap.entries) == ("2024-02", "kö", 2)


def test_a_source_that_lacks_its_list_makes_a_gap_only_where_it_has_entries() -> None:
    north = {month: [Waits("1", provider="N")] for month in (1, 2, 3)}
    south = {month: [Waits("1", provider="S")] for month in (1, 3)}
    made = read({"norr": north, "söder": south})
    assert [row[2] for row in made.time().series] == [2, None, 2]
    assert [row[2] for row in made.time(WaitingScope(provider_id="N")).series] == [1, 1, 1]
    assert [row[2] for row in made.time(WaitingScope(provider_id="S")).series] == [1, None, 1]


def test_a_source_that_is_late_makes_a_gap_and_one_that_has_ended_does_not() -> None:
    steady = {month: entries("1") for month in range(1, 9)}
    late = read({"a": steady, "b": {month: entries("9") for month in range(1, 7)}})
    assert [row[2] for row in late.time().series][-3:] == [2, None, None]
    ended = read({"a": steady, "b": {month: entries("9") for month in range(1, 4)}})
    assert [row[2] for row in ended.time().series] == [2, 2, 2, 1, 1, 1, 1, 1]
    assert ended.time().flows[3][2:4] == (None, None)  # the source's entries have not left
    (told,) = [one for one in ended.findings() if one.found is WaitingFound.SOURCE_ENDED]
    assert (told.month, told.about, told.entries) == ("2024-04", "b", 1)


def test_a_source_that_begins_later_is_told_and_brings_no_inflow() -> None:
    made = read({"a": {1: entries("1"), 2: entries("1")}, "b": {2: entries("7", "8")}})
    assert made.time().flows[1][2:5] == (None, None, None)
    (told,) = [one for one in made.findings() if one.found is WaitingFound.SOURCE_BEGINS]
    assert (told.month, told.about, told.entries) == ("2024-02", "b", 2)


def test_months_before_anybody_of_a_scope_waited_are_no_nought() -> None:
    made = read({"a": {1: entries("1"), 2: entries("1")}, "b": {2: [Waits("7", provider="S")]}})
    assert [row[2] for row in made.time(WaitingScope(provider_id="S")).series] == [None, 1]


def test_an_entry_that_comes_back_is_told_and_counted_among_those_who_came() -> None:
    made = read({"kö": {1: entries("1", "2"), 2: entries("1"), 3: entries("1", "2"), 4: entries("1", "2")}})
    assert [row[2:4] for row in made.time().flows] == [(None, None), (0, 1), (1, 0), (0, 0)]
    assert made.time().flows[2][7] == 1
    (told,) = [one for one in made.findings() if one.found is WaitingFound.RETURNED]
    assert (told.month, told.entries) == ("2024-03", 1)


def test_an_entry_that_was_away_while_a_list_was_missing_too_is_one_that_comes_back() -> None:
    made = read({"kö": {1: entries("1", "2"), 2: entries("1"), 4: entries("1", "2")}})
    (told,) = [one for one in made.findings() if one.found is WaitingFound.RETURNED]
    assert told.month == "2024-04"


def test_one_who_changes_provider_while_waiting_moves_and_neither_comes_nor_leaves() -> None:
    made = read(
        {
            "kö": {
                1: [Waits("1", provider="A"), Waits("2", provider="B")],
                2: [Waits("1", provider="B"), Waits("2", provider="B")],
            }
        }
    )
    assert made.time(WaitingScope(provider_id="A")).flows[1][1:7] == (1, 0, 0, -1, 0, -1)
    assert made.time(WaitingScope(provider_id="B")).flows[1][1:7] == (1, 0, 0, 1, 2, 1)
    assert made.time().flows[1][1:7] == (2, 0, 0, 0, 2, 0)


def test_a_day_of_decision_that_changes_is_told_with_how_much_later_it_became() -> None:
    # 31 days from January's list to February's: who waited 10 days has waited 39, unless the decision moved
    made = read(
        {
            "kö": {
                1: [Waits("1", 10), Waits("2", 10), Waits("3", 10)],
                2: [Waits("1", 39), Waits("2", 30), Waits("3", 40)],
            }
        }
    )
    (told,) = [one for one in made.findings() if one.found is WaitingFound.DECISION_CHANGED]
    assert (told.month, told.entries) == ("2024-02", 2)
    assert found_entries.of_finding(made.month(), told, made.moves).tolist() == [False, True, True]
    assert told.effect.startswith("1 av dem har fått en senare beslutsdag")
    assert told.effect.endswith("i mitten 9 dagar.")


def test_of_several_lists_of_a_month_the_last_tells() -> None:
    from datetime import date

    from kvalitetsapp.analysis.waiting.lists import telling

    days = [("a", date(2024, 1, 15)), ("a", date(2024, 1, 31)), ("b", date(2024, 1, 20)), ("a", date(2024, 2, 1))]
    assert telling(days) == [("b", date(2024, 1, 20)), ("a", date(2024, 1, 31)), ("a", date(2024, 2, 1))]


def test_ids_that_are_no_numbers_are_followed_too() -> None:
    made = read({"kö": {1: entries("K-1", "K-2", "007"), 2: entries("K-2", "007", "7")}})
    assert made.time().flows[1][1:5] == (3, 1, 1, 0)
