"""Kvalitet: the funnel's points are the summary's rows, and what lies behind a point adds up to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.funnel import FUNNEL_TABLE, funnel_table
from kvalitetsapp.domain.words import Joint
from kvalitetsapp.services import outcomes
from kvalitetsapp.services.workspace import create_workspace
from support import examples
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


@pytest.mark.parametrize("joint", list(Joint))
def test_r9_r10_points_are_those_of_the_example(workspace: Workspace, joint: Joint) -> None:
    expected = {
        row["provider_id"]: (int(row["eligible"]), int(row["reoperated"]), row["rate"], row["flag"])
        for row in examples.expected_rows("county", "summary_reoperations_provider_joint")
        if row["joint"] == joint
    }
    found = {
        point.provider_id: (point.n, point.events, "" if point.rate is None else f"{point.rate:.6f}", point.flag)
        for point in outcomes.reoperations(workspace, joint=joint).points
    }
    assert found == expected


@pytest.mark.parametrize("within", [30, 90, 730])
@pytest.mark.parametrize("as_of", [None, date(2019, 6, 30)])
def test_r9_the_operations_behind_a_point_add_up_to_it(workspace: Workspace, within: int, as_of: date | None) -> None:
    funnel = outcomes.reoperations(workspace, joint="knee", within=within, as_of=as_of)
    assert sum(point.events for point in funnel.points) > 0
    for point in funnel.points:
        table = outcomes.operations_behind(
            workspace, provider_id=point.provider_id, joint="knee", within=within, as_of=as_of
        )
        rows = table.records()
        assert len(rows) == point.operations
        assert sum(row["followed"] == "Ja" for row in rows) == point.n
        assert sum(row["reoperated"] == "Ja" for row in rows) == point.events
        assert all((row["days"] is not None) == (row["reoperated"] == "Ja") for row in rows)
        assert all(0 <= int(row["days"] or 0) <= within for row in rows)


def test_points_are_ordered_by_volume_and_never_by_rate(workspace: Workspace) -> None:
    sizes = [point.n for point in outcomes.reoperations(workspace).points]
    assert sizes == sorted(sizes, reverse=True)


def test_r10_the_limits_at_a_providers_volume_are_those_of_the_summary(workspace: Workspace) -> None:
    rows = examples.expected_rows("county", "summary_reoperations_provider_joint")
    largest = max((row for row in rows if row["joint"] == "hip"), key=lambda row: int(row["eligible"]))
    limits = outcomes.reoperations(workspace, joint="hip").limits
    limit = next(limit for limit in limits if limit.n == int(largest["eligible"]))
    assert f"{limit.high_998:.6f}" == largest["pi998_high"]
    assert f"{limit.low_95:.6f}" == largest["pi95_low"]


def test_the_target_is_swedens_figure_where_there_is_one_and_else_the_pooled_rate(workspace: Workspace) -> None:
    hip = outcomes.reoperations(workspace, joint="hip")
    assert hip.is_benchmark
    assert hip.target == pytest.approx(0.026)
    early = outcomes.reoperations(workspace, joint="hip", within=30)
    n, events = (sum(getattr(point, name) for point in early.points) for name in ("n", "events"))
    assert not early.is_benchmark
    assert early.target == pytest.approx(events / n)


def test_the_drawing_in_words_names_every_provider_that_is_drawn(workspace: Workspace) -> None:
    funnel = outcomes.reoperations(workspace, joint="knee")
    said = funnel.description()
    assert all(point.provider in said for point in funnel.points if point.rate is not None)


def test_a_small_provider_can_only_show_a_large_difference(workspace: Workspace) -> None:
    points = [point for point in outcomes.reoperations(workspace).points if point.detectable is not None]
    largest, smallest = points[0], points[-1]
    assert (largest.detectable or 0) < (smallest.detectable or 0)


def test_an_empty_store_has_an_empty_funnel(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as workspace:
        funnel = outcomes.reoperations(workspace)
        assert (funnel.points, funnel.as_of, funnel.limits) == ((), None, ())
        assert funnel.chart() is None
        assert funnel.description() == "Inga uppföljda operationer att visa."
        behind = outcomes.operations_behind(workspace, provider_id="P01", joint="hip", within=730, as_of=None)
        assert behind.rows == []


def test_the_table_has_a_value_for_every_heading(workspace: Workspace) -> None:
    table = funnel_table(outcomes.reoperations(workspace))
    assert {len(row) for row in table.rows} == {len(FUNNEL_TABLE)}
