"""How the parts of a page stand: above or beside each other with the border moved by hand, or at the ends of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from kvalitetsapp.gui import spacing

if TYPE_CHECKING:
    from collections.abc import Iterable

_BORDER_LINES: Final = 0.5


def above(*parts: tuple[QWidget, float]) -> QSplitter:
    """Return parts above each other, each with how many lines high it is at first in proportion to the others."""
    made = _split(Qt.Orientation.Vertical, (part for part, _lines in parts))
    made.setSizes([spacing.lines(made, count) for _part, count in parts])
    return made


def beside(*parts: tuple[QWidget, float]) -> QSplitter:
    """Return parts beside each other, each with how many letters wide it is at first in proportion to the others."""
    made = _split(Qt.Orientation.Horizontal, (part for part, _letters in parts))
    made.setSizes([spacing.letters(made, count) for _part, count in parts])
    return made


def ends(first: Iterable[QWidget] = (), last: Iterable[QWidget] = ()) -> QHBoxLayout:
    """Return a row with the first widgets at its beginning and the last at its end."""
    row = QHBoxLayout()
    for widget in first:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in last:
        row.addWidget(widget)
    return row


def _split(orientation: Qt.Orientation, parts: Iterable[QWidget]) -> QSplitter:
    made = QSplitter(orientation)
    for part in parts:
        made.addWidget(part)
    made.setHandleWidth(spacing.lines(made, _BORDER_LINES))
    made.setChildrenCollapsible(False)
    return made
