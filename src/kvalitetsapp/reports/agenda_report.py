"""The quality agenda on paper: a table per quality area in the form of the annual report, and the quarters before."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import agenda_tables, frozen_figure
from kvalitetsapp.domain.agenda_words import STATUS_MARKS
from kvalitetsapp.domain.quality_target import aim_text
from kvalitetsapp.domain.target_status import LEAST_N, LEAST_UNITS, TargetStatus
from kvalitetsapp.domain.target_trend import QUARTERS_BACK
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import figure_row, frozen_cells, ledgers, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import cover, figure_recipes, manifest
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.agenda_report import AgendaReport
    from kvalitetsapp.reports.cells import Cells

_MOST_QUARTERS: Final = 6
_SIZE: Final = 7.2


def composed(data: AgendaReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Kvalitetsagenda")
    composer, cells = Composer(), ledgers.cells_of(data)
    counted = ngettext("{n} mål", "{n} mål", len(data.rows)).format(n=number(len(data.rows)))
    cover.add(composer, title, data.head, data.manifest, [(_("Mål"), counted)])
    _summary(composer, data, cells)
    composer.chapter(_("Målen"))
    for area, rows in groupby(data.rows, key=lambda row: row.target.area):
        composer.section(word("quality_area", area))
        _area(composer, word("quality_area", area), list(rows), cells)
    _quarters(composer, data, cells)
    _method(composer)
    figure_recipes.add(composer, data.facts)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


def _summary(composer: Composer, data: AgendaReport, cells: Cells) -> None:
    """Add how many targets stand in each way, and which are not met."""
    composer.chapter(_("Sammanfattning"))
    told = [row for row in data.rows if _is_told(row, cells)]
    many = {each: sum(row.judgement.status is each for row in told) for each in TargetStatus}
    composer.add(
        figure_row.draw(
            [
                KeyFigure(
                    number(many[each]),
                    _("av {n} mål").format(n=number(len(data.rows))),
                    word("target_status", each),
                    strong=each is TargetStatus.NOT_MET and many[each] > 0,
                )
                for each in TargetStatus
            ]
        )
    )
    composer.space(10)
    for status, heading in (
        (TargetStatus.NOT_MET, _("Inte nådda mål")),
        (TargetStatus.UNCERTAIN, _("Nådda, men osäkert")),
    ):
        found = [row for row in told if row.judgement.status is status]
        if found:
            composer.section(heading)
            composer.bullets([_sentence(row, cells) for row in found])
    hidden = len(data.rows) - len(told)
    if hidden:
        composer.text(
            ngettext(
                "{n} mål vilar på så få att resultatet inte visas.",
                "{n} mål vilar på så få att resultaten inte visas.",
                hidden,
            ).format(n=number(hidden)),
            styles.SMALL,
        )


def _sentence(row: AgendaRow, cells: Cells) -> str:
    trend = "" if row.trend.trend not in ("better", "worse") else f" {agenda_tables.trend_text(row)}."
    return _("{target}: {result}, {aim}.{trend}").format(
        target=row.target.name, result=_result(row, cells), aim=_aim(row), trend=trend
    )


def _area(composer: Composer, name: str, rows: Sequence[AgendaRow], cells: Cells) -> None:
    """Add the table of an area: target and indicator, result, limit, status, trend and comment."""
    notes = Notes()
    lines = [_line(row, notes, cells) for row in rows]
    notes.remark(footnotes.not_adjusted() if any(not row.takes_result for row in rows) else "")
    notes.remark(footnotes.suppressed(cells))
    composer.table(
        _("{area}: mål, resultat och läge.").format(area=name),
        Grid(
            (
                words(escaped(_("Kvalitetsmål och indikator")), 2.2),
                words(escaped(_("Resultat")), 1.6),
                words(escaped(_("Mål")), 1.5),
                words(escaped(_("Status")), 1.35),
                words(escaped(_("Trend")), 1.25),
                words(escaped(_("Kommentar")), 1.8),
            ),
            lines,
            size=_SIZE,
            marked=frozenset(
                place
                for place, row in enumerate(rows)
                if row.judgement.status is TargetStatus.NOT_MET and _is_told(row, cells)
            ),
        ),
        notes,
        parted=True,
    )


def _line(row: AgendaRow, notes: Notes, cells: Cells) -> tuple[str, ...]:
    told = _is_told(row, cells)
    marks = [notes.letter(text) for text in (*_flags(row), agenda_tables.why(row) if told else "") if text]
    return (
        _about(row),
        _result(row, cells),
        _aim(row),
        " ".join((agenda_tables.status_text(row), *(f"({mark})" for mark in sorted(set(marks))))) if told else NOTHING,
        agenda_tables.trend_text(row) if told else NOTHING,
        row.words.comment or NOTHING,
    )


def _about(row: AgendaRow) -> str:
    """Return a target by its name, with what the name does not say of the indicator and the scope."""
    name, measured = row.target.name, agenda_tables.measured(row)
    joint = word("joint", row.target.joint) if row.target.joint else ""
    more = [part for part in (measured, joint, row.provider) if part and part.lower() not in name.lower()]
    return f"{name}. {', '.join(more)}" if more else name


def _aim(row: AgendaRow) -> str:
    """Return the limit, with the value of the nation that it is about."""
    told = [aim_text(row.target, row.unit)]
    if row.figure is not None and row.figure.benchmark is not None:
        told.append(_("(riket {value})").format(value=frozen_figure.benchmark_text(row.figure)))
    if quartile := agenda_tables.quartile_text(row):
        told.append(_("(kvartilen {value})").format(value=quartile))
    return " ".join(told)


def _result(row: AgendaRow, cells: Cells) -> str:
    """Return the result as it may be shown, with its interval and what it rests on."""
    if row.figure is None or row.takes_result:
        return row.words.result or NOTHING
    shown = frozen_cells.shown(row.figure, cells)
    if not shown.is_told:
        return _("visas inte (n\u00a0{n})").format(n=shown.n)
    if shown.interval == NOTHING:
        return _("{value}, n\u00a0{n}").format(value=shown.value, n=shown.n)
    return _("{value} ({interval}), n\u00a0{n}").format(value=shown.value, interval=shown.interval, n=shown.n)


def _is_told(row: AgendaRow, cells: Cells) -> bool:
    return row.figure is None or row.takes_result or frozen_cells.shown(row.figure, cells).is_told


def _flags(row: AgendaRow) -> list[str]:
    if row.figure is None or row.takes_result:
        return []
    return [footnotes.flag(code) for code in row.figure.flags.split()]


def _quarters(composer: Composer, data: AgendaReport, cells: Cells) -> None:
    """Add the quarters side by side; outside the department only how the targets stood."""
    composer.chapter(_("Kvartal för kvartal"), new_page=False)
    kept = data.earlier[-_MOST_QUARTERS:]
    if not kept:
        composer.text(_("Inget tidigare kvartal är sparat."))
        return
    notes = Notes()
    if cells.suppress:
        notes.remark(
            _("Tidigare kvartals värden visas inte: skillnaden mellan två kvartal kan röja enstaka personer.")
        )
    notes.remark(_("Kvartalen står som de sparades; senare data ändrar dem inte."))
    by_target = [{row.target.target_id: row for row in rows} for _code, rows in kept]
    composer.table(
        _("Resultat och status per sparat kvartal."),
        Grid(
            (
                words(escaped(_("Mål")), 2.4),
                *(Column(escaped(code), 1.0) for code, _rows in kept),
                Column(escaped(_("Nu") if not data.quarter else data.quarter), 1.0),
            ),
            [
                (
                    row.target.name,
                    *(_kept(rows.get(row.target.target_id), cells) for rows in by_target),
                    _kept(row, cells, now=True),
                )
                for row in data.rows
            ],
            size=_SIZE,
        ),
        notes,
        parted=True,
    )


def _kept(row: AgendaRow | None, cells: Cells, *, now: bool = False) -> str:
    if row is None or (now and not _is_told(row, cells)):
        return NOTHING
    mark = STATUS_MARKS[row.judgement.status]
    if row.takes_result or row.figure is None:
        return f"{row.words.result} {mark}".strip()
    if cells.suppress and not now:
        return NOTHING if _rests_on_few(row, cells) else mark
    value = frozen_cells.shown(row.figure, cells).value if now else frozen_figure.value_text(row.figure)
    return f"{value} {mark}"


def _rests_on_few(row: AgendaRow, cells: Cells) -> bool:
    """Tell whether even the status of an earlier quarter would tell of a few persons."""
    figure = row.figure
    if figure is None or figure.n is None or figure.n < LEAST_N:
        return True
    return figure.events is not None and any(cells.small(each) for each in (figure.events, figure.n - figure.events))


def _method(composer: Composer) -> None:
    composer.chapter(_("Så är det bedömt"), new_page=False)
    marks = ", ".join(f"{STATUS_MARKS[each]} {word('target_status', each).lower()}" for each in TargetStatus)
    composer.terms(
        [
            (_("Tecken."), _("{marks}.").format(marks=marks)),
            (
                _("Status."),
                _(
                    "Resultatet hålls mot gränsen. Ligger det på rätt sida men 95 %-intervallet når över den är målet "
                    "nått, men osäkert. Har ett mål flera gränser gäller den som är längst från att nås. Med färre än "
                    "{n} i underlaget sägs inget."
                ).format(n=LEAST_N),
            ),
            (
                _("Övre kvartilen."),
                _(
                    "Det värde som den bästa fjärdedelen av de publicerade enheterna når, för samma indikator, led "
                    "och period i Sverige. Färre än {n} enheter: kan inte avgöras."
                ).format(n=LEAST_UNITS),
            ),
            (
                _("Trend."),
                _(
                    "Jämför med det äldsta av de {n} närmast föregående kvartal som har en siffra efter samma "
                    "recept. Bättre eller sämre är det bara om 95 %-intervallet för skillnaden inte rymmer noll, och "
                    "riktningen är den som indikatorn önskar. Kvartal som delar operationer skiljer sig mindre än "
                    "metoden räknar med, så den säger hellre oförändrat."
                ).format(n=QUARTERS_BACK),
            ),
        ]
    )
