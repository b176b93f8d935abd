"""The windows of the program, taken off the screen and out of reach, and put back as they were.

A window that is only hidden still answers those who read the screen aloud; so what the system knows of it is taken
away too. Nothing in it changes, and work that it waits for goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox, QToolTip, QWidget

from kvalitetsapp.gui.desk import all_windows

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray

_POPUPS = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


@dataclass(frozen=True, slots=True)
class _Taken:
    window: QWidget
    geometry: QByteArray
    focus: QWidget | None


class TakenWindows(QObject):
    """Every window but `instead` is out of reach from `take_away` until `put_back`, also one that comes meanwhile."""

    def __init__(self, instead: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._instead = instead
        self._taken: list[_Taken] = []
        self._active: QWidget | None = None

    def take_away(self) -> None:
        """Take the windows away; questions that wait for a yes are answered with no, and menus close."""
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._active = QApplication.activeWindow()
        all_windows.watch(self, on=True)
        for window in reversed(_by_age(QApplication.topLevelWidgets())):
            if self._is_other(window):
                self._take(window)

    def stop(self) -> None:
        """Let go of the windows: the program ends."""
        all_windows.watch(self, on=False)
        self._taken.clear()

    def put_back(self, only: QWidget | None = None) -> None:
        """Show the windows again where they stood, with the focus where it was; with `only` close all but that one."""
        all_windows.watch(self, on=False)
        taken, self._taken = [one for one in self._taken if shiboken6.isValid(one.window)], []
        for one in taken:
            if only is None or one.window is only:
                self._show(one)
            else:
                one.window.deleteLater()
        active = self._active if only is None else only
        if active is not None and shiboken6.isValid(active):
            active.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a window that is about to be shown not come on the screen, and take it away."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._is_other(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, watched, lambda: self._take_newcomer(watched))
        return False

    def _take_newcomer(self, window: QWidget) -> None:
        self._take(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)

    def _take(self, window: QWidget) -> None:
        if isinstance(window, QMessageBox | QInputDialog | QFileDialog):
            window.reject()
            return
        if window.isVisible() and window.windowType() in _POPUPS:
            window.close()
        elif window.isVisible():
            known = [one for one in self._taken if one.window is window]
            if not known:
                self._taken.insert(0, _Taken(window, window.saveGeometry(), window.focusWidget()))
            window.hide()
        if window.windowHandle() is not None:
            window.destroy()

    def _show(self, taken: _Taken) -> None:
        taken.window.restoreGeometry(taken.geometry)
        taken.window.show()
        if taken.focus is not None and shiboken6.isValid(taken.focus):
            taken.focus.setFocus()

    def _is_other(self, widget: QWidget) -> bool:
        if not widget.isWindow():
            return False
        above: QWidget | None = widget
        while above is not None:
            if above is self._instead:
                return False
            above = above.parentWidget()
        return True


def _by_age(windows: list[QWidget]) -> list[QWidget]:
    """Return windows so that each stands after the one that it belongs to."""
    return sorted(windows, key=_depth)


def _depth(widget: QWidget) -> int:
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above)
