"""What outcomes rest on in the sample county: answers, the register, published figures, units, infections in a row."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.plain_county import index_operations, read

if TYPE_CHECKING:
    from pathlib import Path

    from support.plain_county import Row

LAST_DAY = date(2025, 6, 30)
ENDS = {"eqvas": (0, 100), "prem": (0, 100), "satisfaction": (1, 5), "eq5d": (-0.594, 1)}


@pytest.fixture(scope="module")
def folder(sample_county: Path) -> Path:
    return sample_county


@pytest.fixture(scope="module")
def answers(folder: Path) -> list[Row]:
    return read(folder / "proms.csv")


def _number(row: Row) -> float:
    return float(row["value"].replace(",", "."))


def test_answers_are_given_by_people_of_the_county_while_they_live_and_never_after_the_last_day(
    folder: Path, answers: list[Row]
) -> None:
    died = {row["personal_id"]: row["death_date"] for row in read(folder / "persons.csv")}
    died |= {row["personal_id"]: died[row["same_as"]] for row in read(folder / "aliases.csv")}
    for row in answers:
        assert "2020-07-01" <= row["answered_on"] <= min(LAST_DAY.isoformat(), died[row["personal_id"]] or "9")


def test_every_answer_lies_within_its_scale_and_is_told_once(answers: list[Row]) -> None:
    for row in answers:
        low, high = ENDS.get(row["instrument"], (0, 4) if row["item"] else (0, 100))
        assert low <= _number(row) <= high
    told = Counter(tuple(value for name, value in row.items() if name != "value") for row in answers)
    assert max(told.values()) == 1


def test_both_whole_scores_and_single_questions_are_delivered(answers: list[Row]) -> None:
    for instrument in ("hoos12", "koos12"):
        kinds = {row["item"] for row in answers if row["instrument"] == instrument}
        assert kinds == {"", *map(str, range(1, 13))}


def test_providers_differ_in_how_many_answer_a_year_after(folder: Path, answers: list[Row]) -> None:
    operated = [row for row in read(folder / "register_operations.csv") if row["operated_on"] <= "2024-04-30"]
    operated = [row for row in operated if row["diagnosis"] != "S7200"]
    key = ("personal_id", "joint", "side")
    answered = {tuple(row[name] for name in key) for row in answers if row["occasion"] == "1y"}
    of: dict[str, list[bool]] = defaultdict(list)
    for row in operated:
        of[row["provider_id"]].append(tuple(row[name] for name in key) in answered)
    rates = {provider: sum(found) / len(found) for provider, found in of.items()}
    assert rates["P01"] > 0.78
    assert rates["P05"] < 0.68
    assert all(0.45 < rate < 0.9 for rate in rates.values())


def test_the_register_has_nearly_every_hip_and_knee_but_fewer_of_one_provider(folder: Path) -> None:
    episodes, register = read(folder / "episodes.csv"), read(folder / "register_operations.csv")
    provider = {row["episode_id"]: row["provider_id"] for row in episodes}
    operations = index_operations(episodes, read(folder / "procedures.csv"))
    done = Counter(provider[episode] for episode, joint, _ in operations if joint != "shoulder")
    found = Counter(row["provider_id"] for row in register)
    assert found["P05"] / done["P05"] < 0.9
    assert all(found[one] / done[one] > 0.92 for one in done if one != "P05")
    assert len({row["record_id"] for row in register}) == len(register)
    assert {row["asa"] for row in register} == {"1", "2", "3", "4"}


def test_own_figures_are_invented_and_some_can_be_while_others_cannot(folder: Path) -> None:
    rows = [row for row in read(folder / "benchmarks.csv") if row["level"] != "national"]
    names = {row["name"] for row in read(folder / "providers.csv")}
    units = {row["unit"] for row in read(folder / "episodes.csv")}
    assert {row["unit"] for row in rows if row["level"] == "provider"} <= names
    assert {row["unit"] for row in rows if row["level"] == "unit"} <= units
    assert all("påhittad" in row["source"] and "påhittad" in row["note"] for row in rows)
    tried = [_can_be(row) for row in rows if row["n"]]
    assert sorted(tried) == [False] * 3 + [True] * 4
    assert {row["indicator"] for row in rows if row["country"] == "NO"} == {"not_revised_2y"}


def _can_be(row: Row) -> bool:
    n, decimals = int(row["n"]), len(row["value"].partition(".")[2])
    return any(f"{100 * events / n:.{decimals}f}" == row["value"] for events in range(n + 1))


def test_two_providers_tell_the_units_of_all_their_care(folder: Path) -> None:
    units: dict[str, set[str]] = defaultdict(set)
    for row in read(folder / "episodes.csv"):
        units[row["provider_id"]].add(row["unit"])
    assert units["P01"] == {"Rimfjärden Hamnen", "Rimfjärden Torget"}
    assert units["P02"] == {"Skarhöjden Norra", "Skarhöjden Södra"}
    assert units["P03"] == {""}


def test_infections_come_close_after_each_other_at_one_provider(folder: Path) -> None:
    episodes = read(folder / "episodes.csv")
    at_p02 = {row["personal_id"] for row in episodes if row["provider_id"] == "P02" and row["procedures"]}
    infected = [
        row
        for row in episodes
        if (row["provider_id"], row["care_form"], row["main_diagnosis"][:4]) == ("ISV", "inpatient", "T845")
    ]
    assert len(infected) == 6
    assert {row["personal_id"] for row in infected} <= at_p02
    first, *_, last = sorted(date.fromisoformat(row["admitted"]) for row in infected)
    assert (last - first).days < 90
