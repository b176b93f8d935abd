"""The quality agenda over a store: targets judged by the store's figures, and quarters that stay as they were kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.agenda import RowWords
from kvalitetsapp.domain.indicator import Direction
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.quarter_paper import QuarterPaper
from kvalitetsapp.domain.target_status import Obstacle, TargetStatus
from kvalitetsapp.domain.target_trend import Trend
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import agenda, editable_tables, frozen_figures, indicators, papers, published_units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.agenda import AgendaRow, AgendaTable
    from kvalitetsapp.services.workspace import Workspace

KEPT = ("reoperation_2y_hip", "nojda_med_varden", "enps")
"""Few targets, so that each reading of the agenda is short."""
WORDS = {"enps": RowWords("Mätt i våras.", "14")}


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    from support import county_store as stores

    with stores.opened(stores.copy(county_store, tmp_path_factory.mktemp("agenda"))) as each:
        for row in editable_tables.rows(each, "targets"):
            if row["target_id"] not in KEPT:
                editable_tables.remove(each, "targets", [str(row["target_id"])])
        target = {"target_id": "hip_P01", "name": "Höft hos P01", "quality_area": "clinical", "at_most": "10 %"}
        about = {"indicator": "reoperation_2y", "joint": "hip", "provider_id": "P01"}
        editable_tables.set_cells(each, "targets", {**target, **about})
        yield each


@pytest.fixture(scope="module")
def kept(workspace: Workspace) -> Quarter:
    """Return a quarter that is kept, the one before this."""
    wanted = Quarter.of(workspace.today).before
    agenda.save_quarter(workspace, wanted, WORDS)
    return wanted


def row(table: AgendaTable, target_id: str) -> AgendaRow:
    return next(each for each in table.rows if each.target.target_id == target_id)


def test_a_target_tells_what_the_page_of_quality_tells(workspace: Workspace, kept: Quarter) -> None:
    found = row(agenda.status(workspace), "hip_P01")
    assert found.figure == frozen_figures.freeze(workspace, "reoperation_2y", OutcomeScope("hip", "", "P01"))
    assert found.provider == found.figure.scope["provider_name"]
    assert found.trend.since == kept.code
    assert [each.target.area for each in agenda.status(workspace).rows] == ["clinical", "clinical", "prem", "staff"]


def test_what_is_printed_by_nobody_of_ours_is_no_result(workspace: Workspace) -> None:
    found = row(agenda.status(workspace), "nojda_med_varden")
    assert found.takes_result
    assert found.judgement.obstacle is Obstacle.NO_FIGURES


def test_the_words_of_the_latest_quarter_go_on(workspace: Workspace, kept: Quarter) -> None:
    found = row(agenda.status(workspace), "enps")
    assert (found.words, found.judgement.status) == (WORDS["enps"], TargetStatus.NOT_MET)
    assert found.trend.trend is Trend.NO_INTERVAL
    assert agenda.now(workspace).quarter == kept.next


def test_a_kept_quarter_stays_as_it_was_when_its_target_changes(workspace: Workspace, kept: Quarter) -> None:
    before = agenda.quarter(workspace, kept).quarter
    editable_tables.set_cells(workspace, "targets", {"target_id": "hip_P01", "at_most": "0 %"})
    try:
        assert agenda.quarter(workspace, kept).quarter == before
        now = row(agenda.status(workspace), "hip_P01")
        assert now.judgement.status is TargetStatus.NOT_MET
    finally:
        editable_tables.set_cells(workspace, "targets", {"target_id": "hip_P01", "at_most": "10 %"})


def test_a_quarter_is_kept_anew_until_a_later_one_is(workspace: Workspace, kept: Quarter) -> None:
    version = agenda.quarter(workspace, kept).paper.version
    done = agenda.save_quarter(workspace, kept, WORDS | {"hip_P01": RowWords("Följs.")}, based_on=version)
    assert done.version == version + 1
    for seen in (version, None):
        with pytest.raises(RefusedError, match="sparade version"):
            agenda.save_quarter(workspace, kept, {}, based_on=seen)
    agenda.save_quarter(workspace, kept.next, WORDS)
    with pytest.raises(RefusedError, match="ett senare är sparat"):
        agenda.save_quarter(workspace, kept, WORDS)
    assert [each[0] for each in agenda.quarters_table(workspace).rows] == [kept.next.code, kept.code]


def test_of_a_quarter_that_has_come_to_be_kept_twice_the_one_saved_last_counts(workspace: Workspace) -> None:
    wanted, first, second = Quarter(1999, 1), "Rut", "Ola"
    before = agenda.quarters(workspace)
    for user in (first, second):
        workspace.user = user
        paper = QuarterPaper(wanted, "1999-03-31", ())
        papers.save(workspace, PaperDraft(PaperKind.QUARTER, user, user, None, agenda.STATE, paper.contents()))
    assert [one.paper.title for one in agenda.quarters(workspace)] == [second, *(one.paper.title for one in before)]


def test_a_quarter_that_is_not_there_is_not_shown_nor_one_to_come_kept(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="2001-Q1 är inte sparat"):
        agenda.quarter_table(workspace, Quarter(2001, 1))
    with pytest.raises(RefusedError, match="har inte börjat"):
        agenda.save_quarter(workspace, Quarter.of(workspace.today).next, {})


def test_the_best_quarter_is_of_the_latest_period_in_sweden(workspace: Workspace) -> None:
    ours = [("SE", "hip", f"E{n}", 1.0 + n, "2025", "Årsrapport") for n in range(5)]
    others = [
        ("SE", "hip", "E9", 0.1, "2024", "Äldre"),
        ("DK", "hip", "E9", 0.1, "2025", "Annat land"),
        ("SE", "knee", "E9", 0.1, "2025", "Annan led"),
    ]
    names = ("country", "joint", "unit", "value", "period", "source")
    columns = {name: [each[place] for each in (*ours, *others)] for place, name in enumerate(names)}
    for name, value in (("level", "unit"), ("indicator", "reoperation_2y"), ("unit_of_value", "percent")):
        columns[name] = [value] * len(columns["unit"])
    one = indicators.one(workspace, "reoperation_2y")
    found = published_units.quartile_in(columns, one, "hip")
    assert found.limit == pytest.approx(0.02)
    assert (found.units, found.period, found.source) == (5, "2025", "Årsrapport")
    high = published_units.quartile_in(columns, replace(one, direction=Direction.HIGH), "hip")
    assert high.limit == pytest.approx(0.04)
    assert published_units.quartile_in(columns, one, "").needs_joint
