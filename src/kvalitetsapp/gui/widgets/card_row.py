"""Cards beside each other, in as many rows as the width and the letters ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kvalitetsapp.gui.spacing import letters, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from kvalitetsapp.gui.widgets.card import Card

NARROWEST: Final = 27  # letters that a card has room for


class CardRow(QWidget):
    """Shows cards of the same width."""

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = list(cards)
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(lines(self, 0.9))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place(len(self._cards))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let cards that have too little room go to the next row, about as many in each."""
        super().resizeEvent(event)
        fit = max(1, min(event.size().width() // letters(self, NARROWEST), len(self._cards)))
        rows = -(-len(self._cards) // fit)
        self._place(-(-len(self._cards) // rows))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, int(column < across))
        self._across = across
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // across, place % across)
