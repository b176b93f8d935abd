"""How lists have developed from month to month, and how long those have waited who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_words
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.waiting_charts import DaysBar, DaysHistogram, MonthLine, MonthSeries
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.ledger_of_waiting import MONTHLY, waited, waits
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.waiting_report import WaitingMonth, WaitingReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_BESIDE: Final = 13
_SIZE: Final = 6.8
_SMALLER: Final = 6.2


def development(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the table of month ends, all and those who have waited long, with and without MOV and PVV."""
    composer.section(_("Utveckling över tid"))
    if data.gaps:
        told = ", ".join(_("{month} ({sources})").format(month=month, sources=sources) for month, sources in data.gaps)
        composer.text(_("Månader utan fullständig lista: {months}.").format(months=told))
    heads = (
        *(_("Väntande"), _("Utan MOV/PVV"), _("Över 90 dagar"), _("utan MOV/PVV")),
        *(_("Över 150 dagar"), _("utan MOV/PVV")),
    )
    composer.table(
        _("Antal väntande vid månadsslut."),
        Grid(
            (words(escaped(_("Månad")), 1.0), *(Column(escaped(head), 1.0) for head in heads)),
            [(one.month, *(_at(one, name, ANY, cells) for name in MONTHLY)) for one in data.months],
            size=_SIZE,
        ),
        Notes(_("Streck: månaden saknar en fullständig lista."), footnotes.suppressed(cells)),
    )


def series(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the picture of month ends."""
    title = _("Väntande vid månadsslut")
    _draw(composer, _series(data, title), cells, _hidden(data.months, cells), title)


def by_area(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add how every area has developed: all, and those who have waited longer than 150 days."""
    composer.section(_("Områdenas utveckling över tid"))
    months = [one.month for one in data.months[-_BESIDE:]]
    for column, caption in (
        ("waiting", _("Antal väntande vid månadsslut per medicinskt område.")),
        ("over_150", _("Antal som har väntat längre än 150 dagar vid månadsslut per medicinskt område.")),
    ):
        composer.table(
            caption,
            Grid(
                (words(escaped(_("Medicinskt område")), 2.2), *(Column(escaped(one[2:]), 0.8) for one in months)),
                [(area.name, *_row(area.months, months, column, area.key, cells)) for area in data.by_area],
                size=_SMALLER,
            ),
            Notes(_("Månaderna står som år-månad. Streck: fullständig lista saknas."), footnotes.suppressed(cells)),
        )


def distribution(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add how long those have waited who wait."""
    composer.chapter(_("Väntetidens fördelning"), new_page=False)
    bars = tuple(DaysBar(one.first, one.last, one.waiting, one.without) for one in data.classes)
    title = _("Väntetid i dagar")
    gone = {
        f"{column}/{one.first}"
        for one in data.classes
        for column in ("waiting", "without")
        if cells.hides(waited(column, one.first), getattr(one, column))
    }
    _draw(composer, DaysHistogram(title, bars), cells, gone, title)
    composer.table(
        _("Antal efter dagar sedan beslutet."),
        Grid(
            (
                words(escaped(_("Dagar")), 1.0),
                Column(escaped(_("Väntande")), 1.0),
                Column(escaped(_("Utan MOV/PVV")), 1.0),
            ),
            [
                (
                    f"{number(one.first)}–" if one.last is None else f"{number(one.first)}–{number(one.last)}",
                    cells.at(waited("waiting", one.first), one.waiting),
                    cells.at(waited("without", one.first), one.without),
                )
                for one in data.classes
            ],
            size=_SIZE,
        ),
        Notes(_("Den som saknar användbar beslutsdag är inte med."), footnotes.suppressed(cells)),
    )


def _at(one: WaitingMonth, column: str, area: str, cells: Cells) -> str:
    count = getattr(one, column)
    return NOTHING if count is None else cells.at(waits(column, one.month, area=area), count)


def _row(told: tuple[WaitingMonth, ...], months: list[str], column: str, area: str, cells: Cells) -> list[str]:
    by_month = {one.month: one for one in told}
    return [_at(by_month[month], column, area, cells) if month in by_month else NOTHING for month in months]


def _series(data: WaitingReport, title: str) -> MonthSeries:
    lines = (
        ("waiting", _("Väntande"), False),
        ("waiting_without", _("Utan MOV/PVV"), True),
        ("over_150", _("Över 150 dagar"), False),
        ("over_150_without", _("Över 150 utan MOV/PVV"), True),
    )
    return MonthSeries(
        title,
        tuple(one.month for one in data.months),
        tuple(
            MonthLine(key, name, tuple(getattr(one, key) for one in data.months), dashed)
            for key, name, dashed in lines
        ),
    )


def _hidden(months: tuple[WaitingMonth, ...], cells: Cells) -> set[str]:
    return {
        f"{name}/{one.month}"
        for one in months
        for name in MONTHLY
        if getattr(one, name) is not None and cells.hides(waits(name, one.month), getattr(one, name))
    }


def _draw(composer: Composer, chart: Chart, cells: Cells, gone: Collection[str], title: str) -> None:
    if chart_words.empty_reason(chart):
        composer.text(chart_words.empty_reason(chart))
        return
    kept = gate.without_small(chart, cells, gone=gone)
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
        return
    composer.figure(
        _("{title}. {read}").format(title=title, read=chart_words.caption(kept)),
        any_chart.draw(kept),
        Notes(gate.remark(chart, kept)),
        alt=chart_words.description(kept),
    )
