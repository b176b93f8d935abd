"""A field with what is wrong with it in red beneath, and where wanted its unit beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable


class Faulted(QWidget):
    """Holds a field; `say` tells what is wrong with it, also to a screen reader."""

    def __init__(self, field: QWidget, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.wrong = PlainLabel()
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.setFocusProxy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(lines(self, 0.15))
        if unit:
            row = QHBoxLayout()
            row.setSpacing(lines(self, 0.4))
            row.addWidget(field)
            row.addWidget(PlainLabel(unit))
            row.addStretch(1)
            column.addLayout(row)
        else:
            column.addWidget(field)
        column.addWidget(self.wrong)

    def say(self, wrong: str) -> None:
        """Tell what is wrong, nothing where it is ""."""
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.field.setAccessibleDescription(wrong)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Give the name to the field that has the focus."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)


def typed(changed: Callable[[], object], *, width: int = 0) -> QLineEdit:
    """Return a field of one line; with a `width` in letters it holds a number, to the right."""
    field = QLineEdit()
    if width:
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(letters(field, width))
    field.textChanged.connect(lambda _text: changed())
    return field
