"""The command palette: write a few letters of what you want to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

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
        self._actions = [each for each in actions if each.isEnabled()]
        column = QVBoxLayout(self)
        pad(column, self, 0.7)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Vad vill du göra?"))
        self.line.setAccessibleName(_("Sök bland kommandon"))
        self.line.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setObjectName("commands")
        self.list.setAccessibleName(_("Kommandon"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
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
                self._choose(self.list.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        for action in self._actions:
            if all(word in action.text().casefold() for word in words):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                item = QTreeWidgetItem(self.list, [action.text(), keys])
                item.setData(0, Qt.ItemDataRole.UserRole, action)
        self._choose(0)

    def _choose(self, row: int) -> None:
        last = self.list.topLevelItemCount() - 1
        self.list.setCurrentIndex(self.list.model().index(max(0, min(last, row)), 0))

    def _do(self) -> None:
        if not self.list.selectedItems():
            return
        action = self.list.selectedItems()[0].data(0, Qt.ItemDataRole.UserRole)
        self.accept()
        action.trigger()
