"""Fonts, colours, paragraph styles and measures of every report."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from kvalitetsapp import settings
from kvalitetsapp.reports.fonts import HouseFont

FONT: Final = "DejaVuSans"
BOLD: Final = "DejaVuSans-Bold"
ITALIC: Final = "DejaVuSans-Oblique"

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT: Final = 20 * mm
RIGHT: Final = 20 * mm
TOP: Final = 25 * mm
BOTTOM: Final = 21 * mm
WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT

INK: Final = HexColor("#1d2b33")
MUTED: Final = HexColor("#5d6b73")
RULE: Final = HexColor("#c3ccd1")
FAINT: Final = HexColor("#e4eaed")
ACCENT: Final = HexColor("#0b5573")
ACCENT_LIGHT: Final = HexColor("#dfebf0")
ACCENT_MIDDLE: Final = HexColor("#8fb6c6")
STRONG: Final = HexColor("#b3420b")
STRONG_LIGHT: Final = HexColor("#f7e3d8")
WATERMARK: Final = Color(0.75, 0.30, 0.05, alpha=0.085)
HALO: Final = Color(1, 1, 1, alpha=0.8)
WHITE: Final = HexColor("#ffffff")


def see_through(colour: Color) -> Color:
    """Return a colour so light that what lies under it shows."""
    return Color(colour.red, colour.green, colour.blue, alpha=0.13)


def lighter(colour: Color) -> Color:
    """Return a colour half way to white."""
    return Color(*((1 + part) / 2 for part in (colour.red, colour.green, colour.blue)))


@cache
def register_fonts() -> None:
    """Make the embedded fonts known, and the only ones that charts and canvases begin with.

    Files hold bytes as they are: written as letters they would be a quarter larger, and slower to make.
    """
    rl_config.useA85 = 0
    folder = settings.resources_dir() / "fonts"
    for name in (FONT, BOLD, ITALIC):
        pdfmetrics.registerFont(HouseFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    shapes.STATE_DEFAULTS["fontName"] = FONT


_LEAST_HEAD: Final = 6.4


@cache
def cell(size: float) -> ParagraphStyle:
    """Return the style of words in a table of a font size."""
    return _style(f"cell-{size}", size, size + 2.4)


@cache
def head(size: float, *, right: bool) -> ParagraphStyle:
    """Return the style of a table's heads."""
    alignment = TA_RIGHT if right else TA_LEFT
    return _style(
        f"head-{size}-{right}", max(size - 0.4, min(size, _LEAST_HEAD)), size + 1.6, fontName=BOLD, alignment=alignment
    )


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:  # noqa: ANN401 - reportlab's words
    look: dict[str, Any] = {"fontName": FONT, "bulletFontName": FONT, "textColor": INK, **more}
    return ParagraphStyle(name, fontSize=size, leading=leading, **look)


BODY: Final = _style("body", 9, 13, spaceAfter=5)
LEAD: Final = _style("lead", 10.5, 15.5, spaceAfter=6)
BULLET: Final = _style("bullet", 9, 13, spaceAfter=3, leftIndent=14, bulletIndent=3)
CHAPTER: Final = _style("chapter", 17, 21, fontName=BOLD, textColor=ACCENT, spaceAfter=8)
SECTION: Final = _style(
    "section", 11.5, 15, fontName=BOLD, textColor=INK, spaceBefore=10, spaceAfter=4, keepWithNext=1
)
CAPTION: Final = _style("caption", 8, 11, textColor=INK, spaceBefore=5, spaceAfter=3, keepWithNext=1)
CAPTION_OF_LONG: Final = _style("caption-of-long", 8, 11, spaceBefore=5, spaceAfter=3)
NOTE: Final = _style("note", 7.2, 9.6, textColor=MUTED, leftIndent=9, firstLineIndent=-9)
LISTED: Final = _style("listed", 7, 9, leftIndent=10, firstLineIndent=-10)
REMARK: Final = _style("remark", 7.2, 9.6, textColor=MUTED)
SMALL: Final = _style("small", 7.8, 10.6, textColor=MUTED, spaceAfter=3)
CODE: Final = _style("code", 6.8, 9.2, textColor=INK)
COVER_TITLE: Final = _style("cover-title", 25, 31, fontName=BOLD, textColor=ACCENT, spaceAfter=6)
COVER_SUBJECT: Final = _style("cover-subject", 16, 21, textColor=INK, spaceAfter=20)
