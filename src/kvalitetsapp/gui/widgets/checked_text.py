"""A text that may be wrong: what is wrong with it stands under it, said by a function of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable


class CheckedText(QWidget):
    """Asks for a text, on one line or on `rows` of them; `width` is that of a short one in letters."""

    changed = Signal()

    def __init__(
        self, wrong_with: Callable[[str], str], *, rows: int = 1, width: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wrong_with = wrong_with
        self.edit: QLineEdit | QPlainTextEdit = QLineEdit() if rows == 1 else QPlainTextEdit()
        self.wrong = PlainLabel()
        self._arrange(rows, width)
        self.edit.textChanged.connect(lambda *_text: self._follow())

    def text(self) -> str:
        """Return what is typed, without space around it."""
        text = self.edit.text() if isinstance(self.edit, QLineEdit) else self.edit.toPlainText()
        return text.strip()

    def set_text(self, text: str) -> None:
        """Show a text in the place of what is typed."""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        else:
            self.edit.setPlainText(text)

    def check(self) -> bool:
        """Say what is wrong with the text, also that there is none, and tell whether it can be kept."""
        return self._say(self._wrong_with(self.text()))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def _arrange(self, rows: int, width: int) -> None:
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setTabChangesFocus(True)
            self.edit.setFixedHeight(lines(self, rows + 1))
        if width:
            self.edit.setMaximumWidth(letters(self, width))
        self.setFocusProxy(self.edit)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.15))
        column.addWidget(self.edit)
        column.addWidget(self.wrong)

    def _follow(self) -> None:
        """Take back what was said once it is no longer so; what is half typed is not told off."""
        if not self.wrong.isHidden():
            self.check()
        self.changed.emit()

    def _say(self, wrong: str) -> bool:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.edit.setAccessibleDescription(wrong)
        return not wrong
