"""The two short texts of an answer: where the record tells it, and the reason or comment with its room counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.domain.answer import LONGEST_COMMENT, LONGEST_POINTER
from kvalitetsapp.domain.answer_words import title_of
from kvalitetsapp.gui import spacing, theme
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.question import with_key
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

_LINES = 3


class ReviewTexts(QWidget):
    """Shows pointer and comment; `changed` tells what the user writes, never what is set."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointer = QLineEdit()
        self.comment = _Comment()
        self.room = PlainLabel()
        self._pointer_label = PlainLabel(with_key(title_of("pointer"), "H"))
        self._filling = False
        self._arrange()
        self.pointer.textChanged.connect(self._tell)
        self.comment.textChanged.connect(self._tell)

    def set_texts(self, pointer: str, comment: str) -> None:
        """Show two texts; one that is already there keeps its cursor."""
        self._filling = True
        if self.pointer.text() != pointer:
            self.pointer.setText(pointer)
        if self.comment.toPlainText() != comment:
            self.comment.setPlainText(comment)
        self._filling = False
        self._count()

    def ask(self, hint: str, *, pointer: bool) -> None:
        """Say what the comment is for, and ask for a pointer or not."""
        self.comment.setPlaceholderText(hint)
        self.pointer.setVisible(pointer)
        self._pointer_label.setVisible(pointer)

    def _arrange(self) -> None:
        self.pointer.setMaxLength(LONGEST_POINTER)
        self.pointer.setPlaceholderText(_("Hänvisning, t.ex. op-berättelse 2023-04-12"))
        self.pointer.setAccessibleName(_("Hänvisning till journalen"))
        self._pointer_label.setBuddy(self.pointer)
        self.comment.setAccessibleName(title_of("comment"))
        self.comment.setTabChangesFocus(True)
        label = PlainLabel(with_key(title_of("comment"), "M"))
        label.setBuddy(self.comment)
        self.room.setObjectName("muted")
        top = QHBoxLayout()
        top.addWidget(label, 1)
        top.addWidget(self.room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.lines(self, 0.2))
        column.addWidget(self._pointer_label)
        column.addWidget(self.pointer)
        column.addLayout(top)
        column.addWidget(self.comment)
        self._count()

    def _tell(self) -> None:
        self._count()
        if not self._filling:
            self.changed.emit()

    def _count(self) -> None:
        left = LONGEST_COMMENT - len(self.comment.toPlainText())
        if left >= 0:
            text = ngettext("{n} tecken kvar", "{n} tecken kvar", left)
        else:
            text = ngettext("{n} tecken för mycket", "{n} tecken för mycket", -left)
        self.room.setText(text.format(n=number(abs(left))))
        self.room.setObjectName("muted" if left >= 0 else "bad")
        theme.mark(self.room, "over", on=left < 0)


class _Comment(QPlainTextEdit):
    """As high as a few lines of whatever letters it has."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the lines and the frame around them."""
        hint = super().sizeHint()
        hint.setHeight(spacing.lines(self, _LINES + 0.9))
        return hint

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: it neither grows nor shrinks."""
        hint = super().minimumSizeHint()
        hint.setHeight(self.sizeHint().height())
        return hint
