"""The program's own icons: one-coloured drawings, dyed in the colours of the palette where they are shown."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kvalitetsapp import settings

if TYPE_CHECKING:
    from kvalitetsapp.gui.theme import Tokens

INK: Final = "#000000"
_copies: Final[list[QIconEngine]] = []  # Qt takes them over, but Python would take them back if nothing held them
_KEPT: Final = 256  # drawings; the program shows some forty, and again as many in another theme or on another screen


def icon(name: str, tokens: Tokens) -> QIcon:
    """Return the icon called `name` in text colour, and in the accent where it is chosen."""
    return QIcon(_Dyed(name, tokens))


def program_icon() -> QIcon:
    """Return the icon of the window."""
    return QIcon(str(settings.resources_dir() / "icons" / "kvalitetsapp.svg"))


class _Dyed(QIconEngine):
    """Draws an icon when it is asked for and in the size it is asked for, since most are never seen in most modes."""

    def __init__(self, name: str, tokens: Tokens) -> None:
        super().__init__()
        self._name = name
        self._tokens = tokens

    def clone(self) -> QIconEngine:
        """Return the same again, for a copy of the icon that goes its own way."""
        made = _Dyed(self._name, self._tokens)
        _copies.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw in the middle of the place."""
        side, scale = min(rect.width(), rect.height()), painter.device().devicePixelRatioF()
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawImage(place, _drawn(self._name, self._colour(mode), round(side * scale)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture, with nothing where it is not drawn."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def _colour(self, mode: QIcon.Mode) -> str:
        if mode == QIcon.Mode.Selected:
            return self._tokens.accent
        return self._tokens.outline if mode == QIcon.Mode.Disabled else self._tokens.muted


@lru_cache(_KEPT)
def _drawn(name: str, colour: str, size: int) -> QImage:
    """Return the drawing called `name` in one colour, `size` device pixels square."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace(INK, colour).encode()))
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


@cache
def _source(name: str) -> str:
    return (settings.resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
