"""A list in which several can be ticked, with the arrow keys and Space or with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtGui import QFocusEvent

_CODE = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """Codes with their words; `changed` tells that the user ticked something, never what the program set."""

    changed = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(spacing.letters(self, 24), spacing.lines(self, 5))
        self.itemChanged.connect(lambda _item: self.changed.emit())
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these; what was ticked stays so where it still is."""
        ticked = self.ticked()
        self.clear()
        for code, text in choices:
            self._add(code, text)
        self.set_ticked(ticked)

    def ticked(self) -> tuple[str, ...]:
        """Return the codes that are ticked, in the order of the list."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def set_ticked(self, codes: Collection[str]) -> None:
        """Tick exactly these; a code that is not offered is added under its own name."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's call
        offered = [str(self.item(row).data(_CODE)) for row in range(self.count())]
        for code in codes:
            if code not in offered:
                self._add(code, code)
        for row in range(self.count()):
            item = self.item(row)
            on = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)  # noqa: FBT003 - Qt's call
        self.viewport().update()
        if self.currentRow() < 0:
            self.setCurrentRow(0)
            self.clearSelection()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more than a few lines; a layout gives what there is."""
        return self.minimumSize()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the arrow keys are."""
        super().focusInEvent(event)
        if (current := self.currentItem()) is not None:
            current.setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show only what is ticked."""
        super().focusOutEvent(event)
        self.clearSelection()

    def _add(self, code: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_CODE, code)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        self.addItem(item)
