"""The parts of the review queue as buttons with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.domain.review_queue import Preset
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.texts import number

if TYPE_CHECKING:
    from collections.abc import Mapping


class PresetBar(QWidget):
    """One part is always chosen; `chosen` tells when the user takes another."""

    chosen = Signal(object)  # Preset

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Preset, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for place, preset in enumerate(Preset):
            button = QPushButton(preset.label)
            button.setCheckable(True)
            mark(button, "compact")
            group.addButton(button, place)
            row.addWidget(button)
            self._buttons[preset] = button
        row.addStretch(1)
        group.idClicked.connect(lambda place: self.chosen.emit(list(Preset)[place]))
        self.set_preset(Preset.TO_REVIEW)

    @property
    def preset(self) -> Preset:
        """Return the part that is chosen."""
        return next(preset for preset, button in self._buttons.items() if button.isChecked())

    def set_preset(self, preset: Preset) -> None:
        """Choose a part."""
        for each, button in self._buttons.items():
            button.setChecked(each is preset)
        self._dress()

    def set_counts(self, counts: Mapping[Preset, int]) -> None:
        """Tell how many events each part has."""
        for preset, button in self._buttons.items():
            button.setText(f"{preset.label}  {number(counts[preset])}")

    def text(self, preset: Preset) -> str:
        """Return what a part's button says."""
        return self._buttons[preset].text()

    def _dress(self) -> None:
        for button in self._buttons.values():
            button.setProperty("primary", button.isChecked())
            button.style().unpolish(button)
            button.style().polish(button)
