"""Indicators of the example county: the same figures as the summaries they repeat, and the operations behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.services import indicators, summaries
from kvalitetsapp.services.workspace import open_workspace
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def county(county_store: Path) -> Iterator[Workspace]:
    with open_workspace(county_store, PASSPHRASE, write=False) as opened:
        yield opened


def figures(county: Workspace, indicator_id: str, *by: str) -> list[dict[str, Value]]:
    return indicators.summary(county, indicator_id, by=by).records()


@pytest.mark.parametrize(
    ("indicator_id", "within"), [("reoperation_30d", 30), ("reoperation_90d", 90), ("reoperation_2y", 730)]
)
def test_r9_reoperations_are_those_of_the_summary(county: Workspace, indicator_id: str, within: int) -> None:
    expected = summaries.reoperations(county, by=("provider", "joint"), within=within).records()
    names = {"operations": "operations", "eligible": "eligible", "reoperated": "events", "rate": "value"}
    names |= {"ci_low": "ci_low", "ci_high": "ci_high", "ambiguous": "ambiguous", "benchmark": "benchmark"}
    found = figures(county, indicator_id, "provider", "joint")
    assert [[row[name] for name in names] for row in expected] == [
        [row[name] for name in names.values()] for row in found
    ]


def test_revisions_are_those_of_the_summary_and_their_share_without_the_norwegian_form(county: Workspace) -> None:
    expected = [row["revised"] for row in summaries.reoperations(county, by=("joint",)).records()]
    revised, not_revised = (figures(county, one, "joint") for one in ("revision_2y", "not_revised_2y"))
    assert [row["events"] for row in revised] == expected
    assert [row["n"] - row["events"] for row in revised] == [row["events"] for row in not_revised]  # type: ignore[operator]


def test_total_and_partial_knees_apart_are_those_of_the_key(county: Workspace) -> None:
    apart = {
        row["prosthesis"]: (row["n"], row["events"])
        for row in figures(county, "reoperation_2y", "joint", "prosthesis")
        if row["joint"] == "knee"
    }
    for kind, expected in apart.items():
        if kind in {"total", "partial"}:
            (row,) = figures(county, f"reoperation_2y_{kind}_knee")
            assert (row["n"], row["events"]) == expected


def test_every_indicator_that_comes_along_can_be_worked_out_and_its_members_add_up(county: Workspace) -> None:
    for one in indicators.all_indicators(county):
        rows = figures(county, one.indicator_id)
        if one.count.kind is Counted.PUBLISHED:
            continue
        (row,) = rows
        members = indicators.members(county, one.indicator_id).records()
        assert len(members) == row["operations"], one.indicator_id
        assert sum(bool(each["included"]) for each in members) == row["n"], one.indicator_id
        assert row["events"] in (None, sum(bool(each["counted"]) for each in members)), one.indicator_id
        assert all(bool(each["included"]) == (not each["left_out"]) for each in members), one.indicator_id


def test_members_can_be_narrowed_to_a_row_of_the_figures(county: Workspace) -> None:
    row = next(row for row in figures(county, "reoperation_2y", "provider", "year") if row["events"])
    where = {"provider": str(row["provider_id"]), "year": str(row["year"])}
    members = indicators.members(county, "reoperation_2y", where=where).records()
    assert len(members) == row["operations"]
    assert {each["provider_id"] for each in members} == {row["provider_id"]}
    counted = [each for each in members if each["counted"]]
    assert len(counted) == row["events"]
    assert all(each["event_ref"] and each["days"] is not None and each["days"] <= 730 for each in counted)  # type: ignore[operator]
