"""What a test can leave behind: Python threads and, where Qt runs, threads, running timers and windows."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

PATIENCE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there before the test."""

    threads: frozenset[threading.Thread]
    objects: frozenset[int] | None  # identities of Qt's running things; None where the test has no Qt


def seen(*, with_qt: bool) -> Seen:
    """Note what is there already."""
    return Seen(frozenset(threading.enumerate()), _running_in_qt() if with_qt else None)


def since(before: Seen) -> list[str]:
    """Return what has come since `before` and is still there, after a moment of patience for threads."""
    found = [f"thread {thread.name}" for thread in threading.enumerate() if _lives_on(thread, before)]
    if before.objects is not None:
        from support.qt import let_go

        let_go()
        left = _new_in_qt(before.objects)
        if left:
            left.clear()
            gc.collect()  # a window in a reference cycle is only waiting for the collector
            let_go()
            left = _new_in_qt(before.objects)
        found += map(repr, left)
    return found


def _lives_on(thread: threading.Thread, before: Seen) -> bool:
    # A thread that Qt started shows up as a dummy that can neither be joined nor asked; Qt's own objects tell of it.
    if thread in before.threads or isinstance(thread, threading._DummyThread):
        return False
    thread.join(PATIENCE_SECONDS)
    return thread.is_alive()


def _new_in_qt(known: frozenset[int]) -> list[QObject]:
    from support.qt import running

    return [thing for thing in running() if id(thing) not in known]


def _running_in_qt() -> frozenset[int]:
    from support.qt import running

    return frozenset(id(thing) for thing in running())
