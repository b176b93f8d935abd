"""What people in the sample county work with beside the figures: a family by choice, and papers of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.equity_paper import EquityStep
from kvalitetsapp.domain.gap_paper import GapState
from kvalitetsapp.domain.meeting_paper import MeetingState
from kvalitetsapp.domain.need_paper import NeedState
from kvalitetsapp.domain.paper import PaperKind
from kvalitetsapp.domain.target_status import TargetStatus
from kvalitetsapp.domain.target_trend import Trend
from kvalitetsapp.services import (
    agenda,
    demo,
    editable_tables,
    equity_papers,
    families,
    gaps,
    indicators,
    meeting_papers,
    papers,
    summaries,
)
from support import sample_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return the sample county as it is on a day, with everything in it."""
    yield from sample_store.opened_on(sample_store.DAY, tmp_path_factory.mktemp("sample"))


def test_bariatric_surgery_is_followed_and_has_figures(made: Workspace) -> None:
    (shown,) = [one for one in families.shown(made) if one.family == demo.BARIATRIC]
    assert (shown.followed, shown.operations) == (True, 260)
    rows = [row for row in summaries.reoperations(made).records() if row["joint"] == demo.BARIATRIC]
    assert {row["provider_id"] for row in rows} == {"KSV", "U01", "P05"}
    assert sum(int(str(row["reoperated"])) for row in rows) > 0
    assert indicators.one(made, "bariatric_ewl50_1y").is_share


def test_there_is_a_paper_of_every_kind_and_a_need_in_every_state_that_lasts(made: Workspace) -> None:
    standing = {kind: papers.of_kind(made, kind) for kind in PaperKind}
    assert all(standing.values()), standing
    assert {one.state for one in standing[PaperKind.NEED]} == {NeedState.RECORDED, NeedState.RECIPE, NeedState.STAYS}
    assert papers.due(made, made.today.replace(year=made.today.year + 1))


def test_a_difference_is_at_its_third_step_with_a_factor_gone_through_and_others_open(made: Workspace) -> None:
    (paper,) = equity_papers.every(made)
    seen = equity_papers.one(made, paper.paper)
    assert (seen.work.next_step, seen.work.is_processed) == (EquityStep.FACTORS, False)
    assert len(seen.work.factors.factors) > 1
    assert len(seen.work.measurement.groups) > 1


def test_one_meeting_was_held_with_its_figures_and_one_lies_ahead(made: Workspace) -> None:
    ahead, held = meeting_papers.every(made)
    assert (ahead.state, held.state) == (MeetingState.PLANNED, MeetingState.HELD)
    minutes = meeting_papers.one(made, held.paper)
    assert len(minutes.figures) == 3
    assert any(one.is_late(made.today) for one in minutes.meeting.activities)


def test_of_two_gap_analyses_one_is_ready_with_the_figure_and_the_cost_of_its_day(made: Workspace) -> None:
    draft, ready = sorted(gaps.gaps(made), key=lambda one: one.state == GapState.READY)
    assert (draft.state, ready.state) == (GapState.DRAFT, GapState.READY)
    assert ready.gap.present.figure is not None
    assert ready.gap.present.case_cost is not None


def test_two_quarters_are_kept_and_the_agenda_has_met_and_missed_targets_with_a_trend(made: Workspace) -> None:
    assert len(agenda.quarters(made)) == 2
    rows = agenda.status(made).rows
    assert {row.judgement.status for row in rows} >= {TargetStatus.MET, TargetStatus.NOT_MET, TargetStatus.CANNOT_TELL}
    assert any(row.trend.trend is Trend.UNCHANGED for row in rows)


def test_people_keep_capacities_and_distances(made: Workspace) -> None:
    assert editable_tables.rows(made, "capacities")
    assert editable_tables.rows(made, "distances")
