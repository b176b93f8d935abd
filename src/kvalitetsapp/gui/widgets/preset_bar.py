"""The parts of the review queue as buttons with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.review_queue import Preset
from kvalitetsapp.gui.widgets.part_bar import PartBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PresetBar(PartBar):
    """Offers the parts of the queue, what is to review first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({preset: preset.label for preset in Preset}, parent)

    @property
    def preset(self) -> Preset:
        """Return the part that is chosen."""
        return Preset(self.part)

    def text(self, preset: Preset) -> str:
        """Return what a part's button says."""
        return self.buttons[preset].text()
