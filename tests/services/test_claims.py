"""Krav: ledgers that add up to the öre, and a reason for every amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.case import why
from kvalitetsapp.domain.words import word
from kvalitetsapp.services import claims, summaries
from kvalitetsapp.texts import kronor
from support import examples
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


@pytest.mark.parametrize("potential", [False, True])
def test_r15_the_sums_of_the_cases_are_those_of_the_recovery_summary(workspace: Workspace, potential: bool) -> None:
    found = claims.cases(workspace, potential=potential)
    summary = summaries.recovery(workspace, by=("provider",), potential=potential).records()
    for name in ("cases", "events", "cost_total", "covered_cost", "over_cap", "claimable", "missing_cost_events"):
        assert getattr(found.sums, name) == sum(int(row[name] or 0) for row in summary), name
    assert found.sums.cases == len(found.cases)
    assert found.sums.claimable == sum(case.claimable for case in found.cases)
    assert found.sums.over_cap == sum(case.over_cap for case in found.cases)
    assert found.sums.cost_total == sum(case.cost for case in found.cases)
    assert found.sums.events == sum(len(case.counted) for case in found.cases)


def test_r15_what_can_be_claimed_is_what_the_example_expects_of_each_provider(workspace: Workspace) -> None:
    expected = examples.expected_rows("county", "summary_recovery_provider")
    found: dict[str, int] = {}
    for case in claims.cases(workspace).cases:
        found[case.provider_id] = found.get(case.provider_id, 0) + case.claimable
    assert {key: f"{ore / 100:.2f}" for key, ore in found.items()} == {
        row["provider_id"]: row["claimable"] for row in expected
    }


def test_r15_no_case_is_above_its_cap(workspace: Workspace) -> None:
    cases = claims.cases(workspace, potential=True).cases
    left = [case.cap_left for case in cases if case.cap_left is not None]
    assert min(left) == 0
    assert any(case.over_cap for case in cases)


def test_r15_each_line_is_split_into_deductible_claim_and_what_is_above_the_cap(workspace: Workspace) -> None:
    lines = [line for case in claims.cases(workspace, potential=True).cases for line in case.lines if line.covered]
    assert lines
    for line in lines:
        drawn = line.deductible + line.claimable + line.over_cap
        assert drawn == (0 if line.cost_basis in {"", "shared"} else line.cost), line


def test_r13_every_line_says_why_in_swedish(workspace: Workspace) -> None:
    for case in claims.cases(workspace, potential=True).cases:
        for line in case.lines:
            said = why(line, case)
            if not line.covered:
                assert word("reason", line.reason)[1:] in said
            elif line.claimable:
                assert kronor(line.claimable) in said
                assert case.agreement is not None
                assert case.agreement.name in said


def test_r13_the_warranty_named_is_one_that_holds_where_the_rules_say_covered(workspace: Workspace) -> None:
    for case in claims.cases(workspace).cases:
        for line in case.lines:
            said = why(line, case)
            assert ("Täcks av" in said) == line.covered, said


def test_r14_a_covered_event_without_cost_says_that_the_cost_is_missing(workspace: Workspace) -> None:
    found = claims.cases(workspace)
    missing = [(line, case) for case in found.cases for line in case.lines if line.covered and line.cost is None]
    assert len(missing) == found.sums.missing_cost_events > 0
    assert all("Kostnaden saknas" in why(line, case) for line, case in missing)


def test_a_case_is_not_shown_for_the_regions_own_operations(workspace: Workspace) -> None:
    providers = {case.provider_id for case in claims.cases(workspace, potential=True).cases}
    assert providers
    assert not providers & {"OSD", "OSM", "OSI"}
