"""The profile: how far each figure lies from the nation's, women and men apart, the wanted direction to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.domain.chart_descriptions import signed_percent
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.reports.figures.across import Across
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Profile, ProfileBar

_ROW: Final = 18.0
_MOST_ROWS: Final = 26
_HEAD: Final = 26.0
_FOOT: Final = 30.0
_NAMES: Final = 150.0
_LEFT: Final = 164.0
_NUMBERS: Final = 122.0
_SIZE: Final = 6.8
_LANE: Final = 3.9
_LETTER: Final = 4.6
_LEAST_REACH: Final = 0.05


def draw(chart: Profile) -> Drawing:
    """Return the whole chart."""
    return axes.stacked(parts(chart))


def parts(chart: Profile) -> tuple[Drawing, ...]:
    """Return the chart as drawings that a page holds, all with the same scale."""
    values = [v for bar in chart.bars for v in (bar.women, bar.men, bar.everyone) if v is not None]
    far = max([abs(value) for value in values] + [_LEAST_REACH]) * 1.05
    step = axes.nice_step(far, 2)
    end = axes.round_up(far, step)
    scale = Across(_LEFT, styles.WIDTH - _LEFT - _NUMBERS, -end, end)
    ticks = [*(-tick for tick in axes.ticks(end, step)[:0:-1]), *axes.ticks(end, step)]
    runs = axes.evenly(len(chart.bars), _MOST_ROWS)
    return tuple(_part(chart, chart.bars[run.start : run.stop], scale, ticks) for run in runs)


def _part(chart: Profile, bars: Sequence[ProfileBar], scale: Across, ticks: Sequence[float]) -> Drawing:
    drawing = Drawing(styles.WIDTH, _HEAD + _ROW * len(bars) + _FOOT)
    axes.title(drawing, chart.title)
    top = drawing.height - _HEAD
    for place in range(len(bars) + 1):
        axes.row(drawing, _FOOT + _ROW * place, _ROW)
    drawing.add(Line(scale.x(0), _FOOT, scale.x(0), top + 2, strokeColor=styles.ACCENT, strokeWidth=1.0))
    drawing.add(
        axes.text(scale.x(0), top + 4.5, chart.middle or _("riket"), anchor="middle", size=6.6, colour=styles.ACCENT)
    )
    for place, bar in enumerate(bars):
        _draw_bar(drawing, scale, bar, _FOOT + _ROW * (len(bars) - 0.5 - place))
    scale.axis(drawing, _FOOT, ticks, signed_percent)
    y = _FOOT - 24
    drawing.add(axes.text(scale.left, y, _("← Ej önskvärd riktning"), size=_SIZE, colour=styles.MUTED))
    drawing.add(axes.text(scale.right, y, _("Önskvärd riktning →"), anchor="end", size=_SIZE, colour=styles.MUTED))
    return drawing


def _draw_bar(drawing: Drawing, scale: Across, bar: ProfileBar, y: float) -> None:
    _draw_name(drawing, bar, y)
    if bar.everyone is not None:
        x = scale.x(bar.everyone)
        drawing.add(Line(x, y - 2 * _LANE, x, y + 2 * _LANE, strokeColor=styles.INK, strokeWidth=1.3))
        words = _("alla {value}").format(value=signed_percent(bar.everyone))
        drawing.add(axes.text(scale.right + 8, y - 2.2, words, size=6.4))
    lanes = (
        (bar.women, bar.n_women, y + _LANE, _("K"), marks.circle, styles.ACCENT),
        (bar.men, bar.n_men, y - _LANE, _("M"), marks.square, styles.STRONG),
    )
    for value, n, lane, letter, mark, colour in lanes:
        if value is None:
            continue
        x = scale.x(value)
        drawing.add(mark(x, lane, 3.3, colour))
        look: dict[str, Any] = {"size": _LETTER, "font": styles.BOLD, "colour": styles.WHITE}
        drawing.add(axes.text(x, lane - 1.7, letter, anchor="middle", **look))
        told = _("{who} {value}").format(who=letter, value=signed_percent(value))
        counted = _("{told}, n {n}").format(told=told, n=number(n)) if n else told
        words, size = lettering.fitted(counted, _NUMBERS - 60, 6.0)
        drawing.add(axes.text(styles.WIDTH, lane - 2.1, words, anchor="end", size=size))


def _draw_name(drawing: Drawing, bar: ProfileBar, y: float) -> None:
    name, size = lettering.fitted(bar.name, _NAMES, _SIZE)
    drawing.add(axes.text(0, y + 1.4 if bar.note else y - 2.4, name, size=size))
    if bar.note:
        note, size = lettering.fitted(bar.note, _NAMES, 5.8)
        drawing.add(axes.text(0, y - 6.4, note, size=size, colour=styles.MUTED))
