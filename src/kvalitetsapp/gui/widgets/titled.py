"""A heading above what it is of."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kvalitetsapp.gui.widgets.plain_label import PlainLabel


def titled(title: str, content: QWidget, *beside: QWidget) -> QWidget:
    """Return a widget of a heading, what stands beside it, and the content below with the room there is."""
    heading = PlainLabel(title)
    heading.setObjectName("sectionTitle")
    top = QHBoxLayout()
    top.addWidget(heading, 1)
    for each in beside:
        top.addWidget(each)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(top)
    column.addWidget(content, 1)
    return made
