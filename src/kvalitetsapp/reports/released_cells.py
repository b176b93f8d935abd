"""Which counts of persons a report shows and hides, named so that the log of what has left knows them again.

Rows are `joint/provider/unit`, `provider/year/joint/route`, `provider/class`, `provider/year` and `provider/reason`;
`*` stands for the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agenda_report import AgendaReport, GapReport
from kvalitetsapp.domain.claims_report import ClaimsReport
from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.equity_report import EquityReport
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
from kvalitetsapp.domain.waiting_report import WaitingReport
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import compared_cells, ledger_of_groups, released_chapters, released_waiting
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import ledger_of_figures as frozen
from kvalitetsapp.reports.ledger_of_events import CLAIMS_COLUMNS, CLASS_COLUMNS, REVIEW_COLUMNS
from kvalitetsapp.reports.ledger_of_operations import TWO_YEARS, bought, what

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.any_report import AnyReport
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.provider_comparison import ProviderComparison
    from kvalitetsapp.domain.report_data import ClassCount, Outcome, Review, UnitTable, Volume
    from kvalitetsapp.reports.cells import Cells

_OUTCOMES: Final = {
    "reoperation_30d": "reoperation_30",
    "reoperation_90d": "reoperation_90",
    "reoperation_2y": f"reoperation_{DAYS_TWO_YEARS}",
    "revision_2y": f"revision_{DAYS_TWO_YEARS}",
}


def of_report(data: AnyReport, cells: Cells) -> tuple[Cell, ...]:
    """Return the cells of a report's tables in reading order, each once."""
    found: dict[tuple[str, str, str], Cell] = {}
    for cell in _all(data, cells):
        key = (cell.table, cell.row, cell.column)
        if key not in found or found[key].hidden:
            found[key] = cell
    return tuple(found.values())


def _all(data: AnyReport, cells: Cells) -> Iterator[Cell]:
    match data:
        case WaitingReport():
            yield from released_waiting.of_waiting(data, cells)
        case EquityReport():
            yield from ledger_of_groups.released(data, cells)
        case ComparisonReport():
            for found in data.comparisons:
                yield from _compared(found, cells)
        case AgendaReport() | GapReport():
            for one in data.figures:
                yield from _frozen(one, cells)
        case ClaimsReport():
            yield from _claims(data, _part(data.head.subject) if data.one_provider else ANY, cells)
        case ProviderReport():
            yield from _of_provider(data, _part(data.head.subject), cells)
        case TotalReport():
            yield from _of_total(data, cells)


def _of_provider(data: ProviderReport, subject: str, cells: Cells) -> Iterator[Cell]:
    yield from _outcomes(data.outcomes, subject, cells)
    yield from _units(data.units, subject, cells)
    yield from _volume(data.volume, subject, cells)
    yield from released_chapters.of_provider(data.chapters, subject, cells)
    yield from _of_events(data, subject, cells)


def _of_total(data: TotalReport, cells: Cells) -> Iterator[Cell]:
    yield from _outcomes(data.overall, ANY, cells)
    for provider in data.providers:
        yield from _outcomes(provider.outcomes, _part(provider.name), cells, provider.name)
    yield from released_chapters.of_total(data, cells)
    yield from _of_events(data, ANY, cells)


def _of_events(data: ProviderReport | TotalReport, subject: str, cells: Cells) -> Iterator[Cell]:
    yield from released_chapters.of_account(data, subject, cells)
    yield from _classes(data.classes, subject, cells)
    yield from _review(data.review, subject, cells)


def _outcomes(outcomes: Iterable[Outcome], subject: str, cells: Cells, who: str = ANY) -> Iterator[Cell]:
    for one in outcomes:
        table, row = what(one), f"{one.joint or ANY}/{subject}/{ANY}"
        counts = {
            "operations": (names.operations(one.joint, who), one.operations),
            "followed": (names.followed(one.within, one.joint, who), one.share.n),
            "events": (names.happened(what(one), one.joint, who), one.share.events),
        }
        for column, (name, count) in counts.items():
            yield _cell(table, row, column, count, cells.at(name, count), cells)


