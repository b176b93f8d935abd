"""R1 and R2: sides, and which primaries are index operations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis import operations
from support import examples
from support.code_tables import code_tables
from support.county_frames import county_frames
from support.tiny_county import TinyCounty, day

if TYPE_CHECKING:
    import pandas as pd


def days(found: pd.DataFrame) -> list[date]:
    """Return the days of operations."""
    return [date.fromisoformat(text) for text in found["operated_on"].dt.strftime("%Y-%m-%d")]


def sides(procedures: str) -> list[str]:
    """Return joint/side of the operations that these codes make."""
    return [ref.removeprefix("a/1/") for ref in TinyCounty().episode("a/1", 0, procedures).operations()]


@pytest.mark.parametrize(
    ("procedures", "expected"),
    [
        ("NFB29 ZXA00", ["hip/right"]),
        ("ZXA05 NFB29", ["hip/left"]),
        ("NFB29", ["hip/unknown"]),
        ("NFB29 ACC51 ZXA00", ["hip/right"]),
        ("NFB29 ZXA00 NGB29", ["hip/right", "knee/right"]),
        ("NFB29 ZXA00 NGB29 ZXA05", ["hip/right", "knee/left"]),
        ("NFB29 ZXA00 NGB29 ZXA05 NBB29", ["hip/right", "knee/left", "shoulder/unknown"]),
        ("NFB29 ZXA00 ZXA05", ["hip/right"]),
        ("ZXA00 NFB29 ZXA05 NGB29", ["hip/left", "knee/unknown"]),
        ("NFB29 ACC51 ZXA00 NGB29 ZXA05", ["hip/unknown", "knee/left"]),
        ("NFB29 ZXA10", ["hip/left", "hip/right"]),
        ("NFB29 ZXA00 NGB29 ZXA10", ["hip/left", "hip/right", "knee/left", "knee/right"]),
    ],
)
def test_r1_laterality_codes_tell_the_side(procedures: str, expected: list[str]) -> None:
    assert sides(procedures) == expected


def test_r1_a_side_in_the_procedures_file_wins() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB29 ZXA00 NGB29").detail("a/1", "NFB29", "left")

    assert county.operations() == ["a/1/hip/left", "a/1/knee/right"]


def test_r1_details_fill_the_occurrences_of_their_code_in_turn_and_the_rest_follow() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB29 NGB29 NFB29")
    county.detail("a/1", "NFB29", "right", on=1).detail("a/1", "NFB29", "left", on=2).detail("a/1", "NFB29", "", on=3)
    found = county.run().index_operations

    assert list(found["index_ref"]) == ["a/1/hip/left", "a/1/hip/right", "a/1/hip/unknown", "a/1/knee/unknown"]
    assert days(found) == [day(2), day(1), day(3), day(0)]


def test_r1_a_leftover_laterality_detail_counts_for_its_episode() -> None:
    assert TinyCounty().episode("a/1", 0, "NFB29").detail("a/1", "ZXA00").operations() == ["a/1/hip/right"]


def test_r1_a_second_detail_for_the_same_code_and_side_corrects_the_date_alone() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB29 NFB29").detail("a/1", "NFB29", "right", on=1)
    found = county.detail("a/1", "NFB29", "right", on=4).detail("a/1", "NFB29", "right").run().index_operations

    assert list(found["side"]) == ["right", "unknown"]
    assert days(found) == [day(4), day(0)]


def test_r2_the_day_is_performed_on_else_procedure_date_else_admitted() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB29").episode("a/2", 10, "NFB29", operated=11)
    county.episode("a/3", 20, "NFB29", operated=21).detail("a/3", "NFB29", on=22)

    assert days(county.run().index_operations) == [day(0), day(11), day(22)]


def test_r2_two_primaries_of_one_joint_and_side_make_one_the_first_recorded_whatever_its_date() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB49 NFB29 ZXA00").detail("a/1", "NFB49", on=9)
    county.detail("a/1", "NFB29", on=3)
    found = county.run().index_operations

    assert list(found["procedure_code"]) == ["NFB49"]
    assert days(found) == [day(9)]


@pytest.mark.parametrize(
    ("procedures", "expected"),
    [
        ("NFB29 NFC29 ZXA00", []),
        ("NFB29 NFU09", []),
        ("NFB29 ZXA00 NFC29 ZXA05", ["hip/right"]),
        ("NFB29 NGC29 ZXA00", ["hip/right"]),
        ("NGB29 NGB59 ZXA00", ["knee/right"]),
        ("NFB29 ZXA00 NFC29 ACC51 ZXA05", []),
    ],
)
def test_r2_a_primary_beside_a_revision_of_a_compatible_side_is_part_of_it(
    procedures: str, expected: list[str]
) -> None:
    assert sides(procedures) == expected


def test_r2_of_a_primary_on_both_sides_only_the_revised_side_is_part_of_the_revision() -> None:
    county = TinyCounty().episode("a/1", 0, "NFB29 NFC29").detail("a/1", "NFB29", "both")

    assert county.detail("a/1", "NFC29", "left").operations() == ["a/1/hip/right"]


def test_r2_a_later_primary_on_the_same_person_joint_and_side_is_kept_and_reported() -> None:
    county = TinyCounty().episode("b/2", 0, "NFB29 ZXA00").episode("a/1", 50, "NFB29 ZXA00")
    county.episode("a/3", 60, "NFB29 ZXA05").episode("a/4", 70, "NFB29 ZXA00", person=2)
    run = county.run()

    assert len(run.index_operations) == 4
    assert run.findings.to_dict("records") == [
        {"rule": "repeat_primary", "episode": county.key("a/1"), "detail": "a/1/hip/right b/2/hip/right"}
    ]


def test_r2_operations_are_numbered_in_the_order_of_their_references() -> None:
    found = TinyCounty().episode("b/1", 0, "NFB29").episode("a/9", 5, "NGB29").run().index_operations

    assert list(zip(found["operation"], found["index_ref"], strict=True)) == [
        (0, "a/9/knee/unknown"),
        (1, "b/1/hip/unknown"),
    ]


def test_r2_a_county_without_any_episode_has_no_operation_and_no_link() -> None:
    run = TinyCounty().run()

    assert (len(run.index_operations), len(run.links), len(run.pins), len(run.findings)) == (0, 0, 0, 0)


@pytest.mark.parametrize("county", examples.COUNTIES)
def test_r2_the_example_counties_give_the_expected_operations(county: str) -> None:
    given = county_frames(county)
    found = operations.index_operations(given.episodes, given.details, code_tables())
    found["operated_on"] = found["operated_on"].dt.strftime("%Y-%m-%d")
    expected = examples.expected_rows(county, "list_index-operations")
    columns = [name for name in expected[0] if name != "agreement_id"]

    assert found[columns].astype(str).to_dict("records") == [{n: row[n] for n in columns} for row in expected]
