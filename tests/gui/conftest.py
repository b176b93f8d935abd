"""What tests of the window share: the example county in a store, a runner that is closed, a window on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.services.demo import make_sample_store
from support import county_store, leaving
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner


@pytest.fixture
def county(county_copy: Path) -> Path:
    """Return a store with the example county, the test's own to change."""
    return county_copy


@pytest.fixture(scope="session")
def _made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "exempel.kvdb"
    make_sample_store(path, PASSPHRASE, with_claims=True).close()
    return path


@pytest.fixture
def sample(_made_sample: Path, tmp_path: Path) -> Path:
    """Return a store of the sample county with its history of claims, the test's own to change."""
    return county_store.copy(_made_sample, tmp_path)


@pytest.fixture(scope="session")
def _made_leaving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return leaving.make(tmp_path_factory.mktemp("leaving"))


@pytest.fixture
def leaving_store(_made_leaving: Path, tmp_path: Path) -> Path:
    """Return a small store whose reports take little time, the test's own to change."""
    return county_store.copy(_made_leaving, tmp_path)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[StoreRunner]:
    """Return a runner without a store; it is closed after the test."""
    from kvalitetsapp.gui.operations import StoreRunner

    made = StoreRunner()
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, runner: StoreRunner) -> Callable[[], None]:
    """Return a function that waits until the store's thread has nothing to do."""
    return lambda: qtbot.waitUntil(lambda: not runner.is_busy, timeout=30_000)


@pytest.fixture
def opened(runner: StoreRunner, county: Path, settle: Callable[[], None]) -> StoreRunner:
    """Return the runner with the county open."""
    runner.open(county, PASSPHRASE, lambda _store: None)
    settle()
    assert runner.store is not None
    return runner


@pytest.fixture
def window(qtbot: QtBot, runner: StoreRunner) -> MainWindow:
    """Return the window, shown, without a store."""
    from PySide6.QtWidgets import QApplication

    from kvalitetsapp.gui import theme
    from kvalitetsapp.gui.main_window import MainWindow

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = MainWindow(runner, theme.apply(application))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def county_window(window: MainWindow, runner: StoreRunner, county: Path, qtbot: QtBot) -> MainWindow:
    """Return the window with the county just opened: what it begins to show is read when the test has settled."""
    runner.open(county, PASSPHRASE, lambda _store: None)
    qtbot.waitUntil(lambda: runner.store is not None, timeout=30_000)
    return window
