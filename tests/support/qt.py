"""Qt as the tests' surroundings see it: its messages, and what is still running."""

from __future__ import annotations

from typing import Self, TypeGuard

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
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
    """Let everything that was told `deleteLater()` go now, and keys that are still held down."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    # A dialog that Ctrl+Enter closes never hears that Ctrl was let go; choosing a row would then take it away.
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


def running() -> list[QObject]:
    """Return timers that are active, threads that run, and windows that are open or could be opened again."""
    # Qt keeps no list of timers and threads, but its bindings know every object that Python holds.
    alive = [thing for thing in shiboken6.getAllValidWrappers() if _is_running(thing)]
    return alive + [widget for widget in QApplication.topLevelWidgets() if _is_window(widget)]


def _is_running(thing: object) -> TypeGuard[QObject]:
    if isinstance(thing, QTimer):
        return thing.isActive()
    return isinstance(thing, QThread) and thing.isRunning()


def _is_window(widget: QWidget) -> bool:
    # Menus and the lists of combo boxes are top-level widgets too; hidden, they are nobody's leak.
    return widget.isVisible() or isinstance(widget, QMainWindow | QDialog)
