from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from support.examples import COUNTIES, expected_import, files_of
from support.reading import read_file, records

if TYPE_CHECKING:
    from kvalitetsapp.exchange.reading import ReadFile

IN_THE_STORE = {"unknown provider", "unknown episode", "overlaps another"}
"""Reasons that only the store can tell; references to what is not there are known by their value."""


def expected_rejects(county: str, name: str) -> list[dict[str, Any]]:
    (account,) = (each for each in expected_import(county) if each["file"].split(".")[0] == name)
    rejects: list[dict[str, Any]] = account["rejects"]
    return [each for each in rejects if each["reason"] not in IN_THE_STORE]


def known_without_store(found: ReadFile, reject: dict[str, Any]) -> bool:
    if reject["column"] not in (["event_ref"], ["index_ref"]):
        return True
    row = next((each for each in records(found) if each["row"] == reject["row"]), None)
    return row is None or "finns-inte" not in f"{row['event_ref']} {row['index_source_ref']}"


@pytest.mark.parametrize("county", COUNTIES)
def test_rows_that_cannot_be_right_are_rejected_where_the_example_says(county: str) -> None:
    parts: Counter[str] = Counter()
    for kind, path, profile in files_of(county):
        found = read_file(kind, path, profile)
        assert found.read == len(found.rows) + len(found.rejects)
        name = path.stem.removesuffix("_own").removesuffix("_bought")
        if name != path.stem:
            parts[name] += len(found.rejects)
            continue
        expected = {
            each["row"]: each["column"] for each in expected_rejects(county, name) if known_without_store(found, each)
        }
        assert {reject.row for reject in found.rejects} == set(expected), path.name
        assert all(reject.column in expected[reject.row] for reject in found.rejects), path.name
    for name, number in parts.items():
        assert number == len(expected_rejects(county, name)), name


def test_an_export_read_through_its_profile_blames_the_columns_that_the_example_blames() -> None:
    blamed: Counter[str] = Counter()
    for _kind, path, profile in files_of("county-exports"):
        if path.stem in {"episodes_own", "episodes_bought"}:
            blamed.update(reject.column for reject in read_file("episodes", path, profile).rejects)
    expected: Counter[str] = Counter()
    for each in expected_rejects("county-exports", "episodes"):
        expected[each["column"][-1]] += 1
    assert blamed == expected


def test_every_file_of_an_example_is_counted_as_the_example_counts_it() -> None:
    for county in COUNTIES:
        read: Counter[str] = Counter()
        for kind, path, profile in files_of(county):
            read[path.stem.removesuffix("_own").removesuffix("_bought")] += read_file(kind, path, profile).read
        assert read == {each["file"].split(".")[0]: each["read"] for each in expected_import(county)}


def test_rejects_and_findings_come_in_row_order() -> None:
    for kind, path, profile in files_of("county"):
        found = read_file(kind, path, profile)
        assert [each.row for each in found.rejects] == sorted(each.row for each in found.rejects)
        assert [each.row for each in found.findings] == sorted(each.row for each in found.findings)
