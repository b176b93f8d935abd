"""The total follow-up of purchased care: what a complication costs, and how every provider does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import document, phrases, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import (
    answer,
    beside,
    claims,
    cover,
    definitions,
    manifest,
    method,
    money,
    outcomes,
    quality,
    reading,
    review,
)
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Outcome, TotalReport


def build(data: TotalReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    styles.register_fonts()
    title = _("Total uppföljning av köpt vård")
    composer, cells = Composer(), Cells(data.head.small_numbers)
    cover.add(composer, title, data.head, data.manifest)
    answer.add(composer, data, cells)
    _providers(composer, data, cells)
    _outcomes(composer, data, cells)
    _money(composer, data, cells)
    review.add(composer, data.review, data.form_review, cells)
    quality.add(composer, data.quality, one_provider=False)
    reading.add(composer, data.overall)
    method.add(composer, data.chapters.recipes)
    definitions.whole(composer, data.chapters.recipes)
    manifest.add(composer, data.head, data.manifest)
    return document.build(cover.page_frame(title, data.head, data.manifest), composer.story())


def _providers(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Vårdgivarna"))
    if not data.providers:
        composer.text(_("Det finns inga köpta operationer i underlaget."))
        return
    money.flow(composer, data.flow, cells, own=False)
    composer.text(_("I ordning efter antal operationer. Tabellerna är ingen rangordning: läs intervall och gränser."))
    _provider_outcomes(composer, data, cells)
    money.recovery(
        composer,
        [*(row.recovery for row in data.providers), data.recovery[-1]] if data.recovery else [],
        data.potential,
        cells,
        caption=_("Kostnad för bekräftade händelser och vad som kan krävas, efter vårdgivare."),
        key=_("Vårdgivare"),
        key_weight=1.45,
    )


def _provider_outcomes(composer: Composer, data: TotalReport, cells: Cells) -> None:
    named = [(provider.name, place, one) for provider in data.providers for place, one in enumerate(provider.outcomes)]
    every = [one for _name, _place, one in named]
    notes = Notes(
        footnotes.compared_with_all(every),
        footnotes.not_adjusted(),
        footnotes.ambiguous(every),
        footnotes.suppressed(cells),
    )
    high = (n for n, one in enumerate(every) if one.flag.startswith("high") and cells.tells(one.share))
    composer.table(
        _("Operationer och reoperationer inom två år, efter vårdgivare och led."),
        Grid(
            _provider_columns(data, every, notes),
            [_provider_row("" if place else name, one, cells) for name, place, one in named],
            marked=frozenset(high),
            groups=frozenset(n for n, (_name, place, _one) in enumerate(named) if not place),
            size=7.0,
        ),
        notes,
    )


def _provider_columns(data: TotalReport, every: Sequence[Outcome], notes: Notes) -> tuple[Column, ...]:
    followed = notes.mark(footnotes.follow_up(every))
    unsure = notes.mark(footnotes.small_n([one.share for one in every]))
    compared = notes.mark(footnotes.benchmark(data.benchmarks))
    return (
        words(escaped(_("Vårdgivare")), 1.8),
        words(escaped(_("Led")), 0.5),
        Column(escaped(_("Operationer")), 1.0),
        Column(escaped(_("Uppföljda")) + followed, 0.95),
        Column(escaped(_("Reopererade")), 1.08),
        Column(escaped(_("Andel")) + unsure, 0.66),
        Column(escaped(_("95 % intervall")), 0.98),
        Column(escaped(_("Riket")) + compared, 0.66),
        words(escaped(_("Mot gränserna")), 1.5),
    )


def _provider_row(name: str, one: Outcome, cells: Cells) -> tuple[str, ...]:
    return (
        name,
        word("joint", one.joint),
        cells.count(one.operations),
        cells.count(one.share.n),
        cells.count(one.share.events) if one.share.n else NOTHING,
        cells.rate(one.share),
        cells.interval(one.share),
        percent(one.benchmark),
        phrases.flag(one) if cells.tells(one.share) else NOTHING,
    )


def _outcomes(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Utfall"))
    outcomes.table(composer, data.overall, data.benchmarks, cells)
    outcomes.funnels(composer, data.funnels, cells, named=True)
    beside.add(composer, data.chapters, cells)
    outcomes.survival(composer, data.survival, cells)
    outcomes.classes(composer, data.classes, cells)


def _money(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Kostnader och krav"))
    money.recovery(
        composer,
        data.recovery,
        data.potential,
        cells,
        caption=_("Kostnad för bekräftade händelser och vad som kan krävas, efter händelsens år."),
        key=_("År"),
    )
    claims.account(composer, data.claims, cells)
    claims.ageing(composer, data.owed, cells)
    money.not_covered(composer, data.not_covered, cells)
    composer.section(_("Vad ett ärende och en händelse kostar"))
    money.distribution(
        composer,
        data.costs,
        cells,
        what=_("ärenden"),
        caption=_("Kostnad per ärende i kronor, och andelen ärenden över 60 000, 200 000 och 800 000 kr."),
    )
    money.distribution(
        composer,
        data.per_event,
        cells,
        what=_("händelser"),
        caption=_("Kostnad per händelse i kronor, och andelen händelser över 60 000, 200 000 och 800 000 kr."),
    )
    money.strip(composer, data.strip, cells)
    composer.section(_("Avtal"))
    money.terms(composer, data.agreements)
