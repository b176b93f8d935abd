"""What waits for someone, against the expected lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.services import overview
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import batches
from support import examples
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as made:
        yield made


def test_what_waits_is_counted_as_the_lists_have_it(workspace: Workspace) -> None:
    links = examples.expected_rows("county", "list_links")
    waiting = overview.waiting(workspace)
    assert waiting.proposed == sum(row["status"] == "proposed" for row in links)
    assert waiting.ambiguous == sum(row["status"] == "ambiguous" for row in links)
    assert waiting.own_to_review <= waiting.to_review == waiting.proposed + waiting.ambiguous
    assert waiting.links_current


def test_sums_over_providers_are_the_whole(workspace: Workspace) -> None:
    figures = overview.figures(workspace)
    rows = figures.providers.records()
    assert sum(int(row["operations"] or 0) for row in rows) == figures.operations
    assert sum(int(row["claimable"] or 0) for row in rows) == figures.claimable
    assert sum(int(row["potential"] or 0) for row in rows) == figures.potential
    assert figures.claimable <= figures.potential
    assert figures.reoperated.rate is not None
    assert figures.reoperated.low is not None
    assert figures.reoperated.high is not None
    assert figures.reoperated.low < figures.reoperated.rate < figures.reoperated.high


def test_the_findings_of_a_rule_are_as_many_as_counted(workspace: Workspace) -> None:
    for rule, count in overview.waiting(workspace).findings:
        assert len(batches.findings_of_rule(workspace.store, rule)) == count


def test_an_empty_store_has_nothing_to_tell_and_does_not_fail(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", "lösenfras") as empty:
        assert overview.waiting(empty).data_cut is None
        figures = overview.figures(empty)
        assert (figures.operations, figures.events, figures.potential) == (0, 0, 0)
        assert figures.reoperated.rate is None
        assert figures.providers.rows == []


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.0182, 0.0364, "1,8–3,6\u00a0%"), (0.0, 0.09, "0,0–9,0\u00a0%"), (None, None, "–")],
)
def test_an_interval_is_written_with_one_percent_sign(low: float | None, high: float | None, shown: str) -> None:
    assert overview.interval(low, high) == shown
