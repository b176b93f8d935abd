"""In which order costs are looked for: the first that has a value is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from kvalitetsapp.domain.agreement_form import COST_BASES
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Sequence


class CostOrder(QWidget):
    """Holds an order of cost bases; one that is chosen twice, or not at all, is left out."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = [QComboBox() for _basis in COST_BASES]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        names = (_("I första hand"), _("I andra hand"), _("I tredje hand"))
        for number, (box, name) in enumerate(zip(self.places, names, strict=True)):
            if number:
                row.addWidget(PlainLabel(_("därefter")))
                box.addItem(NOTHING, "")
            for basis in COST_BASES:
                box.addItem(word("cost_basis", basis), basis)
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
            row.addWidget(box)
        row.addStretch(1)
        self.setFocusProxy(self.places[0])

    def order(self) -> tuple[str, ...]:
        """Return the codes in order."""
        return tuple(dict.fromkeys(str(box.currentData()) for box in self.places if box.currentData()))

    def set_order(self, codes: Sequence[str]) -> None:
        """Show an order."""
        for box, code in zip(self.places, [*codes, "", "", ""], strict=False):
            box.setCurrentIndex(max(box.findData(code), 0))
