"""The sample county's waiting lists, population and bariatric surgery: what there is, and what is odd on purpose."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.exchange.sample import write_county
from kvalitetsapp.exchange.sample.shapes import Period
from kvalitetsapp.exchange.sample.waiting import FAR_AWAY, month_ends
from support.plain_county import read
from support.reading import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from support.plain_county import Row

LAST_DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def folder(sample_county: Path) -> Path:
    return sample_county


@pytest.fixture(scope="module")
def waiting(folder: Path) -> list[Row]:
    return read(folder / "waiting.csv")


def days(row: Row, later: str, earlier: str) -> int:
    return (date.fromisoformat(row[later]) - date.fromisoformat(row[earlier])).days


def test_there_are_lists_at_the_ends_of_36_months_but_one(waiting: list[Row]) -> None:
    lists = sorted({row["snapshot_on"] for row in waiting})
    assert len(lists) == 35
    assert (lists[0], lists[-1]) == ("2022-07-31", "2025-06-30")
    assert all((date.fromisoformat(day) + timedelta(days=1)).day == 1 for day in lists)
    assert {"2024-03-31", "2024-05-31"} <= set(lists)
    assert "2024-04-30" not in lists


def test_a_short_period_has_the_lists_within_it() -> None:
    assert month_ends(Period(date(2024, 1, 31), date(2024, 3, 30))) == [date(2024, 1, 31), date(2024, 2, 29)]


def test_both_files_are_read_whole_with_no_finding_but_the_intended(folder: Path, waiting: list[Row]) -> None:
    for kind, rules in (("waiting", {"decided_after_planned"}), ("population", set())):
        found = read_file(kind, folder / f"{kind}.csv")
        assert (found.rejects, {finding.rule for finding in found.findings}) == ([], rules)
    assert len({(row["snapshot_on"], row["entry_id"]) for row in waiting}) == len(waiting)


def test_some_thousand_rows_spread_over_three_areas_and_all_providers_with_long_waiters(waiting: list[Row]) -> None:
    assert 6_000 < len(waiting) < 11_000
    areas = Counter(row["medical_area"] for row in waiting)
    assert set(areas) == {"311", "321", "301"}
    assert min(areas.values()) > 500
    assert {row["provider_id"] for row in waiting} == {"OSV", "U01", "U02", *(f"P0{n}" for n in range(1, 6))}
    last = [row for row in waiting if row["snapshot_on"] == "2025-06-30"]
    waited = [days(row, "snapshot_on", "decided_on") for row in last]
    assert sum(each > 90 for each in waited) > 60
    assert sum(each > 150 for each in waited) > 20
    assert {row["highly_specialised"] for row in last} == {"yes", "no", ""}
    assert {row["priority"] for row in last} == {"1", "2", "3", ""}


def test_about_a_quarter_wait_for_medical_reasons_or_by_choice_and_some_say_nothing(waiting: list[Row]) -> None:
    share = Counter(row["deviation"] for row in waiting)
    assert 0.18 < (share["mov"] + share["pvv"]) / len(waiting) < 0.32
    assert 0.02 < share[""] / len(waiting) < 0.08


def test_entries_come_back_and_decisions_are_moved_and_lie_after_the_planned_day(waiting: list[Row]) -> None:
    lists = sorted({row["snapshot_on"] for row in waiting})
    standing = defaultdict(list)
    for row in waiting:
        standing[row["entry_id"]].append(row)
    gaps = moved = 0
    for rows in standing.values():
        places = [lists.index(row["snapshot_on"]) for row in rows]
        gaps += any(after - before > 1 for before, after in pairwise(places))
        moved += len({row["decided_on"] for row in rows}) > 1
    assert gaps >= 5
    assert moved >= 10
    reversed_ = [row for row in waiting if row["planned_on"] and days(row, "planned_on", "decided_on") < 0]
    assert len({row["entry_id"] for row in reversed_}) >= 10
    assert all(days(row, "snapshot_on", "decided_on") >= 0 for row in waiting)


def test_who_was_operated_had_stood_on_the_list_until_then(folder: Path, waiting: list[Row]) -> None:
    known = {row["personal_id"] for row in read(folder / "persons.csv")}
    on_list = {row["personal_id"] for row in waiting}
    assert len(on_list & known) > 500
    assert len(on_list - known) > 500


def test_every_municipality_but_one_has_an_invented_population_of_both_sexes_and_all_ages(
    folder: Path, waiting: list[Row]
) -> None:
    population = read(folder / "population.csv")
    assert {row["invented"] for row in population} == {"yes"}
    codes = {row["municipality"] for row in population}
    assert {code[:2] for code in codes} == {"22", "23"}
    assert {row["municipality"] for row in waiting} - codes == {FAR_AWAY}
    assert {row["county"] for row in waiting} == {"22", "23", "25"}
    assert {row["year"] for row in population} == {"2021", "2022", "2023", "2024"}
    assert Counter((row["year"], row["municipality"], row["sex"]) for row in population).most_common()[-1][1] == 21
    county = sum(
        int(row["persons"]) for row in population if row["municipality"][:2] == "23" and row["year"] == "2024"
    )
    assert 100_000 < county < 160_000


def test_bariatric_surgery_comes_in_files_of_its_own_and_changes_no_other(folder: Path, tmp_path: Path) -> None:
    files = write_county(tmp_path, last_day=LAST_DAY, bariatric=True)
    more = {path.name for _kind, path in files} - {path.name for path in folder.iterdir()}
    assert more == {f"bariatric_{kind}.csv" for kind in ("providers", "persons", "episodes", "proms")}
    assert all((tmp_path / path.name).read_bytes() == path.read_bytes() for path in folder.iterdir())
    taken = {row["personal_id"] for row in read(folder / "persons.csv")}
    assert taken.isdisjoint(row["personal_id"] for row in read(tmp_path / "bariatric_persons.csv"))
    for kind in ("persons", "episodes", "proms"):
        found = read_file(kind, tmp_path / f"bariatric_{kind}.csv")
        assert (found.rejects, found.findings) == ([], []), kind
