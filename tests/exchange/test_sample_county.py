"""The sample county: what it promises is checked on the files as they lie, with plain readings of our own."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.exchange.sample import write_county
from kvalitetsapp.exchange.sample.flaws import UNKNOWN_CODES
from kvalitetsapp.settings import resources_dir
from support.plain_county import (
    bare,
    codes,
    faults,
    index_operations,
    is_date,
    is_reserve_number,
    is_test_number,
    luhn_holds,
    read,
    reoperations,
)

if TYPE_CHECKING:
    from pathlib import Path

    from support.plain_county import Row

LAST_DAY = date(2025, 6, 30)
KINDS = [
    *("providers", "persons", "agreements", "episodes", "procedures", "aliases", "verdicts", "benchmarks"),
    *("proms", "register_operations", "population", "waiting"),
]
COLUMNS = {
    "providers": "provider_id name org_number kind county hsa_id peppol_id bankgiro email",
    "persons": "personal_id sex birth_date death_date moved_out municipality education birth_country",
    "episodes": "source episode_id personal_id provider_id unit payer_route care_form admitted discharged"
    " main_diagnosis other_diagnoses procedures procedure_date drg cost price",
    "procedures": "source episode_id code performed_on side",
    "aliases": "personal_id same_as",
    "verdicts": "event_ref joint side verdict complication_class reviewer reviewed_on index_ref comment",
    "benchmarks": "country level unit joint indicator value unit_of_value n period source note",
    "proms": "source personal_id joint side instrument item value occasion answered_on",
    "register_operations": "source record_id personal_id provider_id hospital joint side operated_on operation_kind"
    " diagnosis procedure_code fixation asa bmi",
    "population": "year municipality sex age_from age_to persons source invented note",
    "waiting": "source snapshot_on entry_id personal_id county municipality provider_id unit procedure_code"
    " medical_area decided_on deviation priority planned_on highly_specialised",
}
ROUTES = {
    "own": {"own"},
    "private": {"contract", "choice_of_care", "care_guarantee", "other"},
    "public": {"riksavtal", "other"},
}


@pytest.fixture(scope="module")
def folder(sample_county: Path) -> Path:
    return sample_county


@pytest.fixture(scope="module")
def episodes(folder: Path) -> list[Row]:
    """The episodes that can be right: the others are there to be rejected."""
    providers = {row["provider_id"] for row in read(folder / "providers.csv")}
    return [row for row in read(folder / "episodes.csv") if not faults(row, providers)]


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_county(tmp_path / "a", seed=7, operations=300, last_day=LAST_DAY)
    again = write_county(tmp_path / "b", seed=7, operations=300, last_day=LAST_DAY)
    other = write_county(tmp_path / "c", seed=8, operations=300, last_day=LAST_DAY)
    assert [path.read_bytes() for _, path in first] == [path.read_bytes() for _, path in again]
    assert first[3][1].read_bytes() != other[3][1].read_bytes()


def test_every_kind_is_written_in_the_order_of_import_with_the_columns_of_the_contract(tmp_path: Path) -> None:
    files = write_county(tmp_path, operations=200, last_day=LAST_DAY)
    assert [kind for kind, _ in files] == KINDS
    for kind, path in files:
        assert path.is_file()
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
        if kind != "agreements":
            rows = read(path)
            assert rows, kind
            assert list(rows[0]) == COLUMNS[kind].split(), kind


def test_there_are_two_thousand_index_operations_where_nobody_asks(folder: Path, episodes: list[Row]) -> None:
    assert len(index_operations(episodes, read(folder / "procedures.csv"))) == 2000


@pytest.mark.parametrize(("count", "seed", "years"), [(400, 3, 5), (57, 2, 3)])
def test_there_are_exactly_as_many_index_operations_as_asked_for(
    tmp_path: Path, count: int, seed: int, years: int
) -> None:
    write_county(tmp_path, seed=seed, operations=count, last_day=LAST_DAY, years=years)
    providers = {row["provider_id"] for row in read(tmp_path / "providers.csv")}
    good = [row for row in read(tmp_path / "episodes.csv") if not faults(row, providers)]
    assert len(index_operations(good, read(tmp_path / "procedures.csv"))) == count


def test_eight_providers_operate_hips_more_often_than_knees_and_a_few_shoulders(
    folder: Path, episodes: list[Row]
) -> None:
    provider = {row["episode_id"]: row["provider_id"] for row in episodes}
    kinds = {row["provider_id"]: row["kind"] for row in read(folder / "providers.csv")}
    operations = index_operations(episodes, read(folder / "procedures.csv"))
    operating = {provider[episode] for episode, _, _ in operations}
    assert Counter(kinds[one] for one in operating) == {"own": 1, "private": 5, "public": 2}
    joints = Counter(joint for _, joint, _ in operations)
    assert 1000 < joints["hip"] < 1200
    assert 760 < joints["knee"] < 960
    assert 15 < joints["shoulder"] < 60
    recorded = Counter(side for _, _, side in operations)
    assert 40 < recorded["unknown"] < 140


def test_every_code_stands_in_the_tables_but_the_few_that_are_there_to_be_found(episodes: list[Row]) -> None:
    diagnoses, procedures = codes("icd10se.csv"), codes("kva.csv") | codes("laterality.csv")
    used = [bare(row["main_diagnosis"]) for row in episodes if row["main_diagnosis"]]
    used += [bare(code) for row in episodes for code in row["other_diagnoses"].split()]
    done = [bare(code) for row in episodes for code in row["procedures"].split()]
    strange = [code for code in used if code not in diagnoses] + [code for code in done if code not in procedures]
    assert set(strange) == set(UNKNOWN_CODES)
    assert len(strange) == 8


def test_every_personal_number_is_of_the_test_series_and_tells_the_sex_and_the_birth_date(folder: Path) -> None:
    persons = read(folder / "persons.csv")
    wrong = [row for row in persons if not is_test_number(row["personal_id"])]
    assert len(wrong) == 1, "one check digit is wrong on purpose"
    assert not luhn_holds(wrong[0]["personal_id"][2:])
    for row in persons:
        assert row["personal_id"][:8] == row["birth_date"].replace("-", "")
        assert (int(row["personal_id"][10]) % 2 == 1) == (row["sex"] == "male")
    assert len({row["personal_id"] for row in persons}) == len(persons)


def test_reserve_numbers_become_personal_numbers_of_people_in_the_county(folder: Path, episodes: list[Row]) -> None:
    persons = {row["personal_id"] for row in read(folder / "persons.csv")}
    aliases = read(folder / "aliases.csv")
    assert len(aliases) >= 4
    assert all(is_reserve_number(row["personal_id"]) and row["same_as"] in persons for row in aliases)
    known = persons | {row["personal_id"] for row in aliases}
    assert {row["personal_id"] for row in episodes} <= known
    assert {row["personal_id"] for row in aliases} & {row["personal_id"] for row in episodes}


def test_all_care_lies_within_the_period_and_the_persons_life(folder: Path, episodes: list[Row]) -> None:
    deaths = {row["personal_id"]: row["death_date"] for row in read(folder / "persons.csv")}
    deaths |= {row["personal_id"]: deaths[row["same_as"]] for row in read(folder / "aliases.csv")}
    for row in episodes:
        assert "2020-07-01" <= row["admitted"] <= row["discharged"] <= LAST_DAY.isoformat()
        assert not row["procedure_date"] or row["admitted"] <= row["procedure_date"] <= row["discharged"]
        died = deaths[row["personal_id"]]
        assert not died or row["discharged"] <= died
    assert max(row["discharged"] for row in episodes) == LAST_DAY.isoformat()
    assert all(row["reviewed_on"] <= LAST_DAY.isoformat() for row in read(folder / "verdicts.csv"))
    assert all(row["performed_on"] <= LAST_DAY.isoformat() for row in read(folder / "procedures.csv"))


def test_eleven_rows_are_there_to_be_rejected_each_for_one_reason(folder: Path) -> None:
    providers = {row["provider_id"] for row in read(folder / "providers.csv")}
    rows = read(folder / "episodes.csv")
    found = [fault for row in rows if (fault := faults(row, providers))]
    expected = ["admitted", "care_form", "cost", "discharged", "order", "personal_id", "personal_id", "provider_id"]
    assert sorted(one for fault in found for one in fault) == expected
    assert [len(fault) for fault in found] == [1] * 8
    impossible = [row for row in read(folder / "persons.csv") if row["death_date"] and not is_date(row["death_date"])]
    assert len(impossible) == 1
    references = {f"{row['source']}/{row['episode_id']}" for row in rows}
    assert len(references) == len(rows)
    assert len([row for row in read(folder / "verdicts.csv") if row["event_ref"] not in references]) == 1


def test_an_operation_that_a_reviewer_names_is_one(folder: Path, episodes: list[Row]) -> None:
    sources = {row["episode_id"]: row["source"] for row in episodes}
    operations = index_operations(episodes, read(folder / "procedures.csv"))
    known = {f"{sources[episode]}/{episode}/{joint}/{side}" for episode, joint, side in operations}
    named = {row["index_ref"] for row in read(folder / "verdicts.csv") if row["index_ref"]}
    assert named
    assert named <= known
    assert {row["verdict"] for row in read(folder / "verdicts.csv")} == {"confirmed", "rejected"}


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_reoperation_within_two_years_is_believable_and_one_provider_stands_out(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    if seed != 1:
        folder = tmp_path
        write_county(folder, seed=seed, last_day=LAST_DAY)
    providers = {row["provider_id"] for row in read(folder / "providers.csv")}
    good = [row for row in read(folder / "episodes.csv") if not faults(row, providers)]
    of = {row["episode_id"]: row for row in good}
    begins = (LAST_DAY - timedelta(days=730)).isoformat()
    operations = index_operations(good, read(folder / "procedures.csv"))
    eligible = [one for one in operations if (of[one[0]]["procedure_date"] or of[one[0]]["admitted"]) <= begins]
    reoperated = {(index, joint, side) for index, joint, side, days, _ in reoperations(folder, good) if days <= 730}
    n = Counter(of[episode]["provider_id"] for episode, _, _ in eligible)
    events = Counter(of[one[0]]["provider_id"] for one in eligible if one in reoperated)
    rates = {provider: events[provider] / n[provider] for provider in n}
    assert 0.018 < sum(events.values()) / len(eligible) < 0.035
    assert rates["P05"] == 0
    assert n["P05"] < 50
    assert 0 < rates["P01"] < 0.02
    assert 0.045 < rates["P02"] < 0.07
    assert all(rate < 0.05 for provider, rate in rates.items() if provider != "P02")


def test_dear_cases_pass_the_cap_and_none_is_absurd(folder: Path, episodes: list[Row]) -> None:
    totals: Counter[str] = Counter()
    for index, _, _, _, row in reoperations(folder, episodes):
        totals[index] += round(float(row["cost"].replace(",", ".") or 0))
    assert len([total for total in totals.values() if total > 200_000]) >= 5
    assert 30_000 < sorted(totals.values())[len(totals) // 2] < 200_000
    assert max(totals.values()) < 800_000


def test_some_complications_come_after_the_warranty_and_some_are_treated_elsewhere(
    folder: Path, episodes: list[Row]
) -> None:
    later = reoperations(folder, episodes)
    assert [days for _, _, _, days, _ in later if days > 730]
    assert [row for _, _, _, _, row in later if row["source"] == "faktura"]
    assert len([row for _, _, _, _, row in later if "ZXA" not in row["procedures"]]) >= 3


def test_a_few_people_get_a_second_first_prosthesis_in_the_same_joint(folder: Path, episodes: list[Row]) -> None:
    person = {row["episode_id"]: row["personal_id"] for row in episodes}
    operations = index_operations(episodes, read(folder / "procedures.csv"))
    joints = Counter((person[episode], joint, side) for episode, joint, side in operations if side != "unknown")
    assert 3 <= len([key for key, count in joints.items() if count == 2]) <= 12
    assert max(joints.values()) == 2


def test_payer_routes_and_amounts_fit_the_kind_of_provider(folder: Path, episodes: list[Row]) -> None:
    kinds = {row["provider_id"]: row["kind"] for row in read(folder / "providers.csv")}
    for row in episodes:
        kind = kinds[row["provider_id"]]
        assert row["payer_route"] in ROUTES[kind]
        assert (row["source"] == "journal") == (kind == "own")
        assert not row["price" if kind == "own" else "cost"]
    prices = [
        float(row["price"].replace(",", ".")) for row in episodes if row["price"] and row["care_form"] == "inpatient"
    ]
    assert 55_000 < sorted(prices)[len(prices) // 2] < 68_000
    missing = [row for row in episodes if row["source"] == "journal" and not row["cost"]]
    assert 0.01 < len(missing) / len(episodes) < 0.1


def test_index_stays_cost_about_75_000_and_visits_2_500_to_6_000(episodes: list[Row]) -> None:
    own = [row for row in episodes if row["cost"]]
    planned = [
        float(row["cost"].replace(",", "."))
        for row in own
        if row["main_diagnosis"].startswith(("M16", "M17")) and row["procedures"] and row["care_form"] == "inpatient"
    ]
    visits = [
        float(row["cost"].replace(",", "."))
        for row in own
        if row["care_form"] == "outpatient" and not row["procedures"]
    ]
    assert 70_000 < sorted(planned)[len(planned) // 2] < 80_000
    assert min(visits) >= 2_500
    assert max(visits) <= 6_000


@pytest.mark.parametrize("folder_of", ["county", "resources"])
def test_agreements_carry_the_figures_of_the_commissioning_documents(folder: Path, folder_of: str) -> None:
    files = (
        [folder / "agreements.toml"]
        if folder_of == "county"
        else list((resources_dir() / "agreements").glob("*.toml"))
    )
    agreements = [one for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["agreement"]]
    assert len(agreements) >= 2
    for one in agreements:
        assert (one["cap"], one["expected_reoperation_rate"]) == (200_000, 0.015)
        assert one["verified"] or one["unit_price"] == 60_000
        assert one["warranty"] == [
            {"classes": ["*"], "days": 730},
            {"classes": ["infection"], "days": 1825, "onset_within_days": 730},
        ]
    assert [one["verified"] for one in agreements].count(True) == (1 if folder_of == "county" else 0)


def test_successive_agreements_do_not_overlap_and_some_providers_have_none(folder: Path) -> None:
    text = (folder / "agreements.toml").read_text(encoding="utf-8")
    agreements = tomllib.loads(text)["agreement"]
    assert agreements[0]["valid_to"] + timedelta(days=1) == agreements[1]["valid_from"]
    covered = {provider for one in agreements for provider in one["providers"]}
    buying = {row["provider_id"] for row in read(folder / "providers.csv") if row["kind"] != "own"}
    assert covered < buying


def test_the_nations_benchmarks_are_swedens_published_figures(folder: Path) -> None:
    rows = [row for row in read(folder / "benchmarks.csv") if row["level"] == "national"]
    figures = {row["joint"]: row["value"] for row in rows if row["indicator"] == "reoperation_2y"}
    assert figures == {"hip": "2.1", "knee": "2.0"}
    assert {row["country"] for row in rows} == {"SE"}


def test_organisation_numbers_have_valid_check_digits_and_addresses_lead_nowhere(folder: Path) -> None:
    for row in read(folder / "providers.csv"):
        assert luhn_holds(row["org_number"])
        assert int(row["org_number"][2]) >= 2
        assert row["email"].endswith(".example")


def test_a_last_day_in_a_leap_year_has_a_first_day(tmp_path: Path) -> None:
    write_county(tmp_path, operations=60, last_day=date(2024, 2, 29))
    assert (tmp_path / "episodes.csv").is_file()


def test_a_county_is_made_in_less_than_three_seconds(tmp_path: Path) -> None:
    started = time.process_time()
    write_county(tmp_path, last_day=LAST_DAY)
    assert time.process_time() - started < 3
