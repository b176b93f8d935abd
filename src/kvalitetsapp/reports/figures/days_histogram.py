"""How long those have waited who wait: a bar per class of days, with lines where a wait is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.domain.waiting_chart_words import days_of
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting_charts import DaysHistogram

_HEIGHT: Final = 176.0
_FOOT: Final = 36.0
_HEAD: Final = 36.0
_WIDE: Final = 0.84
_LINE: Final = 8.0


def draw(chart: DaysHistogram) -> Drawing:
    """Return the chart: a pale bar for all and a deep one in it for those without MOV and PVV."""
    drawing = Drawing(styles.WIDTH, _HEIGHT)
    most = max([bar.waiting or 0 for bar in chart.bars], default=0)
    step = axes.whole_step(max(most * 1.05, 1.0), 5)
    top = axes.round_up(max(most * 1.05, 1.0), step)
    ticks = axes.ticks(top, step)
    left = axes.left_of(ticks, axes.whole)
    area = axes.Area(left, _FOOT, styles.WIDTH - left - 6, _HEIGHT - _FOOT - _HEAD, max(len(chart.bars), 1), top)
    axes.title(drawing, chart.title)
    axes.draw_y_axis(drawing, area, ticks, axes.whole, _("Antal väntande"))
    for place, bar in enumerate(chart.bars):
        _bar(drawing, area, place, bar.waiting, pale=True)
        _bar(drawing, area, place, bar.without, pale=False)
    axes.base(drawing, area)
    axes.row_labels(drawing, area, area.bottom - 11, [days_of(bar) for bar in chart.bars])
    under = _("dagar sedan beslutet; hel stapel: alla, mörk del: utan MOV/PVV")
    look: dict[str, Any] = {"anchor": "end", "size": axes.LABEL_SIZE, "colour": styles.MUTED}
    drawing.add(axes.text(area.left + area.width, area.bottom - 24, under, **look))
    for row, limit in enumerate(chart.limits):
        _limit(drawing, area, chart, limit, row)
    return drawing


def _bar(drawing: Drawing, area: axes.Area, place: int, count: int | None, *, pale: bool) -> None:
    if count:
        left, right = area.x(place + (1 - _WIDE) / 2), area.x(place + (1 + _WIDE) / 2)
        fill = styles.ACCENT_MIDDLE if pale else styles.ACCENT
        drawing.add(axes.cell(left, area.bottom, right - left, area.y(count) - area.bottom, fill))


def _limit(drawing: Drawing, area: axes.Area, chart: DaysHistogram, limit: int, row: int) -> None:
    at = next((place for place, bar in enumerate(chart.bars) if bar.first >= limit), None)
    if at is None:
        return
    x, top = area.x(at), area.bottom + area.height
    look: dict[str, Any] = {"strokeDashArray": [3.0, 2.0]}
    drawing.add(Line(x, area.bottom, x, top, strokeColor=styles.STRONG, strokeWidth=0.9, **look))
    words = _("{n} dagar").format(n=number(limit))
    drawing.add(axes.text(x + 3, top - 6 - _LINE * row, words, size=6.4, colour=styles.STRONG))
