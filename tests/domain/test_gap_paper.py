"""A gap analysis: what it needs to come further, what its gap comes to, and how it is typed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import gap_form, gap_paper, gap_reckoning, gap_tables
from kvalitetsapp.domain.gap_form import GapForm, ProposalTexts, ReadGap
from kvalitetsapp.domain.gap_paper import (
    CaseCost,
    Decision,
    FollowedUp,
    GapPaper,
    GapState,
    Goal,
    Present,
    Proposal,
)
from kvalitetsapp.domain.indicator import Measure
from support.made_figures import share

GOAL = Goal("Lika bra som riket", "reoperation_2y", "hip", "", 0.02)
PRESENT = Present("", share(30, 600), 200, CaseCost(40, 100_000_00, 60_000_00, 140_000_00))
WHOLE = GapPaper(
    GOAL,
    PRESENT,
    ("Tidiga infektioner",),
    ("Före operationen",),
    (Proposal("Checklista", None, "Ett möte", "Rut"), Proposal("Stöd", 180_000_00)),
    "Tid för genomgångar",
    "Fler opereras om",
    "Genomgången först",
    Decision("Checklistan införs", "Chefen", date(2027, 1, 15)),
    FollowedUp(date(2027, 6, 1), "Infört", share(20, 600)),
)
FORM = gap_form.form_of(WHOLE, "Höften", "Rut", date(2027, 6, 1), GapState.DECIDED)


def faults(form: GapForm) -> dict[str, str]:
    read = gap_form.read(form, is_share=True, at_most=True)
    assert isinstance(read, tuple)
    return {each.field: each.message for each in read}


def test_an_analysis_comes_back_as_it_was_kept() -> None:
    for paper in (WHOLE, GapPaper(Goal("Bättre")), replace(WHOLE, present=Present("okänt"))):
        assert GapPaper.from_contents(json.loads(json.dumps(paper.contents()))) == paper


def test_what_is_typed_is_what_is_read() -> None:
    read = gap_form.read(FORM, is_share=True, at_most=True)
    assert isinstance(read, ReadGap)
    after = WHOLE.followed_up
    assert after is not None
    assert read.paper == replace(WHOLE, present=Present(), followed_up=replace(after, figure=None))
    assert read.follow_up_on == date(2027, 6, 1)


@pytest.mark.parametrize("typed", ["14,3 %", "2,12345 %", "0,5 %", "100 %"])
def test_a_limit_is_typed_again_with_all_its_decimals(typed: str) -> None:
    read = gap_form.read(replace(FORM, limit=typed), is_share=True, at_most=True)
    assert isinstance(read, ReadGap)
    again = gap_form.form_of(replace(WHOLE, goal=read.paper.goal), "Höften", "Rut", None, GapState.DECIDED)
    assert again.limit == typed


def test_a_goal_that_is_reached_to_the_last_decimal_is_reached() -> None:
    figure = replace(share(93, 100), value=1 - 0.07, ci_low=None, ci_high=None)
    gap = GapPaper(Goal("Nöjda", "patient_satisfaction", limit=0.93, at_most=False), Present("", figure, 100))
    assert gap_tables.gap_text(gap) == "Målet är nått"


def test_a_draft_needs_a_goal_and_a_decision_needs_everything() -> None:
    draft = GapPaper(Goal("Bättre"))
    assert gap_paper.missing(draft, GapState.DRAFT) == ()
    lacking = {each.field for each in gap_paper.missing(draft, GapState.READY)}
    assert lacking == {"present", "causes", "areas", "proposals", "acting", "not_acting"}
    assert gap_paper.missing(WHOLE, GapState.FOLLOWED_UP) == ()
    undecided = replace(WHOLE, decision=None, followed_up=None)
    assert [each.field for each in gap_paper.missing(undecided, GapState.FOLLOWED_UP)] == ["decision", "followed_up"]
    assert [each.field for each in gap_paper.missing(GapPaper(Goal("")), GapState.DRAFT)] == ["goal"]


def test_a_gap_is_told_in_its_unit_in_patients_and_in_kronor() -> None:
    found = gap_reckoning.reckoned(WHOLE)
    assert found.gap == pytest.approx(0.03)
    assert found.patients is not None
    assert (found.patients.value, found.patients.low, found.patients.high) == pytest.approx((6, 2, 10))
    assert found.cost is not None
    assert (found.cost.value, found.cost.low) == (10 * 100_000_00, 6 * 60_000_00)
    assert found.saved == 6 * 100_000_00
    assert {type(amount) for amount in (found.cost.value, found.cost.low, found.cost.high, found.saved)} == {int}
    assert gap_tables.gap_text(WHOLE) == "3,0 procentenheter"
    assert gap_tables.patients_text(WHOLE) == "Det är 6 patienter om året, av 200 operationer (2–10)."
    assert "1\u00a0000\u00a0000\u00a0kr om året" in gap_tables.cost_text(WHOLE)


def test_nothing_is_reckoned_from_what_is_not_known() -> None:
    words = replace(WHOLE, present=Present("många"))
    assert gap_reckoning.reckoned(words) == gap_reckoning.Reckoned()
    assert gap_tables.gap_text(words) == gap_tables.patients_text(words) == gap_tables.cost_text(words) == ""
    no_cost = replace(WHOLE, present=replace(PRESENT, case_cost=None))
    assert gap_tables.cost_text(no_cost) == ""
    no_limit = replace(WHOLE, goal=replace(GOAL, limit=None))
    assert (gap_reckoning.reckoned(no_limit).gap, gap_reckoning.reckoned(no_limit).patients) == (None, None)


def test_of_a_share_without_it_is_the_others_that_cost() -> None:
    figure = share(588, 600, measure=Measure.SHARE_WITHOUT, indicator="not_revised_2y")
    paper = replace(WHOLE, goal=replace(GOAL, limit=0.99, at_most=False), present=replace(PRESENT, figure=figure))
    found = gap_reckoning.reckoned(paper)
    assert found.events is not None
    assert (found.gap, found.events.value) == pytest.approx((0.01, 4.0))


@given(st.integers(0, 400), st.floats(0, 1), st.booleans())
def test_a_goal_that_is_reached_asks_for_no_patients(events: int, limit: float, at_most: bool) -> None:
    goal = replace(GOAL, limit=limit, at_most=at_most)
    found = gap_reckoning.reckoned(replace(WHOLE, goal=goal, present=replace(PRESENT, figure=share(events, 400))))
    assert found.gap is not None
    assert found.patients is not None
    assert found.patients.value == pytest.approx(max(0.0, found.gap) * 200)
    assert found.patients.low is not None
    assert found.patients.high is not None
    assert 0 <= found.patients.low <= found.patients.value <= found.patients.high


def test_every_fault_stands_at_its_field() -> None:
    wrong = replace(
        FORM,
        limit="ungefär två",
        proposals=(ProposalTexts("Gör", "mycket"), ProposalTexts(cost="100")),
        decided_on="i går",
        followed_up_on="",
        follow_up_on="2027-02-30",
    )
    assert set(faults(wrong)) == {
        *("limit", "proposals.0.cost", "proposals.1.what", "decided_on", "decision", "followed_up", "follow_up_on"),
    }
    assert "procenttecken" in faults(replace(FORM, limit="95"))["limit"]


def test_a_decision_is_never_taken_back_into_a_draft() -> None:
    assert GapState.DRAFT not in gap_paper.MAY_FOLLOW[GapState.DECIDED]
    assert gap_paper.MAY_FOLLOW[GapState.FOLLOWED_UP] == (GapState.FOLLOWED_UP,)
    assert all(state in gap_paper.MAY_FOLLOW[state] for state in GapState)


def test_an_analysis_is_laid_out_in_the_order_that_a_decision_needs() -> None:
    from kvalitetsapp.domain.paper import Paper, PaperKind

    paper = Paper(3, 2, PaperKind.GAP, "Höften", "Rut", date(2027, 6, 1), "decided", {}, "Rut", "2027-01-15T08:00")
    parts = [str(part) for part, _text in gap_tables.laid_out(paper, WHOLE).rows]
    order = ["Mål", "Nuläge", "Gap", "Orsak", "Område att påverka", "Förslag 1", "Om ni arbetar med frågan"]
    assert [part for part in parts if part in order] == order
    assert gap_tables.listed([(paper, WHOLE)]).records()[0]["gap"] == "3,0 procentenheter"
