"""The ledger of every kind of report, and the way of writing numbers that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.agenda_report import AgendaReport, GapReport
from kvalitetsapp.domain.claims_report import ClaimsReport
from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.equity_report import EquityReport
from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
from kvalitetsapp.domain.review_protocol import ProtocolData
from kvalitetsapp.domain.waiting_report import WaitingReport
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_events as events
from kvalitetsapp.reports import ledger_of_figures as figures
from kvalitetsapp.reports import ledger_of_groups, ledger_of_review, ledger_of_waiting
from kvalitetsapp.reports import ledger_of_operations as operations
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.ledger import Ledger

if TYPE_CHECKING:
    from kvalitetsapp.domain.any_report import AnyReport
    from kvalitetsapp.domain.report_data import Recovery


def cells_of(data: AnyReport | ProtocolData) -> Cells:
    """Return how numbers are written in a report, all that it tells of the same persons protected together."""
    mode = data.head.small_numbers
    return Cells(mode, of_report(data).shown(Cells(mode)))


def of_report(data: AnyReport | ProtocolData) -> Ledger:
    """Return the ledger of a report, or of the protocol of a review round."""
    ledger = Ledger()
    match data:
        case ProtocolData():
            ledger_of_review.protocol(ledger, data)
        case WaitingReport():
            ledger_of_waiting.report(ledger, data)
        case EquityReport():
            ledger_of_groups.enter(ledger, data)
        case ComparisonReport():
            _compared(ledger, data)
        case AgendaReport():
            figures.figures(ledger, data.figures, data.facts)
        case GapReport():
            figures.figures(ledger, data.figures, data.facts)
            figures.present(ledger, data.gap.present)
        case ClaimsReport():
            events.claims(ledger, data.by_year)
            events.not_covered(ledger, data.not_covered, data.by_year)
            events.deadlines(ledger, data.deadlines)
        case ProviderReport():
            _of_provider(ledger, data)
            _of_events(ledger, data)
        case TotalReport():
            _of_total(ledger, data)
            _of_events(ledger, data)
    return ledger


def _of_provider(ledger: Ledger, data: ProviderReport) -> None:
    chapters = data.chapters
    told = {(one.level, one.within): one for one in data.overall}
    printed = [(("reoperation", DAYS_TWO_YEARS)), ("revision", DAYS_TWO_YEARS)]
    if data.is_own:
        printed += [("reoperation", 90), ("reoperation", 30)]
    operations.outcomes(ledger, data.outcomes)
    operations.of_all_joints(ledger, [told[one] for one in printed if one in told], data.outcomes)
    operations.units(ledger, data.units)
    operations.indicators(ledger, chapters.indicators)
    operations.adjusted(ledger, chapters.adjusted)
    operations.volume(ledger, data.volume)
    if data.volume:
        operations.mix(ledger, chapters.mix, own=data.is_own)
    operations.unknown(ledger, data.quality.side_unknown, chapters.delivered, data.volume, has_mix=bool(data.volume))


def _of_total(ledger: Ledger, data: TotalReport) -> None:
    operations.outcomes(ledger, data.overall)
    operations.providers(ledger, data.providers, data.overall)
    _compared(ledger, data)
    operations.whole_cost(ledger, [one for one in data.expected if one.eligible])
    operations.heat_maps(ledger, data.chapters)
    operations.unknown(ledger, data.quality.side_unknown, None, (), has_mix=False)
    purchased = ledger.put(names.operations(), data.flow.purchased)
    ledger.total(
        purchased,
        [ledger.put(names.operations(who=one.name), one.operations, unseen=True) for one in data.providers],
    )
    everyone = [one for one in data.overall if operations.what(one) == operations.TWO_YEARS]
    if everyone:
        parts = [operations.outcome(ledger, one)[0] for one in everyone]
        ledger.total(ledger.put(names.followed(DAYS_TWO_YEARS, ""), data.flow.followed), parts)
    if data.recovery:
        events.account(ledger, [row.recovery for row in data.providers], data.recovery[-1])


def _compared(ledger: Ledger, data: ComparisonReport | TotalReport) -> None:
    for found in data.comparisons:
        operations.compared(ledger, found)


def _of_events(ledger: Ledger, data: ProviderReport | TotalReport) -> None:
    whole: Recovery | None = data.recovery[-1] if data.recovery else None
    events.review(ledger, data.review)
    events.classes(ledger, data.classes)
    if data.review:
        events.linked(ledger, data.review[-1], data.classes, data.potential)
    events.flow(ledger, data.flow)
    events.account(ledger, data.recovery[:-1], whole, data.review)
    events.potential(ledger, data.potential, whole)
    events.claims(ledger, data.claims, data.recovery)
    every = data.review[-1].events if data.review else -1
    events.not_covered(ledger, data.not_covered, data.claims, every)
    events.quality(ledger, data.quality.ambiguous, data.quality.missing_cost)
    events.costs(ledger, data.costs, events.PER_CASE, whole)
    for one in data.costs:
        if one.group in ("confirmed", "potential"):
            events.told_in_words(ledger, one)
    if not isinstance(data, ProviderReport):
        events.costs(ledger, data.per_event, events.PER_EVENT)
