"""An answer in words, and what two answers differ in."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.answer_words import common, differing, in_words, summary
from kvalitetsapp.domain.words import Verdict
from support.review_cases import GIVEN, case


def test_an_answer_is_told_in_words_in_the_order_of_the_work() -> None:
    told = in_words(GIVEN, case())
    assert list(told)[:4] == ["relation", "index_ref", "criteria", "infection_level"]
    assert told["index_ref"] == "Höger höft 2020-01-01"
    assert told["cultures"] == "5 tagna, 4 positiva"
    assert told["follow_ups"] == "2020-06-01 Ortopedi"
    assert in_words(Answer(), case()) == {}


def test_what_is_not_offered_any_more_is_still_told() -> None:
    old = replace(GIVEN, index_ref="bok/99/hip/right", criteria=("gone",), follow_ups=(8, 77), cultures_positive=None)
    told = in_words(old, case())
    assert (told["index_ref"], told["criteria"], told["cultures"]) == ("bok/99/hip/right", "gone", "5 tagna")
    assert told["follow_ups"] == "2020-06-01 Ortopedi; 1 vårdkontakt"


def test_a_decision_is_told_only_where_no_relation_is() -> None:
    assert in_words(Answer(Verdict.REJECTED), case()) == {"decision": "Avvisad"}
    assert summary(Answer(Verdict.REJECTED), case()) == "Avvisad"
    assert summary(GIVEN, case()).startswith("Säkert samband, Bekräftad infektion")


def test_differences_are_the_questions_with_different_words() -> None:
    other = replace(GIVEN, avoidability="3", cultures_taken=6)
    assert differing(GIVEN, other, case()) == ("cultures", "avoidability")
    assert differing(GIVEN, GIVEN, case()) == ()


def test_what_two_answers_have_in_common_begins_a_consensus() -> None:
    other = replace(GIVEN, relation="probable", avoidability="3")
    assert common(GIVEN, other) == replace(GIVEN, relation="", avoidability="", decision=None)
    assert common(GIVEN, GIVEN) == GIVEN
