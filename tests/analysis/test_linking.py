"""R3 to R8: events, their dates, candidates, links, classes and levels."""

from __future__ import annotations

import pytest

from kvalitetsapp.analysis import linking
from support import examples
from support.code_tables import code_tables
from support.county_frames import county_frames
from support.tiny_county import TinyCounty

EVENT = "event_ref joint side"
LINK = "event_ref joint side index_ref status"


def operated(procedures: str = "NFB29 ZXA00", on: int = 0) -> TinyCounty:
    """Return a county where a/1 is the index operation."""
    return TinyCounty().episode("a/1", on, procedures)


# R3


@pytest.mark.parametrize("code", ["NFC29", "NFU09", "NFS19", "NFH20"])
def test_r3_a_procedure_with_a_role_of_complication_makes_an_event(code: str) -> None:
    assert operated().episode("a/2", 50, f"{code} ZXA00").links(EVENT) == [("a/2", "hip", "right")]


def test_r3_an_addition_in_an_episode_of_its_own_is_an_event() -> None:
    assert operated("NGB29 ZXA00").episode("a/2", 50, "NGB59 ZXA00").links(EVENT) == [("a/2", "knee", "right")]


@pytest.mark.parametrize("code", ["NFU49", "QDB05", "ACC51", "NFK09X"])
def test_r3_other_procedures_make_none(code: str) -> None:
    assert operated().episode("a/2", 50, f"{code} ZXA00").links(EVENT) == []


@pytest.mark.parametrize("diagnoses", ["T845F", "M169 T845F", "I109 M169 T845F"])
def test_r3_a_main_or_other_diagnosis_makes_an_event_without_side(diagnoses: str) -> None:
    assert operated().episode("a/2", 900, diagnoses=diagnoses).links(EVENT) == [("a/2", "hip", "unknown")]


@pytest.mark.parametrize(("after", "found"), [(364, 1), (365, 1), (366, 0)])
def test_r3_a_diagnosis_with_a_window_counts_to_its_last_day(after: int, found: int) -> None:
    assert len(operated().episode("a/2", after, diagnoses="G570").links(EVENT)) == found


def test_r3_a_diagnosis_that_begins_with_a_prefix_code_counts() -> None:
    assert operated().episode("a/2", 90, diagnoses="I269").links(LINK) == [
        ("a/2", "hip", "unknown", "a/1/hip/right", "proposed")
    ]


def test_r3_an_episode_that_triggers_for_two_joints_makes_an_event_for_each() -> None:
    county = operated("NFB29 NGB29 ZXA00").episode("a/2", 50, "NFC29 ZXA00", "T845G")

    assert county.links(EVENT) == [("a/2", "hip", "right"), ("a/2", "knee", "unknown")]


def test_r3_both_known_sides_make_an_event_each_and_a_trigger_without_side_belongs_to_both() -> None:
    county = operated("NFB29 ZXA10").episode("a/2", 50, "NFH20 ZXA10", "T845F")

    assert county.links(f"{EVENT} complication_class triggers") == [
        ("a/2", "hip", "left", "infection", "NFH20 T845F"),
        ("a/2", "hip", "right", "infection", "NFH20 T845F"),
    ]


def test_r3_a_trigger_procedure_without_side_belongs_to_the_event_of_the_known_side() -> None:
    county = operated().episode("a/2", 50, "NFH20 NFC29 ZXA00 NGB29 ZXA05")

    assert county.links("joint side surgery_level triggers") == [("hip", "right", "revision", "NFC29 NFH20")]


def test_r3_triggers_of_an_index_stay_are_no_event() -> None:
    assert operated("NFB29 NFS19 ZXA00").links(EVENT) == []
    assert TinyCounty().episode("a/1", 0, "NFB29 ZXA00", "T845F").links(EVENT) == []


def test_r3_triggers_on_the_other_side_of_an_index_stay_are_an_event() -> None:
    county = operated().episode("a/2", 90, "NFB29 ZXA05 NFC29 ZXA00")

    assert county.links(LINK) == [("a/2", "hip", "right", "a/1/hip/right", "proposed")]


def test_r3_an_addition_beside_a_primary_belongs_to_the_stay() -> None:
    assert TinyCounty().episode("a/1", 0, "NGB29 NGB59 ZXA00").links(EVENT) == []


