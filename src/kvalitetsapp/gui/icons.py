"""The program's own icons: one-coloured drawings, dyed in the colours of the palette."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kvalitetsapp import settings

if TYPE_CHECKING:
    from kvalitetsapp.gui.theme import Tokens

SIZES = (16, 24, 32, 48, 64)
INK = "#000000"


def icon(name: str, tokens: Tokens) -> QIcon:
    """Return the icon called `name` in text colour, and in the accent where it is chosen."""
    made = QIcon()
    for size in SIZES:
        for mode, colour in (
            (QIcon.Mode.Normal, tokens.muted),
            (QIcon.Mode.Selected, tokens.accent),
            (QIcon.Mode.Disabled, tokens.outline),
        ):
            made.addPixmap(drawn(name, colour, size), mode)
    return made


def drawn(name: str, colour: str, size: int) -> QPixmap:
    """Return the drawing called `name` in one colour, `size` device pixels square."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace(INK, colour).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def program_icon() -> QIcon:
    """Return the icon of the window."""
    return QIcon(str(settings.resources_dir() / "icons" / "kvalitetsapp.svg"))


@cache
def _source(name: str) -> str:
    return (settings.resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
