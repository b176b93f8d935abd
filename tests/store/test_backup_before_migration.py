"""A store of an earlier version is backed up before it is brought up to date; without that it stays as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kvalitetsapp.domain.backups import Reason
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import restoring, saved_copies
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import migrations
from support.counties import PASSPHRASE

STORES = Path(__file__).parents[1] / "stores"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(STORES / "version-1.kvdb", tmp_path))


def test_the_backup_is_of_the_store_as_it_was_and_can_be_restored(old: Path, tmp_path: Path) -> None:
    open_workspace(old, PASSPHRASE, write=True).close()
    folder = saved_copies.folder_of(old)
    (found,) = saved_copies.in_folder(folder)
    assert (found.note.reason, found.note.schema, found.fault) == (Reason.MIGRATION, 1, "")
    elsewhere = tmp_path / "annan" / "dator.kvdb"
    restoring.restore(elsewhere, folder, found.name, PASSPHRASE)
    with open_workspace(elsewhere, PASSPHRASE, write=False) as workspace:
        assert migrations.version(workspace.store.conn) == migrations.NEWEST
        assert workspace.store.value("SELECT count(*) FROM links") == 2


def test_without_a_backup_it_is_not_brought_up_to_date(old: Path) -> None:
    content = old.read_bytes()
    saved_copies.folder_of(old).write_text("in the way", encoding="utf-8")
    with pytest.raises(RefusedError, match="inte att nå"):
        open_workspace(old, PASSPHRASE, write=True)
    assert old.read_bytes() == content
