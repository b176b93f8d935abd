"""How many cultures were taken, and how many of them grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from kvalitetsapp.domain.answer import MOST_CULTURES
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.question import Question
from kvalitetsapp.texts import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

_NOT_ANSWERED = -1


class CulturesQuestion(Question):
    """Asks for two numbers, each of which may be left without an answer."""

    def __init__(self, title: str, key: str, parent: QWidget | None = None) -> None:
        self.taken, self.positive = _Number(_("Tagna odlingar")), _Number(_("Positiva odlingar"))
        body = QWidget()
        super().__init__(title, key, body, parent)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(spacing.lines(self, 0.3))
        grid.setColumnStretch(2, 1)
        for row, (label, number) in enumerate(((_("Tagna"), self.taken), (_("Positiva"), self.positive))):
            named = PlainLabel(label)
            named.setBuddy(number)
            grid.addWidget(named, row, 0)
            grid.addWidget(number, row, 1)
            number.valueChanged.connect(self._tell)

    def set_values(self, taken: int | None, positive: int | None) -> None:
        """Show two numbers, None for one that is not answered."""
        for box, value in ((self.taken, taken), (self.positive, positive)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's call
            box.setValue(_NOT_ANSWERED if value is None else value)
            box.blockSignals(False)  # noqa: FBT003 - Qt's call
        self.refresh()

    def values(self) -> tuple[int | None, int | None]:
        """Return how many were taken and how many grew."""
        return self.taken.number(), self.positive.number()

    def said(self) -> str:
        """Return the numbers in words."""
        taken, positive = self.values()
        parts = []
        if taken is not None:
            parts.append(ngettext("{n} tagen", "{n} tagna", taken).format(n=taken))
        if positive is not None:
            parts.append(ngettext("{n} positiv", "{n} positiva", positive).format(n=positive))
        return ", ".join(parts)

    def is_answered(self) -> bool:
        """Tell whether both are answered, or none was taken."""
        taken, positive = self.values()
        return taken == 0 or (taken is not None and positive is not None)

    def stops(self) -> list[QWidget]:
        """Return the two numbers."""
        return [self.taken, self.positive]

    def take_focus(self) -> None:
        """Put the focus in the first number that is not answered."""
        box = self.positive if self.taken.number() is not None and self.positive.number() is None else self.taken
        box.setFocus()
        box.selectAll()

    def go_on(self) -> bool:
        """Go from the first number to the second; tell whether that was a step inside."""
        if not self.taken.hasFocus() or not self.taken.number():
            return False
        self.positive.setFocus()
        self.positive.selectAll()
        return True

    def clear(self) -> None:
        """Take both numbers away."""
        self.set_values(None, None)
        self.changed.emit()

    def _tell(self, _value: int) -> None:
        self.refresh()
        self.changed.emit()


class _Number(QSpinBox):
    """A whole number, or none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(_NOT_ANSWERED, MOST_CULTURES)
        self.setSpecialValueText(_("ej besvarad"))
        self.setValue(_NOT_ANSWERED)
        self.setAccessibleName(name)

    def number(self) -> int | None:
        return None if self.value() == _NOT_ANSWERED else self.value()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Let the wheel scroll the form, and never change a number in passing."""
        event.ignore()
