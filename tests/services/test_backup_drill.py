"""The restore drill: how a backup would open elsewhere, and what is left of the trying."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from kvalitetsapp.services import backup_drill, backups
from kvalitetsapp.store import audit, backup_notes
from support import county_store
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with county_store.opened(county_copy) as opened:
        yield opened
        assert list(temporary.iterdir()) == []


def test_a_drill_opens_checks_and_links_a_copy_and_is_kept_in_the_trace(workspace: Workspace) -> None:
    made = backups.make(workspace)
    links = workspace.store.value("SELECT count(*) FROM links")
    done = backup_drill.drill(workspace, PASSPHRASE)
    assert done.faults == ()
    assert (done.backup.name, done.events) == (made.name, links)
    entry = audit.latest(workspace.store, "backup_drill")
    assert entry is not None
    assert (entry.object, entry.detail) == (made.name, done.in_words)
    assert done.in_words.startswith("Gick bra")
    assert backups.standing(workspace).drill == done.in_words
    assert not backups.is_due(workspace)
    assert workspace.store.value("SELECT count(*) FROM link_runs") == 1


def test_a_drill_says_what_is_wrong_with_the_passphrase_or_the_backup(workspace: Workspace) -> None:
    made = backups.make(workspace)
    place = backups.standing(workspace).folder
    wrong = backup_drill.drill(workspace, "fel lösenfras", made.name)
    assert "Lösenfrasen passar inte" in wrong.faults[0]
    assert wrong.in_words.startswith("Gick inte")
    content = bytearray((place / made.name).read_bytes())
    content[5000:6000] = bytes(1000)
    (place / made.name).write_bytes(content)
    damaged = backup_drill.drill(workspace, PASSPHRASE, made.name)
    assert damaged.faults


def test_a_backup_that_is_another_than_its_note_tells_does_not_pass(workspace: Workspace) -> None:
    first = backups.make(workspace)
    with workspace.action("changed"):
        pass
    second = backups.make(workspace)
    place = backups.standing(workspace).folder
    shutil.copy(place / first.name, place / second.name)
    assert backup_notes.all_in(place)[0].name == second.name
    done = backup_drill.drill(workspace, PASSPHRASE, second.name)
    assert "kontrollsummorna" in done.faults[0]


def test_without_a_backup_there_is_nothing_to_try(workspace: Workspace) -> None:
    with pytest.raises(InputError):
        backup_drill.drill(workspace, PASSPHRASE)
