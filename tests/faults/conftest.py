"""What every test of the fault suite has: an actor for the action it is about, and a last look for plain text."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.faults import judge
from support.faults.actions import ACTIONS
from support.faults.done import Doer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that makes what an action begins with, once for all actions that begin alike."""

    @cache
    def make(begin: Callable[[Path], Path]) -> Path:
        folder = tmp_path_factory.mktemp("begun") / "begin"
        folder.mkdir()
        return begin(folder)

    return lambda action: make(ACTIONS[action].begin)


@pytest.fixture
def doer(tmp_path: Path, begun: Callable[[str], Path]) -> Iterator[Callable[..., Doer]]:
    """Return a function that gives the doer of an action by its name."""
    if sys.platform == "win32":
        pytest.skip("processes are not forked there")
    made: list[Doer] = []

    def of(action: str, **more: str) -> Doer:
        made.append(Doer(action, tmp_path / f"{len(made)}-{action.replace(' ', '-')}", begun(action), **more))
        return made[-1]

    yield of
    for one in made:
        one.close()


@pytest.fixture(autouse=True)
def _no_number_in_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary files go to a folder of the test's own; in it and in the home nothing is left in plain text."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)  # what was asked of the surroundings before
    yield
    for folder in (temporary, Path(os.environ["HOME"])):
        judge.demand_no_plain_text(folder)
