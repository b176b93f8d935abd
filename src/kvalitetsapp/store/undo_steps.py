"""What every user has done that can be undone, step by step; steps are marked and never removed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.undo_step import StepState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.store.connection import Store

_READ: Final = "SELECT step, kind, target, content, done_at, undone_at, dropped_at FROM undo_steps WHERE who = ?"


@dataclass(frozen=True, slots=True)
class Step:
    """A step as stored; `content` is what its kind needs to undo it and to do it again."""

    step: int
    kind: str
    target: str
    content: dict[str, Any]
    done_at: str
    state: StepState


def add(store: Store, who: str, kind: str, target: str, content: Mapping[str, Any]) -> int:
    """Add a step and return its number; the user's undone ones can no more be done again."""
    store.write(
        "UPDATE undo_steps SET dropped_at = ? WHERE who = ? AND undone_at IS NOT NULL AND dropped_at IS NULL",
        (this_moment(), who),
    )
    return store.write(
        "INSERT INTO undo_steps (who, done_at, kind, target, content) VALUES (?, ?, ?, ?, ?)",
        (who, this_moment(), kind, target, json.dumps(content, ensure_ascii=False)),
    )


def change(store: Store, step: int, target: str, content: Mapping[str, Any]) -> None:
    """Let a step that is done again stand for what it made this time."""
    told = json.dumps(content, ensure_ascii=False)
    store.write("UPDATE undo_steps SET target = ?, content = ? WHERE step = ?", (target, told, step))


def to_undo(store: Store, who: str) -> Step | None:
    """Return the user's latest step that is done, None without one."""
    return _first(store, " AND undone_at IS NULL ORDER BY step DESC LIMIT 1", who)


def to_redo(store: Store, who: str) -> Step | None:
    """Return the user's step that was undone last and not dropped, None without one."""
    return _first(store, " AND undone_at IS NOT NULL AND dropped_at IS NULL ORDER BY step LIMIT 1", who)


def of_user(store: Store, who: str, limit: int) -> tuple[Step, ...]:
    """Return the user's latest steps, newest first."""
    return tuple(_step(row) for row in store.rows(_READ + " ORDER BY step DESC LIMIT ?", (who, limit)))


def mark_undone(store: Store, step: int) -> None:
    """Note that a step was undone."""
    store.write("UPDATE undo_steps SET undone_at = ? WHERE step = ?", (this_moment(), step))


def mark_done(store: Store, step: int) -> None:
    """Note that a step was done again."""
    store.write("UPDATE undo_steps SET undone_at = NULL WHERE step = ?", (step,))


def _first(store: Store, which: str, who: str) -> Step | None:
    rows = store.rows(_READ + which, (who,))
    return _step(rows[0]) if rows else None


def _step(row: tuple[Any, ...]) -> Step:
    step, kind, target, content, done_at, undone_at, dropped_at = row
    state = StepState.DONE if undone_at is None else StepState.UNDONE if dropped_at is None else StepState.DROPPED
    return Step(step, kind, target, json.loads(content), done_at, state)