def test_r3_an_episode_whose_only_primary_is_part_of_a_revision_is_an_event() -> None:
    assert operated().episode("a/2", 90, "NFB29 NFU09 ZXA00").links(LINK) == [
        ("a/2", "hip", "right", "a/1/hip/right", "proposed")
    ]


def test_r3_a_diagnosis_without_joint_joins_the_event_whose_candidate_it_reaches() -> None:
    county = operated("NFB29 ZXA00").episode("a/2", 10, "NGB29 ZXA00").episode("a/3", 60, "NFH20 ZXA00", "T814")

    assert county.links("joint side triggers") == [("hip", "right", "NFH20 T814")]


def test_r3_a_diagnosis_without_joint_that_reaches_no_named_event_makes_one_of_another_joint() -> None:
    county = operated().episode("a/2", 300, "NGB29 ZXA00").episode("a/3", 350, "NFH20 ZXA00", "T814")

    assert county.links("joint side triggers status") == [
        ("hip", "right", "NFH20", "proposed"),
        ("knee", "unknown", "T814", "proposed"),
    ]


def test_r3_a_diagnosis_without_joint_reaches_only_what_is_left_after_sides_are_compared() -> None:
    county = operated().episode("a/2", 300, "NFB29").episode("a/3", 350, "NFH20 ZXA00", "T814")

    assert county.links(f"{LINK} triggers") == [("a/3", "hip", "right", "a/1/hip/right", "proposed", "NFH20")]


def test_r3_a_diagnosis_without_joint_makes_ambiguous_events_of_all_joints_with_a_candidate() -> None:
    county = operated().episode("a/2", 20, "NGB29 ZXA05").episode("a/3", 60, diagnoses="T813")

    assert county.links(LINK) == [
        ("a/3", "hip", "unknown", "a/1/hip/right", "ambiguous"),
        ("a/3", "knee", "unknown", "a/2/knee/left", "ambiguous"),
    ]


def test_r3_several_diagnoses_without_joint_go_each_their_own_way() -> None:
    county = operated().episode("a/2", 300, "NGB29 ZXA05").episode("a/3", 350, "NFH20 ZXA00", "T814 T845")

    assert county.links("joint triggers status") == [
        ("hip", "NFH20 T845", "proposed"),
        ("knee", "T814", "proposed"),
    ]


def test_r3_a_diagnosis_whose_window_has_passed_names_no_joint() -> None:
    county = operated().episode("a/2", 500, "NGB29 ZXA05").episode("a/3", 550, diagnoses="G570 T814")

    assert county.links("joint triggers") == [("knee", "T814")]


def test_r3_a_diagnosis_without_joint_makes_no_event_of_a_joint_whose_operation_the_episode_holds() -> None:
    county = operated("NGB29 ZXA00").episode("a/2", 30, "NGB29 ZXA05", "T814").episode("a/3", 60, "NFB29")

    assert county.links(EVENT) == []


def test_r3_a_wider_diagnosis_without_joint_widens_the_candidates_of_the_event_it_joins() -> None:
    county = operated("NFB29 ZXA05").episode("a/2", 400, "NFB29 ZXA00").episode("a/3", 500, diagnoses="G570 T845")

    assert county.links("joint index_ref status candidates") == [("hip", "a/2/hip/right", "ambiguous", "2")]


# R4


def test_r4_the_event_is_dated_by_its_own_earliest_trigger_procedure() -> None:
    county = operated("NFB29 NGB29 ZXA00").episode("a/2", 50, "NFC29 NFS19 NGC29 ZXA00", "T845F")
    county.detail("a/2", "NFC29", on=54).detail("a/2", "NFS19", on=53).detail("a/2", "NGC29", on=51)

    assert county.links("joint event_date days") == [("hip", "53", "53"), ("knee", "51", "51")]


def test_r4_without_a_trigger_procedure_the_event_is_dated_by_admission() -> None:
    assert operated().episode("a/2", 50, "NFU49", "T845F", operated=52).links("event_date") == [("50",)]


def test_r4_windows_are_counted_from_the_date_of_the_event() -> None:
    county = operated().episode("a/2", 90, "NFH20 ZXA00", "T814", operated=91)

    assert county.links("triggers complication_class") == [("NFH20", "dislocation")]


# R5


