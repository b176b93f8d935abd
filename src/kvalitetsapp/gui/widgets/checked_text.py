"""A text that may be wrong: what is wrong with it stands under it, said by a function of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.faulted import Faulted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class CheckedText(Faulted):
    """Asks for a text, on one line or on `rows` of them; `width` is that of a short one in letters.

    What is wrong is said when the text is checked, or `at_once` as it is typed, and taken back once it is right.
    """

    changed = Signal()

    def __init__(
        self,
        wrong_with: Callable[[str], str],
        *,
        rows: int = 1,
        width: int = 0,
        at_once: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.edit: QLineEdit | QPlainTextEdit = QLineEdit() if rows == 1 else QPlainTextEdit()
        super().__init__(self.edit, parent=parent)
        self._wrong_with = wrong_with
        self._at_once = at_once
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setTabChangesFocus(True)
            self.edit.setFixedHeight(lines(self, rows + 1))
        if width:
            self.edit.setMaximumWidth(letters(self, width))
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
        wrong = self._wrong_with(self.text())
        self.say(wrong)
        return not wrong

    def _follow(self) -> None:
        if self._at_once:
            self.say(self._wrong_with(self.text()) if self.text() else "")
        elif not self.wrong.isHidden():
            self.check()
        self.changed.emit()
