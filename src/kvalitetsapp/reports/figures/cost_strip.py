"""The cost strip: every case at what its events cost, with the price, the cap and the claimed cost as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Circle, Drawing, Line

from kvalitetsapp.domain.report_data import CAP_LINE, CLAIMED_LINE, LINES, PRICE_LINE
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import CaseCost

_DOT: Final = 2.1
_PACK: Final = 1.06
_TOP: Final = 42.0
_BOTTOM: Final = 34.0
_LEAST: Final = 56.0
_MOST: Final = 190.0
_KRONOR: Final = 100


def draw(cases: Sequence[CaseCost]) -> Drawing:
    """Return the strip; filled dots are cases whose events are confirmed, hollow ones rest on proposed links."""
    largest = max(CLAIMED_LINE, *(case.cost for case in cases))
    step = axes.nice_step(largest * 1.04 / _KRONOR, 9)
    x_max = axes.round_up(largest * 1.04 / _KRONOR, step)
    probe = axes.Area(6, 0, styles.WIDTH - 20, 1, x_max, 1)
    places = _swarm([probe.x(case.cost / _KRONOR) for case in sorted(cases, key=lambda one: one.cost)])
    tallest = max(places, default=0) + 2 * _DOT
    height = min(max(tallest, _LEAST), _MOST)
    squeeze = min(1.0, height / tallest)
    drawing = Drawing(styles.WIDTH, height + _TOP + _BOTTOM)
    area = axes.Area(6, _BOTTOM, styles.WIDTH - 20, height, x_max, 1)
    _draw_lines(drawing, area)
    axes.draw_x_axis(drawing, area, axes.ticks(x_max, step), _thousands, _("Kostnad per ärende, tusen kronor"))
    for case, lift in zip(sorted(cases, key=lambda one: one.cost), places, strict=True):
        _draw_case(drawing, area, case, lift * squeeze)
    _draw_key(drawing, area)
    return drawing


def _thousands(kronor: float) -> str:
    return number(round(kronor / 1000))


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


def _draw_lines(drawing: Drawing, area: axes.Area) -> None:
    names = {
        PRICE_LINE: _("60 000 kr: pris för en operation"),
        CAP_LINE: _("200 000 kr: tak i vårdvalet"),
        CLAIMED_LINE: _("800 000 kr: påstådd kostnad"),
    }
    for place, line in enumerate(LINES):
        x = area.x(line / _KRONOR)
        top = area.bottom + area.height + 8 + 10 * (2 - place)
        colour = styles.STRONG if line == CLAIMED_LINE else styles.ACCENT
        drawing.add(Line(x, area.bottom, x, top + 6, strokeColor=colour, strokeWidth=0.9, strokeDashArray=[3, 2]))
        if x > area.left + area.width * 0.6:
            drawing.add(axes.text(x - 4, top, names[line], anchor="end", size=6.8, colour=colour))
        else:
            drawing.add(axes.text(x + 4, top, names[line], size=6.8, colour=colour))


def _draw_case(drawing: Drawing, area: axes.Area, case: CaseCost, lift: float) -> None:
    colour = styles.STRONG if case.infection else styles.ACCENT
    drawing.add(
        Circle(
            area.x(case.cost / _KRONOR),
            area.bottom + _DOT + 1.2 + lift,
            _DOT - (0 if case.confirmed else 0.35),
            fillColor=colour if case.confirmed else styles.WHITE,
            strokeColor=styles.WHITE if case.confirmed else colour,
            strokeWidth=0.3 if case.confirmed else 0.7,
        )
    )


def _draw_key(drawing: Drawing, area: axes.Area) -> None:
    x, y = area.left, area.bottom - 23
    entries = (
        (styles.STRONG, True, _("med infektion")),
        (styles.ACCENT, True, _("annan komplikation")),
        (styles.ACCENT, False, _("ofylld: ej bekräftad")),
    )
    for colour, filled, name in entries:
        drawing.add(Circle(x + 3, y + 2.4, _DOT, fillColor=colour if filled else styles.WHITE, strokeColor=colour))
        drawing.add(axes.text(x + 8, y, name, size=6.8, colour=styles.MUTED))
        x += 22 + len(name) * 4.1
