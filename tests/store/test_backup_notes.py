"""Notes beside backups in a folder that others can write to: whatever stands there, it is a damaged note at worst."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from kvalitetsapp.domain.backups import BackupNote, Reason, backups_table, newest_good
from kvalitetsapp.services import saved_copies
from kvalitetsapp.store import backup_notes

if TYPE_CHECKING:
    from pathlib import Path

MADE: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAME: Final = "2026-03-01T120000Z-01-by_hand.kvdb"
OURS: Final = "a" * 32


def put(folder: Path, name: str = NAME, *, made_at: datetime = MADE, **told: object) -> Path:
    """Put a backup into a folder, and a note beside it that tells something else than it should."""
    path = folder / name
    path.write_bytes(b"kopia")
    sha256 = backup_notes.sha256_of(path)
    note = BackupNote(OURS, made_at, Reason.BY_HAND, "1", 9, 5, sha256, "", "", 3, "", "", made_at)
    backup_notes.write(path, note)
    whole: dict[str, Any] = json.loads(backup_notes.note_of(path).read_text(encoding="utf-8"))
    backup_notes.note_of(path).write_text(json.dumps(whole | told), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "told",
    [
        {"size": "5"},
        {"entry": "3"},
        {"entry": True},
        {"schema": -1},
        {"store_id": ["x"]},
        {"fault": "\x1b[2J"},
        {"program": "\u202e1"},
        {"made_at": "0001-01-01T00:00:00+00:00"},
        {"checked_at": "9999-12-31T23:59:59-12:00"},
        {"made_at": 7},
    ],
    ids=str,
)
def test_a_note_that_tells_what_no_note_tells_is_damaged_and_stops_nothing(
    tmp_path: Path, told: dict[str, Any]
) -> None:
    put(tmp_path, **told)
    (found,) = backup_notes.all_in(tmp_path)
    assert "skadade" in found.fault
    assert len(backups_table([found], MADE).rows) == 1
    assert newest_good([found], MADE) is None
    assert saved_copies.thin(tmp_path, OURS) == frozenset()


def test_a_note_of_brackets_alone_is_damaged(tmp_path: Path) -> None:
    backup_notes.note_of(put(tmp_path)).write_text("[" * 60_000, encoding="utf-8")
    (found,) = backup_notes.all_in(tmp_path)
    assert "skadade" in found.fault


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("ending", ["", ".json", ".keys"])
def test_what_never_ends_is_not_read(tmp_path: Path, ending: str) -> None:
    path = put(tmp_path, keys_sha256="0" * 64, size=0)
    instead = path.with_name(path.name + ending)
    instead.unlink(missing_ok=True)
    os.mkfifo(instead)
    (found,) = backup_notes.all_in(tmp_path)
    assert found.fault
    assert backup_notes.checked(tmp_path, found, MADE).fault


def test_a_link_in_the_folder_leads_nobody_to_remove_what_it_points_to(tmp_path: Path) -> None:
    folder, outside = tmp_path / "kopior", tmp_path / "annat.kvdb"
    folder.mkdir()
    outside.write_bytes(b"annat")
    long_ago = datetime.now(UTC) - timedelta(days=2_000)
    old = put(folder, "2020-01-01T120000Z-01-by_hand.kvdb", made_at=long_ago)
    old.unlink()
    try:
        old.symlink_to(outside)
    except OSError:
        pytest.skip("links may not be made here")
    put(folder, made_at=datetime.now(UTC), entry=9)
    put(folder, "2026-03-01T120000Z-02-by_hand.kvdb", made_at=datetime.now(UTC), entry=9)
    saved_copies.thin(folder, OURS)
    assert outside.read_bytes() == b"annat"


def test_a_backup_that_does_not_tell_whose_it_is_stays_where_several_stores_have_one_folder(tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=2_000)
    others = put(tmp_path, "2020-01-01T120000Z-01-migration.kvdb", made_at=long_ago, store_id="")
    own = put(tmp_path, "2020-01-01T110000Z-01-by_hand.kvdb", made_at=long_ago - timedelta(hours=1), entry=1)
    for place in range(1, 30):
        name = f"2026-03-01T120000Z-{place:02}-by_hand.kvdb"
        put(tmp_path, name, made_at=datetime.now(UTC) - timedelta(days=31 * place), entry=100 - place)
    away = saved_copies.thin(tmp_path, OURS)
    assert own.name in away
    assert others.exists()
