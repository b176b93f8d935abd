"""Qt as the tests' surroundings see it: its messages, and what is still running."""

from __future__ import annotations

import gc
from typing import Self

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QThread,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

HARMLESS = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
OF_THE_PLATFORM = "This plugin does not support propagateSizeHints"  # what offscreen says of any window


class Messages:
    """Keeps Qt's warnings and worse while it is entered."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def __enter__(self) -> Self:
        self._previous = qInstallMessageHandler(self._keep)
        return self

    def __exit__(self, *_: object) -> None:
        qInstallMessageHandler(self._previous)

    def _keep(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in HARMLESS and OF_THE_PLATFORM not in text:
            self.warnings.append(text)


def let_go() -> None:
    """Let everything that was told `deleteLater()` go now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def running() -> list[QObject]:
    """Return timers that are active, threads that run, and windows that are open or could be opened again."""
    # Qt keeps no list of timers and threads. The type is asked, not the object: proxies answer for others.
    kinds = _kinds_of(QTimer) | _kinds_of(QThread)
    kept = [thing for thing in gc.get_objects() if type(thing) in kinds]
    alive = [thing for thing in kept if shiboken6.isValid(thing) and _is_running(thing)]
    return alive + [widget for widget in QApplication.topLevelWidgets() if _is_window(widget)]


def _kinds_of(kind: type[QObject]) -> set[type[QObject]]:
    """Return a class with all that are made from it: to look a type up among them is quicker than to ask it."""
    return {kind}.union(*map(_kinds_of, kind.__subclasses__()))


def _is_running(thing: QObject) -> bool:
    return thing.isActive() if isinstance(thing, QTimer) else isinstance(thing, QThread) and thing.isRunning()


def _is_window(widget: QWidget) -> bool:
    # Menus and the lists of combo boxes are top-level widgets too; hidden, they are nobody's leak.
    return widget.isVisible() or isinstance(widget, QMainWindow | QDialog)
