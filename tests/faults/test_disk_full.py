"""The disk is full at every stage of an action: it is said, nothing has changed, and with room again all is well."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from support.faults import judge, small_disk
from support.faults.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.faults.done import Doer, Done
    from support.faults.small_disk import SmallDisk
    from support.faults.table import Faults

KIB = 1024
LEFT = (0, 1, 4, 8, 12, 16, 24, 32, 36, 40, 44, 48, 64, 96, *range(128, 1024, 128), 1536, 2048, 6144)
"""KiB that are free when the action begins."""
LARGEST = (1, 4, 16, 40, 100, 200, 300, 400, *range(500, 1300, 100), 4096)
"""KiB that no file may exceed."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk.mounted(tmp_path / "disk") as mounted:
        yield mounted


def demand_survived(actor: Doer, done: Done) -> None:
    """Let an action that found no room say so, have done what was committed, and go well with room again."""
    assert not done.bug, done.bug
    if done.said:
        judge.demand_swedish(done.said)
    else:
        assert done.commits == actor.whole.commits, "it ended before its end and said nothing"
    found = actor.judged_at(done.store, done.commits, was_told=bool(done.said))
    assert found.state == actor.states[done.commits], "what it said was not done is done"
    assert [path.name for path in done.store.parent.iterdir() if path.suffix in {".tmp", ".earlier"}] == []
    if done.said and len(actor.states) == 2:
        assert not actor.done(done.store).said
        assert actor.judged_at(done.store, -2).state == actor.states[-1]


@pytest.mark.faults
@pytest.mark.parametrize("action", ACTIONS)
def test_a_full_disk_is_told_and_nothing_is_half_done(
    faults: Faults, doer: Callable[..., Doer], disk: SmallDisk, action: str
) -> None:
    actor, tried = doer(action), faults.counted(f"disk full during {action}")
    refused = 0
    for left in actor.action.some(LEFT):
        store = actor.copy(disk.folder / "store")
        with tried:
            with disk.filled(left * KIB):
                done = actor.done(store)
            refused += bool(done.said)
            demand_survived(actor, done)
        shutil.rmtree(store.parent)
    assert 0 < refused < tried.tried, "some found no room and some did"


@pytest.mark.faults
@pytest.mark.parametrize("action", ACTIONS)
def test_a_file_that_may_not_grow_is_as_a_full_disk(faults: Faults, doer: Callable[..., Doer], action: str) -> None:
    actor, tried = doer(action), faults.counted(f"limit on files during {action}")
    for largest in actor.action.some(LARGEST):
        with tried:
            done = actor.done(largest_file=largest * KIB)
            demand_survived(actor, done)
        shutil.rmtree(done.store.parent)
