"""A page of the window over a store, with nothing in between: the real runner, thread and services."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from kvalitetsapp.gui.operations import StoreRunner
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.pages.page import Page

    PageT = TypeVar("PageT", bound=Page)

PATIENCE_MS = 20_000
WIDTH, HEIGHT = 1240, 760


def settle(qtbot: QtBot, page: Page) -> None:
    """Wait until the store's thread has nothing left to do for the page."""
    qtbot.waitUntil(lambda: not page.runner.is_busy, timeout=PATIENCE_MS)


@contextlib.contextmanager
def shown(qtbot: QtBot, make: Callable[[StoreRunner], PageT], path: Path, *, write: bool = True) -> Iterator[PageT]:
    """Show a page over a store and wait until it has read it; errors that nobody takes are failures."""
    runner = StoreRunner()
    crashes: list[BaseException] = []
    runner.crashed.connect(crashes.append)
    runner.open(path, PASSPHRASE, lambda _store: None, write=write)
    page = make(runner)
    page.resize(WIDTH, HEIGHT)
    try:
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        settle(qtbot, page)
        yield page
    finally:
        page.close()
        runner.close()
        page.deleteLater()
        runner.deleteLater()
    assert crashes == []
