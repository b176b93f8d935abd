"""Where one is among levels: a button for every level above, and the name of the one that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kvalitetsapp.gui.theme import mark
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Crumbs(QWidget):
    """Shows names from the top; `chosen` tells which of them one wants to go back to, 0 is the top."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self.here = PlainLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(_("Nivåer"))

    def set_names(self, names: Sequence[str]) -> None:
        """Show names, the last of them as where one is."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.buttons = []
        for place, name in enumerate(names[:-1]):
            button = QPushButton(name.replace("&", "&&"))
            mark(button, "compact")
            button.clicked.connect(partial(self.chosen.emit, place))
            self.buttons.append(button)
            self._row.addWidget(button)
            self._row.addWidget(PlainLabel("›"))
        self.here = PlainLabel(names[-1] if names else "")
        self.here.setObjectName("sectionTitle")
        self._row.addWidget(self.here)
        self._row.addStretch(1)
