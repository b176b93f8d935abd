"""Providers beside each other for a joint: what can be said of each, tables, caterpillar, funnel, how to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import chart_words, comparison_sentences
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR, Definition, OwnCheck, WaitingSource
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import compared_cells, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.ledger_of_operations import MAIN, hidden_in
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, kronor_rounded, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.provider_comparison import ComparedProvider, Needed, OwnFigure, ProviderComparison
    from kvalitetsapp.domain.report_data import Benchmark
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.compared_cells import Shown
    from kvalitetsapp.reports.composer import Composer

_SIZE = 6.8


def add(composer: Composer, found: ProviderComparison, benchmarks: Sequence[Benchmark], cells: Cells) -> None:
    """Add the chapter of a joint."""
    composer.chapter(comparison_sentences.heading(found))
    if not found.providers:
        composer.text(_("Det finns inga köpta operationer i leden."))
        return
    shown = compared_cells.shown(found, cells)
    composer.terms(
        [
            (_("{name}:").format(name=one.name), comparison_sentences.said(one, found, told.told))
            for one, told in zip(found.providers, shown, strict=True)
        ]
    )
    _outcome(composer, found, benchmarks, cells)
    _caterpillar(composer, found, cells)
    composer.section(_("Läs så här"))
    composer.bullets(comparison_sentences.reading(found))
    _funnel(composer, found, cells)
    _cost_and_waiting(composer, found, cells)
    _to_know(composer, found, cells)


def in_total(
    composer: Composer, found: Sequence[ProviderComparison], benchmarks: Sequence[Benchmark], cells: Cells
) -> None:
    """Add the chapter of the total report, a section a joint; its funnels stand with the outcomes."""
    if not found:
        return
    composer.chapter(_("Vårdgivare bredvid varandra"))
    composer.text(_("En led i taget och i ordning efter antal operationer: ingen rangordning."))
    told = [one for one in benchmarks if one.indicator == USUAL_INDICATOR]
    for one in found:
        composer.section(comparison_sentences.heading(one))
        _outcome(composer, one, told, cells)
        _caterpillar(composer, one, cells)
        _cost_and_waiting(composer, one, cells)


def _outcome(composer: Composer, found: ProviderComparison, benchmarks: Sequence[Benchmark], cells: Cells) -> None:
    """Add the table of the figure, how sure it is, and what the patients would give."""
    shown = compared_cells.shown(found, cells)
    notes = Notes()
    adjusted = notes.mark(
        _("Observerat genom väntat med hänsyn till ålder, kön, diagnos och operationsår; 1 är som alla här.")
        if any(one.adjusted for one in found.providers)
        else ""
    )
    compared = notes.mark(_compared_with(found, benchmarks))
    notes.remark(footnotes.suppressed(cells))
    value = _("Andel") if found.is_share else _("Värde")
    composer.table(
        _("{what}, i ordning efter antal operationer.").format(what=comparison_sentences.heading(found)),
        Grid(
            (
                words(escaped(_("Vårdgivare")), 1.6),
                Column(escaped(_("Operationer")), 0.98),
                Column(escaped(_("Uppföljda")), 0.86),
                Column(escaped(_("Händelser")), 0.86),
                Column(escaped(_("Granskade")), 0.88),
                Column(escaped(value), 0.64),
                Column(escaped(_("95 % intervall")), 0.95),
                Column(escaped(_("Obs/väntat")) + adjusted, 1.3),
                words(escaped(_("Mot {around}").format(around=_around(found))) + compared, 1.3),
            ),
            [_outcome_row(one, told) for one, told in zip(found.providers, shown, strict=True)],
            size=_SIZE,
        ),
        notes,
    )


def _outcome_row(one: ComparedProvider, shown: Shown) -> tuple[str, ...]:
    told = shown.told
    return (
        *(one.name, shown.operations, shown.followed, shown.events, shown.reviewed),
        *((NOTHING, NOTHING) if told is None else (told.rate, told.interval or NOTHING)),
        NOTHING if told is None else told.ratio or NOTHING,
        word("certainty", one.certainty) if told is not None or not one.followed else NOTHING,
    )


def _around(found: ProviderComparison) -> str:
    return _("riket") if found.is_national else _("alla här")


def _compared_with(found: ProviderComparison, benchmarks: Sequence[Benchmark]) -> str:
    if found.target is None:
        return _("Publicerat riksvärde saknas, och det finns inget annat att jämföra med.")
    if not found.is_national:
        return _("Publicerat riksvärde saknas. Jämförelsen är alla vårdgivare här tillsammans: {value}.").format(
            value=comparison_sentences.value(found.target, found)
        )
    told = next((one for one in benchmarks if one.joint == found.joint), None)
    value = comparison_sentences.value(found.target, found)
    if told is None:
        return _("Riksvärdet är {value}.").format(value=value)
    return _("Riksvärdet är {value} ({source}, {period}).").format(value=value, source=told.source, period=told.period)


def _caterpillar(composer: Composer, found: ProviderComparison, cells: Cells) -> None:
    """Add the caterpillar, in as many parts as it needs."""
    if found.caterpillar is None:
        composer.text(_("Måttet är ingen andel, så det ritas inte här: läs intervallen i tabellen."))
        return
    _chart(composer, found.caterpillar, found, cells)


def _funnel(composer: Composer, found: ProviderComparison, cells: Cells) -> None:
    """Add the funnel; where its points are too few persons the caterpillar has said so."""
    if found.funnel is not None and gate.without_small(found.funnel, cells, gone=_hidden(found, cells)) is not None:
        _chart(composer, found.funnel, found, cells)


def _hidden(found: ProviderComparison, cells: Cells) -> frozenset[str]:
    return hidden_in(cells, MAIN.get(found.indicator_id, found.indicator_id), found.joint)


def _chart(composer: Composer, chart: Chart, found: ProviderComparison, cells: Cells) -> None:
    if chart_words.empty_reason(chart):
        composer.text(chart_words.empty_reason(chart))
        return
    kept = gate.without_small(chart, cells, gone=_hidden(found, cells))
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
        return
    what = comparison_sentences.heading(found)
    drawings = any_chart.drawings(kept)
    for place, drawing in enumerate(drawings):
        last = place == len(drawings) - 1
        composer.figure(
            _("{what}. {read}").format(what=what, read=chart_words.caption(kept)),
            drawing,
            Notes(gate.remark(chart, kept)) if last else None,
            alt=chart_words.description(kept),
        )


def _cost_and_waiting(composer: Composer, found: ProviderComparison, cells: Cells) -> None:
    """Add the table of price, whole cost, waiting time and the provider's own figure."""
    notes = Notes()
    cost = notes.mark(
        _(
            "Pris och bekräftade händelser inom två år efter operationer med känt pris, i medel med 95 % intervall; "
            "ej riskjusterat. Kostnad som saknas lägger inget till."
        )
    )
    waiting = notes.mark(_about_waiting(found))
    own = notes.mark(_about_definitions(found))
    notes.remark(_("Pris är det som regionen fakturerats för vårdtillfället. Streck: uppgift saknas, inte noll."))
    notes.remark(footnotes.suppressed(cells))
    composer.table(
        _("Pris och väntad kostnad i kronor, väntan och egen publicerad siffra."),
        Grid(
            (
                words(escaped(_("Vårdgivare")), 1.75),
                Column(escaped(_("Pris, median")), 0.75),
                Column(escaped(_("Lägsta–högsta")), 1.2),
                Column(escaped(_("Väntad kostnad")) + cost, 0.85),
                Column(escaped(_("95 % intervall")), 1.35),
                words(escaped(_("Väntan, dagar")) + waiting, 1.1),
                words(escaped(_("Egen siffra")) + own, 0.95),
                words(escaped(_("Definition")), 0.95),
                words(escaped(_("Mot antalet")), 0.85),
            ),
            [_cost_row(one, cells) for one in found.providers],
            size=6.6,
        ),
        notes,
    )


