"""Two answers on one event: what they differ in, and what they give together."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from kvalitetsapp.domain.answer import LONGEST_COMMENT, Answer
from kvalitetsapp.domain.answer_differences import Difference, agreed, differences
from kvalitetsapp.domain.infection import Criterion, Weight
from kvalitetsapp.domain.words import Verdict
from support import review_cases

ANSWER = replace(
    review_cases.GIVEN,
    complication_class="infection",
    comment="enligt odling",
    criteria=("sinus_tract", "crp_10"),
    pointer="op-berättelse",
)
OTHER = {
    "decision": Verdict.REJECTED,
    "index_ref": "bok/9/hip/right",
    "complication_class": "wound",
    "relation": "probable",
    "harm_severity": "G",
    "clavien_dindo": "",
    "avoidability": "3",
    "criteria": ("sinus_tract",),
    "infection_level": "likely",
    "organism": "mrsa",
    "cultures_taken": 6,
    "cultures_positive": None,
    "treatment": "one_stage",
    "outcome": "",
}
NOT_COMPARED = {"comment", "pointer", "follow_ups"}


def test_every_question_of_the_form_is_compared_but_how_it_is_commented() -> None:
    assert set(OTHER) | NOT_COMPARED == {one.name for one in fields(Answer)}


@pytest.mark.parametrize("name", list(OTHER))
def test_a_question_that_is_answered_otherwise_is_a_difference(name: str) -> None:
    (found,) = differences(ANSWER, replace(ANSWER, **{name: OTHER[name]}))  # type: ignore[arg-type]
    assert found.name == name
    assert found.question
    assert found.one != found.other


def test_differences_are_told_in_swedish() -> None:
    other = replace(ANSWER, avoidability="3", criteria=("crp_10",), cultures_positive=None)
    criteria = (Criterion("crp_10", Weight.SIGN, "Blodprov", "CRP över 10"),)
    assert differences(ANSWER, other, criteria=criteria) == (
        Difference("avoidability", "Undvikbarhet", "2: sannolikt inte undvikbar", "3: sannolikt undvikbar"),
        Difference("criteria", "Kriterier", "CRP över 10, sinus_tract", "CRP över 10"),
        Difference("cultures_positive", "Positiva odlingar", "4", "–"),
    )


def test_the_order_in_which_criteria_were_ticked_is_no_difference() -> None:
    assert differences(ANSWER, replace(ANSWER, criteria=("crp_10", "sinus_tract"), comment="x", pointer="y")) == ()


def test_who_leaves_the_derived_class_and_who_chooses_the_same_agree() -> None:
    left = replace(ANSWER, complication_class="")
    assert differences(ANSWER, left, derived_class="infection") == ()
    assert [one.name for one in differences(ANSWER, left, derived_class="wound")] == ["complication_class"]


def test_what_both_agreed_on_keeps_what_both_wrote() -> None:
    both = agreed(
        ANSWER, replace(ANSWER, complication_class="", comment="säker", pointer="op-berättelse", follow_ups=(9,))
    )
    assert (both.complication_class, both.comment, both.pointer) == (
        "infection",
        "enligt odling / säker",
        "op-berättelse",
    )
    assert both.follow_ups == (8, 9)


def test_comments_that_are_too_long_together_leave_the_first() -> None:
    long = "x" * LONGEST_COMMENT
    assert agreed(ANSWER, replace(ANSWER, comment=long)).comment == "enligt odling"
