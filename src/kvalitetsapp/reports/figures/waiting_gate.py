"""The gate for charts of waiting lists: a count that is small, or that the others would give, is not drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kvalitetsapp.reports.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kvalitetsapp.domain.waiting_charts import DaysHistogram, MonthSeries, QueueBars
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Entry, Name

    Shown = Callable[[Name, int | None], int | None]


def months(chart: MonthSeries, cells: Cells, gone: Collection[str]) -> MonthSeries:
    """Return a series without what must not be shown; `gone` are months of lines, `over_150/2024-03`."""
    ledger = Ledger()
    for place, month in enumerate(chart.months):
        told = [(line, line.values[place]) for line in chart.lines]
        entries = [(ledger.put((line.key, month), value), line.dashed) for line, value in told if value is not None]
        _nest(ledger, entries)
    value = _shower(ledger, cells, gone)
    lines = tuple(
        replace(
            line,
            values=tuple(value((line.key, month), one) for month, one in zip(chart.months, line.values, strict=True)),
        )
        for line in chart.lines
    )
    return replace(chart, lines=lines)


def days(chart: DaysHistogram, cells: Cells, gone: Collection[str]) -> DaysHistogram:
    """Return a histogram without what must not be shown; `gone` are classes, `waiting/90`."""
    ledger = Ledger()
    columns: dict[str, list[Entry]] = {"waiting": [], "without": []}
    for bar in chart.bars:
        pair = _row(ledger, bar.key, {"waiting": bar.waiting, "without": bar.without}, columns)
        _nest(ledger, [(one, place > 0) for place, one in enumerate(pair)])
    _totals(ledger, columns)
    value = _shower(ledger, cells, gone)
    bars = tuple(
        replace(
            bar, waiting=value(("waiting", bar.key), bar.waiting), without=value(("without", bar.key), bar.without)
        )
        for bar in chart.bars
    )
    return replace(chart, bars=bars)


def queues(chart: QueueBars, cells: Cells, gone: Collection[str]) -> QueueBars:
    """Return bars without what must not be shown; `gone` are columns of groups, `over_90/knee`."""
    ledger = Ledger()
    names = ("waiting", "without", "over_90", "over_150")
    columns: dict[str, list[Entry]] = {name: [] for name in names}
    for bar in chart.bars:
        row = _row(ledger, bar.key, {name: getattr(bar, name) for name in names}, columns)
        for inner in row[1:]:
            ledger.inside(inner, row[0])
        if len(row) == len(names):
            ledger.inside(row[3], row[2])
    _totals(ledger, columns)
    value = _shower(ledger, cells, gone)
    bars = tuple(
        replace(
            bar,
            waiting=value(("waiting", bar.key), bar.waiting),
            without=value(("without", bar.key), bar.without),
            over_90=value(("over_90", bar.key), bar.over_90),
            over_150=value(("over_150", bar.key), bar.over_150),
        )
        for bar in chart.bars
    )
    return replace(chart, bars=bars)


def _row(ledger: Ledger, key: str, counts: dict[str, int | None], columns: dict[str, list[Entry]]) -> list[Entry]:
    """Enter the counts of a group, those that can be told, in the order of its columns."""
    found = []
    for name, count in counts.items():
        if count is not None:
            found.append(ledger.put((name, key), count))
            columns[name].append(found[-1])
    return found


def _nest(ledger: Ledger, entries: Sequence[tuple[Entry, bool]]) -> None:
    """Say that a dashed line is a part of the solid one before it, and each pair a part of the first."""
    solid = [one for one, dashed in entries if not dashed]
    last = None
    for one, dashed in entries:
        if dashed and last is not None:
            ledger.inside(one, last)
        last = last if dashed else one
    for one in solid[1:]:
        ledger.inside(one, solid[0])


def _totals(ledger: Ledger, columns: dict[str, list[Entry]]) -> None:
    """Say that groups make up a total, which a reader may know."""
    for name, parts in columns.items():
        ledger.total(ledger.put((name, "*"), sum(count for _name, count in parts)), parts)


def _shower(ledger: Ledger, cells: Cells, gone: Collection[str]) -> Shown:
    told = ledger.shown(cells)

    def value(name: Name, count: int | None) -> int | None:
        if count is None or "/".join(name) in gone or cells.is_hidden(told.get((name, count), "")):
            return None
        return cells.rounded(count)

    return value