def _cost_row(one: ComparedProvider, cells: Cells) -> tuple[str, ...]:
    price, cost = one.prices, one.cost
    told = cost is not None and not (cells.small(cost.eligible) or cells.small(cost.with_events))
    own = one.own_figure
    return (
        one.name,
        _kronor(None if cells.small(price.known) else price.median),
        NOTHING if cells.small(price.known) else _range(price.lowest, price.highest),
        _kronor(cost.expected if cost is not None and told else None),
        _range(cost.low, cost.high) if cost is not None and told else NOTHING,
        _waiting(one, cells),
        NOTHING if own is None else _own(own),
        NOTHING if own is None else word("definition", one.definition),
        NOTHING if own is None else word("own_check", own.check),
    )


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return NOTHING
    if low == high:
        return _kronor(high)
    return _("{low}–{high}").format(low=_kronor(low), high=_kronor(high))


def _kronor(amount: int | None) -> str:
    return NOTHING if amount is None else kronor_rounded(amount).removesuffix("\u00a0kr")


def _waiting(one: ComparedProvider, cells: Cells) -> str:
    waiting = one.waiting
    if waiting.days is None:
        return NOTHING
    if waiting.source is WaitingSource.PUBLISHED:
        return _("{days} (publicerad)").format(days=number(waiting.days))
    if cells.small(waiting.persons):
        return _("för få")
    return _("{days} ({n} väntar)").format(days=number(waiting.days), n=cells.count(waiting.persons))


