"""The power is cut at any moment and what was not synced is lost: what was told to be committed is there, whole."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from support.faults import compiled, power
from support.faults.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.faults.done import Doer
    from support.faults.table import Faults

CUTS = 60


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled.library("recorder", tmp_path_factory.mktemp("recorder"))


@pytest.mark.faults
@pytest.mark.parametrize("action", ACTIONS)
def test_a_power_cut_leaves_what_was_committed(
    faults: Faults, doer: Callable[..., Doer], recorder: Path, tmp_path: Path, action: str
) -> None:
    actor, tried = doer(action), faults.counted(f"power cut during {action}")
    recording = power.record(actor, recorder)
    for number, cut in enumerate(recording.cuts(actor.action.times(CUTS), random.Random(11))):
        folder = tmp_path / f"cut-{number}"
        with tried:
            cut.restore(folder)
            actor.judged_at(folder / actor.begin.name, cut.commits)
        shutil.rmtree(folder)


def test_what_was_not_synced_may_be_lost_and_what_was_synced_never(tmp_path: Path) -> None:
    opened, wrote, synced = power.Kind.OPENED, power.Kind.WROTE, power.Kind.SYNCED
    path, chance = f"{tmp_path}/a", random.Random(1)
    import os

    def after(*calls: power.Call) -> set[bytes | None]:
        disk = power.Disk({})
        for call in calls:
            disk.follow(call)
        return {disk.after_a_cut(chance).get(path) for _turn in range(100)}

    made = power.Call(opened, 5, os.O_CREAT, os.fsencode(path), "")
    ones = power.Call(wrote, 5, 0, b"1" * 512, "")
    twos = power.Call(wrote, 5, 512, b"2" * 512, "")
    safe = power.Call(synced, 5, 0, b"", "")
    folder = power.Call(opened, 6, 0, os.fsencode(tmp_path), "")
    named = power.Call(synced, 6, 0, b"", "")
    assert after(made, ones, safe) == {None, b"1" * 512}
    assert after(made, ones, safe, folder, named) == {b"1" * 512}
    assert {b"1" * 512, b"1" * 512 + b"2" * 512} <= after(made, ones, safe, folder, named, twos)
    assert after(made, folder, named, ones, twos) >= {b"", b"\0" * 512 + b"2" * 512, b"1" * 512}
