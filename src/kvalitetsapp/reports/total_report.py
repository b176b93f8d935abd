"""The total follow-up of purchased care: what a complication costs, and how every provider does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import ledgers, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.ledger_of_events import PER_EVENT
from kvalitetsapp.reports.sections import (
    answer,
    beside,
    claims,
    comparison,
    cover,
    definitions,
    manifest,
    method,
    money,
    outcomes,
    provider_outcomes,
    quality,
    reading,
    review,
)
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import TotalReport
    from kvalitetsapp.reports.cells import Cells


def build(data: TotalReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: TotalReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Total uppföljning av köpt vård")
    composer, cells = Composer(), ledgers.cells_of(data)
    cover.add(composer, title, data.head, data.manifest)
    answer.add(composer, data, cells)
    _providers(composer, data, cells)
    comparison.in_total(composer, data.comparisons, data.benchmarks, cells)
    _outcomes(composer, data, cells)
    _money(composer, data, cells)
    review.add(composer, data.review, data.form_review, cells)
    quality.add(composer, data.quality, cells, one_provider=False)
    reading.add(composer, data.overall, cells, new_page=False)
    method.add(composer, data.chapters.recipes, [one.joint for one in data.overall])
    definitions.whole(composer, data.chapters.recipes)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


def _providers(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Vårdgivarna"), new_page=False)
    if not data.providers:
        composer.text(_("Det finns inga köpta operationer i underlaget."))
        return
    money.flow(composer, data.flow, cells, own=False)
    composer.text(_("I ordning efter antal operationer. Tabellerna är ingen rangordning: läs intervall och gränser."))
    provider_outcomes.add(composer, data, cells)
    money.recovery(
        composer,
        [*(row.recovery for row in data.providers), data.recovery[-1]] if data.recovery else [],
        data.potential,
        cells,
        caption=_("Kostnad för bekräftade händelser och vad som kan krävas, efter vårdgivare."),
        key=_("Vårdgivare"),
        key_weight=1.45,
        pooled=_pooled(data),
    )


def _outcomes(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Utfall"), new_page=False)
    outcomes.table(composer, data.overall, data.benchmarks, cells)
    outcomes.funnels(composer, data.funnels, cells, named=True)
    beside.add(composer, data.chapters, cells)
    outcomes.survival(composer, data.survival, cells)
    outcomes.classes(composer, data.classes, cells, pooled=_pooled(data))


def _money(composer: Composer, data: TotalReport, cells: Cells) -> None:
    composer.chapter(_("Kostnader och krav"), new_page=False)
    money.recovery(
        composer,
        data.recovery,
        data.potential,
        cells,
        caption=_("Kostnad för bekräftade händelser och vad som kan krävas, efter händelsens år."),
        key=_("År"),
        pooled=_pooled(data),
    )
    claims.account(composer, data.claims, cells)
    claims.ageing(composer, data.owed, cells)
    money.not_covered(composer, data.not_covered, cells, pooled=_pooled(data))
    composer.section(_("Vad ett ärende och en händelse kostar"))
    money.distribution(
        composer,
        data.costs,
        cells,
        what=_("ärenden"),
        caption=_("Kostnad per ärende i kronor, och andelen ärenden över 60 000, 200 000 och 800 000 kr."),
        pooled=_pooled(data),
    )
    money.distribution(
        composer,
        data.per_event,
        cells,
        per=PER_EVENT,
        what=_("händelser"),
        caption=_("Kostnad per händelse i kronor, och andelen händelser över 60 000, 200 000 och 800 000 kr."),
        pooled=_pooled(data),
    )
    money.strip(composer, data.strip, cells)
    composer.section(_("Avtal"))
    money.terms(composer, data.agreements)


def _pooled(data: TotalReport) -> str:
    """Return what is said under a table that is not by joint."""
    return footnotes.pooled(one.joint for one in data.overall)
