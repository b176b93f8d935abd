"""The way of the cases: from purchased operations to what can be claimed, with what falls away in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.graphics.shapes import Drawing, Polygon, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.figures import axes
from kvalitetsapp.texts import _, kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.colors import Color

    from kvalitetsapp.domain.chart_data import Flow

HEIGHT: Final = 68.0
_GAP: Final = 11.0
_BOX: Final = 62.0


@dataclass(frozen=True, slots=True)
class _Step:
    head: str
    figure: str
    under: str
    fill: Color


def draw(flow: Flow, shown: Callable[[int], str], *, own: bool) -> Drawing:
    """Return the flow; `shown` writes counts the way the report does; `own` operations give no claims."""
    steps = _steps(flow, shown)[: 4 if own else 6]
    drawing = Drawing(styles.WIDTH, HEIGHT)
    width = (styles.WIDTH - _GAP * (len(steps) - 1)) / len(steps)
    for place, step in enumerate(steps):
        left = place * (width + _GAP)
        drawing.add(axes.box(left, HEIGHT - _BOX - 2, width, _BOX, step.fill))
        middle = left + width / 2
        drawing.add(_fitted(middle, HEIGHT - 16, step.head, width - 6, 7.0, styles.FONT))
        drawing.add(_fitted(middle, HEIGHT - 38, step.figure, width - 6, 13.0, styles.BOLD))
        drawing.add(_fitted(middle, HEIGHT - 53, step.under, width - 5, 6.4, styles.FONT, styles.MUTED))
        if place:
            drawing.add(_arrow(left - _GAP / 2, HEIGHT - 2 - _BOX / 2))
    return drawing


def _steps(flow: Flow, shown: Callable[[int], str]) -> tuple[_Step, ...]:
    light = styles.ACCENT_LIGHT
    last = styles.STRONG_LIGHT if flow.claimable else light
    return (
        _Step(_("Opererade"), shown(flow.purchased), _("operationer"), light),
        _Step(_("Uppföljda"), shown(flow.followed), _("hela två år"), light),
        _Step(_("Händelser"), shown(flow.events), _("kopplade"), light),
        _Step(_("Granskade"), shown(flow.reviewed), _("{n} bekräftade").format(n=shown(flow.confirmed)), light),
        _Step(_("Täckta"), shown(flow.covered), _("av avtal"), light),
        _Step(_("Kan krävas"), kronor_rounded(flow.claimable), _("enligt avtal"), last),
    )


def _fitted(x: float, y: float, words: str, room: float, size: float, font: str, colour: Color = styles.INK) -> String:
    width = stringWidth(words, font, size)
    fitting = size if width <= room else size * room / width
    return axes.text(x, y, words, anchor="middle", size=fitting, font=font, colour=colour)


def _arrow(x: float, y: float) -> Polygon:
    return Polygon([x - 3, y - 4, x - 3, y + 4, x + 3.5, y], fillColor=styles.ACCENT_MIDDLE, strokeColor=None)
