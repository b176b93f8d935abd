"""A calm line at the top of the window that says what went wrong, or right, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from kvalitetsapp.gui.spacing import pad
from kvalitetsapp.gui.theme import mark
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable


class MessagePanel(QFrame):
    """Shows one message until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        pad(row, self, 0.5)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.label, 1)
        self.way_out = QToolButton()
        self.way_out.setAccessibleName(_("Det som hjälper"))
        self.way_out.setVisible(False)
        self.way_out.clicked.connect(self._take_way_out)
        row.addWidget(self.way_out)
        closing = QToolButton()
        closing.setObjectName("quiet")
        closing.setText("✕")
        closing.setToolTip(_("Stäng meddelandet"))
        closing.setAccessibleName(_("Stäng meddelandet"))
        closing.clicked.connect(self.hide)
        row.addWidget(closing)
        self._do: Callable[[], object] | None = None
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said now, "" where nothing is."""
        return "" if self.isHidden() else self.label.text()

    def say(self, text: str, *, calm: bool = False, way_out: str = "", do: Callable[[], object] | None = None) -> None:
        """Say `text`; `calm` where nothing is wrong; `way_out` is a button that does `do`."""
        self.label.setText(text)
        self.setAccessibleName(text)
        mark(self, "calm", on=calm)
        self._do = do
        self.way_out.setText(way_out)
        self.way_out.setAccessibleName(way_out.replace("&", ""))
        self.way_out.setVisible(bool(way_out))
        mark(self.label, "calm", on=calm)
        self.show()

    def _take_way_out(self) -> None:
        do, self._do = self._do, None
        self.hide()
        if do is not None:
            do()
