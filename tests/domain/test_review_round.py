"""Which answers of a case a reviewer may see."""

from __future__ import annotations

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import GivenAnswer, Part, visible_to

FIRST = Part.FIRST


def given(number: int, reviewer: str, part: Part = FIRST) -> GivenAnswer:
    return GivenAnswer(number, EventKey(1, "hip", "right"), 1, part, reviewer, "", Answer(), 0)


def test_nobody_sees_anothers_first_answer_before_both_have_answered() -> None:
    one, other = given(1, "Anna"), given(2, "Bo")
    assert visible_to("Anna", [one]) == (one,)
    assert visible_to("Bo", [one]) == ()
    assert visible_to("Cia", [one]) == ()
    assert visible_to("Cia", [one, other]) == (one, other)


def test_answers_of_rounds_with_one_reviewer_are_seen_by_all() -> None:
    sole = given(1, "Anna", Part.SOLE)
    assert visible_to("Bo", [sole]) == (sole,)
