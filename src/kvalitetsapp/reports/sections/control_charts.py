"""The provider over time: what lies between infections, the share per quarter, and the running sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import chart_words
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.domain.chart_data import Chart, GChart
    from kvalitetsapp.domain.report_chapters import OverTime
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, charts: OverTime, cells: Cells) -> None:
    """Add the charts, or say why there are none."""
    composer.section(_("Över tid"))
    if not charts.between and not charts.quarters:
        composer.text(_("Inga operationer är uppföljda i två år, så inget kan visas över tid."))
        return
    if cells.strict:
        composer.text(_("Diagrammen visas inte: de har andelar och antal som här är avrundade."))
        return
    if cells.suppress:
        composer.text(
            _(
                "Avstånd mellan infektioner och löpande summa visar enskilda patienter och hör inte hemma utanför "
                "kliniken."
            )
        )
    else:
        for one in charts.between:
            _gaps(composer, one, cells)
    for joint, chart in charts.quarters:
        what = _("Reopererade inom två år per operationskvartal, {joint}.").format(joint=phrases.joint(joint))
        figure(composer, what, chart, cells)
    for joint, cusum in charts.cusums if not cells.suppress else ():
        what = _("Reopererade inom två år, {joint}, i den ordning operationerna gjordes.").format(
            joint=phrases.joint(joint)
        )
        figure(composer, what, cusum, cells)


def figure(
    composer: Composer, what: str, chart: Chart, cells: Cells, *remarks: str, gone: Collection[str] = frozenset()
) -> None:
    """Add a chart that has gone through the gate, or the sentence that stands for it; `gone` are hidden elsewhere."""
    reason = chart_words.empty_reason(chart)
    if reason:
        composer.text(_("{what} {reason}").format(what=what, reason=reason))
        return
    kept = gate.without_small(chart, cells, gone=gone)
    if kept is None:
        composer.text(_("{what} Diagrammet visas inte: talen är för små.").format(what=what))
        return
    caption = _("{what} {read}").format(what=what, read=chart_words.caption(kept))
    drawings = any_chart.drawings(kept)
    for place, drawing in enumerate(drawings):
        last = place == len(drawings) - 1
        notes = Notes(*remarks, gate.remark(chart, kept)) if last else None
        composer.figure(caption, drawing, notes, alt=chart_words.description(kept))


def _gaps(composer: Composer, chart: GChart, cells: Cells) -> None:
    days = chart.counted == "days"
    what = _("Dagar mellan infektioner.") if days else _("Operationer mellan dem som fick en infektion.")
    if not chart.points:
        followed = _("{what} Ingen infektion efter de uppföljda operationerna.")
        composer.text((_("{what} Ingen infektion efter operationerna.") if days else followed).format(what=what))
        return
    same_day = sum(point.between == 0 for point in chart.points) if days else 0
    together = _same_day(same_day)
    figure(composer, what, chart, cells, _whose(days=days), together)


def _whose(*, days: bool) -> str:
    """Return after which operations infections are counted: of days all that have come by now."""
    if days:
        return _("Infektion inom två år enligt koder, granskad eller inte, den första efter varje operation hittills.")
    return _("Infektion inom två år enligt koder, granskad eller inte, efter operationer som är följda i två år.")


def _same_day(infections: int) -> str:
    if not infections:
        return ""
    return ngettext(
        "{n} infektion kom samma dag som den före.", "{n} infektioner kom samma dag som den före.", infections
    ).format(n=number(infections))
