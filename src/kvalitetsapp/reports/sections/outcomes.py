"""Outcomes: reoperation and revision against the nation, funnels, units, the curve, the complication classes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import chart_words
from kvalitetsapp.domain.chart_data import Survival
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.report_data import ALL_UNITS, OTHER_UNITS
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.ledger_of_events import CLASS_COLUMNS
from kvalitetsapp.reports.ledger_of_operations import TWO_YEARS, hidden_in, may_tell, what
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Funnel
    from kvalitetsapp.domain.report_data import Benchmark, ClassCount, Outcome, UnitColumn, UnitTable
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def table(
    composer: Composer,
    outcomes: Sequence[Outcome],
    benchmarks: Sequence[Benchmark],
    cells: Cells,
) -> None:
    """Add the table of outcomes."""
    if not any(one.operations for one in outcomes):
        composer.text(_("Det finns inga operationer att följa upp."))
        return
    notes = Notes(footnotes.not_adjusted(), footnotes.ambiguous(outcomes, cells), footnotes.suppressed(cells))
    rows = [_row(one, cells) for one in outcomes]
    composer.table(
        _("Utfall bland uppföljda operationer."),
        Grid(
            _columns(outcomes, benchmarks, notes),
            rows,
            marked=frozenset(
                n for n, one in enumerate(outcomes) if one.flag.startswith("high") and may_tell(one, cells)
            ),
            groups=frozenset(n for n in range(1, len(outcomes)) if outcomes[n].joint != outcomes[n - 1].joint),
        ),
        notes,
    )


def _columns(outcomes: Sequence[Outcome], benchmarks: Sequence[Benchmark], notes: Notes) -> tuple[Column, ...]:
    followed = notes.mark(footnotes.follow_up(outcomes))
    national = (footnotes.benchmark(benchmarks), footnotes.compared_with_all(outcomes))
    compared = notes.mark(" ".join(text for text in national if text))
    unsure = notes.mark(footnotes.small_n([one.share for one in outcomes]))
    return (
        phrases.joint_column((one.joint for one in outcomes), 0.5),
        words(escaped(_("Utfall")), 2.0),
        Column(escaped(_("Uppföljda")) + followed, 0.88),
        Column(escaped(_("Händelser")), 0.85),
        Column(escaped(_("Andel")) + unsure, 0.72),
        Column(escaped(_("95 % intervall")), 1.05),
        Column(escaped(_("Riket")) + compared, 0.7),
        words(escaped(_("Mot gränserna")), 1.35),
    )


def _row(one: Outcome, cells: Cells) -> tuple[str, ...]:
    tells = may_tell(one, cells)
    n = cells.at(names.followed(one.within, one.joint), one.share.n)
    events = cells.at(names.happened(what(one), one.joint), one.share.events)
    return (
        word("joint", one.joint),
        phrases.outcome(one),
        n,
        events if one.share.n else NOTHING,
        cells.rate(one.share) if tells else NOTHING,
        cells.interval(one.share) if tells else NOTHING,
        percent(one.benchmark),
        phrases.flag(one) if tells else NOTHING,
    )


def funnels(composer: Composer, figures: Sequence[Funnel], cells: Cells, *, named: bool) -> None:
    """Add a funnel for each joint with followed operations."""
    composer.section(_("Trattdiagram"))
    if not figures:
        composer.text(_("Inget trattdiagram: inga operationer har ännu följts i två år."))
        return
    who = (
        _("Varje punkt är en vårdgivare.")
        if named
        else _("Den stora punkten är vårdgivaren, de små är de andra vårdgivarna.")
    )
    for figure in figures:
        if not figure.target:
            composer.text(
                _("Inget trattdiagram för {joint}: ingen av de uppföljda operationerna är reopererad.").format(
                    joint=phrases.joint(figure.joint)
                )
            )
            continue
        caption = _("Reoperation inom två år, {joint}. {who} {limits}").format(
            joint=phrases.joint(figure.joint), who=who, limits=chart_words.funnel_limits(figure)
        )
        kept = gate.without_small(figure, cells, gone=hidden_in(cells, TWO_YEARS, figure.joint))
        if kept is None:
            composer.text(
                _("Diagrammet för {joint} visas inte: talen är för små.").format(joint=phrases.joint(figure.joint))
            )
        else:
            notes = Notes(_spread(figure), gate.remark(figure, kept))
            composer.figure(caption, any_chart.draw(kept), notes, alt=chart_words.description(kept))


def _spread(figure: Funnel) -> str:
    """Say whether the providers differ more than chance gives, where the caption does not."""
    found = figure.overdispersion
    if found is None:
        return _("Vårdgivarna är för få för att säga om de skiljer sig mer än slumpen ger (minst tio).")
    if found.widened and found.between:
        return ""
    return _("De {n} vårdgivarna skiljer sig inte säkert mer än slumpen ger.").format(n=number(found.units))


def units(composer: Composer, tables: Sequence[UnitTable], cells: Cells, subject: str) -> None:
    """Add a table for each joint with the units in columns, `subject` alone where there are none."""
    shown = [one for one in tables if any(column.share.n for column in one.columns)]
    if not shown:
        return
    composer.section(_("Enhetstabell"))
    for one in shown:
        units_named = [_unit(column.unit) for column in one.columns] if len(one.columns) > 1 else [subject]
        heads = (words(_("Sverige, {joint}").format(joint=phrases.joint(one.joint)), 1.7),)
        caption = _("Reoperation inom två år efter {prosthesis}, per enhet.")
        composer.table(
            caption.format(prosthesis=phrases.prosthesis(one.joint)),
            Grid(
                (
                    *heads,
                    *(Column(escaped(name)) for name in units_named),
                    Column(escaped(_("Nationellt medel")), 0.9),
                ),
                _unit_rows(one, cells),
                measures_in_rows=True,
            ),
            Notes(
                footnotes.small_n([column.share for column in one.columns]),
                _left_out(one.columns),
                footnotes.suppressed(cells),
            ),
        )


def _unit_rows(one: UnitTable, cells: Cells) -> list[tuple[str, ...]]:
    shares = [column.share for column in one.columns]
    parts = [column.unit or ANY for column in one.columns]
    n = [
        cells.at(names.followed(DAYS_TWO_YEARS, one.joint, unit=part), share.n)
        for part, share in zip(parts, shares, strict=True)
    ]
    events = [
        cells.at(names.happened(TWO_YEARS, one.joint, unit=part), share.events)
        for part, share in zip(parts, shares, strict=True)
    ]
    told = [
        cells.tells(share) and not any(map(cells.is_hidden, cell))
        for share, *cell in zip(shares, n, events, strict=True)
    ]
    rates = [cells.rate(share) if tell else NOTHING for share, tell in zip(shares, told, strict=True)]
    intervals = [cells.interval(share) if tell else NOTHING for share, tell in zip(shares, told, strict=True)]
    years = _years(one.columns[-1].first_year, one.columns[-1].last_year)
    return [
        (_("Antal operationer (index {years})").format(years=years), *n, ""),
        (_("Antal händelser"), *events, ""),
        (_("Reoperation inom två år"), *rates, percent(one.benchmark)),
        (_("95 % intervall"), *intervals, ""),
    ]


def _left_out(columns: Sequence[UnitColumn]) -> str:
    if len(columns) == 1 or sum(column.share.n for column in columns[:-1]) == columns[-1].share.n:
        return ""
    return _("Operationer utan angiven enhet ingår bara i kolumnen Alla.")


def _unit(name: str) -> str:
    return {ALL_UNITS: _("Alla"), OTHER_UNITS: _("Övriga enheter")}.get(name, name)


def _years(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return NOTHING
    return str(first) if first == last else f"{first}–{last}"


def survival(composer: Composer, curves: Survival, cells: Cells) -> None:
    """Add the curve of revisions, or say why there is none."""
    composer.section(_("Tid till första revision"))
    kept = gate.without_small(curves, cells)
    shown = kept.curves if isinstance(kept, Survival) else ()
    happened = any(step.value > 0 for one in shown for step in one.steps)
    if shown and happened:
        chart = replace(curves, curves=shown)
        composer.figure(
            chart_words.caption(chart),
            any_chart.draw(chart),
            Notes(
                _(
                    "Döda och utflyttade lämnar uppföljningen den dagen. Att dö utesluter revision, så kurvan visar "
                    "något mer än den andel som faktiskt revideras."
                ),
                gate.remark(curves, kept),
            ),
        )
    elif shown:
        composer.text(
            _("Ingen kurva för {joints}: ingen operation är reviderad under uppföljningen.").format(
                joints=_joints([one.joint for one in shown])
            )
        )
    if curves.too_small:
        composer.text(
            _(
                "Ingen kurva för {joints}: för få operationer är under uppföljning i minst ett halvår (minst {n})."
            ).format(joints=_joints(curves.too_small), n=curves.least_at_risk)
        )
    elif not shown:
        composer.text(_("Ingen kurva kan visas."))


def _joints(codes: Sequence[str]) -> str:
    return ", ".join(phrases.joint(code) for code in codes)


def classes(composer: Composer, counts: Sequence[ClassCount], cells: Cells, *, pooled: str = "") -> None:
    """Add the table of complication classes; `pooled` is what `notes.pooled` says of its operations."""
    composer.section(_("Komplikationer"))
    if not counts:
        composer.text(_("Inga händelser är kopplade till operationerna."))
        return
    keys = [*(one.complication_class or "none" for one in counts), ANY]
    numbers = [[getattr(one, name) for name in CLASS_COLUMNS] for one in counts]
    numbers.append([sum(column) for column in zip(*numbers, strict=True)])
    shown = [
        [cells.at(names.in_class(name, key), count) for name, count in zip(CLASS_COLUMNS, row, strict=True)]
        for key, row in zip(keys, numbers, strict=True)
    ]
    titles = [*(word("complication_class", one.complication_class) for one in counts), _("Alla")]
    heads = (
        _("Händelser"),
        _("Därav bekräftade"),
        _("≤ 30 dagar"),
        _("≤ 90 dagar"),
        _("≤ 2 år"),
        _("Med öppen kirurgi"),
    )
    composer.table(
        _("Kopplade händelser (föreslagna och bekräftade) efter slag av komplikation."),
        Grid(
            (words(_("Komplikation"), 2.2), *(Column(head) for head in heads)),
            [(name, *values) for name, values in zip(titles, shown, strict=True)],
            totals=1,
        ),
        Notes(
            _("En operation kan ha flera händelser. Tiden räknas från operationen; kolumnerna ryms i varandra."),
            pooled,
            footnotes.suppressed(cells),
        ),
    )
