"""How far a case of a round has come, and which answers a reviewer may see."""

from __future__ import annotations

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_round import CaseState, GivenAnswer, Novelty, Part, state_of, visible_to

FIRST = Part.FIRST


@pytest.mark.parametrize(
    ("parts", "novelty", "state"),
    [
        ([], Novelty.NEW, CaseState.OPEN),
        ([], Novelty.CHANGED, CaseState.OPEN),
        ([], Novelty.KNOWN, CaseState.DONE),
        ([FIRST], Novelty.KNOWN, CaseState.WAITING),
        ([FIRST, FIRST], Novelty.NEW, CaseState.DIFFERS),
        ([FIRST, FIRST, Part.AGREED], Novelty.NEW, CaseState.DONE),
        ([FIRST, FIRST, Part.CONSENSUS], Novelty.NEW, CaseState.DONE),
        ([Part.SOLE], Novelty.NEW, CaseState.DONE),
    ],
)
def test_a_case_is_as_far_as_its_answers(parts: list[Part], novelty: Novelty, state: CaseState) -> None:
    assert state_of(parts, novelty, is_there=True) is state
    assert state_of(parts, novelty, is_there=False) is CaseState.GONE


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
