"""Kvalitet: figures are the summary's rows, the operations behind them add up to them, and the list comes in parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.chart_data import Survival
from kvalitetsapp.domain.indicator import Reviewed
from kvalitetsapp.domain.indicator_form import IndicatorForm
from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture, fitting
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import indicators, outcome_charts, outcome_figures, outcome_overview
from kvalitetsapp.store.providers import all_providers
from support import examples
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

TWO_YEARS = "reoperation_2y"
HIPS = OutcomeScope(joint="hip")


@pytest.fixture(scope="module")
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


def expected(joint: str) -> dict[str, tuple[int, int, str, str]]:
    """Return n, events, rate and flag of the example by provider."""
    return {
        row["provider_id"]: (int(row["eligible"]), int(row["reoperated"]), row["rate"], row["flag"])
        for row in examples.expected_rows("county", "summary_reoperations_provider_joint")
        if row["joint"] == joint
    }


@pytest.mark.parametrize("joint", ["hip", "knee"])
def test_r9_r10_groups_and_funnel_are_those_of_the_example(workspace: Workspace, joint: str) -> None:
    told, scope = expected(joint), OutcomeScope(joint=joint)
    found = outcome_figures.figures(workspace, TWO_YEARS, scope, ["provider"])
    groups = {row["provider_id"]: (row["n"], row["events"]) for row in found.groups.records()}
    assert groups == {key: (n, events) for key, (n, events, _rate, _flag) in told.items()}
    sizes = [int(row["n"] or 0) for row in found.groups.records()]
    assert sizes == sorted(sizes, reverse=True)
    chart = outcome_charts.picture(workspace, TWO_YEARS, scope, Picture.FUNNEL)
    points = {one.key: (one.n, one.events, f"{one.rate:.6f}", one.flag) for one in chart.points}  # type: ignore[union-attr]
    assert points == {key: row for key, row in told.items() if row[0]}


def test_the_figure_of_purchased_care_leaves_the_regions_own_out(workspace: Workspace) -> None:
    bought = outcome_figures.figures(workspace, TWO_YEARS, HIPS, []).whole
    own = outcome_figures.figures(workspace, TWO_YEARS, OutcomeScope("hip", provider_id="OSD"), []).whole
    assert bought is not None
    assert own is not None
    every, own_ones = expected("hip"), {one.provider_id for one in all_providers(workspace.store) if one.kind == "own"}
    assert own["n"] == every["OSD"][0]
    assert "OSD" in own_ones
    assert bought["n"] == sum(row[0] for key, row in every.items() if key not in own_ones)


@pytest.mark.parametrize("as_of", [None, date(2019, 6, 30)])
def test_r9_the_operations_behind_a_group_add_up_to_it(workspace: Workspace, as_of: date | None) -> None:
    scope = OutcomeScope("knee", as_of=as_of)
    found = outcome_figures.figures(workspace, TWO_YEARS, scope, ["provider", "year"])
    for keys, group in list(zip(found.keys, found.groups.records(), strict=True))[:12]:
        where = dict(zip(found.by, keys, strict=True))
        rows = outcome_figures.behind(workspace, TWO_YEARS, scope, where).table.records()
        assert sum(int(row["included"] or 0) for row in rows) == group["n"]
        assert sum(int(row["counted"] or 0) for row in rows) == group["events"]
        assert all(str(row["operated_on"])[:4] == where["year"] for row in rows)


def test_no_more_operations_are_shown_than_can_be_read_and_those_that_count_come_first(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome_figures, "MOST_BEHIND", 20)
    found = outcome_figures.behind(workspace, TWO_YEARS, HIPS, {})
    assert found.total > len(found.table.rows) == 20
    counted = [row["counted"] for row in found.table.records()]
    assert counted[0] == 1
    assert counted == sorted(counted, key=lambda each: -int(each or 0))


def test_operations_of_a_quarter_are_those_done_in_it(workspace: Workspace) -> None:
    days = date(2018, 4, 1), date(2018, 6, 30)
    found = outcome_figures.behind(workspace, TWO_YEARS, HIPS, {}, days)
    assert found.total
    assert all("2018-04-01" <= str(row["operated_on"]) <= "2018-06-30" for row in found.table.records())


def test_the_list_comes_in_parts_and_stops_when_asked_to(workspace: Workspace) -> None:
    ids = [one.indicator_id for one in indicators.all_indicators(workspace)][:4]
    assert len(outcome_figures.some_rows(workspace, ids, HIPS, Progress(), seconds=0)) == 1
    assert [row[0] for row in outcome_figures.some_rows(workspace, ids, HIPS, Progress(), seconds=60)] == ids
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(CancelledError):
        outcome_figures.some_rows(workspace, ids, HIPS, stopped)


def test_a_recipe_is_worked_out_before_its_words_are_written(workspace: Workspace) -> None:
    form = IndicatorForm(levels=("revision", "reoperation"), last="730")
    found, known = (
        outcome_figures.preview(workspace, form, HIPS),
        outcome_figures.figures(workspace, TWO_YEARS, HIPS, []),
    )
    assert found is not None
    assert found.whole is not None
    assert known.whole is not None
    assert [found.whole[name] for name in ("n", "events")] == [known.whole[name] for name in ("n", "events")]
    assert outcome_figures.preview(workspace, IndicatorForm(last="x"), HIPS) is None


def test_members_are_kept_only_for_the_day_they_were_worked_out_for(workspace: Workspace) -> None:
    early = OutcomeScope("hip", as_of=date(2019, 6, 30))
    figures = [outcome_figures.figures(workspace, TWO_YEARS, scope, []).whole for scope in (HIPS, early, HIPS)]
    n = [int(one["n"] or 0) for one in figures if one is not None]
    assert n[0] == n[2] > n[1]


@pytest.mark.parametrize("kind", list(Picture))
def test_every_picture_that_fits_is_drawn_for_one_joint_or_the_largest(workspace: Workspace, kind: Picture) -> None:
    from kvalitetsapp.domain import chart_marks

    assert kind in fitting(indicators.one(workspace, TWO_YEARS))
    for scope in (HIPS, OutcomeScope()):
        chart = outcome_charts.picture(workspace, TWO_YEARS, scope, kind)
        assert chart is not None
        assert chart_marks.marks(chart)


def test_r11_a_curve_is_of_the_operations_of_its_indicator(workspace: Workspace) -> None:
    whole = "reoperation_2y_total_knee"
    chart = outcome_charts.picture(workspace, whole, OutcomeScope(), Picture.TIME_TO)
    assert isinstance(chart, Survival)
    bought = outcome_figures.behind(workspace, whole, OutcomeScope(), {}).total
    assert [(curve.joint, curve.operations) for curve in chart.curves] == [("knee", bought)]


def test_no_curve_is_drawn_where_only_confirmed_events_count(workspace: Workspace) -> None:
    one = indicators.one(workspace, TWO_YEARS)
    assert Picture.TIME_TO in fitting(one)
    assert Picture.TIME_TO not in fitting(replace(one, count=replace(one.count, reviewed=Reviewed.CONFIRMED)))


def test_a_cusum_is_of_the_provider_that_is_pointed_out(workspace: Workspace) -> None:
    chart = outcome_charts.picture(workspace, TWO_YEARS, HIPS, Picture.CUSUM, provider_id="P02")
    names = dict(outcome_figures.choices(workspace).providers)
    assert chart is not None
    assert chart.title.startswith(names["P02"])  # type: ignore[union-attr]


def test_means_and_printed_figures_have_only_the_pictures_that_fit_them(workspace: Workspace) -> None:
    assert fitting(indicators.one(workspace, "length_of_stay")) == (Picture.YEARS, Picture.PROFILE)
    assert fitting(indicators.one(workspace, "patient_satisfaction")) == ()
    assert Picture.TIME_TO not in fitting(indicators.one(workspace, "death_90d"))
    assert outcome_charts.picture(workspace, "length_of_stay", HIPS, Picture.FUNNEL) is None


def test_pictures_of_everything_hold_providers_indicators_and_the_way_of_money(workspace: Workspace) -> None:
    ids = ("reoperation_2y", "length_of_stay_mean", "satisfaction_1y")
    heat = outcome_overview.provider_by_indicator(workspace, HIPS, Progress(), ids)
    assert heat is not None
    assert heat.columns == ("Reoperation inom två år", "Vårdtid, medel")
    profile = outcome_overview.profile(workspace, HIPS, Progress(), ids)
    assert profile is not None
    assert [bar.key for bar in profile.bars] == list(ids[:2])
    flow, strip = outcome_overview.case_flow(workspace, HIPS), outcome_overview.cost_strip(workspace, HIPS)
    assert flow is not None
    assert strip is not None
    bought = outcome_figures.behind(workspace, TWO_YEARS, HIPS, {}).total
    assert flow.steps[0].count == bought
    assert [case.cost for case in strip.cases] == sorted(case.cost for case in strip.cases)


def test_the_compass_has_the_units_of_its_year_without_the_nation() -> None:
    units = outcome_overview.compass_units()
    assert "Riket" not in units
    assert len(outcome_overview.compass(units[0]).axes) == 8
    assert outcome_overview.compass("Finns inte").axes == ()
