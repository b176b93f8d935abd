"""Shades between a ground and an ink, and the ink of a text that can be read on each (WCAG)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from kvalitetsapp.gui.theme import Tokens

SHADES: Final = (0.12, 0.28, 0.45, 0.78, 1.0)
"""How much of the ink each shade holds: between the third and the fourth no text has enough contrast."""


def mixed(ground: QColor, ink: QColor, part: float) -> QColor:
    """Return a ground with that part of an ink in it."""
    pairs = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]  # the stubs say object
    return QColor(*(round(low + (high - low) * part) for low, high in pairs))


def contrast(ground: QColor, text: str) -> float:
    """Return the contrast of a text on a ground as WCAG measures it."""
    light, dark = sorted((_luminance(ground), _luminance(QColor(text))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(ground: QColor, tokens: Tokens) -> QColor:
    """Return the theme's ink that is read best on a ground."""
    return QColor(max(tokens.text, tokens.surface, key=lambda ink: contrast(ground, ink)))


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
