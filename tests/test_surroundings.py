"""The tests' own surroundings: what conftest.py promises is tried on tests that break each promise."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

CULPRITS = """
import logging, os, socket, subprocess, sys, threading, time
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QObject, QStringListModel, QThread, QTimer, qWarning
from PySide6.QtWidgets import QLineEdit, QMainWindow

stop = threading.Event()
kept = []

def test_warns_in_the_log():
    logging.getLogger("kvalitetsapp.x").warning("oj")

def test_connects():
    socket.create_connection(("127.0.0.1", 9))

def test_connects_in_secret():
    try:
        socket.socket()
    except AssertionError:
        pass

def test_connects_in_another_process():
    subprocess.run([sys.executable, "-c", "import socket; socket.getaddrinfo('localhost', 9)"], check=False)

def test_leaves_a_thread():
    threading.Thread(target=stop.wait, daemon=True).start()

def test_qt_warns(qtbot):
    qWarning("oj")

def test_leaves_a_timer(qapp):
    timer = QTimer()
    timer.start(10_000)
    kept.append(timer)

def test_leaves_a_qt_thread(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)

def test_leaves_a_window(qapp):
    kept.append(QMainWindow())

class Late(QMainWindow):
    def closeEvent(self, event):
        qWarning("oj")

def test_qt_warns_on_closing(qtbot):
    window = Late()
    kept.append(window)
    qtbot.addWidget(window)
    window.show()

class Liar(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 3
    def columnCount(self, parent=None):
        return -1
    def data(self, index, role=0):
        return None

def test_has_a_model_that_lies(model_tester):
    kept.append(Liar())
    model_tester(kept[-1])
"""

HONEST = """
import logging, os, threading
from pathlib import Path

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QLineEdit, QMainWindow

from support.keys import type_text

def test_takes_its_warning(log):
    logging.getLogger("kvalitetsapp.x").warning("oj")
    assert log.take() == ["kvalitetsapp.x: oj"]

def test_ends_its_thread():
    threading.Thread(target=lambda: None).start()

def test_closes_its_window_with_its_timer(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    timer = QTimer(window)
    timer.start(10)
    window.show()

def test_has_an_honest_model(model_tester):
    model = QStringListModel(["a", "b"])
    model_tester(model)
    model.insertRow(1)

def test_types_swedish(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    type_text(line, "Åsa Öst – é 1")
    assert line.text() == "Åsa Öst – é 1"

def test_sees_nothing_of_the_user():
    assert [name for name in os.environ if name.startswith("KVALITETSAPP_")] == ["KVALITETSAPP_TEST_ATTEMPTS"]
    assert Path.home().parent.name.startswith("homes")
    assert list(Path.home().iterdir()) == []
    assert os.environ["XDG_DATA_HOME"] == str(Path.home())
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Run the culprits and the honest ones in surroundings like ours; the outcomes by the name of the test."""
    folder = tmp_path_factory.mktemp("suite")
    shutil.copytree(HERE / "support", folder / "tests" / "support", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "conftest.py", folder / "tests")
    shutil.copy(HERE.parent / "pyproject.toml", folder)
    (folder / "tests" / "test_culprits.py").write_text(CULPRITS, encoding="utf-8")
    (folder / "tests" / "test_honest.py").write_text(HONEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    found: dict[str, set[str]] = {}
    for line in ran.stdout.splitlines():
        outcome, _, rest = line.partition(" tests/")
        if outcome in {"PASSED", "FAILED", "ERROR"}:
            found.setdefault(rest.split(" ")[0].partition("::")[2], set()).add(outcome)
    return found


def _names(source: str) -> list[str]:
    return re.findall(r"^def (test_\w+)", source, flags=re.MULTILINE)


@pytest.mark.parametrize("name", _names(CULPRITS))
def test_a_culprit_is_caught(outcomes: dict[str, set[str]], name: str) -> None:
    assert outcomes[name] & {"FAILED", "ERROR"}


@pytest.mark.parametrize("name", _names(HONEST))
def test_an_honest_test_passes(outcomes: dict[str, set[str]], name: str) -> None:
    assert outcomes[name] == {"PASSED"}