def test_r5_only_the_same_person_and_joint_before_or_on_the_day_are_candidates() -> None:
    county = operated().episode("a/2", 0, "NFB29 ZXA00", person=2).episode("a/3", 0, "NGB29 ZXA00")
    county.episode("a/4", 61, "NFB29 ZXA00").episode("a/5", 60, "NFC29 ZXA00")

    assert county.links(f"{LINK} candidates") == [("a/5", "hip", "right", "a/1/hip/right", "proposed", "1")]


def test_r5_an_operation_on_the_day_of_the_event_is_a_candidate() -> None:
    assert operated().episode("a/2", 0, "NFH20 ZXA00").links("index_ref days") == [("a/1/hip/right", "0")]


def test_r5_the_exact_side_goes_before_an_unknown_one() -> None:
    county = operated().episode("a/2", 30, "NFB29").episode("a/3", 60, "NFC29 ZXA00")

    assert county.links("index_ref status candidates") == [("a/1/hip/right", "proposed", "1")]


def test_r5_an_unknown_side_serves_where_no_exact_one_is_and_another_side_never() -> None:
    county = operated("NFB29").episode("a/2", 30, "NFB29 ZXA05").episode("a/3", 60, "NFC29 ZXA00")

    assert county.links("index_ref index_side status") == [("a/1/hip/unknown", "unknown", "proposed")]


def test_r5_only_operations_inside_a_window_are_candidates() -> None:
    county = operated("NFB29 ZXA05").episode("a/2", 300, "NFB29 ZXA00").episode("a/3", 500, diagnoses="G570")

    assert county.links("index_ref status candidates") == [("a/2/hip/right", "proposed", "1")]


# R6


def test_r6_the_latest_of_several_candidates_of_one_side_is_proposed() -> None:
    county = operated().episode("a/2", 30, "NFB29 ZXA00").episode("a/3", 60, "NFC29 ZXA00")

    assert county.links("index_ref days status candidates") == [("a/2/hip/right", "30", "proposed", "2")]


def test_r6_candidates_of_several_sides_are_ambiguous_and_the_latest_is_named() -> None:
    county = operated().episode("a/2", 30, "NFB29 ZXA05").episode("a/3", 60, "NFC29")

    assert county.links("index_ref status") == [("a/2/hip/left", "ambiguous")]


@pytest.mark.parametrize("refs", [("a/1", "a/1-2"), ("b/1", "a/9"), ("a/10", "a/9")])
def test_r6_of_two_on_the_latest_day_the_smallest_reference_is_named_whatever_the_order(refs: tuple[str, str]) -> None:
    for first, second in (refs, refs[::-1]):
        county = TinyCounty().episode(first, 0, "NFB29 ZXA00").episode(second, 0, "NFB29 ZXA00")

        assert county.episode("c/3", 60, "NFC29 ZXA00").links("index_ref status") == [
            (f"{min(refs)}/hip/right", "ambiguous")
        ]


def test_r6_of_both_sides_of_one_episode_the_left_is_named_by_its_word() -> None:
    assert operated("NFB29 ZXA10").episode("a/3", 60, "NFC29").links("index_ref status") == [
        ("a/1/hip/left", "ambiguous")
    ]


def test_r6_an_event_without_candidate_is_unlinked_where_some_trigger_has_no_window() -> None:
    county = TinyCounty().episode("a/1", 0, "NFC29 ZXA05", "G570").episode("a/2", 5, diagnoses="T845F")

    assert county.links(f"{LINK} days competing complication_class") == [
        ("a/1", "hip", "left", "", "unlinked", "", "0", "revision_unspecified"),
        ("a/2", "hip", "unknown", "", "unlinked", "", "0", "infection"),
    ]


def test_r6_an_event_without_candidate_is_none_where_all_triggers_have_windows() -> None:
    assert TinyCounty().episode("a/1", 0, diagnoses="G570 T814").links(EVENT) == []


def test_r6_a_diagnosis_without_joint_window_or_candidate_is_unlinked_without_joint() -> None:
    assert TinyCounty().episode("a/1", 0, diagnoses="T845 T814").links(f"{LINK} complication_class") == [
        ("a/1", "", "unknown", "", "unlinked", "infection")
    ]


def test_r6_such_a_diagnosis_is_not_listed_in_an_index_stay_or_beside_an_event_of_a_joint() -> None:
    county = TinyCounty().episode("a/1", 0, "NGB29 ZXA00", "T845").episode("a/2", 0, "NFC29 ZXA00", "T845", person=2)

    assert county.links("event_ref joint triggers") == [("a/2", "hip", "NFC29")]


