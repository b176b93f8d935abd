"""Kappa against statsmodels and published numbers, and honest where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from kvalitetsapp.analysis.reviewer_agreement import QUESTIONS, kappa, kappa_of_table, of_round, weights_of
from kvalitetsapp.domain import review_words, words
from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.reviewer_agreement import Weights, WhyNone, reason_text
from kvalitetsapp.domain.words import Verdict

THEIRS = {Weights.NONE: None, Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}
TABLES = st.integers(2, 7).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)
ALL_WEIGHTS = st.sampled_from(list(Weights))
# How married couples rated a statement; the data set SexualFun of R's vcd.
COUPLES = np.array([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])


@given(TABLES, ALL_WEIGHTS)
def test_kappa_its_error_and_interval_equal_those_of_statsmodels(table: list[list[int]], weights: Weights) -> None:
    counts = np.array(table)
    ours = kappa_of_table(counts, weights)
    assume(ours.why_none is None)
    theirs = cohens_kappa(counts, wt=THEIRS[weights])
    assert ours.kappa == pytest.approx(theirs.kappa, abs=1e-9)
    assert ours.standard_error == pytest.approx(theirs.std_kappa, abs=1e-7)
    assert ours.low == pytest.approx(max(theirs.kappa_low, -1), abs=1e-6)
    assert ours.high == pytest.approx(min(theirs.kappa_upp, 1), abs=1e-6)


@given(TABLES, ALL_WEIGHTS)
def test_nothing_is_ever_nan_and_what_is_missing_has_a_reason(table: list[list[int]], weights: Weights) -> None:
    ours = kappa_of_table(np.array(table), weights)
    told = (ours.observed, ours.expected, ours.kappa, ours.standard_error, ours.low, ours.high)
    assert all(value is None or np.isfinite(value) for value in told)
    assert (None in told) is (ours.why_none is not None)
    assert bool(reason_text(ours.why_none)) is (ours.why_none is not None)
    if ours.kappa is not None:
        assert -1 - 1e-9 <= ours.kappa <= 1


@given(TABLES, ALL_WEIGHTS)
def test_who_is_called_the_first_does_not_matter(table: list[list[int]], weights: Weights) -> None:
    one, other = kappa_of_table(np.array(table), weights), kappa_of_table(np.array(table).T, weights)
    assert one.kappa == pytest.approx(other.kappa, abs=1e-12)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-9)


@pytest.mark.parametrize(
    ("weights", "value", "error"), [(Weights.NONE, 0.1293, 0.0686), (Weights.LINEAR, 0.2374, 0.0783)]
)
def test_the_couples_give_what_r_prints(weights: Weights, value: float, error: float) -> None:
    """What `vcd::Kappa(SexualFun)` prints with its own, equally spaced weights."""
    found = kappa_of_table(COUPLES, weights)
    assert found.n == 91
    assert round(found.kappa or 0, 4) == value
    assert round(found.standard_error or 0, 4) == error


def test_cohens_own_example() -> None:
    """Two judges and 200 cases (Cohen 1960): 70 % agree, chance gives 41 %, kappa is 0.49."""
    table = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    found = kappa_of_table(table, Weights.NONE)
    assert found.observed == pytest.approx(0.70)
    assert found.expected == pytest.approx(0.41)
    assert found.kappa == pytest.approx(0.492, abs=0.0005)


def test_answers_are_paired_in_their_order() -> None:
    found = kappa("aabb", "abab", "ab", weights=Weights.NONE)
    assert (found.n, found.observed, found.kappa) == (4, 0.5, 0.0)


def test_a_near_miss_weighs_less_on_a_scale() -> None:
    first, near, far = "1234" * 5, "2233" * 5, "4231" * 5
    by_steps = [kappa(first, other, "1234", weights=Weights.LINEAR).kappa or 0 for other in (near, far)]
    squared = [kappa(first, other, "1234", weights=Weights.QUADRATIC).kappa or 0 for other in (near, far)]
    assert by_steps[0] > by_steps[1]
    assert squared[0] - squared[1] > by_steps[0] - by_steps[1]


def test_a_step_of_the_scale_that_nobody_took_still_counts() -> None:
    first, second = "1144", "1414"
    assert (
        kappa(first, second, "14", weights=Weights.LINEAR).kappa
        == kappa(first, second, "1234", weights=Weights.LINEAR).kappa
    )
    first, second = "1224", "2214"
    assert (
        kappa(first, second, "124", weights=Weights.LINEAR).kappa
        != kappa(first, second, "1234", weights=Weights.LINEAR).kappa
    )


def test_without_pairs_there_is_nothing() -> None:
    found = kappa([], [], "ab", weights=Weights.NONE)
    assert (found.n, found.observed, found.kappa, found.why_none) == (0, None, None, WhyNone.NO_PAIRS)


def test_where_all_answers_are_the_same_there_is_no_kappa() -> None:
    found = kappa("aaa", "aaa", "ab", weights=Weights.NONE)
    assert (found.observed, found.kappa, found.low, found.why_none) == (1.0, None, None, WhyNone.ONE_ANSWER)


def test_full_agreement_on_several_answers_is_one_without_an_interval() -> None:
    found = kappa("aab", "aab", "abc", weights=Weights.LINEAR)
    assert (found.kappa, found.standard_error, found.low, found.why_none) == (1.0, None, None, WhyNone.ALL_AGREE)


@pytest.mark.parametrize(("second", "value"), [("aaaa", 0.0), ("bbaa", -1.0)])
def test_where_the_formula_gives_no_error_there_is_no_interval(second: str, value: float) -> None:
    found = kappa("aabb", second, "ab", weights=Weights.NONE)
    assert (found.kappa, found.low, found.high, found.why_none) == (value, None, None, WhyNone.NO_VARIANCE)


def test_an_interval_stays_within_what_kappa_can_be() -> None:
    found = kappa("aaaabbbbb", "aaaabbbba", "ab", weights=Weights.NONE)
    assert found.high == 1.0
    assert found.low is not None
    assert -1 < found.low < 1


def test_an_answer_that_is_no_category_is_refused() -> None:
    with pytest.raises(ValueError, match="no categories: \\['c'\\]"):
        kappa("ac", "ab", "ab", weights=Weights.NONE)
    with pytest.raises(ValueError, match="zip"):
        kappa("ab", "a", "ab", weights=Weights.NONE)


def test_every_question_has_all_words_of_its_vocabulary_and_scales_are_weighted() -> None:
    for question, categories in QUESTIONS.items():
        vocabulary = "verdict" if question == "decision" else question
        assert all(words.word(vocabulary, code) != code for code in categories)
        assert (weights_of(question) is Weights.LINEAR) is (question in review_words.ORDERED)


def test_a_round_leaves_out_pairs_where_either_has_not_answered_and_counts_them() -> None:
    def answer(relation: str, avoidability: str = "") -> Answer:
        decision = Verdict.CONFIRMED if relation == "certain" else Verdict.REJECTED
        return Answer(decision, relation=relation, avoidability=avoidability)

    pairs = [
        (answer("certain", "3"), answer("certain", "4")),
        (answer("certain", "1"), answer("certain", "1")),
        (answer("certain", "2"), answer("none")),
        (answer("none"), answer("none")),
    ]
    found = {one.question: one for one in of_round(pairs)}
    assert list(found) == list(QUESTIONS)
    assert (found["decision"].n, found["decision"].agreed, found["decision"].left_out) == (4, 3, 0)
    assert found["decision"].kappa == pytest.approx(0.5)
    assert (found["avoidability"].n, found["avoidability"].agreed, found["avoidability"].left_out) == (2, 1, 2)
    assert found["avoidability"].weights is Weights.LINEAR
    assert (found["treatment"].n, found["treatment"].why_none) == (0, WhyNone.NO_PAIRS)
