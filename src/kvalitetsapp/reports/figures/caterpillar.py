"""The caterpillar: a row per group with its numbers, and its figure with interval drawn against the target."""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.reports.figures.across import Across, of_ratios
from kvalitetsapp.texts import NOTHING, _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Bar, Caterpillar

_ROOM: Final = 300.0
_LEAST_ROW, _MOST_ROW = 8.4, 14.0
_MOST_ROWS: Final = 70
_HEAD: Final = 31.0
_FOOT: Final = 16.0
_SIZE: Final = 6.8
_NAMES: Final = 146.0
_COUNTS_END: Final = 204.0
_FIGURES_END: Final = 288.0
_LEFT: Final = 300.0
_FLAGS: Final = 48.0
_HEADROOM: Final = 2.5
_WIDEST_RATIO: Final = 3  # powers of two
_LEAST_DECIMAL: Final = 0.125


def draw(chart: Caterpillar) -> Drawing:
    """Return the whole chart; many rows stand closer, and more than a page holds are parts under each other."""
    return axes.stacked(parts(chart))


def parts(chart: Caterpillar) -> tuple[Drawing, ...]:
    """Return the chart as drawings that a page holds, all with the same scale."""
    scale, ticks = _ratio_scale(chart.bars) if chart.ratio else _scale(chart)
    runs = axes.evenly(len(chart.bars), _MOST_ROWS)
    return tuple(_part(chart, chart.bars[run.start : run.stop], scale, ticks) for run in runs)


def _scale(chart: Caterpillar) -> tuple[Across, list[float]]:
    """Return a scale for all figures; an interval that is far wider than they are goes beyond it."""
    values = max([chart.target or 0, *(bar.value or 0 for bar in chart.bars)])
    highs = max((bar.high or 0 for bar in chart.bars), default=0)
    top = min(highs, values * _HEADROOM) if values else highs
    top = max(top, values * 1.04, 0.001)
    step = axes.nice_step(top, 4)
    high = min(axes.round_up(top, step), 1.0)
    return Across(_LEFT, _plot_width(), 0.0, high), axes.ticks(high, step)


def _ratio_scale(bars: Sequence[Bar]) -> tuple[Across, list[float]]:
    """Return a scale of ratios with 1 in the middle."""
    values = [bar.value for bar in bars if bar.value]
    ends = [end for bar in bars for end in (bar.low, bar.high) if end]
    needed = max((abs(log2(value)) for value in values), default=0)
    wanted = max((abs(log2(end)) for end in ends), default=0)
    power = max(ceil(min(wanted, _WIDEST_RATIO)), ceil(needed), 1)
    return of_ratios(_LEFT, _plot_width(), power)


def _plot_width() -> float:
    return styles.WIDTH - _LEFT - _FLAGS - 6


def _part(chart: Caterpillar, bars: Sequence[Bar], scale: Across, ticks: Sequence[float]) -> Drawing:
    height = min(max(_ROOM / len(bars), _LEAST_ROW), _MOST_ROW)
    drawing = Drawing(styles.WIDTH, _HEAD + height * len(bars) + _FOOT)
    axes.title(drawing, chart.title)
    for place, bar in enumerate(bars):
        low = _FOOT + height * (len(bars) - 1 - place)
        axes.row(drawing, low, height, coloured=bar.highlighted)
    _draw_heads(drawing, chart, scale)
    for place, bar in enumerate(bars):
        middle = _FOOT + height * (len(bars) - 0.5 - place)
        _draw_words(drawing, chart, bar, middle - 2.4)
        _draw_marks(drawing, scale, bar, middle)
    scale.axis(drawing, _FOOT, ticks, _power_of_two if chart.ratio else axes.percents(ticks[-1] - ticks[-2]))
    return drawing


def _draw_heads(drawing: Drawing, chart: Caterpillar, scale: Across) -> None:
    top = drawing.height - _HEAD + 5
    figures = _("Kvot (95 % intervall)") if chart.ratio else _("% (95 % intervall)")
    for end, head in ((_COUNTS_END, _("Händelser av n")), (_FIGURES_END, figures)):
        drawing.add(axes.text(end, top, head, anchor="end", size=6.4, colour=styles.MUTED))
    drawing.add(Line(0, top - 4, styles.WIDTH, top - 4, strokeColor=styles.MUTED, strokeWidth=0.7))
    if chart.target is not None:
        _draw_target(drawing, chart, scale, top)


def _draw_target(drawing: Drawing, chart: Caterpillar, scale: Across, top: float) -> None:
    target = chart.target or 0
    x = scale.x(target)
    look: dict[str, Any] = {"strokeDashArray": [3, 2]}
    drawing.add(Line(x, _FOOT, x, top - 2, strokeColor=styles.ACCENT, strokeWidth=0.9, **look))
    value = _ratio(target) if chart.ratio else percent(target)
    label = _("{label} {value}").format(label=chart.target_label, value=value)
    words, size = lettering.fitted(label, styles.WIDTH - _LEFT, 6.6)
    half = lettering.width(words, size) / 2
    middle = min(max(x, _LEFT + half), styles.WIDTH - half)
    drawing.add(axes.text(middle, top, words, anchor="middle", size=size, colour=styles.ACCENT))


def _draw_words(drawing: Drawing, chart: Caterpillar, bar: Bar, y: float) -> None:
    font = styles.BOLD if bar.highlighted else styles.FONT
    name, size = lettering.fitted(bar.name, _NAMES, _SIZE, font)
    drawing.add(axes.text(2, y, name, size=size, font=font))
    counts = _("{events} av {n}").format(events=number(bar.events), n=number(bar.n))
    for end, words, room in ((_COUNTS_END, counts, 54.0), (_FIGURES_END, _figures(chart, bar), 82.0)):
        shown, size = lettering.fitted(words, room, _SIZE, font)
        drawing.add(axes.text(end, y, shown, anchor="end", size=size, font=font))
    if bar.flag and bar.value is not None:
        words, size = lettering.fitted(_flag(bar.flag), _FLAGS - 2, 6.4)
        drawing.add(axes.text(styles.WIDTH - 2, y, words, anchor="end", size=size, colour=styles.STRONG))


def _figures(chart: Caterpillar, bar: Bar) -> str:
    if bar.value is None:
        return NOTHING
    shown = _ratio if chart.ratio else _percent
    if bar.low is None or bar.high is None:
        return shown(bar.value)
    return _("{value} ({low}–{high})").format(value=shown(bar.value), low=shown(bar.low), high=shown(bar.high))


def _percent(fraction: float) -> str:
    return decimal(fraction * 100, 1)


def _ratio(value: float) -> str:
    return decimal(value, 2)


def _power_of_two(value: float) -> str:
    if value < _LEAST_DECIMAL:
        return _("1/{n}").format(n=number(round(1 / value)))
    return decimal(value, 0 if value >= 1 else round(-log2(value)))


def _flag(flag: str) -> str:
    limit = _("99,8\u00a0%") if flag.endswith("998") else _("95\u00a0%")
    words = _("över {limit}") if flag.startswith("high") else _("under {limit}")
    return words.format(limit=limit)


def _draw_marks(drawing: Drawing, scale: Across, bar: Bar, y: float) -> None:
    if bar.value is None:
        return
    if bar.low is not None and bar.high is not None:
        scale.interval(drawing, bar.low, bar.high, y)
    drawing.add(marks.of_flag(scale.x(bar.value), y, bar.flag, 2.5, styles.ACCENT))
