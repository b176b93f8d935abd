"""The follow-up report for one provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import figure_row, ledgers, phrases, sentences, styles
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.ledger_of_events import PER_CASE, hidden_steps
from kvalitetsapp.reports.ledger_of_operations import may_tell
from kvalitetsapp.reports.sections import (
    actions,
    answers,
    case_mix,
    claims,
    control_charts,
    cover,
    definitions,
    indicators_table,
    manifest,
    method,
    money,
    outcomes,
    own_figures,
    quality,
    reading,
    review,
    todo_for_provider,
    volume,
)
from kvalitetsapp.texts import NOTHING, _, kronor_rounded

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_data import CostDistribution, Outcome, ProviderReport
    from kvalitetsapp.reports.cells import Cells


def build(data: ProviderReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: ProviderReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Uppföljning av vårdgivare")
    composer, cells = Composer(), ledgers.cells_of(data)
    cover.add(composer, title, data.head, data.manifest)
    _summary(composer, data, cells)
    reading.add(composer, data.outcomes, cells)
    quality.add(composer, data.quality, cells, one_provider=True, delivered=data.chapters.delivered)
    volume.add(composer, data.volume, cells)
    case_mix.add(composer, data.chapters.mix if data.volume else (), cells)
    _outcomes(composer, data, cells)
    review.add(composer, data.review, data.form_review, cells)
    _money(composer, data, cells)
    own_figures.add(composer, data.chapters.published, cells)
    answers.add(composer, data.answers, cells, data.chapters.actions)
    method.add(composer, data.chapters.recipes, [one.joint for one in data.outcomes])
    definitions.whole(composer, data.chapters.recipes)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


def _summary(composer: Composer, data: ProviderReport, cells: Cells) -> None:
    composer.chapter(_("Sammanfattning"))
    composer.text(
        _("{subject}. {period}, uppföljda till och med {cut}.").format(
            subject=data.head.subject, period=phrases.operations_of(data.head), cut=data.head.data_cut
        ),
        styles.SMALL,
    )
    composer.add(figure_row.draw(_figures(data, cells)))
    composer.space(12)
    for sentence in sentences.of_provider(data, cells):
        composer.text(sentence, styles.LEAD)
    todo_for_provider.add(composer, data, cells)
    actions.since_last_time(composer, data.chapters.actions)
    if data.flow.purchased and data.chapters.flow is None:  # else it stands with the money, to the last payment
        money.flow(composer, data.flow, cells, own=data.is_own)


def _figures(data: ProviderReport, cells: Cells) -> list[KeyFigure]:
    overall = {(one.level, one.within): one for one in data.overall}
    reoperated = overall.get(("reoperation", DAYS_TWO_YEARS))
    revised = overall.get(("revision", DAYS_TWO_YEARS))
    followed = reoperated.share.n if reoperated else 0
    everything = phrases.all_of_them(one.joint for one in data.outcomes)
    figures = [
        KeyFigure(
            cells.at(names.operations(), data.flow.purchased),
            _("{n} följda i två år").format(n=cells.at(names.followed(DAYS_TWO_YEARS, ""), followed)),
            _("operationer i underlaget"),
        ),
        _rate(reoperated, cells, _("reopererade inom två år, {joints}").format(joints=everything)),
        _rate(revised, cells, _("reviderade inom två år, {joints}").format(joints=everything)),
    ]
    if data.is_own:
        return [
            *figures,
            _rate(overall.get(("reoperation", 90)), cells, _("reopererade inom 90 dagar")),
            _rate(overall.get(("reoperation", 30)), cells, _("reopererade inom 30 dagar")),
        ]
    return [*figures, _mean_cost(sentences.chosen_group(data.costs), cells), _claimable(data, cells)]


def _rate(one: Outcome | None, cells: Cells, label: str) -> KeyFigure:
    if one is None or not one.share.n:
        return KeyFigure(NOTHING, _("ingen uppföljd än"), label)
    if not may_tell(one, cells):
        return KeyFigure(NOTHING, NOTHING, label)
    return KeyFigure(cells.rate(one.share), cells.interval(one.share), label)


def _mean_cost(one: CostDistribution | None, cells: Cells) -> KeyFigure:
    cases = names.in_costs(PER_CASE, "" if one is None else one.group, "cases")
    if one is None or one.mean is None or cells.hides(cases, one.cases):
        return KeyFigure(NOTHING, _("ingen känd kostnad"), _("kostnad per ärende, medel"))
    behind = phrases.cases(one.cases, cells, cases)
    if one.mean_low is not None and one.mean_high is not None:
        low = kronor_rounded(one.mean_low).removesuffix("\u00a0kr")
        behind = _("{low}–{high}").format(low=low, high=kronor_rounded(one.mean_high))
    label = (
        _("kostnad per ärende, medel") if one.group == "confirmed" else _("kostnad per ärende, medel (ej granskat)")
    )
    return KeyFigure(kronor_rounded(one.mean), behind, label)


def _claimable(data: ProviderReport, cells: Cells) -> KeyFigure:
    label = _("kan krävas av kostnaden för bekräftade händelser")
    if not data.recovery:
        return KeyFigure(NOTHING, _("inget bekräftat"), label)
    total = data.recovery[-1]
    cases = names.in_account("cases")
    behind = _("av {amount}").format(amount=cells.money_at(cases, total.cost_total, total.cases))
    return KeyFigure(cells.money_at(cases, total.claimable, total.cases), behind, label, strong=bool(total.claimable))


def _outcomes(composer: Composer, data: ProviderReport, cells: Cells) -> None:
    composer.chapter(_("Utfall"), new_page=False)
    outcomes.table(composer, data.outcomes, data.benchmarks, cells)
    indicators_table.add(composer, data.chapters.indicators, cells)
    outcomes.units(composer, data.units, cells, data.head.subject)
    outcomes.funnels(composer, data.funnels, cells, named=False)
    outcomes.survival(composer, data.survival, cells)
    case_mix.adjusted(composer, data.chapters.adjusted, cells)
    control_charts.add(composer, data.chapters.over_time, cells)
    outcomes.classes(composer, data.classes, cells, pooled=_pooled(data))


def _money(composer: Composer, data: ProviderReport, cells: Cells) -> None:
    composer.chapter(_("Kostnader och krav"), new_page=False)
    if data.is_own:
        composer.text(_("Vårdgivaren är regionens egen. Krav kan bara ställas på andra vårdgivare."))
        return
    if data.chapters.flow is not None:
        control_charts.figure(
            composer,
            _("Från köpta operationer till betalning."),
            data.chapters.flow,
            cells,
            gone=hidden_steps(data.flow, cells),
        )
    composer.section(_("Avtal"))
    money.terms(composer, data.agreements)
    composer.section(_("Vad som kan krävas"))
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
    composer.section(_("Vad ett ärende kostar"))
    money.distribution(
        composer,
        data.costs,
        cells,
        what=_("ärenden"),
        caption=_("Kostnad per ärende i kronor, och andelen ärenden över 60 000, 200 000 och 800 000 kr."),
        pooled=_pooled(data),
    )
    money.strip(composer, data.strip, cells)


def _pooled(data: ProviderReport) -> str:
    """Return what is said under a table that is not by joint."""
    return footnotes.pooled(one.joint for one in data.outcomes)
