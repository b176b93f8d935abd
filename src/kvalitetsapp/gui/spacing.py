"""Distances as parts of the font's height, so that the window grows with the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget


def lines(widget: QWidget, count: float) -> int:
    """Return `count` times the height of a line of text."""
    return round(widget.fontMetrics().height() * count)


def letters(widget: QWidget, count: float) -> int:
    """Return the width of `count` average letters."""
    return round(widget.fontMetrics().averageCharWidth() * count)


def pad(layout: QLayout, widget: QWidget, around: float, between: float = 0.5) -> None:
    """Set a layout's margins and the distance between its items, in lines."""
    margin = lines(widget, around)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(lines(widget, between))


def scrolling(content: QWidget) -> QScrollArea:
    """Return a frameless area in which `content` can be scrolled where the window is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def enlarge(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Make a widget's letters larger than the system's."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    widget.setFont(font)
