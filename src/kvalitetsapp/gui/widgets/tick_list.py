"""Check boxes with numbers: digits tick, the arrows go between them, and Tab comes to the list once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.choice_group import MOST_DIGITS, Choice
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.wrapping_buttons import WrappingCheck

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

_ARROWS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TickList(QWidget):
    """Shows things that can be ticked; `ticked` tells that the user has changed it."""

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._boxes: list[QCheckBox] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.lines(self, 0.1))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these things; none of them is ticked."""
        if tuple(choices) == self._choices:
            self.set_values(())
            return
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes, self._choices = [], tuple(choices)
        for place, choice in enumerate(choices):
            self._add(place, choice)

    def values(self) -> tuple[str, ...]:
        """Return what is ticked, in the order in which it is shown."""
        return tuple(one.value for one, box in zip(self._choices, self._boxes, strict=True) if box.isChecked())

    def set_values(self, values: Collection[str]) -> None:
        """Tick these and no others; nothing is told."""
        for one, box in zip(self._choices, self._boxes, strict=True):
            box.setChecked(one.value in values)

    def press_digit(self, digit: int) -> bool:
        """Tick the box with this number, or take the tick away."""
        if not 1 <= digit <= min(len(self._boxes), MOST_DIGITS):
            return False
        self._boxes[digit - 1].setFocus()
        self._boxes[digit - 1].click()
        return True

    def has_focus(self) -> bool:
        """Tell whether the focus is on one of the boxes."""
        return QApplication.focusWidget() in self._boxes

    def stops(self) -> list[QWidget]:
        """Return what the focus can be on, in order."""
        return list(self._boxes)

    def take_focus(self, *, last: bool = False) -> None:
        """Put the focus on the first box, or the last."""
        if self._boxes:
            self._boxes[-1 if last else 0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go between the boxes; beyond the ends the key is for what is around."""
        focus = QApplication.focusWidget()
        place = next((n for n, box in enumerate(self._boxes) if box is focus), None)
        step = _ARROWS.get(Qt.Key(event.key()))
        if place is None or step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        if 0 <= place + step < len(self._boxes):
            self._boxes[place + step].setFocus()
        else:
            event.ignore()

    def _add(self, place: int, choice: Choice) -> None:
        number = f"{place + 1}  " if place < MOST_DIGITS else "\u2007  "  # as wide as a digit
        box = WrappingCheck(number + choice.text, self)
        box.setAccessibleName(", ".join(part for part in (choice.text, choice.note) if part))
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._boxes else Qt.FocusPolicy.StrongFocus)
        box.clicked.connect(self.ticked)
        self._boxes.append(box)
        self._column.addWidget(box)
        box.show()  # at once, so that it can take the focus
        if choice.note:
            note = PlainLabel(choice.note)
            note.setObjectName("muted")
            note.setWordWrap(True)
            note.setIndent(spacing.lines(self, 1.9))
            self._column.addWidget(note)
