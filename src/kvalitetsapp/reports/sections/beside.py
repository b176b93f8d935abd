"""All providers beside each other: observed against expected, and tables in colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import chart_words
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.cells import ALSO_HIDDEN
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.ledger_of_operations import TWO_YEARS, hidden_in
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import case_mix, control_charts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.chart_data import HeatMap
    from kvalitetsapp.domain.report_chapters import TotalChapters
    from kvalitetsapp.domain.report_data import Share
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, chapters: TotalChapters, cells: Cells) -> None:
    """Add the charts; each goes through the gate for small numbers."""
    if not (chapters.ratios or chapters.adjusted or chapters.heat_maps):
        return
    if cells.strict:
        composer.section(_("Vårdgivarna bredvid varandra"))
        composer.text(_("Diagrammen visas inte: de har andelar och antal som här är avrundade."))
        return
    if chapters.ratios or chapters.adjusted:
        composer.section(_("Med hänsyn till vilka som opererats"))
    for joint, chart in chapters.ratios:
        what = _("Observerat mot väntat, reoperation inom två år, {joint}.").format(joint=phrases.joint(joint))
        control_charts.figure(composer, what, chart, cells, gone=hidden_in(cells, TWO_YEARS, joint))
    if chapters.adjusted:
        case_mix.model(composer, chapters.adjusted, cells)
    if chapters.heat_maps:
        composer.section(_("Indikatorer efter vårdgivare och år"))
    for table in chapters.heat_maps:
        _heat_map(composer, table, chapters, cells)


def _as_told(chart: HeatMap, shares: Mapping[str, Share], cells: Cells) -> HeatMap:
    """Return the table with nothing in the cells whose counts other tables of the report would tell with them."""
    told = tuple(
        tuple(
            replace(cell, shown=ALSO_HIDDEN)
            if cell.key in shares
            and cells.hides(names.heat(name, cell.key.rpartition("/")[2]), shares[cell.key].events)
            and not cells.is_hidden(cell.shown)
            else cell
            for cell in line
        )
        for name, line in zip(chart.rows, chart.cells, strict=True)
    )
    return replace(chart, cells=told)


def _heat_map(composer: Composer, chart: HeatMap, chapters: TotalChapters, cells: Cells) -> None:
    by_year = all(column.isdigit() for column in chart.columns)
    what = _("Reopererade inom två år efter operationsår.") if by_year else _("Vårdgivare och indikatorer.")
    reason = chart_words.empty_reason(chart)
    shares = dict(chapters.heat_shares)
    kept = None if reason else gate.without_small(_as_told(chart, shares, cells), cells, shares)
    if kept is None:
        why = reason or _("Tabellen visas inte: talen är för små.")
        composer.text(_("{what} {why}").format(what=what, why=why))
        return
    caption = _("{what} {read}").format(what=what, read=chart_words.caption(kept))
    compared = _("Jämfört med alla köpta operationer tillsammans, inte med riket.")
    for drawing in any_chart.drawings(kept):
        notes = Notes(compared, footnotes.not_adjusted(), gate.remark(chart, kept))
        composer.figure(caption, drawing, notes, alt=chart_words.description(kept))
