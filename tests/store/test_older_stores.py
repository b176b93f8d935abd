"""Stores that earlier versions wrote: opened, brought up to date, the same in content, undone as far as they tell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.undo import Hindrance
from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.services import imports, linking, reviews, undo_import
from kvalitetsapp.services.workspace import Workspace, open_workspace
from kvalitetsapp.store import audit, dialect, migrations
from support import store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

STORES = Path(__file__).parents[1] / "stores"
LINKS = [
    ("bok/2", "hip", "right", "bok/1/hip/right", "confirmed", 60, 0),
    ("bok/4", "knee", "left", "bok/3/knee/left", "confirmed", 61, 0),
]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Return a copy of the store of version 1."""
    return Path(shutil.copy(STORES / "version-1.kvdb", tmp_path))


@pytest.fixture(scope="module")
def brought_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of version 1 as opening it leaves it."""
    first = Path(shutil.copy(STORES / "version-1.kvdb", tmp_path_factory.mktemp("brought-up")))
    open_workspace(first, PASSPHRASE, write=True).close()
    return first


@pytest.fixture
def opened(brought_up: Path, tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(store_files.copy(brought_up, tmp_path), PASSPHRASE, write=True) as workspace:
        workspace.user = "granskare1"
        yield workspace
        assert dialect.faults(workspace.store.conn) == []
        assert audit.first_broken(workspace.store) is None


def links(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.store.rows(
        "SELECT event_ref, joint, side, index_ref, status, days, another_look FROM links ORDER BY event_ref"
    )


def test_every_store_is_told_of_in_the_readme() -> None:
    told = (STORES / "README.md").read_text(encoding="utf-8")
    stores = sorted(path.name for path in STORES.glob("*.kvdb"))
    assert stores
    assert [name for name in stores if f"`{name}`" not in told] == []


def test_a_store_of_version_1_is_brought_up_to_date_and_links_the_same(opened: Workspace) -> None:
    assert migrations.version(opened.store.conn) == migrations.NEWEST
    assert links(opened) == LINKS
    linking.run_links(opened)
    assert links(opened) == LINKS
    assert opened.store.value("SELECT cost FROM episodes WHERE episode_id = '1'") == 7_000_000
    assert [one.undone_at for one in imports.list_imports(opened)] == [None] * 7


def test_a_store_of_version_1_opened_to_be_read_says_that_it_is_older(first: Path) -> None:
    with pytest.raises(StoreError, match="äldre än programmet"):
        open_workspace(first, PASSPHRASE, write=False)


def test_imports_of_version_1_without_corrections_are_undone(opened: Workspace) -> None:
    undo_import.undo_imports(opened, [6, 7], "prov")
    assert opened.store.value("SELECT count(*) FROM procedure_details") == 0
    assert [row[4] for row in links(opened)] == ["proposed", "confirmed"]
    assert undo_import.rests_on(opened, [2]).is_possible


@pytest.mark.parametrize(
    ("batch", "hindrance"),
    [(5, Hindrance.CORRECTED_BEFORE_BATCHES), (3, Hindrance.OVERWRITTEN_BEFORE_BATCHES), (4, Hindrance.DECIDED)],
)
def test_imports_of_version_1_that_do_not_tell_enough_are_refused_with_the_reason(
    opened: Workspace, batch: int, hindrance: Hindrance
) -> None:
    undo_import.undo_imports(opened, [6, 7], "prov")
    plan = undo_import.rests_on(opened, [batch])
    assert {one.hindrance for one in plan.obstacles} == {hindrance}
    assert {one.rows for one in plan.obstacles} == {1}
    with pytest.raises(RefusedError, match=r"innan databasen uppgraderades|lagts till i programmet"):
        undo_import.undo_import(opened, batch, "prov")


def test_a_decision_of_version_1_is_taken_back_and_then_its_import_is_undone(opened: Workspace) -> None:
    reviews.undo_last(opened)
    undo_import.undo_imports(opened, [6, 4], "prov")
    assert [row[0] for row in links(opened)] == ["bok/2"]


def test_a_correction_made_today_is_undone_in_a_store_of_version_1(opened: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "episodes.csv"
    path.write_text(
        "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;cost\n"
        "bok;2;196812099874;OWN;own;inpatient;2020-03-01;2020-03-05;95000\n",
        encoding="utf-8",
    )
    outcome = imports.import_file(opened, KindOfFile.EPISODES, path)
    assert outcome.corrected == 1
    assert outcome.batch is not None
    undo_import.undo_import(opened, outcome.batch, "prov")
    assert opened.store.rows("SELECT cost, batch FROM episodes WHERE episode_id = '2'") == [(9_000_000, 3)]
