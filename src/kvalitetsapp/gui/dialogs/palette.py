"""The command palette: write a few letters of what you want to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CommandPalette(QDialog):
    """Lists actions by what they are called; Return does the chosen one."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kommandon"))
        self._actions = list(actions)
        column = QVBoxLayout(self)
        pad(column, self, 0.7)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Vad vill du göra?"))
        self.line.setAccessibleName(_("Sök bland kommandon"))
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Kommandon"))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumSize(letters(self, 60), lines(self, 18))
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._do)
        self.list.itemActivated.connect(self._do)
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrows move in the list while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        for action in self._actions:
            if all(word in action.text().casefold() for word in words):
                keys = action.shortcut().toString()
                item = QListWidgetItem(f"{action.text()}   ({keys})" if keys else action.text(), self.list)
                item.setData(Qt.ItemDataRole.UserRole, action)
        self.list.setCurrentRow(0)

    def _do(self) -> None:
        if self.list.currentRow() < 0:
            return
        action = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.accept()
        action.trigger()
