"""A group of radio buttons that digits choose in while it has focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QGroupBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: its value, what it says, a quieter line below it, and whether it can be chosen."""

    value: str
    text: str
    note: str = ""
    enabled: bool = True


class ChoiceGroup(QGroupBox):
    """Shows choices numbered 1–9; `chosen` tells what the user chose, never what was set by the program."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._column = QVBoxLayout(self)
        spacing.pad(self._column, self, 0.4, 0.15)
        self._group = QButtonGroup(self)
        self._choices: list[Choice] = []
        self._buttons: list[QRadioButton] = []
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._choices[place].value))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; none of them is chosen."""
        self._clear()
        self._choices = list(choices)
        for place, choice in enumerate(choices):
            self._add(place, choice)

    def value(self) -> str:
        """Return what is chosen, "" if nothing is."""
        place = self._group.checkedId()
        return self._choices[place].value if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose by value; a value that is not offered chooses nothing."""
        self._group.setExclusive(False)
        for button, choice in zip(self._buttons, self._choices, strict=True):
            button.setChecked(choice.value == value and bool(value))
        self._group.setExclusive(True)

    def press_digit(self, digit: int) -> bool:
        """Choose the choice with this number, as if clicked; tell whether there was one that can be chosen."""
        if not 1 <= digit <= len(self._buttons) or not self._buttons[digit - 1].isEnabled():
            return False
        self._buttons[digit - 1].setFocus()
        self._buttons[digit - 1].click()
        return True

    def has_focus(self) -> bool:
        """Tell whether the focus is on one of the choices."""
        return QApplication.focusWidget() in self._buttons

    def take_focus(self) -> None:
        """Put the focus on the chosen choice, else on the first that can be chosen."""
        usable = [button for button in self._buttons if button.isEnabled()]
        for button in [each for each in usable if each.isChecked()] + usable[:1]:
            button.setFocus()
            return

    def _add(self, place: int, choice: Choice) -> None:
        button = QRadioButton(f"{place + 1}  {choice.text}")
        button.setEnabled(choice.enabled)
        button.setAccessibleName(", ".join(part for part in (choice.text, choice.note) if part))
        self._group.addButton(button, place)
        self._buttons.append(button)
        self._column.addWidget(button)
        button.show()  # at once, not when the layout comes to it: only what is visible can take the focus
        if choice.note:
            note = QLabel(choice.note)
            note.setObjectName("muted")
            note.setWordWrap(True)
            note.setIndent(spacing.lines(self, 1.9))
            self._column.addWidget(note)

    def _clear(self) -> None:
        for button in self._buttons:
            self._group.removeButton(button)
        self._buttons = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
