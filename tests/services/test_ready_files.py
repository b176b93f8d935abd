"""The samples of the files that users have, all the way into a store and through the links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.services import import_plan, imports
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import made_stores
from support.counties import PASSPHRASE
from support.reading import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

PROFILES, SAMPLES = RESOURCES / "profiles", RESOURCES / "samples"
DELIVERY = ("patreg-kontakter", "patreg-diagnoser", "patreg-yttre-orsaker", "patreg-atgarder")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, with_providers) as opened:
        yield opened


def with_providers(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    (plan,) = import_plan.plan([SAMPLES / "providers.csv"])
    assert import_plan.take_files(workspace, [plan]).applied
    return workspace


def take(workspace: Workspace, name: str, ending: str = ".csv") -> ImportOutcome:
    profile = PROFILES / f"{name}.toml"
    kind = read_profile(profile).kind
    return imports.import_file(workspace, kind, SAMPLES / f"{name}{ending}", profile=profile)


def account(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return (outcome.read, outcome.stored, outcome.corrected, outcome.unchanged, outcome.rejected)


def test_the_files_of_the_delivery_become_whole_episodes(workspace: Workspace) -> None:
    accounts = [account(take(workspace, name)) for name in DELIVERY]
    assert accounts == [(2, 2, 0, 0, 0), (4, 4, 0, 0, 0), (1, 1, 0, 0, 0), (6, 6, 0, 0, 0)]
    rows = workspace.store.rows(
        "SELECT episode_id, main_diagnosis, other_diagnoses, procedures FROM episodes ORDER BY episode_id"
    )
    assert rows == [
        ("7001", "T845F", "E119 Y831", "NFC49 ZXA00"),
        ("7002", "M161", "I109", "NFB49 ZXA00 NFB49 ZXA05"),
    ]
    operated = workspace.store.rows("SELECT index_ref FROM index_operations ORDER BY index_ref")
    assert operated == [("patreg/7002/hip/left",), ("patreg/7002/hip/right",)]
    again = [account(take(workspace, name))[3] for name in DELIVERY]
    assert again == [2, 4, 1, 6]


def test_a_diagnosis_that_the_delivery_leaves_out_stays_and_one_it_changes_is_corrected(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in DELIVERY:
        take(workspace, name)
    path = tmp_path / "diagnoser.csv"
    path.write_text("VARDKONTAKT_ID;DIAGNOSTYP;DIAGNOS\n7001;H;M244F\n", encoding="utf-8")
    profile = PROFILES / "patreg-diagnoser.toml"
    outcome = imports.import_file(workspace, read_profile(profile).kind, path, profile=profile)
    assert account(outcome) == (1, 0, 1, 0, 0)
    row = workspace.store.rows("SELECT main_diagnosis, other_diagnoses FROM episodes WHERE episode_id = '7001'")
    assert row == [("M244F", "E119 Y831")]


def test_costs_by_type_and_whole_meet_in_the_episode(workspace: Workspace) -> None:
    take(workspace, "patreg-kontakter")
    assert account(take(workspace, "kpp-kostnadsslag")) == (4, 4, 0, 0, 0)
    costs = "SELECT cost FROM episodes ORDER BY episode_id"
    assert workspace.store.rows(costs) == [(13_190_408,), (8_400_000,)]
    outcome = take(workspace, "kpp-vardkontakt")
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert workspace.store.rows(costs) == [(13_190_408,), (8_451_237,)]
    assert [(each.rule, each.ref) for each in outcome.findings] == [("cost_types_differ", "patreg/7002")]


def test_a_claim_specification_becomes_purchased_operations_with_their_prices(workspace: Workspace) -> None:
    assert account(take(workspace, "fakturaunderlag", ".xml")) == (3, 3, 0, 0, 0)
    rows = workspace.store.rows("SELECT provider_id, payer_route, price FROM episodes ORDER BY episode_id")
    assert rows == [
        ("P01", "care_guarantee", 6_000_050),
        ("P01", "riksavtal", 120_000),
        ("P01", "contract", 5_800_000),
    ]
    operated = workspace.store.rows("SELECT joint, side, provider_id FROM index_operations ORDER BY joint")
    assert operated == [("hip", "right", "P01"), ("knee", "left", "P01")]
    assert account(take(workspace, "fakturaunderlag")) == (3, 0, 0, 3, 0)


def test_the_flat_register_is_accounted_for_to_the_row(workspace: Workspace) -> None:
    outcome = take(workspace, "par-slutenvard")
    assert account(outcome) == (4, 3, 0, 0, 1)
    assert [(each.row, each.code) for each in outcome.rejects] == [(4, "joined_key")]
    assert account(take(workspace, "par-slutenvard")) == (4, 0, 0, 3, 1)
    assert account(take(workspace, "par-oppenvard")) == (2, 2, 0, 0, 0)
    assert account(take(workspace, "par-personer")) == (4, 3, 0, 1, 0)
    linked = workspace.store.rows("SELECT event_ref, status, index_ref FROM links WHERE index_ref IS NOT NULL")
    assert linked == [
        ("par-oppen/1001 50071 311 20240315", "proposed", "par-sluten/1001 50071 311 20240201 20240203/hip/right")
    ]


@pytest.mark.parametrize("name", ["ledregister", "vantelista", "patientenkat", "publicerade-varden"])
def test_what_stands_beside_the_care_is_taken_in_and_the_second_time_unchanged(
    workspace: Workspace, name: str
) -> None:
    first = take(workspace, name)
    assert first.stored == first.read > 0
    again = take(workspace, name)
    assert again.unchanged == again.read == first.read


def test_every_standard_sample_goes_in_whole_in_the_order_of_the_plan(workspace: Workspace) -> None:
    paths = [path for path in SAMPLES.glob("*.csv") if "-" not in path.stem]
    files = [file for file in import_plan.plan(paths) if file.kind is not None and file.profile is None]
    taken = import_plan.take_files(workspace, files)
    assert len(files) == 16
    assert [(one.file.path.name, one.problem) for one in taken.files if one.problem] == []
    assert sum(one.outcome.rejected for one in taken.files if one.outcome) == 0


def test_the_file_over_drugs_is_named_in_the_plan(tmp_path: Path) -> None:
    (file,) = import_plan.plan([SAMPLES / "patreg-lakemedel.csv"])
    assert (file.kind, "läkemedel" in file.problem) == (None, True)
