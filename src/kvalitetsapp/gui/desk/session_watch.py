"""Tells when the workstation itself is locked, left to another user or put to sleep, where the system says so.

Windows does. macOS tells it only through a library of its own, and Linux over D-Bus, which is a socket; the program
opens none. There the window is locked by its own time, and what has slept longer than that is locked when it wakes.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

if TYPE_CHECKING:
    Kind = QByteArray | bytes | bytearray | memoryview[int]

# Names and numbers of the Windows headers WtsApi32.h and WinUser.h.
WM_WTSSESSION_CHANGE: Final = 0x02B1
WM_POWERBROADCAST: Final = 0x0218
NOTIFY_FOR_THIS_SESSION: Final = 0
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
PBT_APMSUSPEND: Final = 0x0004
_LEAVING: Final = frozenset(
    {
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT),
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOGOFF),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
        (WM_POWERBROADCAST, PBT_APMSUSPEND),
    }
)
_WINDOWS_MESSAGES: Final = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class SessionWatch(QObject):
    """Watches the session while it is on; does nothing on systems that do not tell."""

    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter = _MessageFilter(self)
        self._window: QWindow | None = None

    @staticmethod
    def is_told() -> bool:
        """Tell whether this system says when it is locked."""
        return sys.platform == "win32"

    def start(self) -> None:
        """Ask the system to tell, through a window of its own that is never shown: other windows come and go."""
        application = QCoreApplication.instance()
        if self.is_told() and self._window is None and application is not None:
            self._window = QWindow()
            self._window.create()
            application.installNativeEventFilter(self._filter)
            _wtsapi().WTSRegisterSessionNotification(self._handle(), NOTIFY_FOR_THIS_SESSION)

    def stop(self) -> None:
        """Ask the system to tell no longer."""
        application = QCoreApplication.instance()
        if self._window is not None and application is not None:
            _wtsapi().WTSUnRegisterSessionNotification(self._handle())
            application.removeNativeEventFilter(self._filter)
            self._window.destroy()
            self._window = None

    def take(self, kind: bytes, message: int) -> None:
        """Look at a message of the system that lies at an address, and tell if it says that somebody leaves."""
        if kind in _WINDOWS_MESSAGES:
            told = wintypes.MSG.from_address(message)
            if (told.message, told.wParam) in _LEAVING:
                self.left.emit()

    def _handle(self) -> wintypes.HWND:
        return wintypes.HWND(0 if self._window is None else int(self._window.winId()))


class _MessageFilter(QAbstractNativeEventFilter):
    """Shows every message of the system to its watch, and lets all of them go on."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: Kind, message: int) -> tuple[bool, int]:  # noqa: N802 - Qt's name
        """Look at a message."""
        self._watch.take(bytes(QByteArray(kind).data()), int(message))
        return False, 0


def _wtsapi() -> ctypes.CDLL:
    return ctypes.CDLL("wtsapi32")
