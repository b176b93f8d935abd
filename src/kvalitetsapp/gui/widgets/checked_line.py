"""A line of text that is held against a rule: what is wrong with it stands under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable


class CheckedLine(QWidget):
    """Asks for a text; `lacking` says what is wrong with one, "" where nothing is."""

    def __init__(self, lacking: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lacking = lacking
        self.edit = QLineEdit()
        self.wrong = PlainLabel()
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.setFocusProxy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.15))
        column.addWidget(self.edit)
        column.addWidget(self.wrong)
        self.edit.textChanged.connect(lambda text: self.say(self._lacking(text) if text.strip() else ""))

    def text(self) -> str:
        """Return what is typed, without the blanks around it."""
        return self.edit.text().strip()

    def check(self) -> bool:
        """Say what is wrong with the text, also that there is none, and tell whether it can be kept."""
        return self.say(self._lacking(self.text()))

    def say(self, wrong: str) -> bool:
        """Say what is wrong, and tell whether nothing is."""
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.edit.setAccessibleDescription(wrong)
        return not wrong

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)
