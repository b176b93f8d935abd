"""Who waits: by county, by medical area, and by procedure within each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_words
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.waiting_charts import QueueBar, QueueBars
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.ledger_of_waiting import in_rate, specialised, waits
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.waiting_report import WaitingReport, WaitingRow
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_SIZE: Final = 6.8
_PER: Final = 100_000
_COUNTY, _AREA = "county", "area"


def county(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter of counties, with the own county's patients with need of highly specialised care."""
    composer.chapter(_("Länen"))
    _tables(composer, data, data.counties, _COUNTY, _("Län"), cells)
    _specialised(composer, data, cells)


def areas(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter of medical areas."""
    composer.chapter(_("Medicinska områden"))
    _chart(composer, data, cells)
    _tables(composer, data, data.areas, _AREA, _("Medicinskt område"), cells)


def codes(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    """Add the chapter of procedures, a table for each area."""
    composer.chapter(_("Åtgärdskoder"), new_page=False)
    month = data.day[:7]
    for area in data.by_area:
        composer.section(area.name)
        composer.table(
            _("Väntande per åtgärdskod (KVÅ) inom {area}, i ordning efter antal.").format(area=area.name),
            Grid(
                (
                    words(escaped(_("Kod")), 0.7),
                    words(escaped(_("Åtgärd")), 3.0),
                    Column(escaped(_("Väntande")), 0.9),
                    Column(escaped(_("Utan MOV/ PVV")), 0.8),
                    Column(escaped(_("Över 90")), 0.7),
                    Column(escaped(_("utan MOV/ PVV")), 0.8),
                    Column(escaped(_("Över 150")), 0.7),
                    Column(escaped(_("utan MOV/ PVV")), 0.8),
                    Column(escaped(_("Median, dagar")), 0.8),
                ),
                [_code(one, month, area.key, cells) for one in area.codes],
                size=_SIZE,
            ),
            Notes(footnotes.suppressed(cells)),
        )


def rate(one: WaitingRow, month: str, cells: Cells, county: str = ANY, area: str = ANY) -> str:
    """Return how many wait per 100 000; where the count behind it is hidden, or rounded, so is the rate."""
    if one.in_rate is None or not one.population or not one.per_100k:
        return NOTHING
    if cells.hides(in_rate(month, county, area), one.in_rate):
        return NOTHING
    if cells.strict:
        return decimal(cells.rounded(one.in_rate) * _PER / one.population, 0)
    return one.per_100k.replace(".", ",")  # with its decimal, so that they stand under each other


def median(value: str, n: int, cells: Cells) -> str:
    """Return a median of enough persons; to whole days in the strict mode."""
    if not value or (cells.suppress and n < LEAST_DENOMINATOR):
        return NOTHING
    return decimal(float(value), 0) if cells.strict else _comma(value)


def _comma(value: str) -> str:
    return value.removesuffix(".0").replace(".", ",")


def _tables(
    composer: Composer, data: WaitingReport, rows: Sequence[WaitingRow], level: str, head: str, cells: Cells
) -> None:
    """Add how many wait, per inhabitant and for how long, and then why."""
    whole = [] if len(rows) == 1 else [data.whole]
    every = [(one, one.key) for one in rows] + [(one, ANY) for one in whole]
    notes, month = Notes(), data.day[:7]
    columns = _columns_of_numbers(head, notes.mark(_population(data)))
    composer.table(
        _("Väntande {day}: antal, per 100\u00a0000 invånare och lång väntan.").format(day=data.day),
        Grid(columns, [_numbers(one, key, level, month, cells) for one, key in every], totals=len(whole), size=_SIZE),
        _with_gate(notes, cells),
    )
    why = _("MOV: medicinskt orsakad väntan. PVV: patientvald väntan. Ingen: listan säger att ingen finns.")
    composer.table(
        _("Avvikelseorsak: antal och andel av dem som väntar."),
        Grid(
            _columns_of_causes(head),
            [_causes(one, key, level, month, cells) for one, key in every],
            totals=len(whole),
            size=_SIZE,
        ),
        _with_gate(Notes(why), cells),
    )


def _columns_of_numbers(head: str, people: str) -> tuple[Column, ...]:
    return (
        words(escaped(head), 2.0),
        Column(escaped(_("Väntande")), 0.95),
        Column(escaped(_("Utan MOV/PVV")), 0.85),
        Column(escaped(_("Per 100\u00a0000")) + people, 0.85),
        Column(escaped(_("Över 90")), 0.75),
        Column(escaped(_("utan MOV/PVV")), 0.85),
        Column(escaped(_("Över 150")), 0.75),
        Column(escaped(_("utan MOV/PVV")), 0.85),
        Column(escaped(_("Median, dagar")), 0.85),
        Column(escaped(_("utan MOV/PVV")), 0.85),
    )


def _columns_of_causes(head: str) -> tuple[Column, ...]:
    names = (_("MOV"), _("PVV"), _("Ingen"), _("Saknas"))
    pairs = ((Column(escaped(name), 0.8), Column(escaped(_("Andel")), 0.8)) for name in names)
    return (words(escaped(head), 2.0), *(column for pair in pairs for column in pair))


def _with_gate(notes: Notes, cells: Cells) -> Notes:
    notes.remark(footnotes.suppressed(cells))
    return notes


def _population(data: WaitingReport) -> str:
    if data.population_year is None:
        return _("Folkmängd saknas i databasen, så inget räknas per invånare.")
    if data.invented:
        return _("Folkmängden {year} är påhittad.").format(year=data.population_year)
    return _("Folkmängden {year}. Den som saknar län eller kommun med folkmängd är inte med i talet.").format(
        year=data.population_year
    )


def _place(key: str, level: str) -> dict[str, str]:
    return {level: key}


def _numbers(one: WaitingRow, key: str, level: str, month: str, cells: Cells) -> tuple[str, ...]:
    place = _place(key, level)

    def count(column: str) -> str:
        return cells.at(waits(column, month, **place), getattr(one, column))

    return (
        *(one.name, count("waiting"), count("waiting_without"), rate(one, month, cells, **place)),
        *(count(name) for name in ("over_90", "over_90_without", "over_150", "over_150_without")),
        median(one.median, one.waiting, cells),
        median(one.median_without, one.waiting_without, cells),
    )


def _causes(one: WaitingRow, key: str, level: str, month: str, cells: Cells) -> tuple[str, ...]:
    place = _place(key, level)
    told = [one.name]
    for column in ("mov", "pvv", "no_deviation", "missing"):
        count = getattr(one, column)
        hidden = cells.hides(waits(column, month, **place), count) or cells.hides(
            waits("waiting", month, **place), one.waiting
        )
        few = hidden or not one.waiting or (cells.suppress and one.waiting < LEAST_DENOMINATOR)
        told += [cells.at(waits(column, month, **place), count), NOTHING if few else cells.part(count, one.waiting)]
    return tuple(told)


def _code(one: WaitingRow, month: str, area: str, cells: Cells) -> tuple[str, ...]:
    def count(column: str) -> str:
        return cells.at(waits(column, month, area=area, code=one.key), getattr(one, column))

    return (
        *(one.key, one.name if one.name != one.key else NOTHING),
        *(count(name) for name in ("waiting", "waiting_without")),
        *(count(name) for name in ("over_90", "over_90_without", "over_150", "over_150_without")),
        median(one.median, one.waiting, cells),
    )


def _specialised(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    composer.section(_("Behov av högspecialiserad vård: {county}").format(county=data.specialised_county))
    if not data.specialised:
        composer.text(_("Ingen som väntar är märkt för högspecialiserad vård."))
        return
    composer.table(
        _("Länets egna patienter med behov av högspecialiserad vård."),
        Grid(
            (
                words(escaped(_("Medicinskt område")), 1.6),
                words(escaped(_("Åtgärdskod")), 1.0),
                Column(escaped(_("Väntande")), 0.9),
                Column(escaped(_("Märkta i listan")), 0.9),
                Column(escaped(_("Enligt områdestabellen")), 1.2),
                Column(escaped(_("Över 90 dagar")), 0.9),
            ),
            [
                (
                    *(one.area, one.code),
                    *(
                        cells.at(specialised(name, one.area, one.code), getattr(one, name))
                        for name in ("waiting", "by_mark", "by_table", "over_90")
                    ),
                )
                for one in data.specialised
            ],
            size=7.2,
        ),
        Notes(footnotes.suppressed(cells)),
    )


def _chart(composer: Composer, data: WaitingReport, cells: Cells) -> None:
    bars = tuple(
        QueueBar(one.key, one.name, one.waiting, one.waiting_without, one.over_90, one.over_150) for one in data.areas
    )
    chart = QueueBars(_("Väntande per medicinskt område"), bars)
    month = data.day[:7]
    columns = {"waiting": "waiting", "without": "waiting_without", "over_90": "over_90", "over_150": "over_150"}
    gone = {
        f"{name}/{one.key}"
        for one in data.areas
        for name, column in columns.items()
        if cells.hides(waits(column, month, area=one.key), getattr(one, column))
    }
    kept = gate.without_small(chart, cells, gone=gone)
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
        return
    for drawing in any_chart.drawings(kept):
        composer.figure(
            _("Väntande per medicinskt område. {read}").format(read=chart_words.caption(kept)),
            drawing,
            Notes(gate.remark(chart, kept)),
            alt=chart_words.description(kept),
        )
