"""The window over the county, page by page: it tells no personal number while Ctrl is not held, and leaves none.

What is looked through: titles, tips, names for those who listen, what a row is dragged as, settings, temporary files,
reports of faults; and whether anything has opened a connection.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from kvalitetsapp import settings
from kvalitetsapp.gui import crash_report, runs, theme
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.navigation import built_pages
from kvalitetsapp.gui.operations import StoreRunner
from support import network, program, told_by_window
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

_NUMBER = re.compile(r"(?<![0-9])(?:19|20)\d{6}[-+]?\d{4}(?![0-9])")


@pytest.fixture(scope="module")
def numbers() -> frozenset[str]:
    """Return the personal numbers of the county, as they are written anywhere."""
    return frozenset(program.numbers())


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of temporary files, the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def runner() -> Iterator[StoreRunner]:
    """Return a runner without a store."""
    made = StoreRunner()
    yield made
    made.close()


WITH_PERSONS = ("data_quality", "episodes", "review")
ALL = tuple(entry.name for entry in built_pages())


@pytest.mark.parametrize("pages", [WITH_PERSONS, pytest.param(ALL, marks=pytest.mark.long)], ids=["persons", "all"])
def test_the_window_tells_no_number_and_leaves_none(
    qtbot: QtBot,
    qapp: QApplication,
    runner: StoreRunner,
    county_copy: Path,
    temporary: Path,
    numbers: frozenset[str],
    pages: tuple[str, ...],
) -> None:
    before, home = network.sockets(), Path.home()
    window = MainWindow(runner, theme.apply(qapp))
    qtbot.addWidget(window)
    window.resize(1240, 800)
    window.show()
    runner.open(county_copy, PASSPHRASE, lambda _store: None)
    told: dict[str, str] = {}
    for place, page in _places(window, runner, qtbot, pages):
        for where, text in told_by_window.by(page):
            if not numbers.isdisjoint(_NUMBER.findall(text)):
                told[f"{place}: {where}"] = text
        assert {title for title in told_by_window.titles() if title} <= {"county – Kvalitetsapp", "Kvalitetsapp"}
    assert told == {}
    window.say(KeyError(next(iter(numbers))))
    window.close()
    assert network.sockets() - before == set()
    assert (home / "Kvalitetsapp" / "window.ini").exists(), "there is something to look through"
    assert crash_report.unseen(), "and a report of a fault"
    for folder in (home, temporary):
        assert program.in_plain_text(folder, set(numbers)) == []
        assert [path for path in folder.rglob("*") if _NUMBER.search(path.name)] == []


def test_what_is_told_is_heard_wherever_it_stands(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    label, field, rows = QLabel("i texten", whole), QLineEdit("i fältet", whole), QTableWidget(1, 1, whole)
    label.setToolTip("i tipset")
    field.setAccessibleName("i namnet")
    rows.setItem(0, 0, QTableWidgetItem("i cellen"))
    rows.setDragEnabled(True)
    texts = [text for _where, text in told_by_window.by(whole)]
    assert {"i texten", "i fältet", "i tipset", "i namnet", "i cellen"} <= set(texts)
    assert [text for text in texts if text != "i cellen" and "i cellen" in text], "and in what is dragged"


ENDED_FROM_THE_LOCK = """
from PySide6.QtCore import QTimer
from kvalitetsapp.gui import app
from kvalitetsapp.gui.main_window import MainWindow

def lock(window):
    window.guard.lock()
    QTimer.singleShot(0, window.guard.lock_window.quit.click)

shown = MainWindow._show_store
MainWindow._show_store = lambda self, store: (shown(self, store), store and QTimer.singleShot(0, lambda: lock(self)))
raise SystemExit(app.run())
"""


def test_the_program_ends_when_the_lock_is_closed_and_as_it_should(county_copy: Path) -> None:
    variables = os.environ | {settings.ENV_STORE: str(county_copy), settings.ENV_PASSPHRASE: PASSPHRASE}
    command = [sys.executable, "-c", ENDED_FROM_THE_LOCK]
    ran = subprocess.run(command, env=variables, timeout=60, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Traceback" not in ran.stderr
    assert runs.earlier_ends() == []


def _places(
    window: MainWindow, runner: StoreRunner, qtbot: QtBot, pages: tuple[str, ...]
) -> Iterator[tuple[str, QWidget]]:
    """Give every page once all its tabs, and tabs within tabs, have been gone to."""

    def settle() -> None:
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=60_000)

    settle()
    yield "the window", window
    for name in pages:
        window.go_to(name)
        settle()
        page = window.current_page()
        assert page is not None
        for tabs in page.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                _choose_first_rows(page)
                settle()
        _choose_first_rows(page)
        settle()
        yield name, page
    yield "the window at last", window


def _choose_first_rows(page: QWidget) -> None:
    for view in page.findChildren(QTableView):
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            view.selectRow(0)
