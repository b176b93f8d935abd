"""Which counts of persons a report shows and hides, named so that the log of what has left knows them again.

Rows are `joint/provider/unit`, `provider/year/joint/route`, `provider/class`, `provider/year`; `*` stands for the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.report_data import ALL_UNITS, ProviderReport
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import released_chapters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.report_data import ClassCount, Outcome, Review, TotalReport, UnitTable, Volume
    from kvalitetsapp.reports.cells import Cells

_CLASS_COLUMNS: Final = ("events", "confirmed", "within_30", "within_90", "within_730", "surgery")
_CLASS_INSIDE: Final = {1: 0, 2: 3, 3: 4, 4: 0, 5: 0}
_REVIEW_COLUMNS: Final = ("confirmed", "rejected", "proposed", "ambiguous", ANY)


def of_report(data: ProviderReport | TotalReport, cells: Cells) -> tuple[Cell, ...]:
    """Return the cells of a report's tables in reading order, each once."""
    found: dict[tuple[str, str, str], Cell] = {}
    for cell in _all(data, cells):
        key = (cell.table, cell.row, cell.column)
        if key not in found or found[key].hidden:
            found[key] = cell
    return tuple(found.values())


def _all(data: ProviderReport | TotalReport, cells: Cells) -> Iterator[Cell]:
    if isinstance(data, ProviderReport):
        subject = _part(data.head.subject)
        yield from _outcomes(data.outcomes, subject, cells)
        yield from _units(data.units, subject, cells)
        yield from _volume(data.volume, subject, cells)
        yield from released_chapters.of_provider(data.chapters, subject, cells, own=data.is_own)
    else:
        subject = ANY
        yield from _outcomes(data.overall, subject, cells)
        for provider in data.providers:
            yield from _outcomes(provider.outcomes, _part(provider.name), cells)
    yield from _classes(data.classes, subject, cells)
    yield from _review(data.review, subject, cells)


def _outcomes(outcomes: Iterable[Outcome], subject: str, cells: Cells) -> Iterator[Cell]:
    for one in outcomes:
        table, row = f"{one.level}_{one.within}", f"{one.joint or ANY}/{subject}/{ANY}"
        yield _cell(table, row, "operations", one.operations, cells.count(one.operations), cells)
        yield _cell(table, row, "followed", one.share.n, cells.count(one.share.n), cells)
        yield _cell(table, row, "events", one.share.events, cells.count(one.share.events), cells)


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


def _cell(table: str, row: str, column: str, count: int, shown: str, cells: Cells) -> Cell:
    """Return a cell; one that is rounded is not shown as it is, so it counts as hidden."""
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(shown))


def _part(name: str) -> str:
    return name.replace("/", "_").replace(ANY, "_")
