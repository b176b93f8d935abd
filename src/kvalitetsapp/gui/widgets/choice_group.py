"""Radio buttons that digits choose in: as a list, and as a list with a frame and a title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QGroupBox, QLabel, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.wrapping_buttons import WrappingRadio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

MOST_DIGITS: Final = 9
_ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: its value, what it says, a quieter line below it, and whether it can be chosen."""

    value: str
    text: str
    note: str = ""
    enabled: bool = True


class ChoiceList(QWidget):
    """Shows choices, the first nine numbered; what the program sets is never told."""

    chosen = Signal(str)
    settled = Signal()  # chosen by digit, click or space; with the arrows one is still looking

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.lines(self, 0.1))
        self._group = QButtonGroup(self)
        self._choices: tuple[Choice, ...] = ()
        self._buttons: list[_Option] = []
        self._group.idClicked.connect(self._click)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; none of them is chosen."""
        if tuple(choices) == self._choices:
            self.set_value("")
            return
        self._clear()
        self._choices = tuple(choices)
        for place, choice in enumerate(choices):
            self._add(place, choice)
        self._let_tab_come_once()

    def choices(self) -> tuple[Choice, ...]:
        """Return what is offered."""
        return self._choices

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
        self._let_tab_come_once()

    def press_digit(self, digit: int) -> bool:
        """Choose the choice with this number, as if clicked; tell whether there was one that can be chosen."""
        if not 1 <= digit <= min(len(self._buttons), MOST_DIGITS) or not self._buttons[digit - 1].isEnabled():
            return False
        self._buttons[digit - 1].setFocus()
        self._buttons[digit - 1].click()
        return True

    def stops(self) -> list[QWidget]:
        """Return what the focus can be on, in order."""
        return list(self._buttons)

    def take_focus(self) -> None:
        """Put the focus on the chosen choice, else on the first that can be chosen."""
        usable = [button for button in self._buttons if button.isEnabled()]
        for button in [each for each in usable if each.isChecked()] + usable[:1]:
            button.setFocus()
            return

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the next choice that begins with the letter typed."""
        if event.text().isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._look_for(event.text())
            return
        super().keyPressEvent(event)

    def _look_for(self, letter: str) -> None:
        places = [n for n, one in enumerate(self._choices) if one.enabled and _begins(one.text, letter)]
        focus = QApplication.focusWidget()
        here = next((n for n, button in enumerate(self._buttons) if button is focus), -1)
        if places:
            self._buttons[next((n for n in places if n > here), places[0])].setFocus()

    def _click(self, place: int) -> None:
        self.chosen.emit(self._choices[place].value)
        if not self._buttons[place].by_arrow:
            self.settled.emit()

    def _add(self, place: int, choice: Choice) -> None:
        number = f"{place + 1}  " if place < MOST_DIGITS else "\u2007  "  # as wide as a digit
        button = _Option(number + choice.text, self)
        button.setEnabled(choice.enabled)
        button.setAccessibleName(", ".join(part for part in (choice.text, choice.note) if part))
        self._group.addButton(button, place)
        self._buttons.append(button)
        self._column.addWidget(button)
        button.show()  # at once, not when the layout comes to it: only what is visible can take the focus
        if choice.note:
            note = QLabel(choice.note)
            note.setObjectName("muted")
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.setWordWrap(True)
            note.setIndent(spacing.lines(self, 1.9))
            self._column.addWidget(note)

    def _let_tab_come_once(self) -> None:
        """Leave one choice for Tab to come to; the arrows go between them."""
        usable = [button for button in self._buttons if button.isEnabled()]
        stop = next((button for button in usable if button.isChecked()), usable[0] if usable else None)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def _clear(self) -> None:
        for button in self._buttons:
            self._group.removeButton(button)
        self._buttons = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class ChoiceGroup(QGroupBox):
    """A list of choices with a title; `chosen` tells what the user chose, never what was set by the program."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.list = ChoiceList()
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.4, 0.15)
        column.addWidget(self.list)
        self.list.chosen.connect(self.chosen)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; none of them is chosen."""
        self.list.set_choices(choices)

    def value(self) -> str:
        """Return what is chosen, "" if nothing is."""
        return self.list.value()

    def set_value(self, value: str) -> None:
        """Choose by value; a value that is not offered chooses nothing."""
        self.list.set_value(value)

    def press_digit(self, digit: int) -> bool:
        """Choose the choice with this number; tell whether there was one that can be chosen."""
        return self.list.press_digit(digit)

    def take_focus(self) -> None:
        """Put the focus on the chosen choice, else on the first that can be chosen."""
        self.list.take_focus()


class _Option(WrappingRadio):
    """Knows whether it was chosen in passing, with an arrow from the one beside it."""

    def __init__(self, text: str, owner: ChoiceList) -> None:
        super().__init__(text, owner)
        self.by_arrow = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Qt go to the next choice, and tell that one that it was come to."""
        group = self.group()
        if event.key() not in _ARROWS or group is None:
            super().keyPressEvent(event)
            return
        options = [each for each in group.buttons() if isinstance(each, _Option)]
        for each in options:
            each.by_arrow = True
        super().keyPressEvent(event)
        for each in options:
            each.by_arrow = False


def _begins(text: str, letter: str) -> bool:
    return text.casefold().startswith(letter.casefold())
