"""Start of the program to its first usable page, against a bare window with an empty table; and the help text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.timing import Comparison, best
from kvalitetsapp.services.demo import make_sample_store

_REPEATS: Final = 5
_PASSPHRASE: Final = "mätning"  # noqa: S105 - of a sample store that is thrown away
_BARE: Final = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def compare() -> list[Comparison]:
    """Time whole processes: ours opens a sample store and ends when the first page has shown its figures."""
    with TemporaryDirectory(prefix="kvalitetsapp-matning-") as name:
        store = Path(name) / "prov.kvdb"
        make_sample_store(store, _PASSPHRASE).close()
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "KVALITETSAPP_STORE": str(store),
            "KVALITETSAPP_PASSPHRASE": _PASSPHRASE,
            "XDG_DATA_HOME": name,
        }
        ours = best(lambda: _run([sys.executable, "-m", "benchmarks.first_page"], environment), _REPEATS)
        theirs = best(lambda: _run([sys.executable, "-c", _BARE], environment), _REPEATS)
        help_text = best(lambda: _run([_program("kvalitetsapp"), "--help"], environment), _REPEATS)
    print(f"kvalitetsapp --help: {help_text:.3f} s (aim 0.3)")
    return [Comparison("start to the first usable page", ours, "bare window, empty table", theirs, 2)]


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        words, env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
