"""The ground that every drawing stands on: the palette's colours, no menu, and colours that all eyes tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPen

from kvalitetsapp.gui.theme import DARK, Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

pg.setConfigOptions(antialias=True)


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of marks from a set that is told apart with every kind of colour vision (Okabe and Ito)."""

    blue: str
    orange: str
    vermilion: str
    grey: str


_ON_LIGHT: Final = Inks(blue="#0072b2", orange="#b26a00", vermilion="#c44d00", grey="#6b7783")
_ON_DARK: Final = Inks(blue="#56b4e9", orange="#e69f00", vermilion="#ff8a4c", grey="#9aa7b2")


class Canvas(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot in the program's colours, without pyqtgraph's own menu and export."""

    _stands = False  # Qt tells of changes while the widget is still being made, and while it is taken apart

    def __init__(self, axes: Mapping[str, pg.AxisItem], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, axisItems=dict(axes), enableMenu=False)  # to make its menu takes 10 ms
        item = self.getPlotItem()
        item.hideButtons()
        item.getViewBox().setMouseEnabled(x=True, y=False)
        self._stands = True
        self.dress()

    @property
    def tokens(self) -> Tokens:
        """Return the colours of the theme that the widget is in."""
        return tokens_of(self.palette())

    @property
    def inks(self) -> Inks:
        """Return the colours for marks that have contrast on the theme's ground."""
        return inks_of(self.tokens)

    def dress(self) -> None:
        """Take the colours of the palette."""
        tokens = self.tokens
        self.setBackground(tokens.surface)
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(QPen(QColor(tokens.outline)))
            axis.setTextPen(QPen(QColor(tokens.muted)))
            axis.setTickFont(self.font())

    def redraw(self) -> None:
        """Draw again what is shown, in today's colours; told by each drawing."""

    def close(self) -> bool:
        """Follow nothing any more: pyqtgraph takes a plot apart when it is closed."""
        self._stands = False
        return bool(super().close())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._stands:
            self.dress()
            self.redraw()


def inks_of(tokens: Tokens) -> Inks:
    """Return the colours for marks that have contrast on a theme's ground."""
    return _ON_DARK if QColor(tokens.surface).lightness() < QColor(DARK.muted).lightness() else _ON_LIGHT


def pen(colour: str, width: float = 1.0, *, dotted: bool = False, dashed: bool = False) -> QPen:
    """Return a line of a colour that keeps its width whatever the scale."""
    style = pg.QtCore.Qt.PenStyle.DotLine if dotted else pg.QtCore.Qt.PenStyle.SolidLine
    style = pg.QtCore.Qt.PenStyle.DashLine if dashed else style
    made = QPen(QColor(colour), width, style)
    made.setCosmetic(True)
    return made
