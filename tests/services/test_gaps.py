"""Gap analyses over a store: figures frozen when they are made, and nothing that is decided is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.gap_form import GapForm, ProposalTexts
from kvalitetsapp.domain.gap_paper import GapState
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import frozen_figures, gaps, papers, summaries
from support import paper_calls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

FORM = GapForm(
    "Höften",
    "Rut",
    "2027-06-01",
    GapState.READY,
    "Lika bra som riket",
    "reoperation_2y",
    "hip",
    limit="2,1 %",
    causes="Tidiga infektioner",
    areas="Före operationen",
    proposals=(ProposalTexts("Checklista", "250 000", "", "Rut"),),
    acting="Tid",
    not_acting="Fler opereras om",
)
DECIDED = replace(
    FORM, state=GapState.DECIDED, decided="Checklistan införs", decided_by="Chefen", decided_on="2027-01-15"
)


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    from support import county_store as stores

    with stores.opened(stores.copy(county_store, tmp_path_factory.mktemp("gaps"))) as each:
        yield each


@pytest.fixture
def ready(workspace: Workspace) -> gaps.KeptGap:
    done = gaps.save(workspace, FORM)
    assert done.faults == ()
    return gaps.one(workspace, done.paper)


def saved(workspace: Workspace, was: gaps.KeptGap, form: GapForm) -> gaps.KeptGap:
    done = gaps.save(workspace, form, paper=was.paper.paper, based_on=was.paper.version)
    assert done.faults == ()
    return gaps.one(workspace, done.paper)


def fields_at_fault(workspace: Workspace, was: gaps.KeptGap, form: GapForm) -> list[str]:
    return [each.field for each in gaps.save(workspace, form, paper=was.paper.paper).faults]


def test_the_present_is_the_figure_of_the_day_and_what_a_case_has_cost(
    workspace: Workspace, ready: gaps.KeptGap
) -> None:
    now = ready.gap.present
    assert now.figure == frozen_figures.freeze(workspace, "reoperation_2y", OutcomeScope("hip"))
    cost = now.case_cost
    (told,) = [one for one in summaries.complication_cost(workspace, by=["joint"]).records() if one["joint"] == "hip"]
    assert cost is not None
    assert (cost.cases, cost.mean) == (told["cases"], told["mean"])
    assert now.operations is not None
    assert now.figure.n is not None
    assert ready.form == replace(FORM, proposals=(ProposalTexts("Checklista", "250000", "", "Rut"),))


def test_the_figure_stays_until_it_is_asked_for_anew_or_the_goal_is_about_something_else(
    workspace: Workspace, ready: gaps.KeptGap
) -> None:
    figure = ready.gap.present.figure
    assert figure is not None
    older = replace(ready.gap, present=replace(ready.gap.present, figure=replace(figure, version="0")))
    papers.save(workspace, replace(ready.paper.draft, contents=older.contents()), paper=ready.paper.paper)
    number = ready.paper.paper
    gaps.save(workspace, replace(FORM, owner="Siv"), paper=number)
    assert gaps.one(workspace, number).gap.present == older.present
    gaps.save(workspace, replace(FORM, owner="Siv"), paper=number, anew=True)
    ready = gaps.one(workspace, number)
    assert ready.gap.present.figure == figure
    knee = saved(workspace, ready, replace(FORM, joint="knee"))
    assert knee.gap.present.figure is not None
    assert knee.gap.present.figure.scope["joint"] == "knee"


def test_an_indicator_that_counts_no_events_of_ours_costs_nothing_known(workspace: Workspace) -> None:
    done = gaps.save(workspace, replace(FORM, state=GapState.DRAFT, indicator="length_of_stay", limit="2,5"))
    now = gaps.one(workspace, done.paper).gap
    assert (now.present.case_cost, now.goal.at_most) == (None, True)


def test_a_step_takes_what_it_needs_and_a_decision_is_not_changed(workspace: Workspace, ready: gaps.KeptGap) -> None:
    assert fields_at_fault(workspace, ready, replace(DECIDED, decided="", decided_by="", decided_on="")) == [
        "decision"
    ]
    assert fields_at_fault(workspace, ready, replace(FORM, causes="")) == ["causes"]
    assert fields_at_fault(workspace, ready, replace(DECIDED, state=GapState.FOLLOWED_UP))[0] == "state"
    decided = saved(workspace, ready, DECIDED)
    assert fields_at_fault(workspace, decided, replace(DECIDED, goal="Något annat")) == ["state"]
    assert fields_at_fault(workspace, decided, replace(DECIDED, state=GapState.DRAFT)) == ["state"]
    followed = replace(DECIDED, state=GapState.FOLLOWED_UP, result="Infört", followed_up_on="2027-06-01")
    after = saved(workspace, decided, followed)
    assert after.gap.followed_up is not None
    assert after.gap.followed_up.figure == after.gap.present.figure
    assert after.gap.for_decision == decided.gap.for_decision
    assert (decided.paper.follow_up_on is None, after.paper.follow_up_on is None) == (False, True)


def test_an_analysis_is_known_by_its_number_and_the_nearest_follow_up_stands_first(
    workspace: Workspace, ready: gaps.KeptGap
) -> None:
    gaps.save(workspace, replace(FORM, title="Snart", follow_up_on="2026-12-01"))
    assert gaps.gaps(workspace)[0].paper.title == "Snart"
    assert gaps.told(workspace, ready.paper.paper).rows[0] == ("Gapanalys", "Höften")
    with pytest.raises(InputError, match="är ingen gapanalys"):
        gaps.one(workspace, paper_calls.meeting(workspace))
    with pytest.raises(InputError, match="ingen indikator"):
        gaps.save(workspace, replace(FORM, indicator="finns_inte"))
