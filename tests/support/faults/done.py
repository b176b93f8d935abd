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

from support.faults import judge, promises
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

    def __init__(self, action: str, folder: Path, begin: Path, **more: str) -> None:
        self.action = ACTIONS[action]
        self._folder = folder
        self._numbers = count()
        self.users = tuple((one.user, word) for one in self.action.who for word in one.words) or judge.ALONE
        self.begin = begin
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
        self.states = (judge.state_at(self.begin, self.users), *self._states_of(self.whole))

    def _states_of(self, whole: Done) -> Sequence[State]:
        """Return the states that a whole run commits, one after the other."""
        if self.action.in_one_step:
            return (judge.state_at(whole.store, self.users),)
        if self.action.by_opening:
            return (judge.state_at(self.begin, self.users),) * len(whole.states)
        return whole.states

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
        delivered = self.begin.parent.parent / INPUT
        if delivered.exists():
            shutil.copy(delivered, folder.parent)
        return folder / self.begin.name

    def judged(self, done: Done, *, again: bool = False) -> Found:
        """Ask the common question of what an action left, which is then thrown away.

        What was told to be committed is there; of what was not, the next commit may be. With `again` the action is
        then done once more, to its end.
        """
        assert not done.bug, done.bug
        try:
            found = self.judged_at(done.store, done.commits, was_told=bool(done.said))
            if again and found.state != self.states[-1] and not self.half_changed(done.store):
                more = self.done(done.store)
                assert not more.bug + more.said, more.bug + more.said
                assert self.judged_at(done.store, -2).state == self.states[-1]
        finally:
            shutil.rmtree(done.store.parent)
        return found

    def judged_at(self, store: Path, commits: int, *, was_told: bool = False) -> Found:
        """Ask the common question of a store to which so many commits were told to be safe (-2: all of them).

        Then ask what else the action promises; where the user `was_told` how it went, that holds to the letter.
        """
        found = judge.judge(store, self.states[commits : commits + 2 or None], users=self.users)
        is_done = found.state == self.states[-1]
        told = was_told or commits in (-2, self.whole.commits)
        promises.demand_entrances(store, self.action.who, is_done=is_done, was_told=told)
        self.action.promises(self.begin, store, is_done)
        if self.action.writes:
            left, before = self.file_at(store), self.file_at(self.begin)
            assert left is not None, "the earlier file is gone"
            assert left == before or left.rstrip().endswith(b"%%EOF"), "half a file"
            assert left != before or found.state != self.states[-1], "the store knows of a file that is not there"
        return found

    def half_changed(self, store: Path) -> bool:
        """Tell whether somebody has a new passphrase already though the action was not done."""
        return any(
            one.before and one.after and not promises.opens(store, one.user, one.before) for one in self.action.who
        )

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
