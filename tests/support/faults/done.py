"""Actions done in other processes, which may die of it, and what their stores are then held against."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from support.faults import judge
from support.faults.actions import ACTIONS, INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.faults.judge import Found, State

TESTS: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """How an action ended: its points until then by name, and how many commits it had been told were safe."""

    store: Path
    killed: bool
    points: tuple[str, ...]
    commits: int
    states: tuple[State, ...]
    said: str
    bug: str

    @property
    def at(self) -> str:
        """Return the name of the last point that was reached."""
        return self.points[-1] if self.points else "the beginning"


class Doer:
    """Does one action again and again, each time in a process and on a copy of its own; `more` surrounds them all."""

    def __init__(self, action: str, folder: Path, **more: str) -> None:
        self.action = ACTIONS[action]
        self._folder = folder
        self._numbers = count()
        made = folder / "begin"
        made.mkdir(parents=True)
        self.begin = self.action.begin(made)
        for other in made.iterdir():
            if other.is_dir():
                shutil.rmtree(other)  # what it was made of, with personal numbers in plain text as delivered
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.faults.doer", "serve"],
            env=surroundings(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            self.done()  # loads what the later ones find loaded
            self.whole = self.done(states=True)
            assert not self.whole.bug + self.whole.said, self.whole.bug + self.whole.said
        except BaseException:
            self.close()
            raise
        begun = judge.state_at(self.begin)
        self.states = (begun, *(begun if self.action.by_opening else one for one in self.whole.states))

    def done(self, store: Path | None = None, **asked: Any) -> Done:  # noqa: ANN401 - as the doer takes them
        """Do the action on a new copy of its beginning (or on `store`), with `kill_at`, `after` or `largest_file`."""
        store = store or self.copy()
        job = {"action": self.action.name, "store": str(store), **asked}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return _as_done(store, answer)

    def copy(self, folder: Path | None = None) -> Path:
        """Return a copy of the store that the action begins with, of what lies beside it, and of what is delivered."""
        folder = folder or self._folder / str(next(self._numbers))
        shutil.copytree(self.begin.parent, folder)
        delivered = self._folder / INPUT
        if delivered.exists() and folder.parent != self._folder:
            shutil.copy(delivered, folder.parent)
        return folder / self.begin.name

    def judged(self, done: Done, *, again: bool = False) -> Found:
        """Ask the common question of what an action left, which is then thrown away.

        What was told to be committed is there; of what was not, the next commit may be. With `again` the action is
        then done once more, to its end.
        """
        assert not done.bug, done.bug
        try:
            found = self.judged_at(done.store, done.commits)
            if again and found.state != self.states[-1]:
                more = self.done(done.store)
                assert not more.bug + more.said, more.bug + more.said
                assert self.judged_at(done.store, -2).state == self.states[-1]
        finally:
            shutil.rmtree(done.store.parent)
        return found

    def judged_at(self, store: Path, commits: int) -> Found:
        """Ask the common question of a store to which so many commits were told to be safe (-2: all of them)."""
        found = judge.judge(store, self.states[commits : commits + 2 or None])
        if self.action.writes:
            left, before = self.file_at(store), self.file_at(self.begin)
            assert left is not None, "the earlier file is gone"
            assert left == before or left.rstrip().endswith(b"%%EOF"), "half a file"
            assert left != before or found.state != self.states[-1], "the store knows of a file that is not there"
        return found

    def file_at(self, store: Path) -> bytes | None:
        """Return the file that the action leaves beside a store, if it is there."""
        path = store.with_name(self.action.writes or store.name)
        return path.read_bytes() if path.exists() else None

    def close(self) -> None:
        """Let the process end."""
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait() == 0


def surroundings(**more: str) -> dict[str, str]:
    """Return the variables of a process that does actions: one thread for sums, and the tests within reach."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src"), os.environ.get("PYTHONPATH", "")])
    return os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", **more}


def spread(many: int, most: int) -> Sequence[int]:
    """Return the numbers from 1 to `many`, or `most` of them spread evenly with both ends."""
    if many <= most:
        return range(1, many + 1)
    return sorted({1 + round(place * (many - 1) / (most - 1)) for place in range(most)})


def deciding(points: Sequence[str]) -> Iterator[int]:
    """Return the numbers of the points where something is decided: all but the writes inside transactions."""
    for number, name in enumerate(points, start=1):
        if not any(word in name for word in ("INSERT", "UPDATE", "DELETE")):
            yield number


def _as_done(store: Path, answer: dict[str, Any]) -> Done:
    def told(kind: str) -> list[Any]:
        return [value for one, value in answer["told"] if one == kind]

    commits = max(told("commit"), default=0)
    said, bug = "".join(told("said")), "".join(told("bug"))
    return Done(store, answer["killed"], tuple(told("point")), commits, tuple(told("state")), said, bug)
