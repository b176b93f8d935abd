"""What a process leaves that died while it wrote a file is taken away by the next one that writes there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from support.faults import actions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.faults.done import Doer
    from support.faults.table import Faults


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith((".rapport-", ".arbetsbok-"))]


@pytest.mark.faults
def test_half_a_file_of_a_process_that_died_is_gone_after_the_next(faults: Faults, doer: Callable[..., Doer]) -> None:
    actor, tried = doer("signing a report"), faults.counted("files left by a process that died")
    done = actor.done(kill_at=actor.whole.points.index("before link") + 1)
    assert done.killed
    folder = done.store.parent
    (folder / ".arbetsbok-x").mkdir()
    (folder / ".arbetsbok-x" / "part").write_text("hälften", encoding="utf-8")
    assert len(left_in(folder)) > 1
    with tried:
        for path in left_in(folder):
            os.utime(path, (0, 0))
        (folder / ".rapport-ny.tmp").write_text("någon annan skriver just nu", encoding="utf-8")
        assert not actor.done(done.store).bug
        assert [path.name for path in left_in(folder) if path.suffix != ".earlier"] == [".rapport-ny.tmp"]
        assert (folder / actions.REPORT).read_bytes().rstrip().endswith(b"%%EOF")
