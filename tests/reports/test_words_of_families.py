"""What a report calls a family of procedures: the words of its file, and no joint where there is none."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain import families
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import codes, word
from kvalitetsapp.reports import phrases

JOINTS = ("hip", "knee", "shoulder")


@pytest.mark.parametrize(
    ("family", "operation", "operations"),
    [
        ("hip", "höftprotes", "höftoperationer"),
        ("knee", "knäprotes", "knäoperationer"),
        ("shoulder", "axelprotes", "axeloperationer"),
        ("bariatric", "obesitaskirurgi", "obesitasoperationer"),
    ],
)
def test_a_family_has_its_own_words(family: str, operation: str, operations: str) -> None:
    assert (phrases.prosthesis(family), phrases.operations(family)) == (operation, operations)


def test_nothing_without_sides_is_called_a_joint() -> None:
    mixed = (*JOINTS, "bariatric")
    assert [phrases.all_of_them(each) for each in (JOINTS, mixed)] == ["alla leder", "alla operationer"]
    assert [phrases.in_any_of_them(each) for each in (JOINTS, mixed)] == ["i någon led", "för något slags operation"]
    plain, wide = phrases.joint_column(JOINTS, 0.5), phrases.joint_column(mixed, 0.5)
    assert (plain.head, plain.weight, wide.head) == ("Led", 0.5, "Slag")
    assert wide.weight > plain.weight


def test_an_operation_without_sides_is_told_without_one() -> None:
    assert lane_label("hip", "right") == "Höger höft"
    assert lane_label("hip", "unknown") == "Höft, okänd sida"
    assert lane_label("bariatric", "unknown") == "Obesitaskirurgi"


def test_words_of_joints_are_those_of_families_and_an_unknown_one_stands_as_it_is() -> None:
    assert codes("joint") == (*families.ids(), "")
    assert [word("joint", each) for each in ("bariatric", "", "tumme")] == ["Obesitaskirurgi", "Okänd led", "tumme"]
    assert word("procedure_area", "knee") == "Knä"
