"""The forest of equal care: a row per group with its figures, drawn with their intervals against the line."""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.domain import forest_words
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.reports.figures.across import Across, of_ratios
from kvalitetsapp.texts import _, decimal, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import Forest, ForestRow

_ROW: Final = 17.0
_MOST_ROWS: Final = 34
_HEAD: Final = 31.0
_FOOT: Final = 16.0
_SIZE: Final = 6.6
_NAMES: Final = 112.0
_N_END: Final = 136.0
_CRUDE_END: Final = 214.0
_ADJUSTED_END: Final = 292.0
_LEFT: Final = 302.0
_RIGHT: Final = 16.0
_LANE: Final = 3.4
_WIDER: Final = 2.5
_FARTHEST: Final = 5
_LEAST: Final = 0.005


def draw(chart: Forest) -> Drawing:
    """Return the whole chart."""
    return axes.stacked(parts(chart))


def parts(chart: Forest) -> tuple[Drawing, ...]:
    """Return the chart as drawings that a page holds, all with the same scale."""
    scale, ticks, shown = _ratio_scale(chart) if chart.quantity == "ratio" else _scale(chart)
    runs = axes.evenly(len(chart.rows), _MOST_ROWS)
    return tuple(_part(chart, chart.rows[run.start : run.stop], scale, ticks, shown) for run in runs)


_Scale = tuple[Across, "list[float]", "Callable[[float], str]"]


def _scale(chart: Forest) -> _Scale:
    """Return a scale around the line (figures from 0); intervals far wider than the figures go beyond it."""
    middle = 0.0 if chart.quantity == "value" else chart.line or 0.0
    values = [abs(each - middle) for row in chart.rows for each in (row.value, row.adjusted) if each is not None]
    ends = [abs(end - middle) for row in chart.rows for end in _ends(row)]
    values.append(abs((chart.line or 0.0) - middle))
    far = max([*values, _LEAST if chart.is_share else 0.1])
    reach = max(far * 1.05, min(max(ends, default=0.0), far * _WIDER))
    step = axes.nice_step(reach, 4 if middle == 0 and chart.quantity == "value" else 2)
    end = axes.round_up(reach, step)
    if chart.is_share and chart.quantity == "value":
        end = min(end, 1.0)
    lowest = min([*(each for row in chart.rows for each in (row.value, *_ends(row)) if each is not None), 0.0])
    one_sided = chart.quantity == "value" and lowest >= 0
    right = axes.ticks(end, step)
    ticks = right if one_sided else [*(-tick for tick in right[:0:-1]), *right]
    width = styles.WIDTH - _LEFT - _RIGHT
    return Across(_LEFT, width, 0.0 if one_sided else -end, end), ticks, lambda value: _tick(chart, value, step)


def _tick(chart: Forest, value: float, step: float) -> str:
    if chart.is_share and chart.quantity == "value":
        return axes.percents(step)(value)
    if chart.is_share:
        value, step = value * 100, round(step * 100, 6)
    return decimal(value, 0 if float(step).is_integer() else 1 if float(step * 10).is_integer() else 2)


def _ratio_scale(chart: Forest) -> _Scale:
    """Return a scale of ratios with 1 in the middle."""
    values = [each for row in chart.rows for each in (row.value, row.adjusted) if each]
    ends = [end for row in chart.rows for end in _ends(row) if end]
    needed = max((abs(log2(value)) for value in values), default=0.0)
    wanted = max((abs(log2(end)) for end in ends), default=0.0)
    power = min(max(ceil(min(wanted, needed * _WIDER)), ceil(needed), 1), _FARTHEST)
    scale, places = of_ratios(_LEFT, styles.WIDTH - _LEFT - _RIGHT, power)
    return scale, places, lambda value: decimal(value, _digits(value))


def _digits(value: float) -> int:
    return 0 if value >= 1 else 1 if value >= 0.5 else 2


def _part(
    chart: Forest, rows: Sequence[ForestRow], scale: Across, ticks: Sequence[float], shown: Callable[[float], str]
) -> Drawing:
    drawing = Drawing(styles.WIDTH, _HEAD + _ROW * len(rows) + _FOOT)
    axes.title(drawing, chart.title)
    _draw_heads(drawing, chart, scale)
    for place, row in enumerate(rows):
        low = _FOOT + _ROW * (len(rows) - 1 - place)
        axes.row(drawing, low, _ROW, coloured=forest_words.is_away(chart, row))
        _draw_words(drawing, chart, row, low + _ROW / 2 - 2.4)
    _draw_line(drawing, chart, scale)
    for place, row in enumerate(rows):
        _draw_marks(drawing, scale, row, _FOOT + _ROW * (len(rows) - 0.5 - place))
    scale.axis(drawing, _FOOT, ticks, shown)
    return drawing