def _compared(found: ProviderComparison, cells: Cells) -> Iterator[Cell]:
    """Return the counts of providers beside each other, under the names that other reports have for the same."""
    table = _OUTCOMES.get(found.indicator_id, found.indicator_id)
    shown = compared_cells.shown(found, cells)
    for place, one in enumerate(found.providers):
        row, told = f"{found.joint or ANY}/{_part(one.name)}/{ANY}", shown[place]
        yield _cell(table, row, "operations", one.operations, told.operations, cells)
        yield _cell(table, row, "followed", one.followed, told.followed, cells)
        if one.events is not None:
            yield _cell(table, row, "events", one.events, told.events, cells)
        if one.reviewed is not None:
            yield _cell(table, row, "reviewed", one.reviewed, told.reviewed, cells)


def _frozen(one: FrozenFigure, cells: Cells) -> Iterator[Cell]:
    """Return the counts of a frozen figure, under the names that other reports have for the same."""
    table = _OUTCOMES.get(one.indicator_id, one.indicator_id)
    who = one.scope.get("provider_name") or one.scope.get("provider_id", "")
    row = f"{one.scope.get('joint') or ANY}/{_part(who) or ANY}/{ANY}"
    yield _cell(table, row, "followed", one.n or 0, cells.at(frozen.followed(one), one.n or 0), cells)
    if one.events is not None:
        yield _cell(table, row, "events", one.events, cells.at(frozen.happened(one), one.events), cells)


def _units(tables: Iterable[UnitTable], subject: str, cells: Cells) -> Iterator[Cell]:
    for table in tables:
        for one in table.columns:
            unit = one.unit or ANY
            row = f"{table.joint}/{subject}/{_part(one.unit) or ANY}"
            n, events = one.share.n, one.share.events
            followed = cells.at(names.followed(DAYS_TWO_YEARS, table.joint, unit=unit), n)
            yield _cell(TWO_YEARS, row, "followed", n, followed, cells)
            told = cells.at(names.happened(TWO_YEARS, table.joint, unit=unit), events)
            yield _cell(TWO_YEARS, row, "events", events, told, cells)


def _volume(volume: Sequence[Volume], subject: str, cells: Cells) -> Iterator[Cell]:
    for one in volume:
        row = f"{subject}/{one.year}/{one.joint}/{one.payer_route}"
        yield _cell("volume", row, "operations", one.operations, cells.at(bought(one), one.operations), cells)
    if volume:
        total = sum(one.operations for one in volume)
        shown = cells.at(names.operations(), total)
        yield _cell("volume", f"{subject}/{ANY}/{ANY}/{ANY}", "operations", total, shown, cells)


def _classes(classes: Sequence[ClassCount], subject: str, cells: Cells) -> Iterator[Cell]:
    for column in CLASS_COLUMNS if classes else ():
        counts = {one.complication_class or "none": getattr(one, column) for one in classes}
        for name, count in {**counts, ANY: sum(counts.values())}.items():
            shown = cells.at(names.in_class(column, name), count)
            yield _cell("classes", f"{subject}/{name}", column, count, shown, cells)


def _review(review: Sequence[Review], subject: str, cells: Cells) -> Iterator[Cell]:
    for one in review:
        row = f"{subject}/{one.year or ANY}"
        for column in (*REVIEW_COLUMNS, "events"):
            count = getattr(one, column)
            shown = cells.at(names.in_review(column, one.year), count)
            yield _cell("review", row, ANY if column == "events" else column, count, shown, cells)


def _claims(data: ClaimsReport, subject: str, cells: Cells) -> Iterator[Cell]:
    """Give the events that were covered, reached the cap or came too late, by year, and what was not covered."""
    for one in data.by_year:
        for column in CLAIMS_COLUMNS:
            count = getattr(one, column)
            shown = cells.at(names.in_claims(column, one.key), count)
            yield _cell("claims", f"{subject}/{one.key or ANY}", column, count, shown, cells)
    yield from released_chapters.not_covered(data.not_covered, subject, cells)
    yield from released_chapters.waiting(data.deadlines, subject, cells)


def _cell(table: str, row: str, column: str, count: int, shown: str, cells: Cells) -> Cell:
    """Return a cell; one that is rounded is not shown as it is, so it counts as hidden."""
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(shown))


def _part(name: str) -> str:
    return name.replace("/", "_").replace(ANY, "_")
