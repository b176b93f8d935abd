"""A row of removable chips, one per filter that is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Chips(QWidget):
    """Shows texts as chips; a click or Delete on a chip asks for its removal."""

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self.setVisible(False)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these chips and no others; those that are there already stay, and so does the focus on one of them."""
        if tuple(texts) == self._texts:
            return
        self._texts = tuple(texts)
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, text in enumerate(texts):
            self._row.insertWidget(place, self._chip(place, text))
        self.setVisible(bool(texts))

    def texts(self) -> list[str]:
        """Return what the chips say."""
        return list(self._texts)

    def _chip(self, place: int, text: str) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName("chip")
        chip.setText(f"{text}  ✕")
        chip.setToolTip(_("Ta bort filtret ”{text}”").format(text=text))
        chip.setAccessibleName(chip.toolTip())
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self.removed.emit(place))
        return chip
