"""The report of waiting lists: county, medical area, procedure; how it came to be, and what could be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import figure_row, ledgers, styles
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.ledger_of_waiting import specialised, waits
from kvalitetsapp.reports.sections import (
    cover,
    manifest,
    waiting_capacity,
    waiting_levels,
    waiting_moves,
    waiting_quality,
    waiting_time,
)
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.waiting_report import WaitingReport
    from kvalitetsapp.reports.cells import Cells


def build(data: WaitingReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: WaitingReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Väntanderapport")
    composer, cells = Composer(), ledgers.cells_of(data)
    cover.add(composer, title, data.head, data.manifest, [(_("Lista den"), data.day)])
    _summary(composer, data, cells)
    waiting_levels.county(composer, data, cells)
    waiting_time.development(composer, data, cells)
    waiting_levels.areas(composer, data, cells)
    waiting_time.by_area(composer, data, cells)
    waiting_levels.codes(composer, data, cells)
    waiting_time.distribution(composer, data, cells)
    waiting_capacity.add(composer, data, cells)
    waiting_moves.add(composer, data, cells)
    waiting_quality.add(composer, data, cells)
    waiting_quality.method(composer)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


def _summary(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    composer.chapter(_("Sammanfattning"))
    composer.text(_("{subject}, listan den {day}.").format(subject=data.head.subject, day=data.day), styles.SMALL)
    composer.add(figure_row.draw(_figures(data, cells)))
    composer.space(12)
    for sentence in _sentences(data, cells):
        composer.text(sentence, styles.LEAD)
    waiting_time.series(composer, data, cells)


def _count(column: str, data: WaitingReport, cells: Cells) -> str:
    return cells.at(waits(column, data.day[:7]), getattr(data.whole, column))


def _figures(data: WaitingReport, cells: Cells) -> list[KeyFigure]:
    def count(column: str) -> str:
        return _count(column, data, cells)

    without, per = _("utan MOV/PVV {n}"), _("{rate} per 100\u00a0000 invånare")
    rate = waiting_levels.rate(data.whole, data.day[:7], cells)
    return [
        KeyFigure(count("waiting"), "" if rate == NOTHING else per.format(rate=rate), _("väntar")),
        KeyFigure(count("waiting_without"), _("av alla som väntar"), _("utan MOV och PVV")),
        KeyFigure(count("over_90"), without.format(n=count("over_90_without")), _("har väntat över 90 dagar")),
        KeyFigure(
            count("over_150"),
            without.format(n=count("over_150_without")),
            _("har väntat över 150 dagar"),
            strong=data.whole.over_150 > 0,
        ),
        KeyFigure(
            cells.at(specialised("waiting"), data.specialised_total),
            data.specialised_county,
            _("har behov av högspecialiserad vård"),
        ),
    ]


def _sentences(data: WaitingReport, cells: Cells) -> list[str]:
    """Say how many wait and for how long, how that has changed, and where most of the long waits are."""
    return [one for one in (_now(data, cells), _change(data, cells), _where(data, cells)) if one]


def _now(data: WaitingReport, cells: Cells) -> str:
    median = waiting_levels.median(data.whole.median, data.whole.waiting, cells)
    said = _("{n} väntar, {without} av dem utan medicinskt orsakad eller patientvald väntan.").format(
        n=_count("waiting", data, cells), without=_count("waiting_without", data, cells)
    )
    if median == NOTHING:
        return said
    half = _("Hälften har väntat {days} dagar eller längre.").format(days=median)
    return f"{said} {half}"


def _change(data: WaitingReport, cells: Cells) -> str:
    """Say how it was a year before, as far as that can be told."""
    year = f"{int(data.day[:4]) - 1}{data.day[4:7]}"
    before = next((one for one in data.months if one.month == year and one.waiting is not None), None)
    if before is None or before.waiting is None or before.over_150 is None:
        return _("Hur det var för ett år sedan går inte att säga: listan för {month} saknas.").format(month=year)
    return _("För ett år sedan väntade {n}, {long} av dem längre än 150 dagar.").format(
        n=cells.at(waits("waiting", year), before.waiting), long=cells.at(waits("over_150", year), before.over_150)
    )


def _where(data: WaitingReport, cells: Cells) -> str:
    month = data.day[:7]
    most = max(data.areas, key=lambda one: one.over_150, default=None)
    if most is None or not most.over_150 or cells.hides(waits("over_150", month, area=most.key), most.over_150):
        return ""
    return _("Flest har väntat längre än 150 dagar inom {area}: {n} av {all}.").format(
        area=most.name,
        n=cells.at(waits("over_150", month, area=most.key), most.over_150),
        all=cells.at(waits("waiting", month, area=most.key), most.waiting),
    )
