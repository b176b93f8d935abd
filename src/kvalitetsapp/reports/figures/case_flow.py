"""The way of the cases: from purchased operations to what can be claimed, with what falls away in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing, Polygon

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes, lettering
from kvalitetsapp.texts import NOTHING, _, kronor_rounded, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import CaseFlow, Flow, FlowStep

HEIGHT: Final = 68.0
_GAP: Final = 11.0
_BOX: Final = 62.0
_TITLE: Final = 15.0
_MOST_BESIDE: Final = 7


@dataclass(frozen=True, slots=True)
class _Step:
    head: str
    figure: str
    under: str
    fill: Color


def draw(chart: CaseFlow) -> Drawing:
    """Return the steps of a flow, as many rows of them as they need; what is not known is a dash."""
    steps = [_step(one) for one in chart.steps]
    rows = axes.evenly(len(steps), _MOST_BESIDE)
    drawing = Drawing(styles.WIDTH, _TITLE + HEIGHT * len(rows))
    axes.title(drawing, chart.title)
    for place, row in enumerate(rows):
        top = drawing.height - _TITLE - HEIGHT * place
        _draw_row(drawing, steps[row.start : row.stop], top, len(rows[-1]), follows=place > 0)
    return drawing


def _step(one: FlowStep) -> _Step:
    """Return a step; of what is counted in kronor alone the amount is the figure."""
    if one.count is None and one.amount is not None:
        return _Step(one.label, kronor_rounded(one.amount), "", styles.ACCENT_LIGHT)
    shown = NOTHING if one.count is None else number(one.count)
    return _Step(one.label, shown, _kronor(one.amount), styles.ACCENT_LIGHT)


def _kronor(amount: int | None) -> str:
    return "" if amount is None else kronor_rounded(amount)


def draw_claims(flow: Flow, shown: Mapping[str, str], *, own: bool) -> Drawing:
    """Return the flow to a claim; `shown` has its steps as the report writes them; `own` operations give no claims."""
    steps = _steps(flow, shown)[: 4 if own else 6]
    drawing = Drawing(styles.WIDTH, HEIGHT)
    _draw_row(drawing, steps, HEIGHT, len(steps), follows=False)
    return drawing


def _draw_row(drawing: Drawing, steps: Sequence[_Step], top: float, beside: int, *, follows: bool) -> None:
    """Draw steps beside each other, with room for `beside`; an arrow at the left says that a row follows another."""
    inset = _GAP if follows else 0.0
    width = (styles.WIDTH - _GAP * (beside - 1) - inset) / beside
    for place, step in enumerate(steps):
        left = inset + place * (width + _GAP)
        drawing.add(axes.box(left, top - _BOX - 2, width, _BOX, step.fill))
        middle = left + width / 2
        heads = lettering.lines(step.head, width - 6, 7.0, 2)
        for line, (words, size) in enumerate(heads):
            y = top - 16 + 4 * (len(heads) - 1) - 8 * line
            drawing.add(axes.text(middle, y, words, anchor="middle", size=size))
        _draw_fitted(drawing, (middle, top - 38), step.figure, width - 6, 13.0, styles.BOLD)
        _draw_fitted(drawing, (middle, top - 53), step.under, width - 5, 6.4, styles.FONT, styles.MUTED)
        if place or follows:
            drawing.add(_arrow(left - _GAP / 2, top - 2 - _BOX / 2))


def _steps(flow: Flow, shown: Mapping[str, str]) -> tuple[_Step, ...]:
    light = styles.ACCENT_LIGHT
    last = styles.STRONG_LIGHT if flow.claimable else light
    return (
        _Step(_("Opererade"), shown["purchased"], _("operationer"), light),
        _Step(_("Uppföljda"), shown["followed"], _("hela två år"), light),
        _Step(_("Händelser"), shown["events"], _("kopplade"), light),
        _Step(_("Granskade"), shown["reviewed"], _("{n} bekräftade").format(n=shown["confirmed"]), light),
        _Step(_("Täckta"), shown["covered"], _("av avtal"), light),
        _Step(_("Kan krävas"), shown["claimable"], _("enligt avtal"), last),
    )


def _draw_fitted(
    drawing: Drawing,
    place: tuple[float, float],
    words: str,
    room: float,
    size: float,
    font: str,
    colour: Color = styles.INK,
) -> None:
    """Write a figure whole, however small it must be: figures are never shortened."""
    wide = lettering.width(words, size, font)
    fitting = size if wide <= room else size * room / wide
    drawing.add(axes.text(*place, words, anchor="middle", size=fitting, font=font, colour=colour))


def _arrow(x: float, y: float) -> Polygon:
    return Polygon([x - 3, y - 4, x - 3, y + 4, x + 3.5, y], fillColor=styles.ACCENT_MIDDLE, strokeColor=None)
