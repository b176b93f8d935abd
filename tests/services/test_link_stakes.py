"""What is at stake for an event is what the claims page would give, whatever has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis import frames
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import frames_of_store, imports, linking, undo_import
from kvalitetsapp.store import link_parts, meta
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

KEY = ("episode", "joint", "side")


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


def kept(workspace: Workspace) -> dict[tuple[object, ...], tuple[object, ...]]:
    rows = workspace.store.rows(f"SELECT {', '.join(KEY)}, at_stake, claim_by FROM links")
    return {row[:3]: row[3:] for row in rows if row[3:] != (None, None)}


def claimed(workspace: Workspace) -> dict[tuple[object, ...], tuple[object, ...]]:
    basis = frames_of_store.load(workspace).claims_basis(potential=True)
    rows = frames.rows(basis, (*KEY, "claimable", "claim_by"))
    found = {row[:3]: (row[3] or None, row[4]) for row in rows}
    return {key: told for key, told in found.items() if told != (None, None)}


def take(workspace: Workspace, tmp_path: Path, kind: KindOfFile, text: str) -> int:
    path = tmp_path / f"fil{'.toml' if kind is KindOfFile.AGREEMENTS else '.csv'}"
    path.write_text(text, encoding="utf-8")
    batch = imports.import_file(workspace, kind, path).batch
    assert batch is not None
    return batch


def agreement(cap: int) -> str:
    return f"""
[[agreement]]
id = "a-hoft-kna-2014"
providers = ["P01", "P02"]
joints = ["hip", "knee"]
payer_routes = ["contract", "choice_of_care"]
valid_from = 2014-01-01
valid_to = 2019-12-31
cap = {cap}
cap_scope = "index_operation"
claim_deadline_days = 100
cost_basis = ["kpp"]
warranty = [{{ classes = ["*"], days = 730 }}]
"""


def test_what_is_at_stake_is_what_the_claims_page_gives(workspace: Workspace) -> None:
    assert len(kept(workspace)) > 20
    assert kept(workspace) == claimed(workspace)


def test_agreements_taken_in_and_undone_change_what_is_at_stake(workspace: Workspace, tmp_path: Path) -> None:
    before, runs = kept(workspace), workspace.store.value("SELECT count(*) FROM link_runs")
    batch = take(workspace, tmp_path, KindOfFile.AGREEMENTS, agreement(1_000))
    assert kept(workspace) == claimed(workspace) != before
    undo_import.undo_import(workspace, batch, "prov")
    assert kept(workspace) == claimed(workspace) == before
    assert workspace.store.value("SELECT count(*) FROM link_runs") == runs  # no link has changed


def test_agreements_taken_in_without_linking_leave_links_to_be_made_anew(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "avtal.toml"
    path.write_text(agreement(1_000), encoding="utf-8")
    imports.import_file(workspace, KindOfFile.AGREEMENTS, path, link=False)
    assert not meta.links_are_current(workspace.store)
    take(workspace, tmp_path, KindOfFile.ALIASES, "personal_id;same_as\nRESERV99;RESERV98\n")
    assert meta.links_are_current(workspace.store)
    assert kept(workspace) == claimed(workspace)


def test_a_provider_that_becomes_the_regions_own_puts_nothing_at_stake(workspace: Workspace, tmp_path: Path) -> None:
    before = kept(workspace)
    take(workspace, tmp_path, KindOfFile.PROVIDERS, "provider_id;name;kind\nP01;Fjällkliniken;own\n")
    assert kept(workspace) == claimed(workspace) != before


def test_stakes_refreshed_part_by_part_are_the_same(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(workspace)
    monkeypatch.setattr(link_parts, "EPISODES_AT_A_TIME", 200)
    monkeypatch.setattr(link_parts, "_NUMBERS_TOGETHER", 3)
    with workspace.store.transaction():
        workspace.store.write("UPDATE links SET at_stake = 1, claim_by = NULL")
        linking.refresh_stakes(workspace, Progress())
    assert kept(workspace) == before


@pytest.mark.parametrize("steps", [0, 1, 7, 20])
def test_a_run_in_parts_cancelled_at_any_step_leaves_the_links(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before = workspace.store.rows("SELECT * FROM links")
    monkeypatch.setattr(link_parts, "EPISODES_AT_A_TIME", 40)
    seen = []

    def count(done: int, total: int | None, what: str) -> None:
        seen.append((done, total, what))
        if len(seen) > steps:
            progress.cancel()

    progress = Progress(count)
    with pytest.raises(CancelledError):
        linking.run_links(workspace, progress)
    assert workspace.store.rows("SELECT * FROM links") == before
    assert workspace.store.value("SELECT max(run) FROM link_runs") == 1
