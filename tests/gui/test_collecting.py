"""Python's collector and what holds widgets: both leave Qt's things to the thread that made them."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from kvalitetsapp.gui import collecting
from kvalitetsapp.gui.collecting import WindowCollector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

MANY = 200_000


class InCycle:
    """What only the collector takes, with what is Qt's in it."""

    def __init__(self) -> None:
        self.itself = self
        self.thing = QObject()


@pytest.fixture
def collected_in() -> Iterator[list[int]]:
    """Return the threads in which the collector has run since."""
    threads: list[int] = []

    def note(_phase: str, _told: dict[str, int]) -> None:
        threads.append(threading.get_ident())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def make_many(_workspace: Workspace, _progress: Progress) -> int:
    """Make as many objects as would call the collector often."""
    return len([[] for _each in range(MANY)])


def test_nothing_is_collected_in_the_stores_thread(
    opened: StoreRunner, settle: Callable[[], None], collected_in: list[int]
) -> None:
    opened.run(make_many, lambda _made: None)
    settle()
    assert set(collected_in) <= {threading.get_ident()}


def test_what_only_the_collector_takes_goes_in_the_windows_thread_while_the_window_lives(
    runner: StoreRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_threshold", lambda: (10, 10, 10))
    runner._collector.setInterval(1)
    gone = weakref.ref(InCycle())
    kept: list[list[int]] = [[] for _each in range(20)]
    qtbot.waitUntil(lambda: gone() is None)
    assert len(kept) == 20


@pytest.mark.parametrize(
    ("counts", "expected"), [((5, 0, 0), []), ((11, 0, 0), [0]), ((11, 11, 0), [1]), ((0, 11, 11), [2])]
)
def test_the_oldest_generation_whose_turn_it_is_is_collected(
    counts: tuple[int, int, int], expected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "get_threshold", lambda: (10, 10, 10))
    monkeypatch.setattr(gc, "collect", collected.append)
    collecting.collect()
    assert collected == expected


@pytest.mark.usefixtures("qtbot")
def test_python_collects_by_itself_again_when_the_last_window_is_closed() -> None:
    parent = QObject()
    first, second = WindowCollector(parent), WindowCollector(parent)
    assert not gc.isenabled()
    first.end()
    assert not gc.isenabled()
    second.end()
    assert gc.isenabled()


@pytest.mark.usefixtures("qtbot")
def test_python_collects_by_itself_again_when_a_window_goes_that_nobody_closed() -> None:
    parent = QObject()
    WindowCollector(parent)
    assert not gc.isenabled()
    shiboken6.delete(parent)
    assert gc.isenabled()


def test_what_work_was_done_for_is_let_go_in_the_windows_thread(
    opened: StoreRunner, settle: Callable[[], None]
) -> None:
    let_go_in: list[int] = []

    class Asker:
        def __del__(self) -> None:
            let_go_in.append(threading.get_ident())

        def take(self, _name: str) -> None:
            pass

    for _each in range(20):
        opened.run(lambda workspace, _progress: workspace.path.name, Asker().take)
    settle()
    assert let_go_in == [threading.get_ident()] * 20
