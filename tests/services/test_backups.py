"""Backups of an open store: verified before they count, made when something has changed, thinned, and never half."""

from __future__ import annotations

import json
import os
import stat
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.backups import Reason, State
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import backups, saved_copies, stores
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, backup_notes, copying, meta
from kvalitetsapp.store.connection import Store
from support import killed, made_stores, small_disk
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.keys import StoreKey


def _make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE, user="Anna")
    with made.action("changed"):
        meta.put(made.store, "prov", "1")
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, _make) as opened:
        yield opened


def change(workspace: Workspace, value: str = "2") -> None:
    with workspace.action("changed"):
        meta.put(workspace.store, "prov", value)


def folder(workspace: Workspace) -> Path:
    return backups.standing(workspace).folder


# what a backup is


def test_a_backup_opens_as_a_store_with_the_same_passphrase_and_the_same_content(workspace: Workspace) -> None:
    made = backups.make(workspace)
    change(workspace)
    with open_workspace(folder(workspace) / made.name, PASSPHRASE, write=False) as copy:
        assert meta.get(copy.store, "prov") == "1"
        assert stores.check_store(copy) == []
        assert copy.user == "Anna"


def test_what_stands_beside_a_backup_tells_of_it_and_of_nobody(workspace: Workspace) -> None:
    made = backups.make(workspace, Reason.TIMED)
    told = json.loads((folder(workspace) / f"{made.name}.json").read_text(encoding="utf-8"))
    assert told["reason"] == "timed"
    assert told["entry"] == 2
    assert told["sha256"] == backup_notes.sha256_of(folder(workspace) / made.name)
    assert not {"user", "who", "path"} & set(told)
    assert "Anna" not in json.dumps(told)


@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of another kind")
def test_only_the_owner_may_read_a_backup(workspace: Workspace) -> None:
    backups.make(workspace)
    place = folder(workspace)
    rights = {stat.S_IMODE(path.stat().st_mode) for path in (place, *place.iterdir())}
    assert rights == {0o700, 0o600}


def test_backups_of_the_same_second_have_names_of_their_own_in_the_order_of_making(workspace: Workspace) -> None:
    made = [backups.make(workspace, reason).name for reason in (Reason.TIMED, Reason.CLOSE, Reason.BY_HAND)]
    assert made == sorted(set(made))


def test_a_backup_made_by_hand_is_in_the_trace_and_one_that_nobody_asked_for_is_not(workspace: Workspace) -> None:
    backups.make(workspace, Reason.TIMED)
    assert audit.latest(workspace.store, "backup_made") is None
    made = backups.make(workspace)
    found = audit.latest(workspace.store, "backup_made")
    assert found is not None
    assert found.object == made.name


def test_a_backup_is_of_one_moment_while_another_goes_on_writing(workspace: Workspace) -> None:
    """The store's own thread writes between the pages of a backup that another thread makes."""
    order = backups.order(workspace, Reason.TIMED)
    begun, go_on = threading.Event(), threading.Event()

    def told(_done: int, _total: int | None, _what: str) -> None:
        begun.set()
        go_on.wait(10)

    done = []
    thread = threading.Thread(target=lambda: done.append(backups.carry_out(order, Progress(told))))
    thread.start()
    assert begun.wait(10)
    change(workspace, "written meanwhile")
    assert backups.is_due(workspace)
    go_on.set()
    thread.join()
    (made,) = done
    with open_workspace(folder(workspace) / made.name, PASSPHRASE, write=False) as copy:
        assert meta.get(copy.store, "prov") == "1"
        assert audit.first_broken(copy.store) is None
    assert meta.get(workspace.store, "prov") == "written meanwhile"
    assert backups.is_due(workspace)


# when one is due


