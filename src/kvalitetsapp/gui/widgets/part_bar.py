"""The parts of a list as buttons with their counts: one is always chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.gui.theme import mark
from kvalitetsapp.texts import number

if TYPE_CHECKING:
    from collections.abc import Mapping


class PartBar(QWidget):
    """Offers parts by their key and label, the first chosen; `chosen` tells when the user takes another."""

    chosen = Signal(str)

    def __init__(self, parts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = dict(parts)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for key, label in parts.items():
            button = QPushButton(label)
            button.setCheckable(True)
            mark(button, "compact")
            group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        row.addStretch(1)
        group.buttonClicked.connect(lambda _button: self._choose())
        self.set_part(next(iter(parts)))

    @property
    def part(self) -> str:
        """Return the part that is chosen."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def set_part(self, part: str) -> None:
        """Choose a part."""
        self.buttons[part].setChecked(True)
        self._dress()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Tell how many each part has."""
        for key, button in self.buttons.items():
            button.setText(f"{self._labels[key]}  {number(counts[key])}")

    def _choose(self) -> None:
        self._dress()
        self.chosen.emit(self.part)

    def _dress(self) -> None:
        for button in self.buttons.values():
            button.setProperty("primary", button.isChecked())
            button.style().unpolish(button)
            button.style().polish(button)
