"""The structured answer: what it lacks, what contradicts itself, what must not be copied into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp import settings
from kvalitetsapp.domain.answer import Answer, decision_of, from_dict, missing_in
from kvalitetsapp.domain.infection import level_of
from kvalitetsapp.domain.review_words import Avoidability, InfectionLevel, Outcome, Relation, Treatment
from kvalitetsapp.domain.words import Verdict
from kvalitetsapp.exchange.review_tables import read_infection_criteria
from support.review_cases import LINK

CRITERIA = read_infection_criteria(settings.resources_dir() / "review" / "ebjis_2021.csv")
CONFIRMED = Answer(Verdict.CONFIRMED, LINK.index_ref)


@pytest.mark.parametrize(
    ("relation", "decision"),
    [
        (Relation.CERTAIN, Verdict.CONFIRMED),
        (Relation.PROBABLE, Verdict.CONFIRMED),
        (Relation.UNLIKELY, Verdict.REJECTED),
        (Relation.NONE, Verdict.REJECTED),
        ("", None),
    ],
)
def test_the_relation_decides_the_link(relation: str, decision: Verdict | None) -> None:
    assert decision_of(relation) is decision


def test_a_complete_answer_lacks_nothing() -> None:
    assert missing_in(CONFIRMED, LINK) == ""


def test_a_relation_that_says_the_opposite_of_the_decision_is_refused() -> None:
    answer = Answer(Verdict.CONFIRMED, LINK.index_ref, relation="none")
    assert "olika saker" in missing_in(answer, LINK)


def test_what_a_round_requires_is_named_where_it_is_missing() -> None:
    said = missing_in(CONFIRMED, LINK, ("harm_severity", "avoidability"))
    assert said == "Omgången kräver svar på: Skadans allvar, Undvikbarhet."
    rejected = Answer(Verdict.REJECTED, comment="annan orsak")
    assert missing_in(rejected, LINK, ("harm_severity",)) == ""


@pytest.mark.parametrize(
    ("taken", "positive", "wrong"), [(5, 5, False), (5, 6, True), (None, 1, True), (3, None, False)]
)
def test_there_are_no_more_positive_cultures_than_were_taken(
    taken: int | None, positive: int | None, wrong: bool
) -> None:
    answer = Answer(Verdict.CONFIRMED, LINK.index_ref, cultures_taken=taken, cultures_positive=positive)
    assert bool(missing_in(answer, LINK)) is wrong


def test_a_copied_record_and_a_personal_number_are_kept_out() -> None:
    assert "för lång" in missing_in(Answer(Verdict.CONFIRMED, LINK.index_ref, comment="a" * 301), LINK)
    assert "för lång" in missing_in(Answer(Verdict.CONFIRMED, LINK.index_ref, pointer="a" * 81), LINK)
    assert "personnummer" in missing_in(Answer(Verdict.CONFIRMED, LINK.index_ref, pointer="19121212-1212"), LINK)


@pytest.mark.parametrize(
    ("ticked", "level"),
    [
        ((), InfectionLevel.UNLIKELY),
        (("crp_10",), InfectionLevel.UNLIKELY),
        (("one_culture", "synovial_pmn_65"), InfectionLevel.UNLIKELY),
        (("crp_10", "one_culture"), InfectionLevel.LIKELY),
        (("purulence", "leukocyte_scan"), InfectionLevel.LIKELY),
        (("sinus_tract",), InfectionLevel.CONFIRMED),
        (("two_cultures", "one_culture"), InfectionLevel.CONFIRMED),
        (("no_such",), InfectionLevel.UNLIKELY),
    ],
)
def test_the_criteria_ticked_give_the_level_of_infection(ticked: tuple[str, ...], level: InfectionLevel) -> None:
    assert level_of(ticked, CRITERIA) is level


ANSWERS = st.builds(
    Answer,
    decision=st.sampled_from([None, *Verdict]),
    index_ref=st.text(max_size=5),
    comment=st.text(max_size=20),
    relation=st.sampled_from(["", *map(str, Relation)]),
    avoidability=st.sampled_from(["", *map(str, Avoidability)]),
    criteria=st.lists(st.sampled_from([one.code for one in CRITERIA]), unique=True).map(tuple),
    cultures_taken=st.none() | st.integers(0, 9),
    treatment=st.sampled_from(["", *map(str, Treatment)]),
    outcome=st.sampled_from(["", *map(str, Outcome)]),
    follow_ups=st.lists(st.integers(1, 99), unique=True).map(tuple),
)


@given(ANSWERS)
def test_an_answer_kept_as_plain_values_comes_back_the_same(answer: Answer) -> None:
    assert from_dict(answer.as_dict()) == answer


def test_an_answer_kept_by_an_earlier_version_leaves_new_questions_open() -> None:
    kept = {"decision": "rejected", "index_ref": "", "complication_class": "wound", "comment": "se anteckning"}
    assert from_dict(kept) == Answer(Verdict.REJECTED, "", "wound", "se anteckning")
