"""A button whose text is shortened with dots where there is no room, and told whole as a tool-tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ElidedButton(QPushButton):
    """Takes the width that it is given."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more than a few letters."""
        return QSize(spacing.letters(self, 8), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much of the text as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        mode = Qt.TextElideMode.ElideRight
        option.text = self.fontMetrics().elidedText(self.text(), mode, room, Qt.TextFlag.TextShowMnemonic.value)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
