"""What reports draw by themselves, because it is faster, stands where reportlab would have drawn it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from reportlab.graphics.shapes import Circle, Drawing, Ellipse, Line, Polygon, PolyLine, Rect, String
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from kvalitetsapp.reports import paragraphs, styles
from kvalitetsapp.reports.markup import bold, escaped, raised
from kvalitetsapp.reports.picture import Picture
from kvalitetsapp.reports.tables import GridTable
from kvalitetsapp.reports.tagging import TaggedCanvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus.flowables import Flowable

LONG = "Andel (ur 1 234 operationer) säger \\ lite <om> risken & 95 % av intervallet; läs det, så syns hur osäker."
# Points: what a page of two decimals cannot tell apart.
NEAR = 0.011


def _plain(text: str, style: ParagraphStyle, bullet: str | None = None) -> tuple[Flowable, Flowable]:
    return paragraphs.plain(text, style, bullet), Paragraph(escaped(text), style, bulletText=bullet)


PAIRS = {
    "body": lambda: _plain(LONG, styles.BODY),
    "short": lambda: _plain("Kort.", styles.CHAPTER),
    "hard space": lambda: _plain("12\u00a0345 kr", styles.BODY),
    "uneven spaces": lambda: _plain(" Två  ord\n och ett. ", styles.BODY),
    "empty": lambda: _plain("", styles.BODY),
    "right": lambda: _plain("Uppföljda operationer", styles.head(7.8, right=True)),
    "bullet": lambda: _plain(LONG, styles.BULLET, "•"),
    "title": lambda: (
        paragraphs.titled("Tabell 1.", LONG, styles.BULLET, "•"),
        Paragraph(f"{bold('Tabell 1.')} {escaped(LONG)}", styles.BULLET, bulletText="•"),
    ),
    "note": lambda: (
        paragraphs.marked("a", LONG, styles.NOTE),
        Paragraph(f"{raised('a')} {escaped(LONG)}", styles.NOTE),
    ),
}


@pytest.mark.parametrize("make", PAIRS.values(), ids=PAIRS.keys())
def test_paragraphs_have_their_letters_where_reportlab_puts_them(
    make: Callable[[], tuple[Flowable, Flowable]],
) -> None:
    styles.register_fonts()
    for width in (451, 260, 173.5, 131, 97):
        ours, theirs = make()
        assert ours.wrap(width, 999) == theirs.wrap(width, 999)
        assert _near(_letters(ours), _letters(theirs))


def test_cells_have_their_letters_where_reportlab_puts_them() -> None:
    styles.register_fonts()
    everywhere, heads_alone = ((0, 0), (-1, -1)), ((0, 0), (-1, 0))
    look: Any = [("FONT", *everywhere, styles.FONT, 7.8, 10.2), ("ALIGN", (1, 0), (1, -1), "RIGHT")]
    look += [("VALIGN", *everywhere, "TOP"), ("VALIGN", *heads_alone, "BOTTOM"), ("TOPPADDING", *everywhere, 2.6)]
    look += [("TEXTCOLOR", *everywhere, styles.INK)]
    drawn = []
    for kind, paragraph in ((GridTable, paragraphs.plain), (Table, Paragraph)):
        heads = [paragraph(text, styles.head(7.8, right=False)) for text in ("Led", "Uppföljda operationer")]
        table = kind([heads, ["Höft\nvänster", "1 234"], [paragraph(LONG[:20], styles.cell(7.8)), "–"]], [90, 60])
        table.setStyle(TableStyle(look))
        table.wrap(200, 999)
        drawn.append(_letters(table))
    assert _near(*drawn)


def test_figures_look_as_reportlab_draws_them() -> None:
    styles.register_fonts()
    box: Any = Rect
    shapes = (
        box(5, 5, 60, 40, rx=3, ry=3, fillColor=styles.ACCENT_LIGHT, strokeColor=styles.ACCENT, strokeWidth=0.7),
        box(70, 5, 20, 40, fillColor=styles.STRONG, strokeColor=None),
        box(10, 10, 90, 10, fillColor=styles.see_through(styles.ACCENT), strokeColor=None),
        Circle(30, 70, 12, fillColor=styles.STRONG, strokeColor=styles.INK),
        Circle(60, 70, 8, fillColor=None, strokeColor=styles.INK),
        Ellipse(150, 70, 20, 10, fillColor=styles.ACCENT),
        Line(0, 100, 180, 120, strokeColor=styles.MUTED, strokeWidth=1.4, strokeDashArray=[3, 2]),
        PolyLine([100, 10, 120, 40, 140, 10], strokeColor=styles.ACCENT, strokeWidth=2),
        Polygon([150, 10, 170, 40, 190, 10], fillColor=styles.ACCENT_MIDDLE, strokeColor=None),
        *(String(100, 50, "åäö", textAnchor=anchor, fontName=styles.BOLD) for anchor in ("start", "middle", "end")),
    )
    ours, theirs = Picture(Drawing(200, 130, *shapes), "prov"), Drawing(200, 130, *shapes)
    apart = [abs(one - other) for one, other in zip(_pixels(ours), _pixels(theirs), strict=True)]
    assert sum(apart) / len(apart) < 0.05


def _drawn(flowable: Flowable) -> bytes:
    target = io.BytesIO()
    canvas = (TaggedCanvas if isinstance(flowable, Picture) else Canvas)(target, pagesize=(500, 300), lang="sv-SE")
    flowable.drawOn(canvas, 20, 40)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _letters(flowable: Flowable) -> list[tuple[str, tuple[float, ...]]]:
    document = pypdfium2.PdfDocument(_drawn(flowable))
    words = document[0].get_textpage()
    try:
        signs = [(words.get_text_range(place, 1), words.get_charbox(place)) for place in range(words.count_chars())]
        return [(sign, box) for sign, box in signs if sign.strip()]
    finally:
        words.close()
        document.close()


def _near(ours: list[tuple[str, tuple[float, ...]]], theirs: list[tuple[str, tuple[float, ...]]]) -> bool:
    assert [sign for sign, _box in ours] == [sign for sign, _box in theirs]
    pairs = zip(ours, theirs, strict=True)
    return all(abs(a - b) < NEAR for (_o, box), (_t, other) in pairs for a, b in zip(box, other, strict=True))


def _pixels(flowable: Flowable) -> bytes:
    document = pypdfium2.PdfDocument(_drawn(flowable))
    try:
        return bytes(document[0].render(scale=2, grayscale=True).buffer)
    finally:
        document.close()
