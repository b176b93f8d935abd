"""A day's work without a pause: what the program holds of the computer is the same in the evening as in the morning.

`KVALITETSAPP_SOAK_MINUTES` tells how long the two days last together; 480 is a real one. The first rounds are let go
by: they load what is loaded once, and fill what is kept to be used again.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.gui.navigation import PAGES
from kvalitetsapp.services import (
    backups,
    episodes,
    listings,
    reports,
    review_case,
    saved_copies,
    stores,
    undo_steps,
    users,
)
from kvalitetsapp.services.workspace import Workspace, open_workspace
from support import queues, reviewing
from support.counties import PASSPHRASE
from support.faults import actions, judge, measured, promises
from support.faults.actions import BO, BOS
from support.faults.promises import ANNA
from support.keys import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from support.faults.measured import Held
    from support.faults.table import Faults

# Read when the module is: what surrounds every test takes the program's own variables away.
SECONDS: Final = float(os.environ.get("KVALITETSAPP_SOAK_MINUTES", "2")) * 60
SERVICES_SHARE: Final = 0.75
WINDOW_SHARE: Final = 0.25
A_DAY: Final = 3600.0
"""From so many seconds on the goal of reports must be reached."""
REPORTS: Final = 200
REPORTS_TOTAL: Final = 4
"""One report in so many rounds more is the total one."""
PATIENCE_MS: Final = 60_000
WARM_UP: Final = 6
# Beyond what is measured in the first rounds: what the allocator cannot give back (its pieces lie between others)
# settles at a few MiB, whatever is done. A report that stayed in memory would be over this in thirty rounds.
MIB_MORE: Final = 24.0
PYTHONS_OWN: Final = (700, 10, 10)
"""How often the collector comes where nobody has set it."""
BACKUPS_KEPT: Final = 46  # one a day for 14 days, a week for 8 and a month for 24

pytestmark = [pytest.mark.faults, pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux tells it")]


def demand_flat(morning: Held, evening: Held) -> None:
    """Let no more be held after a day's work than after its first rounds."""
    assert evening.memory <= morning.memory + MIB_MORE
    assert evening.handles <= morning.handles
    assert evening.threads <= morning.threads
    assert evening.temporary <= morning.temporary


@pytest.fixture(autouse=True)
def _collector_of_the_program() -> Iterator[None]:
    """Let the collector come as often as it does in the program: other tests let it come more seldom."""
    as_others = gc.get_threshold()
    gc.set_threshold(*PYTHONS_OWN)
    yield
    gc.set_threshold(*as_others)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of two who both may do everything."""
    folder = tmp_path_factory.mktemp("soak") / "store"
    folder.mkdir()
    path = actions.begun(folder, ANNA)
    actions.take_in(path)
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        users.add(workspace, BO, "Ekonomi", set(Role), BOS)
        users.change(workspace, workspace.account, roles=set(Role))
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return judge.copied(made, tmp_path / "store")


def a_round(workspace: Workspace, number: int, out: Path) -> Workspace:
    """Do a little of everything that is done in a day, and return the store as whoever has it now."""
    links = queues.all_links(workspace)
    link = links[number % len(links)]
    reports.provider_report(workspace, f"P{1 + number % 3:02}", out / "vårdgivare.pdf")
    if number % REPORTS_TOTAL == 0:
        reports.total_report(workspace, out / "uppföljning.pdf")
    for table in (listings.links(workspace), listings.index_operations(workspace)):
        assert listings.as_text(table, "csv")
    key = EventKey(link.key.episode, link.key.joint, link.key.side)
    assert review_case.case(workspace, key) is not None
    assert episodes.view(workspace, key.episode) is not None
    reviewing.decide(workspace, workspace.user, link.event_ref, reject=True)
    undo_steps.undo(workspace)
    with open_workspace(workspace.path, PASSPHRASE, write=False, user=ANNA) as second:
        assert listings.as_text(listings.links(second), "json")
    promises.made_earlier(workspace.path, backups.make(workspace).name, 100 + number)
    user, passphrase = (ANNA, PASSPHRASE) if workspace.account == BO else (BO, BOS)
    return workspace.handed_over(user, passphrase)


def test_a_day_of_reports_decisions_and_backups_leaves_memory_and_files_as_they_were(
    faults: Faults, store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rapporter"
    out.mkdir()
    tried, until, number = faults.counted("rounds of a working day"), time.monotonic() + SECONDS * SERVICES_SHARE, 0
    workspace = open_workspace(store, PASSPHRASE, write=True, user=ANNA)
    while not tried.losses and (time.monotonic() < until or number <= 2 * WARM_UP):
        number += 1
        with tried:
            workspace = a_round(workspace, number, out)
        if number == WARM_UP:
            morning = measured.held(store.parent, out)
    assert not tried.losses, tried.losses
    evening = measured.held(store.parent, out)
    try:
        assert stores.check_store(workspace) == []
    finally:
        workspace.close()
    made = number + number // REPORTS_TOTAL
    print(f"after {WARM_UP} rounds: {morning}\nafter {number} rounds, {made} reports: {evening}")  # noqa: T201
    demand_flat(morning, evening)
    assert made >= REPORTS or SECONDS < A_DAY
    assert len(saved_copies.in_folder(saved_copies.folder_of(store))) <= BACKUPS_KEPT
    assert {one.name for one in out.iterdir()} == {"vårdgivare.pdf", "uppföljning.pdf"}


@pytest.fixture
def runner() -> Iterator[StoreRunner]:
    from kvalitetsapp.gui.operations import StoreRunner

    made = StoreRunner()
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, runner: StoreRunner) -> Callable[[], None]:
    """Return a function that lets the store's thread come to rest."""
    return lambda: qtbot.waitUntil(lambda: not runner.is_busy, timeout=PATIENCE_MS)


@pytest.fixture
def window(qtbot: QtBot, runner: StoreRunner, settle: Callable[[], None], store: Path) -> MainWindow:
    """Return the window with the store open to Anna."""
    from PySide6.QtWidgets import QApplication

    from kvalitetsapp.gui import theme
    from kvalitetsapp.gui.main_window import MainWindow

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = MainWindow(runner, theme.apply(application))
    qtbot.addWidget(made)
    made.show()
    runner.open(store, PASSPHRASE, lambda _store: None, user=ANNA)
    settle()
    return made


def walk(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
    """Go to every page and wait until it has read what it shows, then lock the window and come back."""
    from PySide6.QtCore import Qt

    for entry in PAGES:
        window.go_to(entry.name)
        settle()
    window.guard.lock()
    lock = window.guard.lock_window
    assert lock is not None
    type_text(lock.passphrase, PASSPHRASE)
    press(lock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.guard.is_locked, timeout=PATIENCE_MS)
    settle()


def test_a_day_in_the_window_leaves_memory_and_files_as_they_were(
    faults: Faults, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], store: Path
) -> None:
    tried, until, number = faults.counted("walks through the window"), time.monotonic() + SECONDS * WINDOW_SHARE, 0
    while not tried.losses and (time.monotonic() < until or number <= 2 * WARM_UP):
        number += 1
        with tried:
            walk(window, qtbot, settle)
        if number == WARM_UP:
            morning = measured.held(store.parent)
    assert not tried.losses, tried.losses
    evening = measured.held(store.parent)
    print(f"after {WARM_UP} walks: {morning}\nafter {number} walks: {evening}")  # noqa: T201
    demand_flat(morning, evening)
