"""Times, progress and kappa as the window says them, and the half-year that a new round is proposed for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain.review_round import CaseState, Novelty, Round, RoundDefinition
from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement, Weights, WhyNone
from kvalitetsapp.domain.round_definition import last_half_year
from kvalitetsapp.domain.round_progress import RoundProgress
from kvalitetsapp.gui.models import round_tables


def round_with(**counts: int) -> RoundProgress:
    definition = RoundDefinition(date(2024, 1, 1), date(2024, 6, 30))
    states = {state: counts.get(state.value, 0) for state in CaseState}
    made = Round(1, "Våren", definition, None, "Anna", "2024-08-01T12:00:00")
    return RoundProgress(made, states, dict.fromkeys(Novelty, 0))


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "–"), (45, "45 s"), (60, "1 min 0 s"), (200, "3 min 20 s"), (3905, "1 h 5 min")]
)
def test_a_time_is_told_as_a_person_says_it(seconds: int, told: str) -> None:
    assert round_tables.duration(seconds) == told


def test_progress_tells_what_there_is_of_and_nothing_else() -> None:
    assert (
        round_tables.progress_text(round_with(done=12, differs=3, open=45))
        == "12 av 60 klara · 3 skiljer sig · 45 kvar"
    )
    assert round_tables.progress_text(round_with(done=12)) == "12 av 12 klara"
    assert round_tables.progress_text(round_with(gone=1)) == "0 av 1 klara · 1 finns inte längre"


def test_every_case_of_a_round_is_in_one_of_the_counts_or_gone() -> None:
    (row,) = round_tables.overview_table(
        [round_with(done=12, differs=3, open=40, waiting=5, gone=2)], {1: "Alla"}
    ).records()
    assert (row["cases"], row["done"], row["left"], row["differs"]) == (62, 12, 45, 3)


def test_kappa_stands_with_its_interval_or_with_why_there_is_none() -> None:
    rows = (
        ReviewerAgreement("decision", 10, 8, 0, Weights.NONE, 0.615, -0.05, 0.9, None),
        ReviewerAgreement("relation", 4, 4, 0, Weights.NONE, 1.0, None, None, WhyNone.ALL_AGREE),
        ReviewerAgreement("outcome", 0, 0, 3, Weights.NONE, None, None, None, WhyNone.NO_PAIRS),
    )
    told = [(row["agreed"], row["kappa"], row["remark"]) for row in round_tables.agreement_table(rows).records()]
    assert told == [
        (0.8, "0,61 (−0,05–0,90)", ""),
        (1.0, "1,00", "Alla par är lika, så det finns inget intervall."),
        (None, "–", "Inget ärende har svar av båda."),
    ]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_latest_half_year_is_whole_and_ends_no_later_than_the_day(day: date) -> None:
    first, last = last_half_year(day)
    assert last <= day < last + timedelta(days=185)
    assert (first.day, first.month % 6) == (1, 1)
    assert (first.year, (last + timedelta(days=1)).day) == (last.year, 1)
    assert last.month - first.month == 5
