"""The points of an action where its durability is decided, seen from outside: no line of the program knows of them.

Watched are the statements that a connection to a store is given (BEGIN, COMMIT, savepoints, every write, the steps of
a backup) and what is done with files by name (replace, rename, link, unlink, fsync, writing a whole file). Each is a
point before it happens; what decides is a point after it as well. At any point the process can kill itself.
"""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlcipher3 import dbapi2

from support import derived_keys
from support.faults import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pytest

_READING: Final = ("SELECT", "PRAGMA", "WITH")  # `WITH … INSERT` is seen as the change that it makes
_OF_FILES: Final = ("replace", "rename", "link", "unlink", "fsync")
_ROWS_BETWEEN: Final = 100
# Where the tests' own surroundings give SQLCipher a derived key they do it in a class of connections.
_Connection: Final = getattr(derived_keys, "Connection", dbapi2.Connection)


class Points:
    """Counts the points of an action and does there what was asked for."""

    def __init__(
        self, *, kill_at: int = 0, with_states: bool = False, in_one_step: bool = False, told: Callable[..., None]
    ) -> None:
        self.count = 0
        self.commits = 0
        self._in_one_step = in_one_step
        self._kill_at = kill_at
        self._with_states = with_states
        self._told = told

    def reach(self, name: str) -> None:
        """Come to a point; the process may end here as nothing can be caught."""
        self.count += 1
        self._told("point", name)
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def committed(self, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
        """Note that something is committed, and what the store holds now.

        Where the action is done in one step it is another file that is written to.
        """
        if self._in_one_step:
            return
        self.commits += 1
        self._told("commit", self.commits)
        if self._with_states:
            self._told("state", judge.state(rows))

    def done(self) -> None:
        """Note that the action was done, which is the commit of one that is done in one step."""
        if self._in_one_step:
            self.commits += 1
            self._told("commit", self.commits)


def watch(patch: pytest.MonkeyPatch, points: Points) -> None:
    """Let every point of this process be counted for as long as the patch holds."""
    patch.setattr(_Watched, "points", points, raising=False)
    patch.setattr(dbapi2, "connect", _Watched)
    for name in _OF_FILES:
        _watch_call(patch, points, os, name, decides=name in {"replace", "rename", "link"})
    for name in ("write_bytes", "write_text"):
        _watch_call(patch, points, Path, name)
    _watch_whole_files(patch, points)


class _Watched(_Connection):  # type: ignore[misc,valid-type]  # sqlcipher3 tells no types
    """A connection whose statements are points."""

    points: Points

    def execute(self, sql: str, *parameters: Any) -> Any:  # noqa: ANN401 - as sqlcipher3 takes them
        if not sql.lstrip().upper().startswith(_READING):
            self.points.reach(f"before {_first_words(sql)}")
        inside, changes = self.in_transaction, self.total_changes
        done = super().execute(sql, *parameters)
        if self.in_transaction or sql.upper().startswith("ROLLBACK"):
            return done
        if inside or self.total_changes != changes:
            self.points.committed(self._rows)
            self.points.reach(f"after {_first_words(sql)}")
        return done

    def executemany(self, sql: str, rows: Iterable[Any]) -> Any:  # noqa: ANN401 - as sqlcipher3 takes them
        word = _first_words(sql)
        self.points.reach(f"before {word}")
        return super().executemany(sql, _counted(rows, self.points, f"amid {word}"))

    def backup(self, target: Any, **named: Any) -> None:  # noqa: ANN401 - as sqlcipher3 takes them
        told = named.pop("progress", None)

        def step(status: int, left: int, total: int) -> None:
            self.points.reach("amid backup")
            if told is not None:
                told(status, left, total)

        self.points.reach("before backup")
        super().backup(target, progress=step, **named)
        self.points.reach("after backup")

    def _rows(self, asked: str) -> list[tuple[Any, ...]]:
        return list(super().execute(asked).fetchall())


def _watch_call(patch: pytest.MonkeyPatch, points: Points, owner: object, name: str, *, decides: bool = False) -> None:
    real = getattr(owner, name)

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the real one
        points.reach(f"before {name}")
        done = real(*arguments, **named)
        if decides:
            points.reach(f"after {name}")
        return done

    patch.setattr(owner, name, call)


def _watch_whole_files(patch: pytest.MonkeyPatch, points: Points) -> None:
    """Let a file that is written in one go have a point where it is there but empty."""
    real = io.open

    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the real one
        done = real(file, mode, *arguments, **named)
        if "w" in mode or "x" in mode:
            points.reach("amid writing a file")
        return done

    patch.setattr(io, "open", opened)


def _counted(rows: Iterable[Any], points: Points, name: str) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number % _ROWS_BETWEEN == 0:
            points.reach(name)
        yield row


def _first_words(sql: str) -> str:
    return " ".join(sql.split()[:3]).rstrip(";(")
