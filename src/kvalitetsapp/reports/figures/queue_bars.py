"""Groups that wait, a bar each in three shades: all, over 90 and over 150 days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.domain.waiting_chart_words import told
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.waiting_charts import QueueBar, QueueBars

_ROW: Final = 14.0
_HIGH: Final = 8.0
_MOST_ROWS: Final = 38
_HEAD: Final = 18.0
_FOOT: Final = 30.0
_NAMES: Final = 150.0
_COUNTS: Final = 88.0
_SIZE: Final = 6.8
_FILLS: Final = (styles.ACCENT_LIGHT, styles.ACCENT_MIDDLE, styles.ACCENT)


def draw(chart: QueueBars) -> Drawing:
    """Return the whole chart."""
    return axes.stacked(parts(chart))


def parts(chart: QueueBars) -> tuple[Drawing, ...]:
    """Return the chart as drawings that a page holds, all with the same scale."""
    most = max([bar.waiting or 0 for bar in chart.bars], default=0)
    step = axes.whole_step(max(most, 1.0), 5)
    top = axes.round_up(max(most, 1.0), step)
    runs = axes.evenly(len(chart.bars), _MOST_ROWS)
    return tuple(_part(chart, chart.bars[run.start : run.stop], top, step) for run in runs)


def _part(chart: QueueBars, bars: Sequence[QueueBar], top: float, step: float) -> Drawing:
    drawing = Drawing(styles.WIDTH, _HEAD + _ROW * len(bars) + _FOOT)
    area = axes.Area(_NAMES + 6, _FOOT, styles.WIDTH - _NAMES - _COUNTS - 6, _ROW * len(bars), top, 1)
    axes.title(drawing, chart.title)
    for place, bar in enumerate(bars):
        _draw_bar(drawing, area, bar, _FOOT + _ROW * (len(bars) - 0.5 - place))
    under = _("antal: alla · över 90 · över 150 dagar; streck: utan MOV/PVV")
    axes.draw_x_axis(drawing, area, axes.ticks(top, step), axes.whole, under)
    return drawing


def _draw_bar(drawing: Drawing, area: axes.Area, bar: QueueBar, y: float) -> None:
    name, size = lettering.fitted(bar.name, _NAMES, _SIZE)
    drawing.add(axes.text(0, y - 2.4, name, size=size))
    counts = (bar.waiting, bar.over_90, bar.over_150)
    for count, fill in zip(counts, _FILLS, strict=True):
        if count:
            wide = area.x(count) - area.left
            drawing.add(axes.cell(area.left, y - _HIGH / 2, wide, _HIGH, fill, styles.ACCENT_MIDDLE))
    if bar.without is not None and bar.waiting is not None:
        x = area.x(bar.without)
        drawing.add(Line(x, y - 5.6, x, y + 5.6, strokeColor=styles.STRONG, strokeWidth=1.4))
    words = " · ".join(told(count) for count in counts)
    shown, size = lettering.fitted(words, _COUNTS - 6, _SIZE)
    drawing.add(axes.text(styles.WIDTH, y - 2.4, shown, anchor="end", size=size))
