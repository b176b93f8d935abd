"""Killed, starved of disk, or two at once: the store is as it was before or as it is after, never between."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from support import examples, store_files
from support.counties import PASSPHRASE
from support.program import Program, in_plain_text, numbers

if TYPE_CHECKING:
    from pathlib import Path

COUNTY = {kind: file for kind, file, _profile in reversed(list(examples.files_of("county")))}
EPISODES = ("import", "--kind", "episodes", str(COUNTY["episodes"]))
EMPTY_DISK = pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with everything but episodes."""
    program = Program(tmp_path_factory.mktemp("begun") / "prov.kvdb")
    assert program.here("store", "init") == 0
    for kind in ("providers", "persons", "agreements"):
        assert program.here("import", "--kind", kind, str(COUNTY[kind]), "--no-link") in {0, 3}
    return program.store


@pytest.fixture(scope="module")
def filled(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linked store."""
    store = tmp_path_factory.mktemp("filled") / "prov.kvdb"
    store_files.copy(begun, store)
    assert Program(store).here(*EPISODES) == 3
    return store


def copy(store: Path, folder: Path) -> Program:
    folder.mkdir()
    store_files.copy(store, folder)
    return Program(folder / store.name)


def limited_to(size: int) -> None:
    """Let this process write no file beyond `size` bytes, and hear of it as an error."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def kill_often(store: Path, folder: Path, words: tuple[str, ...], times: int) -> None:
    """Kill a command `times` times at random and ask the questions that every interruption ends with."""
    chance, wanted = random.Random(7), numbers()
    whole = copy(store, folder / "whole")
    before = whole.counts()
    begun = time.monotonic()
    assert whole.run(*words)[0] in {0, 3}
    longest = time.monotonic() - begun
    after = whole.counts()
    killed = 0
    for turn in range(times):
        program = copy(store, folder / str(turn))
        killed += program.killed(*words, after=chance.uniform(0.35, 0.95) * longest)
        assert in_plain_text(program.store.parent, wanted) == []
        assert program.counts() in (before, after)
        assert program.here("store", "check") == 0
        assert program.here(*words) in {0, 3}, "the next command works"
        assert program.counts()["episodes"] == after["episodes"]
    assert killed


def test_an_import_that_is_killed_leaves_the_committed_state_and_no_plain_text(begun: Path, tmp_path: Path) -> None:
    kill_often(begun, tmp_path, EPISODES, times=1)


@pytest.mark.long
def test_an_import_killed_at_many_moments_leaves_a_committed_state(begun: Path, tmp_path: Path) -> None:
    kill_often(begun, tmp_path, EPISODES, times=30)


@pytest.mark.long
def test_a_link_run_killed_at_many_moments_leaves_a_committed_state(filled: Path, tmp_path: Path) -> None:
    kill_often(filled, tmp_path, ("link",), times=15)


# One killed command, the import above, is tried by every run; the fault suite kills them all at every point.
@pytest.mark.long
def test_an_undo_killed_at_some_moments_leaves_the_import_whole_or_gone(filled: Path, tmp_path: Path) -> None:
    words = ("imports", "undo", "4", "--because", "prov")
    whole = copy(filled, tmp_path / "whole")
    before = whole.counts()
    begun_at = time.monotonic()
    assert whole.run(*words)[0] == 0
    longest = time.monotonic() - begun_at
    after = whole.counts()
    assert after["episodes"] == 0
    killed = 0
    for share in (0.5, 0.6, 0.7, 0.9):
        program = copy(filled, tmp_path / str(share))
        killed += program.killed(*words, after=share * longest)
        assert program.counts() in (before, after)
        assert program.here("store", "check") == 0
        assert program.here(*words) in {0, 5}, "undone already, if it came that far"
        assert program.counts() == after
    assert killed


@pytest.mark.long
def test_a_report_killed_at_many_moments_leaves_a_whole_file_or_none(filled: Path, tmp_path: Path) -> None:
    for turn in range(10):
        program = copy(filled, tmp_path / str(turn))
        out = program.store.with_name("samlad.pdf")
        program.killed("report", "total", "--out", str(out), after=0.5 + turn / 4)
        assert not out.exists() or out.read_bytes().rstrip().endswith(b"%%EOF")
        assert program.run("store", "check")[0] == 0


# What such a store looks like is tried by every run in tests/store/test_reading.py.
@pytest.mark.long
def test_a_store_whose_making_was_killed_explains_itself_and_can_be_made_again(tmp_path: Path) -> None:
    program = Program(tmp_path / "prov.kvdb")
    chance = random.Random(3)
    for _turn in range(3):
        program.killed("store", "init", after=chance.uniform(0.1, 0.4))
        status, _out, said = program.run("store", "check")
        assert (status == 0) or ("är tom" in said or "Det finns ingen databas" in said), said
        if status == 0:
            break
    assert program.run("store", "init")[0] in {0, 5}
    assert program.run("store", "check")[0] == 0
    assert program.counts()["sample"] is False


@EMPTY_DISK
@pytest.mark.parametrize("size", [400_000, pytest.param(40_000, marks=pytest.mark.long)])
def test_a_full_disk_stops_an_import_with_one_sentence_and_changes_nothing(
    begun: Path, tmp_path: Path, size: int
) -> None:
    program = copy(begun, tmp_path / "full")
    before = program.counts()
    status, _out, said = program.run(*EPISODES, limit=lambda: limited_to(size))
    assert status in {4, 5}, said
    assert len(said.splitlines()) == 1
    assert "isken" in said
    assert program.counts() == before
    assert program.here("store", "check") == 0
    assert program.here(*EPISODES) == 3


# Other files that the disk has no room for are tried by every run in tests/services/test_store_export.py.
@EMPTY_DISK
@pytest.mark.long
def test_a_full_disk_leaves_no_part_of_a_report_and_the_earlier_one_as_it_was(filled: Path, tmp_path: Path) -> None:
    program = copy(filled, tmp_path / "full")
    out = program.store.with_name("samlad.pdf")
    out.write_bytes(b"den forra")
    before = program.counts()
    status, _out, said = program.run("report", "total", "--out", str(out), limit=lambda: limited_to(35_000))
    assert status == 5, said
    assert len(said.splitlines()) == 1
    assert out.read_bytes() == b"den forra"
    assert sorted(path.suffix for path in out.parent.iterdir()) == [".copy", ".keys", ".kvdb", ".lock", ".pdf"]
    assert program.counts() == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk that is always full")  # noqa: PTH110
def test_a_list_that_cannot_be_written_whole_says_so(filled: Path) -> None:
    import subprocess

    command = [sys.executable, "-m", "kvalitetsapp", "--store", str(filled), "list", "links"]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            command,
            env=os.environ | {"KVALITETSAPP_PASSPHRASE": PASSPHRASE},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr == "Utskriften gick inte att skriva färdigt. Finns det plats på disken?\n"


# That one writes while others read is tried by every run in tests/faults/test_keys_and_locks.py.
@pytest.mark.long
def test_two_imports_at_once_go_in_one_after_the_other_while_lists_are_read(begun: Path, tmp_path: Path) -> None:
    program = copy(begun, tmp_path / "two")
    persons = ("import", "--kind", "persons", str(COUNTY["persons"]), "--no-link")
    with program.start(*EPISODES) as first, program.start(*persons) as second:
        while first.poll() is None:
            status, _out, said = program.run("list", "links")
            assert status == 0, said
        _out, said = second.communicate()
        first.communicate()
    assert first.returncode in {3, 5}
    assert second.returncode in {0, 3} or "används för skrivning" in said
    assert program.run("store", "check")[0] == 0
    left = sorted(path.suffix for path in program.store.parent.iterdir())
    assert left == [".backups", ".copy", ".keys", ".kvdb", ".lock"]
