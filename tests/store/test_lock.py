"""One writer: who holds the lock, what a dead process and another computer leave behind, and what is asked about."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import HeldError, StoreError
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit, dialect, lock
from support import store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that nobody has opened since it was made."""
    made = tmp_path_factory.mktemp("closed") / "prov.kvdb"
    create_workspace(made, PASSPHRASE).close()
    return made


@pytest.fixture
def path(closed: Path, tmp_path: Path) -> Path:
    return store_files.copy(closed, tmp_path)


def writing(path: Path, *, window: bool = False, take_over: bool = False) -> Workspace:
    return open_workspace(path, PASSPHRASE, write=True, window=window, take_over=take_over)


def leave_note(path: Path, *, host: str, pid: int = 4711) -> str:
    told = json.dumps({"user": "anna", "host": host, "pid": pid, "window": True})
    lock.note_of(path).write_text(told, encoding="utf-8")
    return told


def test_the_note_tells_who_writes_where_and_goes_away_with_the_lock(path: Path) -> None:
    with writing(path):
        assert lock.holder_of(path) == lock.Holder(lock.user_name(), platform.node(), os.getpid())
        assert lock.is_held(path)
    assert lock.holder_of(path) is None
    assert not lock.is_held(path)


def test_a_second_writer_is_refused_with_the_name_of_the_first(path: Path) -> None:
    with writing(path, window=True), pytest.raises(HeldError, match=f"process {os.getpid()}") as refused:
        lock.WriterLock(path, wait_seconds=0).acquire()
    assert refused.value.by_own_window
    assert not refused.value.may_be_taken_over


def test_a_command_line_that_writes_is_no_window_to_call_forward(path: Path) -> None:
    with writing(path), pytest.raises(HeldError) as refused:
        lock.WriterLock(path, wait_seconds=0).acquire()
    assert not refused.value.by_own_window


@pytest.mark.parametrize("pid", [1, 2_147_483_646, None], ids=["init", "none", "own"])
def test_what_a_dead_process_left_here_stands_in_nobodys_way_even_where_its_number_is_used_again(
    path: Path, pid: int | None
) -> None:
    leave_note(path, host=platform.node(), pid=pid or os.getpid())
    with writing(path) as workspace:
        assert workspace.writer_lock is not None
        assert workspace.writer_lock.left_by is not None
        assert workspace.writer_lock.left_by.user == "anna"


def test_what_another_computer_left_is_asked_about_and_never_broken_by_itself(path: Path) -> None:
    told = leave_note(path, host="OR-12")
    with pytest.raises(HeldError, match="anna på OR-12") as refused:
        writing(path)
    assert refused.value.may_be_taken_over
    assert lock.note_of(path).read_text(encoding="utf-8") == told
    assert not lock.is_held(path)
    with open_workspace(path, PASSPHRASE, write=False) as reader:
        assert reader.read_only, "reading is always possible"


def test_a_lock_is_taken_over_by_whoever_says_so_and_the_trace_tells_of_it(path: Path) -> None:
    leave_note(path, host="OR-12")
    with writing(path, take_over=True) as workspace:
        entry = audit.entries(workspace.store, 1)[0]
        assert (entry.action, entry.detail) == ("lock_taken_over", "anna på OR-12 (process 4711)")
    with writing(path):
        pass


def test_who_cannot_open_the_store_takes_no_lock_over(path: Path) -> None:
    told = leave_note(path, host="OR-12")
    with pytest.raises(Exception, match="Lösenfrasen passar inte"):
        open_workspace(path, "fel", write=True, take_over=True)
    assert json.loads(lock.note_of(path).read_text(encoding="utf-8")) == json.loads(told)


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"user": 1}', b"\xff\xfe", b'{"user":"a","host":"b","pid":"x"}'])
def test_a_note_that_cannot_be_read_stands_in_nobodys_way(path: Path, note: bytes) -> None:
    lock.note_of(path).write_bytes(note)
    with writing(path):
        pass


def test_in_a_synced_folder_nobody_else_reads_while_one_writes_and_no_log_lies_beside(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Region"
    folder.mkdir()
    path = folder / "prov.kvdb"
    with create_workspace(path, PASSPHRASE) as workspace:
        audit.note(workspace.store, "anna", "x")
        assert workspace.store.value("PRAGMA journal_mode") == "delete"
        assert workspace.store.value("PRAGMA locking_mode") == "exclusive"
        assert not list(folder.glob("*-wal")) + list(folder.glob("*-shm"))
        with pytest.raises(dialect.DatabaseError, match="locked"):
            dialect.connect(path, workspace.store.key, mode=dialect.Mode.READ, busy_ms=0)
    with writing(path) as again:
        assert audit.entries(again.store)
        assert again.store.value("PRAGMA journal_mode") == "delete"


def test_a_store_that_was_moved_to_a_synced_folder_and_back_opens_in_both(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    for target, journal in ((folder, "delete"), (tmp_path, "wal")):
        for file in list(path.parent.glob("prov.kvdb*")):
            file.rename(target / file.name)
        path = target / path.name
        with writing(path) as workspace:
            assert workspace.store.value("PRAGMA journal_mode") == journal


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="the list of locks is Linux'")
def test_looking_for_the_key_of_a_store_that_is_open_here_lets_go_of_none_of_its_locks(path: Path) -> None:
    with writing(path) as workspace:
        audit.note(workspace.store, "anna", "x")
        before = locks_of(path)
        assert before, "a store that is open keeps a lock on its file"
        with pytest.raises(StoreError, match="passar inte"):
            open_workspace(path, "fel", write=False)
        with open_workspace(path, PASSPHRASE, write=False):
            pass
        assert locks_of(path) == before


def locks_of(path: Path) -> list[str]:
    """Return the locks that this process has on a file, as Linux lists them."""
    ours = f" {os.getpid()} "
    inode = f":{path.stat().st_ino} "
    return sorted(
        line.partition(":")[2]
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()
        if ours in line and inode in line
    )


def test_what_cannot_be_seen_in_a_note_is_not_shown(path: Path) -> None:
    told = {"user": "an\u202ena\x1b[2J\n", "host": "dator" * 100, "pid": 1}
    lock.note_of(path).write_text(json.dumps(told), encoding="utf-8")
    holder = lock.holder_of(path)
    assert holder is not None
    assert holder.in_words().isprintable()
    assert len(holder.in_words()) < 200


def test_a_note_that_is_deeper_than_anyone_writes_is_none(path: Path) -> None:
    lock.note_of(path).write_text("[" * 9_000, encoding="utf-8")
    assert lock.holder_of(path) is None
