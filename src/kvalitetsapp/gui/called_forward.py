"""The window that has a store open comes forward when a second one is started for the same store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer

from kvalitetsapp.services import second_window

if TYPE_CHECKING:
    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.store_keeper import OpenStore

MILLISECONDS_BETWEEN_LOOKS: Final = 2_000  # where the system does not tell of a changed folder


class CalledForward(QObject):
    """Watches the folder of the open store for a call, and raises the window."""

    def __init__(self, window: MainWindow, runner: StoreRunner) -> None:
        super().__init__(window)
        self._window = window
        self._store: OpenStore | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS_BETWEEN_LOOKS)
        self._timer.timeout.connect(self._look)
        runner.store_opened.connect(self._watch)

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def _watch(self, store: OpenStore | None) -> None:
        self.stop()
        self._store = None if store is None or store.read_only else store
        if self._store is not None:
            self._watcher.addPath(str(self._store.path.parent))
            self._timer.start()

    def _look(self) -> None:
        if self._store is not None and second_window.was_called(self._store.path):
            self._come()

    def _come(self) -> None:
        window = self._window.guard.lock_window or self._window  # where it is locked, what asks for the passphrase
        state = window.windowState() & ~Qt.WindowState.WindowMinimized
        window.setWindowState(state | Qt.WindowState.WindowActive)
        window.raise_()
        window.activateWindow()
