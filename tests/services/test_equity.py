"""Equal care over a store: groups, the operations behind them, papers through their steps, the profile, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.analysis.charts import figures as chart_figures
from kvalitetsapp.domain.chart_data import Profile
from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.equity_paper import EquityState, EquityWork, Outcome
from kvalitetsapp.domain.equity_tables import equity_table
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import (
    chart_files,
    equity,
    equity_papers,
    equity_profile,
    indicator_source,
    indicators,
    outcome_figures,
    papers,
    report_making,
    undo_steps,
)
from kvalitetsapp.services.outcome_charts import Asked
from kvalitetsapp.services.report_making import Order
from support import pdf
from support.county_store import copy, opened
from support.paper_calls import concluded, measured, need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

INDICATOR = "reoperation_30d"
SCOPE = OutcomeScope()
OPEN, PLAIN = SmallNumbers.OPEN, SmallNumbers.PLAIN


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with opened(copy(county_store, tmp_path_factory.mktemp("equity"))) as each:
        yield each


def test_every_group_leads_to_the_operations_behind_it(workspace: Workspace) -> None:
    for key in ("sex", "age_group", "birth_region", "education", "municipality"):
        found = equity.figures(workspace, Comparison(INDICATOR, SCOPE, (key,)))
        assert sum(one.n for one in found.groups) == found.whole.n > 0
        for one in found.groups:
            behind = outcome_figures.behind(workspace, INDICATOR, SCOPE, {key: one.words[0]})
            assert behind.total == one.operations
            assert sum(int(row["included"] or 0) for row in behind.table.records()) == one.n


def test_what_cannot_be_compared_is_refused_in_words(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Grupper jämförs efter sex, age_group"):
        equity.figures(workspace, Comparison(INDICATOR, SCOPE, ("joint",)))
    with pytest.raises(InputError, match="går inte att dela upp efter ”hårfärg”"):
        equity.figures(workspace, Comparison(INDICATOR, SCOPE, ("hårfärg",)))
    with pytest.raises(InputError, match="Det finns ingen grupp ”x” att jämföra med"):
        equity.figures(workspace, Comparison(INDICATOR, SCOPE, ("sex",), "x"))


def test_a_paper_keeps_its_measurement_and_goes_through_its_steps(workspace: Workspace) -> None:
    number = measured(workspace)
    seen = equity_papers.one(workspace, number)
    assert (seen.paper.state, seen.figure.change.value) == ("measured", "unchanged")
    assert ("Ledprotesoperationer" in dict(seen.known_factors)) is True
    emptied = replace(seen.work, measurement=replace(seen.work.measurement, groups=()))
    written = equity_papers.write(workspace, number, replace(emptied, outcome=Outcome("Inget syns.")))
    kept = equity_papers.one(workspace, written.paper)
    assert kept.work.measurement == seen.work.measurement
    assert kept.paper.state == EquityState.ANALYSED
    with pytest.raises(RefusedError, match="Stegen görs i ordning"):
        equity_papers.write(workspace, number, replace(kept.work, interviews=_work(workspace).interviews))
    with pytest.raises(RefusedError, match="sparade version 2"):
        equity_papers.write(workspace, number, replace(kept.work, outcome=Outcome("Annat.")), based_on=1)


def _work(workspace: Workspace) -> EquityWork:
    return equity_papers.one(workspace, concluded(workspace)).work


def test_a_paper_is_closed_when_its_steps_are_done_and_opened_again_by_undoing(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="Skriv vilka skillnader som syns"):
        equity_papers.close(workspace, measured(workspace), "Klart.")
    number = concluded(workspace)
    with pytest.raises(InputError, match="Skriv vad uppföljningen gav"):
        equity_papers.close(workspace, number, " ")
    equity_papers.close(workspace, number, "Skillnaden är borta.")
    closed = equity_papers.one(workspace, number)
    assert (closed.paper.state, closed.paper.follow_up_on) == (EquityState.CLOSED, None)
    assert number not in {one.paper for one in papers.due(workspace, date(2099, 1, 1))}
    with pytest.raises(RefusedError, match="Arbetspappret är avslutat"):
        equity_papers.write(workspace, number, replace(closed.work, outcome=Outcome("Annat.")))
    undo_steps.undo(workspace, Progress())
    assert equity_papers.one(workspace, number).paper.state == EquityState.CONCLUDED


def test_figures_know_the_papers_about_them_and_whether_the_factors_are_gone_through(workspace: Workspace) -> None:
    scope = OutcomeScope(joint="knee")
    assert equity_papers.seen(workspace, Comparison(INDICATOR, scope, ("sex",))).papers == ()
    begun = equity_papers.begin(workspace, Cover("Knän", "Rut"), Comparison(INDICATOR, scope, ("sex",)))
    seen = equity_papers.seen(workspace, Comparison(INDICATOR, scope, ("sex",)))
    assert ([one.paper for one in seen.papers], seen.is_processed) == ([begun.paper], False)
    assert equity_papers.seen(workspace, Comparison(INDICATOR, scope, ("age_group",))).papers == ()
    work = _work(workspace)
    equity_papers.write(workspace, begun.paper, replace(work, measurement=work.measurement))
    assert equity_papers.seen(workspace, Comparison(INDICATOR, scope, ("sex",))).is_processed


def test_a_paper_names_no_patient_and_begins_with_something(workspace: Workspace) -> None:
    number = measured(workspace)
    naming = replace(_of(workspace, number), outcome=Outcome("19121212-1212"))
    with pytest.raises(InputError, match="personnummer"):
        equity_papers.write(workspace, number, naming)
    nowhere = OutcomeScope(provider_id="finns inte")
    with pytest.raises(InputError, match="inget att mäta"):
        equity_papers.begin(workspace, Cover("Axlar"), Comparison(INDICATOR, nowhere, ("sex",)))
    other = need(workspace)
    with pytest.raises(InputError, match="handlar inte om jämlik vård"):
        equity_papers.one(workspace, other)


def _of(workspace: Workspace, number: int) -> EquityWork:
    return equity_papers.one(workspace, number).work


def test_who_is_compared_with_everyone_here_is_compared_with_the_figure_of_their_rows(workspace: Workspace) -> None:
    source = indicator_source.source_on(workspace, None)
    assert source is not None
    for indicator_id in ("revision_30d", "length_of_stay_mean"):
        asked = Asked(workspace, indicators.one(workspace, indicator_id), source, SCOPE)
        reference = asked.profile_entry().reference
        assert reference == pytest.approx(chart_figures.whole(asked.rows(everyone=True), asked.indicator), rel=1e-12)


def test_the_profile_leaves_out_and_tells_what_has_no_wanted_direction(workspace: Workspace) -> None:
    found = equity_profile.profile(workspace, OutcomeScope(joint="hip"), Progress(), ("revision_30d", "day_surgery"))
    assert isinstance(found.chart, Profile)
    assert [bar.key for bar in found.chart.bars] == ["revision_30d"]
    assert found.no_direction == ("Dagkirurgi",)
    assert dict(found.shares)["revision_30d"].n == sum(
        dict(found.shares)[f"revision_30d/{sex}"].n for sex in ("female", "male")
    )


@pytest.mark.parametrize(("subject", "mode"), [("reoperation_2y/knee", OPEN), ("reoperation_2y", PLAIN)])
def test_the_report_tells_groups_profile_and_papers_and_hides_what_must_be_hidden(
    workspace: Workspace, subject: str, mode: SmallNumbers
) -> None:
    cover = Cover("Kvinnor och män", "Rut")
    equity_papers.begin(workspace, cover, Comparison("reoperation_2y", OutcomeScope(joint="knee"), ("sex",)))
    made = report_making.make(workspace, Order(ReportKind.EQUITY, subject, mode))
    assert ("knä" in made.data.head.subject) is ("/" in subject)
    text = " ".join(pdf.read(made.pdf).text.split())
    for said in (
        "Jämlik vård",
        "Sammanfattning",
        "Profildiagram",
        "Arbetspapper: Kvinnor och män",
        "Så är det räknat",
    ):
        assert said in text
    outside = mode is not OPEN
    assert ("Mätningens siffror står bara i klinikens eget exemplar." in text) is outside
    assert all(cell.hidden or cell.count not in range(1, 5) for cell in made.cells) or not outside


def test_a_report_of_a_joint_that_is_none_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Det finns ingen led ”armbåge”"):
        report_making.make(workspace, Order(ReportKind.EQUITY, "reoperation_30d/armbåge"))


def test_a_table_is_written_as_a_workbook_or_as_csv_by_its_name(workspace: Workspace, tmp_path: Path) -> None:
    table = equity_table(equity.figures(workspace, Comparison(INDICATOR, SCOPE, ("sex",))))
    for name, begins in (("grupper.xlsx", b"PK"), ("grupper.csv", b"\xef\xbb\xbfsex;")):
        chart_files.save_table(workspace, table, tmp_path / name, title="Grupper")
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_what_one_of_a_persons_numbers_lacks_is_taken_from_another() -> None:
    told: dict[str, list[Any]] = {
        "identity": [1, 2, 3, 4],
        "education": ["", "long", "short", "medium"],
        "birth_country": ["SE", "NO", "", ""],
        "municipality": ["", "", "2380", ""],
    }
    assert indicator_source.one_row_a_person(told, {2: 1, 4: 9}) == {
        "person": [1, 3, 9],
        "education": ["long", "short", "medium"],
        "birth_country": ["SE", "", ""],
        "municipality": ["", "2380", ""],
    }