def test_an_empty_store_and_one_that_has_not_changed_need_no_backup(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as empty:
        assert backups.before(empty, Reason.IMPORT) is None
        change(empty)
        assert backups.before(empty, Reason.IMPORT) is not None
        assert backups.before(empty, Reason.CLOSE) is None


def test_whether_something_has_changed_is_known_after_a_restart_and_entries_about_backups_do_not_count(
    workspace: Workspace,
) -> None:
    backups.make(workspace)
    path = workspace.path
    workspace.store.close()
    workspace.store = Store.open(path, workspace.store.key)
    assert not backups.is_due(workspace)
    change(workspace)
    assert backups.is_due(workspace)


def test_a_draft_alone_is_something_that_has_changed(workspace: Workspace) -> None:
    backups.make(workspace)
    with workspace.store.transaction():
        workspace.store.write(
            "INSERT INTO review_drafts (episode, joint, side, who, round, content, field, kept_at) "
            "VALUES (1, 'hip', 'left', 'Anna', 0, '{}', '', '2026-01-01')"
        )
    assert backups.is_due(workspace)


def test_sample_data_are_backed_up_by_hand_only(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "exempel.kvdb", PASSPHRASE, sample=True) as sample:
        change(sample)
        assert backups.before(sample, Reason.CLOSE) is None
        assert backups.make(sample).name in {one.name for one in backups.found(sample)}
        assert not backups.standing(sample).is_old


# damage


def test_a_backup_that_is_not_what_was_written_is_found_and_the_one_before_it_is_the_newest_good(
    workspace: Workspace,
) -> None:
    good, damaged = backups.make(workspace), backups.make(workspace)
    path = folder(workspace) / damaged.name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert [one.state(saved_copies.now()) for one in backups.check(workspace)] == [State.DAMAGED, State.GOOD]
    newest = backups.standing(workspace).newest
    assert newest is not None
    assert newest.name == good.name
    assert good.name in saved_copies.newest_in_words(workspace.path)


@pytest.mark.parametrize(
    ("ending", "content", "said"),
    [
        (".json", b"{", "uppgifterna"),
        (".json", b'{"form": 1}', "uppgifterna"),
        (".keys", b"x", "nyckelfilen"),
        (".keys", None, "saknas"),
        ("", b"short", "storlek"),
        ("", None, "saknas"),
    ],
)
def test_what_is_seen_at_once_to_be_damaged_is_told_without_reading_all_of_it(
    workspace: Workspace, ending: str, content: bytes | None, said: str
) -> None:
    made = backups.make(workspace)
    path = folder(workspace) / f"{made.name}{ending}"
    path.unlink() if content is None else path.write_bytes(content)
    (found,) = backups.found(workspace)
    assert said in found.fault
    assert found.note.reason is Reason.BY_HAND
    assert backups.standing(workspace).newest is None


def test_what_was_never_finished_does_not_count_and_is_taken_away_after_a_day(workspace: Workspace) -> None:
    backups.make(workspace)
    left = folder(workspace) / "2026-01-01T000000Z-01-close.kvdb"
    part = left.with_name(left.name + ".part")
    for path in (left, part):
        path.write_bytes(b"half")
    assert len(backups.found(workspace)) == 1
    backups.make(workspace)
    assert left.exists()
    for path in (left, part):
        os.utime(path, (0, 0))
    backups.make(workspace)
    assert not left.exists()
    assert not part.exists()
    assert len(backups.found(workspace)) == 3


def test_an_unknown_name_is_told(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="backup list"):
        backups.check(workspace, "finns inte")


# thinning, folder


def test_making_one_thins_out_the_old_ones(workspace: Workspace) -> None:
    made = backups.make(workspace)
    path = folder(workspace) / made.name
    note = backup_notes.all_in(folder(workspace))[0].note
    noon = datetime.now().astimezone().replace(hour=12)  # four hours of one day, whenever the test is run
    long_ago = noon - timedelta(days=40)
    for number in range(4):
        _copy_as(path, long_ago + timedelta(hours=number), note.sha256)
    _copy_as(path, long_ago + timedelta(days=3), note.sha256)
    _copy_as(path, long_ago + timedelta(days=6), note.sha256)
    backups.make(workspace)
    assert len(backups.found(workspace)) == 5
    assert len(list(folder(workspace).iterdir())) == 3 * 5


def _copy_as(path: Path, moment: datetime, _sha256: str) -> None:
    name = f"{moment:%Y-%m-%dT%H%M%SZ}-01-timed.kvdb"
    for ending in ("", ".keys"):
        (path.parent / f"{name}{ending}").write_bytes((path.parent / f"{path.name}{ending}").read_bytes())
    told = json.loads((path.parent / f"{path.name}.json").read_text(encoding="utf-8"))
    told["made_at"] = moment.isoformat()
    (path.parent / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")


def test_another_folder_is_a_setting_of_the_store_and_is_noted_beside_it(workspace: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    assert "samma disk" in backups.choose_folder(workspace, place)
    made = backups.make(workspace)
    assert (place / made.name).exists()
    assert saved_copies.folder_of(workspace.path) == place
    assert made.name in saved_copies.newest_in_words(workspace.path)
    backups.choose_folder(workspace, None)
    assert folder(workspace) == backup_notes.folder_beside(workspace.path)
    assert saved_copies.folder_of(workspace.path) == folder(workspace)


def test_a_folder_that_is_gone_is_told_of_and_nothing_is_made_in_its_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    backups.choose_folder(workspace, place)
    place.rmdir()
    assert "inte att nå" in backups.standing(workspace).warning
    with pytest.raises(RefusedError, match="inte att nå"):
        backups.make(workspace)
    assert not place.exists()
    with pytest.raises(InputError, match="finns inte"):
        backups.choose_folder(workspace, place)


# what goes wrong


def test_a_cancelled_backup_leaves_nothing(workspace: Workspace) -> None:
    def told(_done: int, _total: int | None, _what: str) -> None:
        progress.cancel()

    progress = Progress(told)
    with pytest.raises(CancelledError):
        backups.make(workspace, progress=progress)
    assert list(folder(workspace).iterdir()) == []
    assert not workspace.store.conn.in_transaction


def test_a_copy_that_is_not_like_the_store_does_not_count(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copying.copy

    def lossy(source: dbapi2.Connection, target: Path, key: StoreKey, progress: Progress) -> None:
        copy(source, target, key, progress)
        with Store.open(target, key) as made, made.transaction():
            made.write("DELETE FROM meta WHERE name = 'prov'")

    monkeypatch.setattr(copying, "copy", lossy)
    with pytest.raises(RefusedError, match="inte lik"):
        backups.make(workspace)
    assert [path for path in folder(workspace).iterdir() if path.suffix != ".part-wal"] == []


@pytest.mark.parametrize("room", [-10_000, -600, -300, -8, 0, 4])
def test_a_disk_that_fills_up_at_any_stage_leaves_the_store_the_older_backups_and_nothing_half(
    workspace: Workspace, tmp_path: Path, room: int
) -> None:
    """The database, then its keys and its note find no room; `room` is what is left beside the size of a backup."""
    size = workspace.path.stat().st_size // 1024
    with small_disk.mounted(tmp_path / "disk", 3 * size) as disk:
        backups.choose_folder(workspace, disk)
        earlier = backups.make(workspace)
        before = sorted(path.name for path in disk.iterdir())
        filler = small_disk.fill(disk, max(0, earlier.note.size // 1024 + room))
        with pytest.raises(RefusedError, match="plats"):
            backups.make(workspace, Reason.TIMED)
        filler.unlink()
        assert sorted(path.name for path in disk.iterdir()) == before
        assert [one.fault for one in backups.check(workspace, earlier.name)] == [""]
        assert stores.check_store(workspace) == []
        backups.choose_folder(workspace, None)


@killed.can_fork
def test_a_process_that_dies_while_it_makes_a_backup_leaves_it_whole_or_not_counted(workspace: Workspace) -> None:
    order = backups.order(workspace, Reason.TIMED)
    for step in range(20):
        if not killed.at_step(step, lambda: backups.carry_out(order)):
            break
        assert [one.fault for one in backups.check(workspace)] == [""] * len(backups.found(workspace))
    assert step > 2
    made = backups.make(workspace)
    assert backups.check(workspace)[0].name == made.name
    assert stores.check_store(workspace) == []
