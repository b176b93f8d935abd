"""The cost strip: every case at what its events cost, with the amounts that were spoken of as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing, Line

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering, marks
from kvalitetsapp.texts import _, decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.graphics.shapes import Shape

    from kvalitetsapp.domain.chart_data import CostStrip

_DOT: Final = 2.1
_PACK: Final = 1.06
_TOP: Final = 12.0
_LINE_WORDS: Final = 10.0
_TITLE: Final = 14.0
_BOTTOM: Final = 34.0
_LEAST: Final = 56.0
_MOST: Final = 190.0
_KRONOR: Final = 100
_LEAST_REACH: Final = 1_000_00


def draw(strip: CostStrip) -> Drawing:
    """Return the strip; filled marks are cases whose events are confirmed, hollow ones rest on proposed links."""
    cases = sorted(strip.cases, key=lambda one: one.cost)
    lines = sorted(strip.lines)
    largest = max([*(line for line, _words in lines), *(case.cost for case in cases), _LEAST_REACH])
    step = axes.nice_step(largest * 1.04 / _KRONOR, 9)
    x_max = axes.round_up(largest * 1.04 / _KRONOR, step)
    probe = axes.Area(6, 0, styles.WIDTH - 20, 1, x_max, 1)
    places = _swarm([probe.x(case.cost / _KRONOR) for case in cases])
    tallest = max(places, default=0) + 2 * _DOT
    height = min(max(tallest, _LEAST), _MOST)
    drawing = Drawing(styles.WIDTH, height + _above(strip) + _BOTTOM)
    area = axes.Area(6, _BOTTOM, styles.WIDTH - 20, height, x_max, 1)
    if strip.title:
        axes.title(drawing, strip.title)
    _draw_lines(drawing, area, lines)
    ticks = axes.ticks(x_max, step)
    axes.draw_x_axis(drawing, area, ticks, _thousands(step), _("Kostnad per ärende, tusen kronor"))
    for case, lift in zip(cases, places, strict=True):
        y = area.bottom + _DOT + 1.2 + lift * min(1.0, height / tallest)
        drawing.add(_mark(area.x(case.cost / _KRONOR), y, confirmed=case.confirmed, infection=case.infection))
    _draw_key(drawing, area)
    return drawing


def _above(strip: CostStrip) -> float:
    return _TOP + _LINE_WORDS * len(strip.lines) + (_TITLE if strip.title else 0)


def _thousands(step: float) -> Callable[[float], str]:
    digits = 0 if (step / 1000).is_integer() else 1 if (step / 100).is_integer() else 2
    return lambda kronor: decimal(kronor / 1000, digits)


def _swarm(across: Sequence[float]) -> list[float]:
    """Return how high each dot must lie to touch none before it; `across` is sorted."""
    lifts: list[float] = []
    apart = 2 * _DOT * _PACK
    recent: list[tuple[float, float]] = []
    for x in across:
        recent = [(left, lift) for left, lift in recent if x - left < apart]
        free = 0.0
        for left, lift in sorted(recent, key=lambda one: one[1]):
            reach = (apart**2 - (x - left) ** 2) ** 0.5
            if lift - reach < free < lift + reach:
                free = lift + reach
        lifts.append(free)
        recent.append((x, free))
    return lifts


def _draw_lines(drawing: Drawing, area: axes.Area, lines: Sequence[tuple[int, str]]) -> None:
    """Draw the lines, the words of each on a row of its own: the leftmost highest, so that none crosses another's."""
    for place, (line, name) in enumerate(lines):
        x = area.x(line / _KRONOR)
        top = area.bottom + area.height + 8 + _LINE_WORDS * (len(lines) - 1 - place)
        colour = styles.STRONG if place == len(lines) - 1 else styles.ACCENT
        drawing.add(Line(x, area.bottom, x, top + 6, strokeColor=colour, strokeWidth=0.9, strokeDashArray=[3, 2]))
        before = x > area.left + area.width * 0.6
        words, size = lettering.fitted(name, x - 8 if before else styles.WIDTH - x - 8, 6.8)
        if before:
            drawing.add(axes.text(x - 4, top, words, anchor="end", size=size, colour=colour))
        else:
            drawing.add(axes.text(x + 4, top, words, size=size, colour=colour))


def _mark(x: float, y: float, *, confirmed: bool, infection: bool) -> Shape:
    """Return the mark of a case: a diamond with infection, a disc without; hollow where it is not confirmed."""
    radius = _DOT - (0 if confirmed else 0.35)
    if infection:
        return marks.diamond(x, y, radius * 1.2, styles.STRONG, hollow=not confirmed)
    return marks.circle(x, y, radius, styles.ACCENT, hollow=not confirmed)


def _draw_key(drawing: Drawing, area: axes.Area) -> None:
    x, y = area.left, area.bottom - 23
    entries = (
        (True, True, _("med infektion")),
        (True, False, _("annan komplikation")),
        (False, False, _("ofylld: ej bekräftad")),
    )
    for confirmed, infection, name in entries:
        drawing.add(_mark(x + 3, y + 2.4, confirmed=confirmed, infection=infection))
        drawing.add(axes.text(x + 8, y, name, size=6.8, colour=styles.MUTED))
        x += 22 + lettering.width(name, 6.8)
