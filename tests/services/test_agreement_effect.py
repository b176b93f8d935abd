"""What a change would do is what the summaries say after it has been done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.domain.agreement import Warranty
from kvalitetsapp.domain.agreement_effect import case_table, correction_table, provider_table, total_facts
from kvalitetsapp.domain.agreement_form import form_of
from kvalitetsapp.services import agreement_edits, agreement_effect, claims, summaries
from kvalitetsapp.store.agreements import of_id
from support import drawn_claims, store_files
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_effect import Effects
    from kvalitetsapp.services.workspace import Workspace

ID = "a-hoft-kna-2014"
CHANGES: dict[str, dict[str, Any]] = {
    "lower cap": {"cap": 20_000_00},
    "cap per episode": {"cap_scope": "episode"},
    "deductible": {"deductible": 5_000_00},
    "shorter warranty": {"warranties": (Warranty(("*",), 90),)},
    "exclusions": {"exclusions": ("infection",)},
    "tariff alone": {"cost_basis": ("tariff",)},
    "a joint less": {"joints": ("hip",)},
}
IN_EVERY_RUN = ("lower cap", "exclusions", "a joint less")


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


@dataclass(frozen=True, slots=True)
class Standing:
    """What the summaries and the list of cases say: potential or not, and by operation."""

    sums: dict[bool, dict[str, tuple[int, int, int]]]
    cases: dict[str, int]


@pytest.fixture(scope="module")
def before(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """Return what is said before anything has changed."""
    with opened(store_files.copy(county_store, tmp_path_factory.mktemp("before")), write=False) as workspace:
        return standing(workspace)


def standing(workspace: Workspace) -> Standing:
    found = {potential: sums(workspace, potential=potential) for potential in (False, True)}
    return Standing(found, {case.index_ref: case.claimable for case in claims.cases(workspace).cases})


def stored(workspace: Workspace, agreement_id: str = ID) -> Agreement:
    found = of_id(workspace.store, agreement_id)
    assert found is not None
    return found


def sums(workspace: Workspace, *, potential: bool) -> dict[str, tuple[int, int, int]]:
    rows = summaries.recovery(workspace, by=("provider",), potential=potential).records()
    names = ("claimable", "over_cap", "missing_cost_events")
    return {str(row["provider_id"]): tuple(int(row[name] or 0) for name in names) for row in rows}  # type: ignore[misc]


def told(effects: Effects, when: str) -> dict[str, tuple[int, int, int]]:
    found = {one.provider_id: getattr(one, when) for one in effects.providers}
    return {key: (one.claimable, one.over_cap, one.missing) for key, one in found.items()}


@pytest.mark.parametrize(
    "change",
    # The sums are made by the same means whatever changes: a limit, a class and a joint stand for the other terms.
    [
        pytest.param(change, id=name, marks=() if name in IN_EVERY_RUN else pytest.mark.long)
        for name, change in CHANGES.items()
    ],
)
def test_the_effect_is_the_difference_of_the_summaries(
    workspace: Workspace, before: Standing, change: dict[str, Any]
) -> None:
    was = stored(workspace)
    now = replace(was, **change)
    effect = agreement_effect.of_changes(workspace, [now])
    saved = agreement_edits.save(workspace, form_of(now), was=was, reason="Prov", keep_verified=True)
    assert saved.agreement == now
    after = standing(workspace)
    for potential, effects in ((False, effect.confirmed), (True, effect.potential)):
        for when, sums_ in (("before", before.sums[potential]), ("after", after.sums[potential])):
            assert {key: told(effects, when)[key] for key in sums_} == sums_
        assert effects.total.after.claimable == sum(row[0] for row in after.sums[potential].values())
        assert effects.total.difference == sum(one.difference for one in effects.cases)
    cases, later = before.cases, after.cases
    changed = {ref for ref in cases.keys() | later.keys() if cases.get(ref, 0) != later.get(ref, 0)}
    assert {one.index_ref: (one.before, one.after) for one in effect.confirmed.cases} == {
        ref: (cases.get(ref, 0), later.get(ref, 0)) for ref in changed
    }


def test_a_new_agreement_and_one_that_ends_are_told_alike(workspace: Workspace) -> None:
    was = stored(workspace)
    ended = replace(was, valid_to=was.valid_from + timedelta(days=700))
    rest = replace(was, agreement_id="nytt", valid_from=was.valid_from + timedelta(days=701))
    assert agreement_effect.of_changes(workspace, [ended]).potential.total.difference < 0
    assert agreement_effect.of_changes(workspace, [ended, rest]).potential.total.difference == 0


def test_nothing_changes_where_the_terms_are_the_same(workspace: Workspace) -> None:
    effect = agreement_effect.of_changes(workspace, [stored(workspace)])
    assert [len(found) for found in (effect.confirmed.cases, effect.potential.cases, effect.corrections)] == [0, 0, 0]
    assert all(line.endswith("som nu") for fact in total_facts(effect.confirmed) for line in fact.lines)


def test_issued_claims_that_would_be_too_large_are_told(workspace: Workspace) -> None:
    event = drawn_claims.largest(workspace)
    drawn_claims.draw(workspace, event["claimable"], issued=True)
    was = stored(workspace, event["agreement_id"])
    (one,) = agreement_effect.of_changes(workspace, [replace(was, cap=event["claimable"] - 1)]).corrections
    assert (one.number, one.index_ref) == ("K-2024-00001", event["index_ref"])
    assert one.drawn == event["claimable"] == one.after + 1
    assert agreement_effect.of_changes(workspace, [replace(was, cap=was.cap + 1)]).corrections == ()


def test_a_draft_is_no_correction(workspace: Workspace) -> None:
    event = drawn_claims.largest(workspace)
    drawn_claims.draw(workspace, event["claimable"])
    was = stored(workspace, event["agreement_id"])
    assert agreement_effect.of_changes(workspace, [replace(was, cap=1)]).corrections == ()


def test_every_table_has_a_value_for_every_heading(workspace: Workspace) -> None:
    event = drawn_claims.largest(workspace)
    drawn_claims.draw(workspace, event["claimable"], issued=True)
    effect = agreement_effect.of_changes(workspace, [replace(stored(workspace, event["agreement_id"]), cap=1)])
    for table in (provider_table(effect.confirmed), case_table(effect.confirmed), correction_table(effect)):
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
