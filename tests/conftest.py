"""What surrounds every test: nothing of the user's, no network, and nothing left behind afterwards.

A warning in the log, a warning from Qt, a thread, a timer or a window that is still there at the end fails the test.
A test that means to provoke a warning takes the fixture `log` (or pytest-qt's `qt_log_ignore` mark) and says so.
"""

from __future__ import annotations

import gc
import itertools
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from support import derived_keys, leftovers, network
from support.log import LogWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel

pytest_plugins = ["support.faults.table"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Some examples of each property in every run, and many where there is time (`dev.py test --long`).
settings.register_profile("house", deadline=None, max_examples=24)
settings.register_profile("ci", deadline=None, max_examples=24, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=300)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "house")

_HOME_NUMBERS = itertools.count()
FOLDER_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "LOCALAPPDATA",
    "APPDATA",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
)


def pytest_collection_finish() -> None:
    """Spare the collector, and the look for what a test left, everything that was there before the first test."""
    gc.collect()
    gc.freeze()
    # As often as Python does by itself, the collector would take a twentieth of the time that all tests take.
    gc.set_threshold(10_000, 20, 10)


@pytest.fixture(scope="session", autouse=True)
def _offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, no code it runs and no Python it starts opens a connection."""
    with pytest.MonkeyPatch.context() as patch:
        network.forbid(patch, tmp_path_factory.mktemp("network") / "attempts")
        yield


@pytest.fixture(autouse=True)
def _no_network(_offline: None) -> Iterator[None]:
    """Fails the test that tried to, whatever became of the refusal."""
    yield
    assert network.taken() == [], "the program opens no connection"


@pytest.fixture(scope="session", autouse=True)
def _keys_derived_once() -> Iterator[None]:
    """Stores open at once: the key of each passphrase and salt is derived the first time only."""
    with pytest.MonkeyPatch.context() as patch:
        derived_keys.remember(patch)
        yield


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def _own_home(_homes: Path) -> Iterator[None]:
    """The user's folders are new and empty, and the program's variables are unset."""
    home = _homes / str(next(_HOME_NUMBERS))
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDER_VARIABLES:
            patch.setenv(name, str(home))
        for name in [name for name in os.environ if name.startswith("KVALITETSAPP_") and name != network.ATTEMPTS]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def log() -> Iterator[LogWatch]:
    """Fails the test on a warning in the log, unless the test took it with `log.take()`."""
    with LogWatch() as watch:
        yield watch
    assert watch.take() == [], "warnings in the log (a test that expects them takes them with `log.take()`)"


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """No thread, and in tests with Qt no running timer and no window, outlives the test that made it."""
    before = leftovers.seen(with_qt="qapp" in request.fixturenames)
    yield
    assert leftovers.since(before) == [], "left behind by this test"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """pytest-qt fails a test on Qt's warnings until the test body ends; this does the same while windows close."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    from support.qt import Messages

    with Messages() as messages:
        result = yield
    assert messages.warnings == [], "warnings from Qt while the test was cleaned up"
    return result


@pytest.fixture
def model_tester(qapp: object) -> Iterator[Callable[[QAbstractItemModel], None]]:
    """Return a function that puts Qt's own model tester on a model for the rest of the test."""
    from support.model_tester import ModelTester

    tester = ModelTester()
    yield tester.watch
    tester.release()


@pytest.fixture(scope="session")
def county_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, taken in and linked once; tests that change it take `county_copy`."""
    from support import county_store

    return county_store.make(tmp_path_factory.mktemp("county-store"))


@pytest.fixture
def county_copy(county_store: Path, tmp_path: Path) -> Path:
    """Return the example county in a closed store of the test's own."""
    from support import county_store as stores

    return stores.copy(county_store, tmp_path)
