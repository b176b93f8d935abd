"""Radio buttons and check boxes whose text goes over to further lines; Qt's own would be cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QResizeEvent
    from PySide6.QtWidgets import QWidget

_LEAST_LETTERS: Final = 16
_INDICATOR: Final = 1.6  # of a line of text: the indicator and the space after it
_INDENT: Final = "\u2007  "  # as wide as a number with its space


class WrappingRadio(QRadioButton):
    """A radio button in as many lines as its width needs."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.said = text
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # Qt's own never shrinks

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few letters' width."""
        return _least(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Part the text anew."""
        super().resizeEvent(event)
        _part(self, self.said)


class WrappingCheck(QCheckBox):
    """A check box in as many lines as its width needs."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.said = text
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # Qt's own never shrinks

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few letters' width."""
        return _least(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Part the text anew."""
        super().resizeEvent(event)
        _part(self, self.said)


def parted(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return a text in lines that have room in a width; a word that is longer than that has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines != [""] else word
        if metrics.horizontalAdvance(longer) <= width or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(f"{_INDENT}{word}")
    return "\n".join(lines)


def _part(button: QAbstractButton, said: str) -> None:
    room = button.width() - spacing.lines(button, _INDICATOR)
    text = parted(said, button.fontMetrics(), room)
    if text != button.text():
        button.setText(text)


def _least(button: QAbstractButton) -> QSize:
    return QSize(spacing.letters(button, _LEAST_LETTERS), button.sizeHint().height())
