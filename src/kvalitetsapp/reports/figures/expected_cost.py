"""What an operation costs with its complications: a row per provider, its figures with price and interval drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Circle, Drawing, Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.reports.ledger import expected
from kvalitetsapp.texts import NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_costs import ExpectedCost
    from kvalitetsapp.reports.cells import Cells

_ROOM: Final = 196.0
_LEAST_ROW, _MOST_ROW = 8.2, 13.0
_HEAD: Final = 24.0
_FOOT: Final = 30.0
_SIZE: Final = 6.8
_ENDS: Final = (158.0, 198.0, 246.0, 318.0)  # where the columns of figures end
_LEFT: Final = 330.0
_KRONOR: Final = 100
_LONGEST: Final = 34


def draw(rows: Sequence[ExpectedCost], cells: Cells) -> Drawing:
    """Return the figure; the last row is all providers together. Many rows stand closer, so that a page holds them."""
    height = min(max(_ROOM / len(rows), _LEAST_ROW), _MOST_ROW)
    drawing = Drawing(styles.WIDTH, _HEAD + height * len(rows) + _FOOT)
    highest = max(((one.high or one.expected or 0) / _KRONOR for one in rows if _told(one, cells)), default=1.0)
    step = axes.nice_step(highest, 4)
    width = styles.WIDTH - _LEFT - 6
    area = axes.Area(_LEFT, _FOOT, width, height * len(rows), axes.round_up(highest, step), 1)
    _draw_heads(drawing, area)
    for place, one in enumerate(rows):
        y = _FOOT + height * (len(rows) - 1 - place) + 3
        if place == len(rows) - 1:
            drawing.add(
                Line(0, y + height - 3, styles.WIDTH, y + height - 3, strokeColor=styles.RULE, strokeWidth=0.6)
            )
        _draw_figures(drawing, one, y, cells)
        if _told(one, cells):
            _draw_marks(drawing, area, one, y + 2.4)
    axes.draw_x_axis(
        drawing, area, axes.ticks(area.x_max, step), lambda kronor: number(round(kronor / 1000)), _("Tusen kronor")
    )
    _draw_key(drawing)
    return drawing


def _told(one: ExpectedCost, cells: Cells) -> bool:
    return one.expected is not None and not cells.small(one.with_events) and not cells.small(one.eligible)


def _draw_heads(drawing: Drawing, area: axes.Area) -> None:
    top = area.bottom + area.height + 6
    heads = (_("Uppföljda"), _("Pris"), _("Förväntat"), _("95 % intervall"))
    drawing.add(axes.text(0, top, _("Vårdgivare"), size=_SIZE, font=styles.BOLD))
    for end, head in zip(_ENDS, heads, strict=True):
        drawing.add(axes.text(end, top, head, anchor="end", size=_SIZE, font=styles.BOLD))
    drawing.add(Line(0, top - 4, styles.WIDTH, top - 4, strokeColor=styles.MUTED, strokeWidth=0.7))


def _draw_figures(drawing: Drawing, one: ExpectedCost, y: float, cells: Cells) -> None:
    name = one.name or _("Alla")
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    told = _told(one, cells)
    interval = NOTHING
    if told and one.low is not None and one.high is not None:
        interval = _("{low}–{high}").format(low=_kronor(one.low), high=_kronor(one.high))
    figures = (
        cells.at(expected(one.name), one.eligible),
        NOTHING if cells.small(one.eligible) else _kronor(one.price),
        _kronor(one.expected) if told else NOTHING,
        interval,
    )
    font = styles.FONT if one.name else styles.BOLD
    drawing.add(axes.text(0, y, shown, size=_SIZE, font=font))
    for end, text in zip(_ENDS, figures, strict=True):
        drawing.add(axes.text(end, y, text, anchor="end", size=_SIZE, font=font))


def _draw_marks(drawing: Drawing, area: axes.Area, one: ExpectedCost, y: float) -> None:
    price, expected = (area.x((amount or 0) / _KRONOR) for amount in (one.price, one.expected))
    if one.low is not None and one.high is not None:
        ends = [area.x(amount / _KRONOR) for amount in (one.low, one.high)]
        drawing.add(Line(ends[0], y, ends[1], y, strokeColor=styles.ACCENT, strokeWidth=1.4))
    drawing.add(Line(price, y - 3.4, price, y + 3.4, strokeColor=styles.STRONG, strokeWidth=1.4))
    drawing.add(Circle(expected, y, 2.3, fillColor=styles.ACCENT, strokeColor=styles.WHITE, strokeWidth=0.4))


def _draw_key(drawing: Drawing) -> None:
    y = _FOOT - 23
    drawing.add(Line(3, y, 3, y + 6, strokeColor=styles.STRONG, strokeWidth=1.4))
    drawing.add(axes.text(9, y, _("priset i medel"), size=_SIZE, colour=styles.MUTED))
    drawing.add(Circle(85, y + 2.6, 2.3, fillColor=styles.ACCENT, strokeColor=None))
    words = _("pris och komplikationer, med 95 % intervall")
    drawing.add(axes.text(91, y, words, size=_SIZE, colour=styles.MUTED))


def _kronor(ore: int | None) -> str:
    return NOTHING if ore is None else number(round(ore / _KRONOR))
