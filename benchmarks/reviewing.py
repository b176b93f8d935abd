"""The review queue over 100 000 events, from its opening to the next case; and a round of 60 cases by keyboard."""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks import many_events
from benchmarks.timing import Comparison, best

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.review_page import ReviewPage

_REPEATS: Final = 5
_PATIENCE_S: Final = 120.0
_WIDTH, _HEIGHT = 1240, 760
_RIVAL: Final = "SELECT * FROM links into tuples"


def compare() -> list[Comparison]:
    """Time the window's own page on a store with so many events, and the plain reading of all of them."""
    with TemporaryDirectory(prefix="kvalitetsapp-matning-") as name:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = name
        path = Path(name) / "many.kvdb"
        with many_events.make(path) as workspace:
            plain = best(lambda: workspace.store.rows("SELECT * FROM links"), _REPEATS)
        opening = min(_opening(path) for _time in range(_REPEATS))
        following = _next_case(path)
        print(f"60 cases by keyboard: {_sixty_cases(Path(name)):.1f} s (aim 20)")
    print(f"opening the queue: {opening:.3f} s (aim 0.3); next case: {following:.3f} s (aim 0.1)")
    return [
        Comparison(f"opening the queue of {many_events.EVENTS:,} events", opening, _RIVAL, plain, float("inf")),
        Comparison("from the decision to the next case", following, _RIVAL, plain, float("inf")),
    ]


def _opening(path: Path) -> float:
    """Return the seconds from when the page is shown until its first rows are painted, in a store just opened."""
    runner, page = _page(path)
    begun = time.perf_counter()
    page.show()
    _until(lambda: page.desk.queue.table.model.rowCount() > 0)
    page.desk.queue.table.view.viewport().repaint()
    taken = time.perf_counter() - begun
    assert page.desk.queue.table.count.text().startswith("100\u00a0000")  # noqa: S101 - what is timed is what it says
    _close(runner, page)
    return taken


def _next_case(path: Path) -> float:
    """Return the middle of the seconds from Ctrl+Return until the next case is painted."""
    runner, page = _page(path)
    page.show()
    taken = []
    for _time in range(_REPEATS):
        _until(lambda: not runner.is_busy)
        page.desk.form.press_digit(1)
        shown = page.desk.case.heading.text()
        begun = time.perf_counter()
        page.desk.save_and_next()
        _until(lambda shown=shown: page.desk.case.heading.text() != shown)  # type: ignore[misc]
        page.repaint()
        taken.append(time.perf_counter() - begun)
    _until(lambda: not runner.is_busy)
    _close(runner, page)
    return sorted(taken)[len(taken) // 2]


def _sixty_cases(folder: Path) -> float:
    """Return the seconds that a whole round of the sample county takes who types without a pause."""
    from kvalitetsapp.gui import theme
    from kvalitetsapp.gui.app import make_application
    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from support import county_store
    from support.counties import PASSPHRASE
    from support.reviewer_at_keyboard import ReviewerAtKeyboard, sixty_cases

    runner = StoreRunner()
    window = MainWindow(runner, theme.apply(make_application()))
    window.show()
    window.activateWindow()
    window.setFocus()
    runner.open(county_store.make(folder), PASSPHRASE, lambda _store: None)
    _until(lambda: not runner.is_busy)
    begun = time.perf_counter()
    sixty_cases(ReviewerAtKeyboard(window, _until))
    _until(lambda: not runner.is_busy)
    taken = time.perf_counter() - begun
    window.close()
    window.deleteLater()
    return taken


def _page(path: Path) -> tuple[StoreRunner, ReviewPage]:
    from kvalitetsapp.gui import theme
    from kvalitetsapp.gui.app import make_application
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.pages.review_page import ReviewPage

    theme.apply(make_application())
    runner = StoreRunner()
    runner.open(path, many_events.PASSPHRASE, lambda _store: None)
    _until(lambda: not runner.is_busy)
    page = ReviewPage(runner)
    page.resize(_WIDTH, _HEIGHT)
    return runner, page


def _close(runner: StoreRunner, page: ReviewPage) -> None:
    page.close()
    runner.close()
    page.deleteLater()


def _until(holds: Callable[[], bool]) -> None:
    """Let the window live until something holds, without taking time from the store's thread."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, patience = QEventLoop(), time.monotonic() + _PATIENCE_S
    look = QTimer(loop)
    look.setInterval(1)
    look.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > patience else None)
    look.start()
    if not holds():
        loop.exec()
    look.stop()
    if not holds():
        raise TimeoutError
