"""A question of the review form: a row with its name and answer, opened to its choices where one works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing, theme
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent


class Question(QWidget):
    """The row and the place for what is asked. What it asks is told by its heirs.

    `entered` tells that someone came to it, `changed` that the answer is another, and `settled` that the answer is
    given and one goes on.
    """

    entered = Signal()
    changed = Signal()
    settled = Signal()

    def __init__(self, title: str, key: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.header = _Header(with_key(title, key))
        self.told = _Told()
        self.body = body
        self._row = QGridLayout()
        self._is_open = False
        self._is_required = False
        self._arrange()
        self.header.entered.connect(self.entered)
        self.told.clicked.connect(self.entered)

    @property
    def is_open(self) -> bool:
        """Tell whether its choices are shown."""
        return self._is_open

    def set_open(self, *, on: bool) -> None:
        """Show the choices, or only the answer."""
        self._is_open = on
        self.body.setVisible(on)
        # While it is open the choices are what Tab comes to, and Shift+Tab leads out of them.
        self.header.setFocusPolicy(Qt.FocusPolicy.NoFocus if on else Qt.FocusPolicy.TabFocus)
        font = QFont(self.header.font())
        font.setBold(on)
        self.header.setFont(font)
        self.refresh()

    def set_required(self, *, on: bool) -> None:
        """Mark that it must be answered."""
        self._is_required = on
        self.refresh()

    def title_width(self) -> int:
        """Return how wide its name is where it is open, and so at its widest."""
        font = QFont(self.header.font())
        font.setBold(True)
        return (
            self.header.sizeHint().width()
            + QFontMetrics(font).horizontalAdvance(self.title)
            - (self.header.fontMetrics().horizontalAdvance(self.title))
        )

    def set_title_width(self, width: int) -> None:
        """Let the answer begin so far from the edge."""
        self._row.setColumnMinimumWidth(0, width)

    def refresh(self) -> None:
        """Tell the answer in the row, or that one is required."""
        said = self.said()
        lacks = self._is_required and not self.is_answered()
        self.told.setText(said if said or not lacks else _("krävs"))
        if self.told.objectName() != ("warning" if lacks else "muted"):
            self.told.setObjectName("warning" if lacks else "muted")
            theme.mark(self.told, "required", on=lacks)
        told = said or (_("krävs") if lacks else _("inte besvarad"))
        self.header.setAccessibleName(f"{self.title}: {told}")

    def stops(self) -> list[QWidget]:
        """Return what the focus can be on inside, in order; told by heirs."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where one answers; told by heirs."""
        raise NotImplementedError

    def said(self) -> str:
        """Return the answer in words, "" for none; told by heirs."""
        raise NotImplementedError

    def is_answered(self) -> bool:
        """Tell whether there is an answer."""
        return bool(self.said())

    def press_digit(self, digit: int) -> bool:  # noqa: ARG002 - for heirs
        """Answer by number; tell whether the number meant something."""
        return False

    def go_on(self) -> bool:
        """Go to the next place inside the question; tell whether there was one."""
        return False

    def clear(self) -> None:
        """Take the answer away."""

    def _arrange(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.header, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self.told, 0, 1)
        self._row.setColumnStretch(1, 1)
        inside = QHBoxLayout()
        inside.setContentsMargins(spacing.lines(self, 0.9), 0, 0, spacing.lines(self, 0.3))
        inside.addWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.lines(self, 0.1))
        column.addLayout(self._row)
        column.addLayout(inside)
        self.body.setAccessibleName(self.title)
        self.body.hide()


class _Header(QToolButton):
    """The name of a question; one comes to it with Tab, its key or the mouse."""

    entered = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setObjectName("quiet")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.entered)

    def event(self, event: QEvent) -> bool:
        """Open the question at its key at once; Qt would show the press of a button first."""
        if event.type() == QEvent.Type.Shortcut:
            self.entered.emit()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Open the question that one comes to with Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.entered.emit()


class _Told(PlainLabel):
    """The answer in the row; a click on it opens the question too."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the click."""
        super().mousePressEvent(event)
        self.clicked.emit()


def with_key(title: str, key: str) -> str:
    """Return a title with the letter marked that Alt takes one to it with; where it has no such letter, as it is."""
    place = title.casefold().find(key.casefold()) if key else -1
    return title if place < 0 else f"{title[:place]}&{title[place:]}"