@pytest.mark.parametrize(
    ("procedures", "on", "provider", "competing"),
    [
        ("NFS19 ZXA00", 30, "P02", "1"),
        ("NFC29", 30, "OSD", "1"),
        ("NFU09 ZXA00", 30, "P02", "1"),
        ("NFS19 ZXA10", 30, "P02", "1"),
        ("NFS19 ZXA00", 30, "P01", "0"),
        ("NFS19 ZXA05", 30, "P02", "0"),
        ("NFH20 ZXA00", 30, "P02", "0"),
        ("NGS49 ZXA00", 30, "P02", "0"),
        ("NFS19 ZXA00", 0, "P02", "0"),
        ("NFS19 ZXA00", 60, "P02", "0"),
        ("NFS19 ZXA00", 59, "P02", "1"),
        ("NFB29 ZXA05 NFS19 ZXA00", 30, "P02", "1"),
    ],
)
def test_r6_open_surgery_elsewhere_between_operation_and_event_competes(
    procedures: str, on: int, provider: str, competing: str
) -> None:
    county = operated().episode("a/2", on, procedures, provider=provider).episode("a/9", 60, "NFH20 ZXA00")

    assert county.links("event_ref competing")[-1] == ("a/9", competing)


def test_r6_competing_compares_the_side_of_the_index_operation_not_of_the_event() -> None:
    county = operated("NFB29 ZXA00").episode("a/2", 30, "NFS19 ZXA05", provider="P02").episode("a/9", 60, "NFH20")

    assert county.links("event_ref competing")[-1] == ("a/9", "0")


# R7 and R8


@pytest.mark.parametrize(
    ("procedures", "diagnoses", "expected"),
    [
        ("NFC29", "M169", "revision_unspecified"),
        ("NFC29", "T845F", "infection"),
        ("NFH20 NFC29", "T840F", "dislocation"),
        ("NFC29", "T840F", "mechanical"),
        ("NFA12", "T845F", "infection"),
        ("NFA12", "M169", "other_surgical"),
    ],
)
def test_r7_the_first_class_in_the_order_that_any_trigger_gives(
    procedures: str, diagnoses: str, expected: str
) -> None:
    county = operated().episode("a/2", 400, procedures, diagnoses)

    assert county.links("complication_class") == [(expected,)]


@pytest.mark.parametrize(("after", "expected"), [(365, "nerve_vessel"), (366, "revision_unspecified")])
def test_r7_a_trigger_whose_window_does_not_hold_for_the_linked_operation_gives_no_class(
    after: int, expected: str
) -> None:
    county = operated().episode("a/2", after, "NFC29 ZXA00", "G570")

    assert county.links("complication_class") == [(expected,)]


def test_r7_a_reviewers_class_replaces_the_derived_one() -> None:
    county = (
        operated().episode("a/2", 50, "NFC29 ZXA00", "T845F").verdict("a/2", "confirmed", complication_class="wound")
    )

    assert county.links("complication_class status") == [("wound", "confirmed")]


@pytest.mark.parametrize(
    ("procedures", "expected"),
    [
        ("NFH20 NFS19 NFC29", "revision"),
        ("NFU09", "revision"),
        ("NFH20 NFS19", "reoperation"),
        ("NFH20", "closed_reduction"),
        ("", "none"),
    ],
)
def test_r8_the_heaviest_surgery_tells_the_level(procedures: str, expected: str) -> None:
    assert operated().episode("a/2", 50, procedures, "T845F").links("surgery_level") == [(expected,)]


def test_r8_an_addition_is_a_revision() -> None:
    assert operated("NGB29").episode("a/2", 50, "NGB59").links("surgery_level") == [("revision",)]


# The whole


@pytest.mark.parametrize("county", examples.COUNTIES)
def test_r1_to_r8_give_the_expected_links_of_the_example_counties(county: str) -> None:
    given = county_frames(county)
    found = linking.run(given.episodes, given.details, given.verdicts, given.pins, code_tables()).links
    expected = examples.expected_rows(county, "list_links")
    for name in ("event_date", "operated_on"):
        found[name] = found[name].dt.strftime("%Y-%m-%d").fillna("")
    found["days"] = found["days"].astype(object).where(found["days"].notna(), "")

    assert found[list(expected[0])].astype(str).to_dict("records") == expected
