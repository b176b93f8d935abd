"""Personal numbers at the desk: masked, and shown only as long as Ctrl is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from kvalitetsapp.domain import identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractItemView, QWidget

    AnyIndex = QModelIndex | QPersistentModelIndex

_PRESSED: Final = {QEvent.Type.KeyPress: True, QEvent.Type.KeyRelease: False}
_LEFT: Final = frozenset({QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate})


class Reveal(QObject):
    """Watches Ctrl while its page is in view."""

    changed = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.is_on = False
        self._watching = False
        page.installEventFilter(self)

    def shown(self, personal_id: str) -> str:
        """Return the number as it may be shown now."""
        return personal_id if self.is_on else identity.masked(personal_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow Ctrl, and watch all windows only while the page is in view."""
        # Classes where they tell enough, since every event of every widget comes by; types take three times as long.
        if isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Control and event.type() in _PRESSED:
                self._set(on=_PRESSED[event.type()])
        elif watched is self.parent() and isinstance(event, QShowEvent | QHideEvent):
            self._watch(on=isinstance(event, QShowEvent))
        elif self.is_on and event.type() in _LEFT:
            self._set(on=False)
        return False

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if application is None or on == self._watching:
            return
        self._watching = on
        if on:
            application.installEventFilter(self)
            return
        application.removeEventFilter(self)
        self._set(on=False)

    def _set(self, *, on: bool) -> None:
        if on != self.is_on:
            self.is_on = on
            self.changed.emit(on)


class IdentityDelegate(QStyledItemDelegate):
    """Draws a column of masked numbers, and the numbers themselves while they are revealed."""

    def __init__(self, view: QAbstractItemView, reveal: Reveal, number_at: Callable[[AnyIndex], str]) -> None:
        super().__init__(view)
        self._reveal = reveal
        self._number_at = number_at
        reveal.changed.connect(lambda _on: view.viewport().update())

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: N802 - Qt's name
        """Put the number into what is about to be drawn."""
        super().initStyleOption(option, index)
        if self._reveal.is_on:
            option.text = self._number_at(index)
