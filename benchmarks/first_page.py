"""Open the real window on the store that the environment names, and leave when its first page is usable.

Usable: the window is painted and the first page shows what needs doing, each line of it ready to be pressed. The
figures above it follow a moment later, when the heavy libraries are there.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QTimer

from kvalitetsapp.gui import theme
from kvalitetsapp.gui.app import make_application, open_store_of_environment
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.gui.pages.overview_page import OverviewPage


class Leaver(QObject):
    """Ends the process once the first page tells what needs doing."""

    def __init__(self, window: MainWindow, runner: StoreRunner) -> None:
        super().__init__()
        self._window = window
        runner.operation_ended.connect(self._look_when_drawn)

    def _look_when_drawn(self) -> None:
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        page = self._window.current_page()
        if isinstance(page, OverviewPage) and page.tasks.texts():
            os._exit(0)  # the figures are still on their way; waiting for them is no part of the start


def main() -> None:
    """Open and wait; the leaver ends the process."""
    application = make_application()
    runner = StoreRunner()
    if not open_store_of_environment(runner):
        raise RuntimeError("the environment names no store")
    window = MainWindow(runner, theme.apply(application))
    leaver = Leaver(window, runner)
    window.show()
    application.exec()
    leaver.deleteLater()


if __name__ == "__main__":
    main()
