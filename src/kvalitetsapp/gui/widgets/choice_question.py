"""A question that is answered with one of some choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.gui.widgets.choice_group import Choice, ChoiceList
from kvalitetsapp.gui.widgets.question import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class ChoiceQuestion(Question):
    """Asks for one choice; `note` is what the row tells while none is chosen."""

    def __init__(self, title: str, key: str, choices: Sequence[Choice] = (), *, parent: QWidget | None = None) -> None:
        self.list = ChoiceList()
        self.note = ""
        super().__init__(title, key, self.list, parent)
        self.list.set_choices(choices)
        self.list.chosen.connect(self._choose)
        self.list.settled.connect(self.settled)

    def set_choices(self, choices: Sequence[Choice], value: str = "") -> None:
        """Offer these choices, one of them chosen."""
        self.list.set_choices(choices)
        self.set_value(value)

    def value(self) -> str:
        """Return what is chosen, "" if nothing is."""
        return self.list.value()

    def set_value(self, value: str) -> None:
        """Choose by value; a value that is not offered chooses nothing."""
        self.list.set_value(value)
        self.refresh()

    def said(self) -> str:
        """Return the text of the choice."""
        return next((one.text for one in self.list.choices() if one.value == self.value()), self.note)

    def is_answered(self) -> bool:
        """Tell whether a choice is made."""
        return bool(self.value())

    def stops(self) -> list[QWidget]:
        """Return the choices."""
        return self.list.stops()

    def take_focus(self) -> None:
        """Put the focus on the chosen choice, else on the first that can be chosen."""
        self.list.take_focus()

    def press_digit(self, digit: int) -> bool:
        """Choose by number."""
        return self.list.press_digit(digit)

    def clear(self) -> None:
        """Take the choice away."""
        if self.value():
            self._set_and_tell("")

    def _set_and_tell(self, value: str) -> None:
        self.set_value(value)
        self.changed.emit()

    def _choose(self, _value: str) -> None:
        self.refresh()
        self.changed.emit()