def _own(own: OwnFigure) -> str:
    value = own.printed.replace(".", ",")
    if own.unit_of_value == "percent":
        value = _("{value}\u00a0%").format(value=value)
    return _("{value} ({country}, {period})").format(value=value, country=own.country, period=own.period)


def _about_waiting(found: ProviderComparison) -> str:
    sources = {one.waiting.source for one in found.providers}
    told = []
    if WaitingSource.ENTRIES in sources:
        day = max(one.waiting.told for one in found.providers if one.waiting.source is WaitingSource.ENTRIES)
        told.append(
            _(
                "Median från beslut till planerad dag, annars till listans dag ({day}), alla väntande, också "
                "medicinskt orsakad och patientvald väntan."
            ).format(day=day)
        )
    if WaitingSource.PUBLISHED in sources:
        told.append(_("Publicerad: så som vårdgivaren eller någon annan har tryckt den."))
    return " ".join(told)


def _about_definitions(found: ProviderComparison) -> str:
    """Say how the definitions of what is in the table differ from ours, and what a figure that does not fit means."""
    figures = [one.own_figure for one in found.providers if one.own_figure is not None]
    told = []
    if any(own.country == "NO" for own in figures):
        told.append(_("Norge anger andelen som inte är reviderade."))
    if any(own.country == "DK" for own in figures):
        told.append(_("Danmark räknar primäroperationer och reoperationer tillsammans."))
    if any(own.definition is not Definition.SAME for own in figures):
        told.append(_("Siffror med en annan eller okänd definition ska inte jämföras med våra."))
    if any(own.check is OwnCheck.DOES_NOT_FIT for own in figures):
        told.append(_("Går inte ihop: inget helt antal händelser ger siffran över sitt antal."))
    return " ".join(told)


def _to_know(composer: Composer, found: ProviderComparison, cells: Cells) -> None:
    """Add what it would take to know; nothing where there is nothing to be compared with."""
    by_times = {each.times: each for one in found.providers[:1] for each in one.needed}
    if not by_times:
        return
    needed = "; ".join(_needed(each, found) for each in by_times.values())
    composer.table(
        _("Vad som krävs för att veta. Med sannolikheten 0,8 syns {needed}.").format(needed=needed),
        Grid(
            (
                words(escaped(_("Vårdgivare")), 1.8),
                Column(escaped(_("Uppföljda"))),
                Column(escaped(_("Senaste tre åren")), 1.2),
                Column(escaped(_("Syns först vid")), 1.1),
                *(
                    Column(escaped(_("År till {rate}").format(rate=comparison_sentences.value(each.rate, found))), 1.2)
                    for each in by_times.values()
                ),
            ),
            [
                _know_row(one, told.followed, found, cells, tuple(by_times))
                for one, told in zip(found.providers, compared_cells.shown(found, cells), strict=True)
            ],
            size=_SIZE,
        ),
        Notes(
            _(
                "År: så många års operationer hos vårdgivaren i dess takt de senaste tre åren, från början; därtill "
                "ska de följas hela tiden."
            ),
            footnotes.suppressed(cells),
        ),
    )


def _needed(each: Needed, found: ProviderComparison) -> str:
    rate = comparison_sentences.value(each.rate, found)
    if each.operations is None:
        return _("{rate} först över 100 000 operationer").format(rate=rate)
    return _("{rate} från {n} operationer").format(rate=rate, n=number(each.operations))


def _know_row(
    one: ComparedProvider, followed: str, found: ProviderComparison, cells: Cells, every: Sequence[float]
) -> tuple[str, ...]:
    """Return a row; the years of a small volume would tell it."""
    hidden = cells.strict or cells.small(one.recent)
    by_times = {each.times: each.years for each in one.needed}
    return (
        one.name,
        followed,
        cells.count(one.recent),
        comparison_sentences.value(None if cells.is_hidden(followed) else one.detectable, found),
        *(_years(None if hidden else by_times.get(times)) for times in every),
    )


def _years(amount: float | None) -> str:
    return NOTHING if amount is None else comparison_sentences.years(amount)


def definitions(composer: Composer, recipe: Sequence[tuple[str, str]], name: str) -> None:
    """Add the recipe of the figure by its name, without the code that the program knows it by."""
    composer.chapter(_("Definition"))
    composer.text(_("Så är måttet definierat, med version och källa."), styles.SMALL)
    composer.terms([(f"{label}.", text) for label, text in ((recipe[0][0], name), *recipe[1:])])
