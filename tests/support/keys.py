"""Typing. `qtbot.keyClicks` ends the whole process on å, ä, ö, é and –, so text goes in as key events of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton
    from pytestqt.qtbot import QtBot

_NAMED: Final = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}
_LAST_LATIN: Final = 0xFF
NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    """Type `text` into `widget`, character by character."""
    for character in text:
        press(widget, _key(character), text="\r" if character == "\n" else character)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER, text: str = "") -> None:
    """Press and release one key in `widget`."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def focused() -> QWidget:
    """Return the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is nowhere"
    return widget


def press_mnemonic(qtbot: QtBot, view: QWidget, key: Qt.Key, button: QAbstractButton) -> None:
    """Press Alt and a letter in a view; a button is pressed in for a moment before it is clicked."""
    view.activateWindow()  # as a window manager does when a dialog is gone
    qtbot.waitUntil(view.isActiveWindow)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(view, key, Qt.KeyboardModifier.AltModifier)


def _key(character: str) -> Qt.Key:
    if character in _NAMED:
        return _NAMED[character]
    # Up to Latin-1 Qt's key codes are the code points of the capital letters.
    code = ord(character.upper()) if len(character.upper()) == 1 else 0
    return Qt.Key(code) if 0 < code <= _LAST_LATIN else Qt.Key.Key_unknown
