"""A text that may hold no personal number and only so many characters: what is wrong with it stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.provider_question import lacking_in
from kvalitetsapp.gui.spacing import lines
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.provider_question import TextPart


class LimitedText(QWidget):
    """Asks for one of the texts about a question or a disclosure, on one line or on `rows` of them."""

    changed = Signal()

    def __init__(self, part: TextPart, *, rows: int = 1, required: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._required = required
        self.edit: QLineEdit | QPlainTextEdit = QLineEdit() if rows == 1 else QPlainTextEdit()
        self.wrong = PlainLabel()
        self.left = PlainLabel()
        self._arrange(rows)
        self.edit.textChanged.connect(lambda *_text: self._follow())
        self._follow()

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text() if isinstance(self.edit, QLineEdit) else self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text in the place of what is typed."""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        else:
            self.edit.setPlainText(text)

    def set_hint(self, text: str) -> None:
        """Say in the empty field what may be typed there."""
        self.edit.setPlaceholderText(text)

    def check(self) -> bool:
        """Say what is wrong with the text, also that there is none, and tell whether it can be kept."""
        return self._say(lacking_in(self.text(), self._part, required=self._required))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def _arrange(self, rows: int) -> None:
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setTabChangesFocus(True)
            self.edit.setFixedHeight(lines(self, rows + 1))
        self.setFocusProxy(self.edit)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.left.setObjectName("muted")
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight)
        below = QHBoxLayout()
        below.addWidget(self.wrong, 1)
        below.addWidget(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.15))
        column.addWidget(self.edit)
        column.addLayout(below)

    def _follow(self) -> None:
        """Tell what is wrong while it is typed; that nothing is typed yet is no news."""
        text = self.text().strip()
        self._say(lacking_in(text, self._part, required=False))
        left = self._part.longest - len(text)
        self.left.setText(ngettext("{n} tecken kvar", "{n} tecken kvar", left).format(n=number(left)))
        self.left.setVisible(isinstance(self.edit, QPlainTextEdit) or left < self._part.longest // 4)
        self.changed.emit()

    def _say(self, wrong: str) -> bool:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.edit.setAccessibleDescription(wrong)
        return not wrong
