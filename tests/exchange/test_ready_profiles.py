"""The profiles that come with the program: each reads its sample with the exact account and values."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.exchange import kinds, reading, ready_profiles, recognising, wide_tables
from kvalitetsapp.exchange.profiles import read_profile
from support.reading import RESOURCES, read_file, records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalitetsapp.exchange.profiles import Profile
    from kvalitetsapp.exchange.reading import ReadFile

CLAIMED = "episode_id personal_id provider_id unit payer_route care_form"
PROFILES, SAMPLES = RESOURCES / "profiles", RESOURCES / "samples"
READY = ready_profiles.ready_profiles(PROFILES)
# profile: read, rejected, columns, what stands in them row by row
EXPECTED: dict[str, tuple[int, int, str, list[tuple[Any, ...]]]] = {
    "par-slutenvard": (
        4,
        1,
        "episode_id personal_id provider_id unit admitted discharged main_diagnosis other_diagnoses procedures drg",
        [
            (
                *("1001 50071 311 20240201 20240203", "LOPNR1001", "50071", "311", "2024-02-01", "2024-02-03"),
                *("M161", None, "NFB49 ZXA00", "H05E"),
            ),
            (
                *("1002 50071 311 20240301 20240309", "LOPNR1002", "50071", "311", "2024-03-01", "2024-03-09"),
                *("T845F", "E119 I109", "NFC49 ZXA05", None),
            ),
            (
                *("12 50071 101 20240401 20240402", "LOPNR12", "50071", "101", "2024-04-01", "2024-04-02"),
                *("I109", None, None, None),
            ),
        ],
    ),
    "par-oppenvard": (
        2,
        0,
        "source personal_id care_form admitted discharged main_diagnosis other_diagnoses procedures",
        [
            (
                *("par-oppen", "LOPNR1001", "outpatient", "2024-03-15", "2024-03-15", "T845F", None),
                "TNF10 ZXA00",
            ),
            ("par-oppen", "LOPNR1002", "outpatient", "2024-04-15", "2024-04-15", "Z966", "M244", None),
        ],
    ),
    "par-personer": (
        4,
        0,
        "personal_id sex municipality",
        [
            ("LOPNR1001", "male", "2380"),
            ("LOPNR1002", "female", "2361"),
            ("LOPNR1002", "female", "2361"),
            ("LOPNR12", "male", "2361"),
        ],
    ),
    "patreg-kontakter": (
        2,
        0,
        "source episode_id personal_id provider_id unit payer_route care_form admitted discharged",
        [
            (
                *("patreg", "7001", "195902189876", "50071", "311", "own", "inpatient"),
                *("2024-05-02", "2024-05-09"),
            ),
            (
                *("patreg", "7002", "196812099874", "50071", "311", "own", "inpatient"),
                *("2024-05-10", "2024-05-11"),
            ),
        ],
    ),
    "patreg-diagnoser": (
        4,
        0,
        "episode_id role position diagnosis",
        [
            ("7001", "main", 1, "T845F"),
            ("7002", "other", 1, "I109"),
            ("7001", "other", 2, "E119"),
            ("7002", "main", 2, "M161"),
        ],
    ),
    "patreg-yttre-orsaker": (1, 0, "episode_id role position diagnosis", [("7001", "external_cause", 1, "Y831")]),
    "patreg-atgarder": (
        6,
        0,
        "episode_id procedure_code position performed_on",
        [
            ("7001", "NFC49", 1, "2024-05-03"),
            ("7001", "ZXA00", 2, "2024-05-03"),
            ("7002", "NFB49", 1, "2024-05-10"),
            ("7002", "ZXA00", 2, "2024-05-10"),
            ("7002", "NFB49", 3, "2024-05-10"),
            ("7002", "ZXA05", 4, "2024-05-10"),
        ],
    ),
    "kpp-vardkontakt": (
        2,
        0,
        "source episode_id cost_type cost price_year",
        [("patreg", "7001", None, 13_190_408, 2024), ("patreg", "7002", None, 8_451_237, 2024)],
    ),
    "kpp-kostnadsslag": (
        4,
        0,
        "episode_id cost_type line cost",
        [
            ("7001", "Operation", "1", 7_190_408),
            ("7001", "Operation", "2", 2_000_000),
            ("7001", "Vårddygn", "1", 4_000_000),
            ("7002", "Operation", "1", 8_400_000),
        ],
    ),
    "fakturaunderlag": (
        3,
        0,
        f"{CLAIMED} admitted discharged main_diagnosis other_diagnoses procedures drg price",
        [
            (
                *("ZVF55600000352405000001 10", "195902189876", "P01", "Fjällkliniken", "care_guarantee", "inpatient"),
                *("2024-02-01", "2024-02-03", "M161", "I109 E119", "NFB49 ZXA00", "H05E", 6_000_050),
            ),
            (
                *("ZVF55600000352405000001 20", "195902189876", "P01", "Fjällkliniken", "riksavtal", "outpatient"),
                *("2024-03-15", "2024-03-15", "Z966", None, None, None, 120_000),
            ),
            (
                *("ZVF55600000352405000001 30", "194001219833", "P01", "Fjällkliniken", "contract", "inpatient"),
                *("2024-04-01", "2024-04-04", "M171", None, "NGB49 ZXA05", "H06E", 5_800_000),
            ),
        ],
    ),
    "ledregister": (
        3,
        0,
        "record_id personal_id hospital joint side operated_on operation_kind diagnosis procedure_code asa bmi",
        [
            (
                *("550123", "195902189876", "50071", "hip", "right", "2024-02-01", "primary", "M161", "NFB49"),
                *("2", 27.5),
            ),
            (
                *("550124", "194001219833", "50071", "knee", "left", "2024-04-01", "primary", "M171", "NGB49"),
                *("3", 31.0),
            ),
            (
                *("550125", "195902189876", "50071", "hip", "right", "2024-05-03", "revision", "T845F", "NFC49"),
                *("3", 27.5),
            ),
        ],
    ),
    "vantelista": (
        3,
        0,
        "snapshot_on entry_id personal_id procedure_code decided_on deviation planned_on",
        [
            ("2024-01-31", "90112", "195902189876", "NFB49", "2023-10-02", "none", "2024-02-01"),
            ("2024-01-31", "90113", None, "NGB49", "2023-06-15", "pvv", None),
            ("2024-02-29", "90113", None, "NGB49", "2023-06-15", "pvv", "2024-04-01"),
        ],
    ),
    "patientenkat": (
        4,
        0,
        "personal_id joint side instrument item value occasion answered_on",
        [
            ("195902189876", "hip", "right", "hoos12", "1", 3.0, "preop", "2024-01-20"),
            ("195902189876", "hip", "right", "hoos12", "2", 2.0, "preop", "2024-01-20"),
            ("195902189876", "hip", "right", "eqvas", None, 45.0, "preop", "2024-01-20"),
            ("195902189876", "hip", "right", "satisfaction", None, 4.0, "1y", "2025-02-10"),
        ],
    ),
    "scb-folkmangd": (
        14,
        6,  # an age twice, a county, both sexes together: each once a year
        "year municipality sex age_from age_to persons invented",
        [
            (2023, "2380", "male", 65, 69, 1790, None),
            (2024, "2380", "male", 65, 69, 1812, None),
            (2023, "2380", "female", 65, 69, 1835, None),
            (2024, "2380", "female", 65, 69, 1840, None),
            (2023, "2380", "male", 100, None, 3, None),
            (2024, "2380", "male", 100, None, 4, None),
            (2023, "2399", "female", 0, 0, 12, None),
            (2024, "2399", "female", 0, 0, 11, None),
        ],
    ),
    "publicerade-varden": (
        1,
        0,
        "country level joint indicator value unit_of_value n",
        [("SE", "national", "hip", "reoperation_2y", 2.0, "percent", 1000)],
    ),
}


def sample(name: str) -> ReadFile:
    profile = PROFILES / f"{name}.toml"
    return read_file(read_profile(profile).kind.value, SAMPLES / f"{name}.csv", profile)


def test_every_profile_has_a_sample_and_is_held_here() -> None:
    assert {profile.name for profile in READY} == set(EXPECTED)
    assert all((SAMPLES / f"{profile.name}.csv").is_file() for profile in READY)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_ready_profile_reads_its_sample_with_the_exact_account_and_values(name: str) -> None:
    read, rejected, columns, rows = EXPECTED[name]
    found = sample(name)
    assert (found.read, len(found.rows), len(found.rejects)) == (read, len(rows), rejected)
    assert [tuple(row[column] for column in columns.split()) for row in records(found)] == rows


@pytest.mark.parametrize("kind", list(kinds.FIELDS))
def test_the_sample_of_every_standard_form_is_recognised_and_read_whole(kind: str) -> None:
    path = SAMPLES / f"{kind}.csv"
    found = read_file(kind, path)
    assert reading.recognise(path) == kind
    assert len(found.rows) == found.read > 0
    assert (found.rejects, found.unknown_columns) == ([], ())


def test_a_joined_id_that_fits_two_stays_rejects_the_second_and_names_the_first() -> None:
    (reject,) = sample("par-slutenvard").rejects
    assert (reject.row, reject.column, reject.code) == (4, "episode_id", "joined_key")
    assert "rad 3" in reject.reason


def test_the_same_row_twice_under_a_joined_id_passes(tmp_path: Path) -> None:
    lines = (SAMPLES / "par-slutenvard.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "par.csv"
    path.write_text("\n".join([lines[0], lines[1], lines[1]]) + "\n", encoding="utf-8")
    found = read_file("episodes", path, PROFILES / "par-slutenvard.toml")
    assert (found.read, len(found.rows), found.rejects) == (2, 2, [])


def header(name: str) -> list[str]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file, delimiter=";"))


def fitting(header: Sequence[str], profiles: Sequence[Profile] = READY) -> list[str]:
    def laid_out(profile: Profile) -> tuple[str, ...]:
        layout = wide_tables.layout_of(header, profile.wide)
        return tuple(header) if layout is None else layout.header

    return [one.name for one in recognising.fitting(profiles, laid_out)]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "par-personer"])
def test_a_header_fits_the_profile_that_uses_most_of_it(name: str) -> None:
    assert fitting(header(name)) == [name]


def test_of_two_profiles_that_fit_the_one_that_uses_more_is_meant() -> None:
    both = ["VARDKONTAKT_ID", "TOTALKOSTNAD", "KOSTNADSSLAG", "KOSTNAD"]
    assert fitting(both) == ["kpp-kostnadsslag"]
    assert fitting(["Personnummer"]) == []


def test_profiles_that_fit_equally_well_all_come_back() -> None:
    copies = [replace(one, name=f"{one.name}-kopia") for one in READY]
    assert fitting(header("kpp-kostnadsslag"), [*READY, *copies]) == ["kpp-kostnadsslag", "kpp-kostnadsslag-kopia"]


def test_the_file_over_drugs_is_known_and_refused_with_a_sentence() -> None:
    said = ready_profiles.why_not_read(header("patreg-lakemedel"), "lm.csv")
    assert said is not None
    assert "läkemedel" in said
    assert all(ready_profiles.why_not_read(header(name), "x.csv") is None for name in EXPECTED)


def test_no_title_claims_more_than_the_readme() -> None:
    told = (PROFILES / "README.md").read_text(encoding="utf-8")
    unchecked = {profile.name for profile in READY if "ej kontrollerad" in profile.title}
    assert {profile.name for profile in READY} - unchecked == {"fakturaunderlag", "publicerade-varden"}
    assert all(f"`{profile.name}.toml`" in told for profile in READY)
