"""How small numbers are treated in a report: three ways, each with what it means and whether the file may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.wrapping_buttons import WrappingRadio
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

_MEANS: Final = {
    SmallNumbers.OPEN: N_("För arbetet på kliniken. Filen får inte lämna den."),
    SmallNumbers.PLAIN: N_("Tal om 1–4 personer och det som avslöjar dem döljs. Filen får lämna kliniken."),
    SmallNumbers.STRICT: N_("För det som annars inte kan lämnas ut. Filen får lämna kliniken."),
}


class SmallNumbersChoice(QWidget):
    """Radio buttons, everything shown chosen at first; `chosen` tells that another was taken."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {mode: WrappingRadio(word("small_numbers", mode)) for mode in SmallNumbers}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.1))
        for mode, button in self.buttons.items():
            means = PlainLabel(_(_MEANS[mode]))
            means.setObjectName("muted")
            means.setWordWrap(True)
            means.setIndent(lines(self, 1.4))
            button.setAccessibleName(f"{button.said}. {means.text()}")
            button.toggled.connect(self._tell)
            column.addWidget(button)
            column.addWidget(means)
        self.buttons[SmallNumbers.OPEN].setChecked(True)

    @property
    def mode(self) -> SmallNumbers:
        """Return what is chosen."""
        return next(mode for mode, button in self.buttons.items() if button.isChecked())

    def set_mode(self, mode: SmallNumbers) -> None:
        """Choose a way."""
        self.buttons[mode].setChecked(True)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Lead the focus to what is chosen."""
        self.buttons[self.mode].setFocus(event.reason())

    def _tell(self, on: bool) -> None:
        if on:  # the other that goes out tells nothing new
            self.setFocusProxy(next(button for button in self.buttons.values() if button.isChecked()))
            self.chosen.emit()
