"""Which counts of persons a report shows and hides, named so that the log of what has left knows them again.

Rows are `joint/provider/unit`, `provider/year/joint/route`, `provider/class`, `provider/year` and `provider/reason`;
`*` stands for the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claims_report import ClaimsReport
from kvalitetsapp.domain.comparison_report import ComparisonReport
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.report_data import ALL_UNITS, ProviderReport
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import compared_cells, provider_counts
from kvalitetsapp.reports.provider_counts import EVERYONE, is_two_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.provider_comparison import ProviderComparison
    from kvalitetsapp.domain.report_data import ClassCount, Outcome, Review, TotalReport, UnitTable, Volume
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.provider_counts import ProviderCounts

    AnyData = ProviderReport | TotalReport | ClaimsReport | ComparisonReport

_CLASS_COLUMNS: Final = ("events", "confirmed", "within_30", "within_90", "within_730", "surgery")
_CLASS_INSIDE: Final = {1: 0, 2: 3, 3: 4, 4: 0, 5: 0}
_OUTCOMES: Final = {
    "reoperation_30d": "reoperation_30",
    "reoperation_90d": "reoperation_90",
    "reoperation_2y": f"reoperation_{DAYS_TWO_YEARS}",
    "revision_2y": f"revision_{DAYS_TWO_YEARS}",
}
_CLAIMS_COLUMNS: Final = ("events", "at_cap", "outside")
_REVIEW_COLUMNS: Final = ("confirmed", "rejected", "proposed", "ambiguous", ANY)


def of_report(data: AnyData, cells: Cells) -> tuple[Cell, ...]:
    """Return the cells of a report's tables in reading order, each once."""
    found: dict[tuple[str, str, str], Cell] = {}
    for cell in _all(data, cells):
        key = (cell.table, cell.row, cell.column)
        if key not in found or found[key].hidden:
            found[key] = cell
    return tuple(found.values())


def _all(data: AnyData, cells: Cells) -> Iterator[Cell]:
    if isinstance(data, ComparisonReport):
        for found in data.comparisons:
            yield from _compared(found, cells)
        return
    if isinstance(data, ClaimsReport):
        yield from _claims(data, _part(data.head.subject) if data.one_provider else ANY, cells)
        return
    if isinstance(data, ProviderReport):
        subject = _part(data.head.subject)
        yield from _outcomes(data.outcomes, subject, cells)
        yield from _units(data.units, subject, cells)
        yield from _volume(data.volume, subject, cells)
    else:
        subject = ANY
        counts = provider_counts.of_total(data, cells)
        yield from _outcomes([one for one in data.overall if not is_two_years(one)], subject, cells)
        for one in data.overall:
            if is_two_years(one):
                yield from _shared(one, EVERYONE, counts, cells)
        for provider in data.providers:
            for one in provider.outcomes:
                yield from _shared(one, provider.name, counts, cells)
    yield from _classes(data.classes, subject, cells)
    yield from _review(data.review, subject, cells)


def _outcomes(outcomes: Iterable[Outcome], subject: str, cells: Cells) -> Iterator[Cell]:
    for one in outcomes:
        table, row = f"{one.level}_{one.within}", f"{one.joint or ANY}/{subject}/{ANY}"
        yield _cell(table, row, "operations", one.operations, cells.count(one.operations), cells)
        yield _cell(table, row, "followed", one.share.n, cells.count(one.share.n), cells)
        yield _cell(table, row, "events", one.share.events, cells.count(one.share.events), cells)


def _shared(one: Outcome, provider: str, counts: ProviderCounts, cells: Cells) -> Iterator[Cell]:
    """Give the counts of a provider, or of everyone, as the total report shows them."""
    row = f"{one.joint or ANY}/{_part(provider) or ANY}/{ANY}"
    values = {"operations": one.operations, "followed": one.share.n, "events": one.share.events}
    for column, count in values.items():
        shown = counts.of(one.joint, provider, column)
        yield _cell(f"{one.level}_{one.within}", row, column, count, shown, cells)


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


def _units(tables: Iterable[UnitTable], subject: str, cells: Cells) -> Iterator[Cell]:
    name = f"reoperation_{DAYS_TWO_YEARS}"
    for table in tables:
        several = len(table.columns) > 1
        for column in ("followed", "events"):
            counts = [one.share.n if column == "followed" else one.share.events for one in table.columns]
            for unit, count, shown in zip(
                table.columns, counts, cells.column(counts, with_total=several), strict=True
            ):
                part = ANY if unit.unit == ALL_UNITS else _part(unit.unit)
                yield _cell(name, f"{table.joint}/{subject}/{part}", column, count, shown, cells)


def _volume(volume: Sequence[Volume], subject: str, cells: Cells) -> Iterator[Cell]:
    counts = [one.operations for one in volume]
    *shown, total = cells.column([*counts, sum(counts)], with_total=True)
    for one, text in zip(volume, shown, strict=True):
        row = f"{subject}/{one.year}/{one.joint}/{one.payer_route}"
        yield _cell("volume", row, "operations", one.operations, text, cells)
    if volume:
        yield _cell("volume", f"{subject}/{ANY}/{ANY}/{ANY}", "operations", sum(counts), total, cells)


def _classes(classes: Sequence[ClassCount], subject: str, cells: Cells) -> Iterator[Cell]:
    if not classes:
        return
    numbers = [[getattr(one, name) for name in _CLASS_COLUMNS] for one in classes]
    numbers.append([sum(column) for column in zip(*numbers, strict=True)])
    shown = cells.nested(numbers, _CLASS_INSIDE, with_total=True)
    names = [*(one.complication_class or "none" for one in classes), ANY]
    for name, counts, texts in zip(names, numbers, shown, strict=True):
        for column, count, text in zip(_CLASS_COLUMNS, counts, texts, strict=True):
            yield _cell("classes", f"{subject}/{name}", column, count, text, cells)


def _review(review: Sequence[Review], subject: str, cells: Cells) -> Iterator[Cell]:
    numbers = [(one.confirmed, one.rejected, one.proposed, one.ambiguous, one.events) for one in review]
    for one, counts, texts in zip(review, numbers, cells.table(numbers), strict=True):
        for column, count, text in zip(_REVIEW_COLUMNS, counts, texts, strict=True):
            yield _cell("review", f"{subject}/{one.year or ANY}", column, count, text, cells)


def _claims(data: ClaimsReport, subject: str, cells: Cells) -> Iterator[Cell]:
    """Give the events that were covered, reached the cap or came too late, by year, and what was not covered."""
    for column in _CLAIMS_COLUMNS:
        counts = [getattr(one, column) for one in data.by_year]
        for one, count, text in zip(data.by_year, counts, cells.column(counts, with_total=True), strict=True):
            yield _cell("claims", f"{subject}/{one.key or ANY}", column, count, text, cells)
    events = [one.events for one in data.not_covered]
    if events:
        shown = cells.column([*events, sum(events)], with_total=True)
        names = [*(one.reason for one in data.not_covered), ANY]
        for name, count, text in zip(names, [*events, sum(events)], shown, strict=True):
            yield _cell("not_covered", f"{subject}/{name}", "events", count, text, cells)


def _cell(table: str, row: str, column: str, count: int, shown: str, cells: Cells) -> Cell:
    """Return a cell; one that is rounded is not shown as it is, so it counts as hidden."""
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(shown))


def _part(name: str) -> str:
    return name.replace("/", "_").replace(ANY, "_")
