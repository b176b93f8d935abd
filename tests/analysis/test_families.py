"""Families of procedures through the rules: those without sides, codes with windows, and none that is not followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvalitetsapp.domain import families
from kvalitetsapp.domain.codes import ProcedureRole
from kvalitetsapp.domain.words import Role
from kvalitetsapp.exchange.adverse_events import adverse_events_of
from kvalitetsapp.exchange.code_tables import read_code_tables
from support.reading import RESOURCES
from support.tiny_county import TinyCounty

ALL = read_code_tables(RESOURCES, families.ids())
CONTRACT = read_code_tables(RESOURCES, families.from_start())
LINK = "event_ref joint side index_ref status surgery_level"
BYPASS = "a/1/bariatric/unknown"


def operated(procedures: str = "JDF11", on: int = 0) -> TinyCounty:
    """Return a county where a/1 is a bariatric operation, and the family is followed."""
    return TinyCounty(tables=ALL).episode("a/1", on, procedures, "E668")


def test_every_store_follows_the_joints_of_the_data_contract_and_no_more() -> None:
    assert families.from_start() == ("hip", "knee", "shoulder")
    assert {one.joint for one in CONTRACT.procedure_roles.values()} == {"hip", "knee", "shoulder"}
    assert {one.joint for one in ALL.procedure_roles.values()} == set(families.ids())
    assert CONTRACT.version != ALL.version


@pytest.mark.parametrize(
    ("together", "pooled"),
    [
        ((), False),
        (("hip", "knee", "shoulder"), False),
        (("bariatric",), False),
        (("knee", "bariatric"), True),
        (("bariatric", "okänd"), True),
    ],
)
def test_joints_are_counted_together_as_a_matter_of_course_and_other_families_are_not(
    together: tuple[str, ...], *, pooled: bool
) -> None:
    assert families.are_pooled(together) is pooled


def test_no_code_belongs_to_two_families_and_each_has_its_class() -> None:
    codes = sum(len(read_code_tables(RESOURCES, [one]).procedure_roles) for one in families.ids())
    assert len(ALL.procedure_roles) == codes
    triggers = {Role.REVISION, Role.ADDITION, Role.EXTRACTION, Role.REOPERATION, Role.CLOSED_REDUCTION}
    without = [
        code
        for code, one in ALL.procedure_roles.items()
        if one.role in triggers and (code, one.joint) not in ALL.complication_procedures
    ]
    assert without == []


def test_codes_of_the_files_are_in_the_national_lists_under_their_titles() -> None:
    for row in adverse_events_of(RESOURCES, ["bariatric"]):
        titles = ALL.procedure_titles if row.group == "KVA" else ALL.diagnosis_titles
        assert titles[row.code] == row.title
    assert all(each in ALL.procedure_titles for each, one in ALL.procedure_roles.items() if one.joint == "bariatric")
    assert all(one.code in ALL.diagnosis_titles for one in ALL.complication_diagnoses if one.joint == "bariatric")


@pytest.mark.parametrize("procedures", ["JDF11", "ZXA00 JDF11", "JDF11 ZXA10", "JDF11 JDF21"])
def test_an_operation_without_sides_is_of_unknown_side_whatever_is_coded_beside_it(procedures: str) -> None:
    assert operated(procedures).operations() == [BYPASS]


def test_a_side_from_the_procedures_file_is_not_taken_either() -> None:
    assert operated().detail("a/1", "JDF11", "right").operations() == [BYPASS]


def test_a_reoperation_is_linked_to_the_latest_operation_and_is_not_ambiguous() -> None:
    county = operated("JDF41", -900).episode("a/2", 0, "JDF11", "E668").episode("a/3", 9, "JWF00 ZXA00", "T818A")
    assert county.links(LINK) == [("a/3", "bariatric", "unknown", "a/2/bariatric/unknown", "proposed", "reoperation")]
    assert county.run().findings["rule"].tolist() == ["repeat_primary"]


@pytest.mark.parametrize(("on", "found"), [(90, 1), (91, 0)])
def test_a_procedure_that_names_no_operation_counts_only_in_its_window(on: int, found: int) -> None:
    assert len(operated().episode("a/2", on, "JAH01", "K359").links(LINK)) == found


def test_such_a_procedure_is_no_event_of_someone_who_was_not_operated_on() -> None:
    assert TinyCounty(tables=ALL).episode("a/1", 0, "JAH01", "K359").links(LINK) == []


def test_a_procedure_whose_window_has_passed_gives_no_level_to_an_event_of_a_diagnosis() -> None:
    county = operated().episode("a/2", 400, "JAH01", "K566")
    assert county.links(LINK) == [("a/2", "bariatric", "unknown", BYPASS, "proposed", "none")]


def test_a_window_narrows_events_of_a_known_side_too() -> None:
    windowed = {**ALL.procedure_roles, "NFS19": ProcedureRole("hip", Role.REOPERATION, 30)}
    county = TinyCounty(tables=replace(ALL, procedure_roles=windowed)).episode("a/1", 0, "NFB29 ZXA00")
    assert len(county.episode("a/2", 30, "NFS19 ZXA00", "M169").links(LINK)) == 1
    assert county.episode("a/3", 31, "NFS19 ZXA00", "M169").links("event_ref") == [("a/2",)]


def test_operations_of_a_family_that_is_not_followed_are_none() -> None:
    county = operated().episode("a/2", 9, "JWF00", "T818A")
    assert replace(county, tables=CONTRACT).operations() == []


def test_a_hip_beside_a_bypass_is_linked_as_if_there_were_none() -> None:
    county = operated("JDF11", -400).episode("a/2", 0, "NFB29 ZXA00").episode("a/3", 20, "NFS19 ZXA00", "T845F")
    assert county.links("event_ref joint side index_ref status") == [
        ("a/3", "hip", "right", "a/2/hip/right", "proposed")
    ]