def _draw_heads(drawing: Drawing, chart: Forest, scale: Across) -> None:
    top = drawing.height - _HEAD + 5
    adjusted = _("Åldersstand.") if any(row.adjusted is not None for row in chart.rows) else ""
    heads = ((_N_END, _("n")), (_CRUDE_END, forest_words.heading(chart)), (_ADJUSTED_END, adjusted))
    for end, head in heads:
        words, size = lettering.fitted(head, 72.0, 6.4)
        drawing.add(axes.text(end, top, words, anchor="end", size=size, colour=styles.MUTED))
    drawing.add(Line(0, top - 4, styles.WIDTH, top - 4, strokeColor=styles.MUTED, strokeWidth=0.7))
    if chart.line is None:
        return
    label = chart.line_label
    if chart.quantity == "value":
        label = f"{label} {forest_words.shown(chart, chart.line)}"
    words, size = lettering.fitted(label, scale.width, 6.6)
    half = lettering.width(words, size) / 2
    middle = min(max(scale.x(chart.line), _LEFT + half), styles.WIDTH - half)
    drawing.add(axes.text(middle, top, words, anchor="middle", size=size, colour=styles.ACCENT))


def _draw_line(drawing: Drawing, chart: Forest, scale: Across) -> None:
    if chart.line is not None:
        x = scale.x(chart.line)
        look: dict[str, Any] = {"strokeDashArray": [3, 2]}
        drawing.add(Line(x, _FOOT, x, drawing.height - _HEAD + 2, strokeColor=styles.MUTED, strokeWidth=0.8, **look))


def _draw_words(drawing: Drawing, chart: Forest, row: ForestRow, y: float) -> None:
    name, size = lettering.fitted(row.name, _NAMES, _SIZE)
    drawing.add(axes.text(2, y + (3.2 if row.note else 0), name, size=size))
    if row.note:
        note, size = lettering.fitted(row.note, _NAMES, 5.4)
        drawing.add(axes.text(2, y - 3.6, note, size=size, colour=styles.MUTED))
    drawing.add(axes.text(_N_END, y, number(row.n) if row.n else "", anchor="end", size=_SIZE))
    crude, adjusted = (row.value, row.low, row.high), (row.adjusted, row.adjusted_low, row.adjusted_high)
    for end, figures in ((_CRUDE_END, crude), (_ADJUSTED_END, adjusted)):
        words, size = lettering.fitted(_figure(chart, *figures), 76.0, 6.2)
        drawing.add(axes.text(end, y, words, anchor="end", size=size))


def _figure(chart: Forest, value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return ""
    inside = forest_words.interval(chart, low, high)
    return f"{forest_words.shown(chart, value)} ({inside})" if inside else forest_words.shown(chart, value)


def _draw_marks(drawing: Drawing, scale: Across, row: ForestRow, y: float) -> None:
    if row.value is None:
        return
    lane = y + (_LANE if row.adjusted is not None else 0.0)
    _interval(drawing, scale, (row.low, row.high), lane, styles.ACCENT)
    drawing.add(marks.circle(scale.x(row.value), lane, 2.4, styles.ACCENT))
    if row.adjusted is not None:
        _interval(drawing, scale, (row.adjusted_low, row.adjusted_high), y - _LANE, styles.STRONG)
        drawing.add(marks.diamond(scale.x(row.adjusted), y - _LANE, 2.8, styles.STRONG, hollow=True))


def _interval(
    drawing: Drawing, scale: Across, ends: tuple[float | None, float | None], y: float, colour: Color
) -> None:
    low, high = ends
    if low is None and high is None:
        return
    beyond = scale.high * 2
    scale.interval(drawing, scale.low if low is None else low, beyond if high is None else high, y, colour)


def _ends(row: ForestRow) -> list[float]:
    return [end for end in (row.low, row.high, row.adjusted_low, row.adjusted_high) if end is not None]
