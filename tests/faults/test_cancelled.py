"""Cancelled at the beginning, in the middle and at the very end: nothing has happened, and it can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, linking
from kvalitetsapp.services.workspace import open_workspace
from support.counties import PASSPHRASE
from support.faults import actions, judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from support.faults.table import Faults

SHARES = (0.0, 0.01, 0.5, 0.99, 1.0)


def take_in(workspace: Workspace, progress: Progress) -> None:
    file = workspace.path.parent.parent / actions.INPUT
    imports.import_file(workspace, KindOfFile.EPISODES, file, progress=progress)


def cancelled_at(share: float, steps: int) -> Progress:
    """Return a progress that is cancelled at a share of all its steps, at the last only where that is all of it."""
    seen, wanted = 0, steps if share == 1 else min(max(1, round(share * steps)), steps - 1)

    def step(_done: int, _total: int | None, _what: str) -> None:
        nonlocal seen
        seen += 1
        if seen == wanted:
            progress.cancel()

    progress = Progress(step)
    return progress


def steps_of(path: Path, work: Callable[[Workspace, Progress], object]) -> int:
    steps = []
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        work(workspace, Progress(lambda done, _total, _what: steps.append(done)))
    return len(steps)


@pytest.mark.parametrize(
    ("name", "begin", "work"), [("import", actions.begun, take_in), ("link run", actions.filled, linking.run_links)]
)
def test_what_is_cancelled_has_not_happened(
    faults: Faults,
    tmp_path: Path,
    name: str,
    begin: Callable[[Path], Path],
    work: Callable[[Workspace, Progress], object],
) -> None:
    tried, made = faults.counted(f"{name} cancelled"), tmp_path / "made"
    made.mkdir()
    begun = begin(made)
    before, steps = judge.state_at(begun), steps_of(judge.copied(begun, tmp_path / "whole"), work)
    assert steps > 2, "there is something to cancel between"
    for number, share in enumerate(SHARES):
        path = judge.copied(begun, tmp_path / str(number))
        with tried:
            with open_workspace(path, PASSPHRASE, write=True) as workspace:
                try:
                    work(workspace, cancelled_at(share, steps))
                    cancelled = False
                except CancelledError:
                    cancelled = True
                    assert judge.state_of(workspace) == before
                    work(workspace, Progress())
            assert cancelled or share == 1, "after its last step there is nothing left to cancel"
            assert judge.judge(path).state != before
