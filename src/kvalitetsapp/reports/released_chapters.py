"""The counts of persons in the chapters and accounts of a report, named for the log of what has left.

Rows are `joint/provider/*` for indicators, `provider/variable/group` for case mix and for what is missing,
`provider/year`, `provider/reason`, `provider/month` and `provider/group` for accounts and costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.ledger_of_events import ACCOUNT_COLUMNS, PER_CASE, PER_EVENT, POTENTIAL
from kvalitetsapp.reports.ledger_of_operations import MAIN, TWO_YEARS
from kvalitetsapp.reports.sections import case_mix, indicators_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.claims_report import Deadlines
    from kvalitetsapp.domain.report_chapters import Delivered, IndicatorFigure, MixRow, ProviderChapters
    from kvalitetsapp.domain.report_data import CostDistribution, NotCovered, ProviderReport, TotalReport
    from kvalitetsapp.reports.cells import Cells


def of_provider(chapters: ProviderChapters, subject: str, cells: Cells) -> Iterator[Cell]:
    """Return the cells of all chapters."""
    yield from indicators(chapters.indicators, subject, cells)
    yield from _mix(chapters.mix, subject, cells)
    if chapters.delivered is not None:
        yield from _delivered(chapters.delivered, subject, cells)
    for one in chapters.adjusted:
        row = f"{one.joint}/{subject}/{ANY}"
        n = cells.at(names.followed(DAYS_TWO_YEARS, one.joint), one.operations)
        yield _cell("adjusted", row, "followed", one.operations, n, cells)
        events = cells.at(names.happened(TWO_YEARS, one.joint), one.observed)
        yield _cell("adjusted", row, "events", one.observed, events, cells)


def of_total(data: TotalReport, cells: Cells) -> Iterator[Cell]:
    """Return the operations whose whole cost is told."""
    for one in data.expected:
        row = _part(one.name) or ANY
        yield _cell(
            "expected", row, "operations", one.eligible, cells.at(names.expected(one.name), one.eligible), cells
        )


def of_account(data: ProviderReport | TotalReport, subject: str, cells: Cells) -> Iterator[Cell]:
    """Return the cases and events whose costs are told and what of them is claimed."""
    providers = () if hasattr(data, "is_own") else data.providers
    rows = [(f"{subject}/{one.key or ANY}", one.key, one) for one in data.recovery]
    rows += [(f"{_part(one.name)}/{ANY}", one.name, one.recovery) for one in providers]
    rows.append((f"{subject}/{POTENTIAL}", POTENTIAL, data.potential))
    for row, key, account in rows:
        for column in ACCOUNT_COLUMNS if key != POTENTIAL else ACCOUNT_COLUMNS[:2]:
            count = getattr(account, column)
            table = "potential" if key == POTENTIAL else "account"
            yield _cell(table, row, column, count, cells.at(names.in_account(column, key), count), cells)
    yield from not_covered(data.not_covered, subject, cells)
    yield from _costs(data.costs, PER_CASE, subject, cells)
    if not hasattr(data, "is_own"):
        yield from _costs(data.per_event, PER_EVENT, subject, cells)


def not_covered(rows: Sequence[NotCovered], subject: str, cells: Cells) -> Iterator[Cell]:
    """Return the events that no agreement covers, by reason."""
    for column in ("events", "missing_cost_events") if rows else ():
        counts = {one.reason: getattr(one, column) for one in rows}
        for reason, count in {**counts, ANY: sum(counts.values())}.items():
            shown = cells.at(names.not_covered(column, reason), count)
            yield _cell("not_covered", f"{subject}/{reason}", column, count, shown, cells)


def waiting(rows: Sequence[Deadlines], subject: str, cells: Cells) -> Iterator[Cell]:
    """Return the events that wait to be claimed, by the month of their last day."""
    for column in ("events", "missing_cost") if rows else ():
        counts = {one.month: getattr(one, column) for one in rows}
        for month, count in {**counts, ANY: sum(counts.values())}.items():
            shown = cells.at(names.waiting(column, "" if month == ANY else month), count)
            yield _cell("waiting", f"{subject}/{month}", column, count, shown, cells)


def _costs(rows: Iterable[CostDistribution], per: str, subject: str, cells: Cells) -> Iterator[Cell]:
    for one in rows:
        whole, _slash, part = one.group.partition("/")
        counts = {"cases": one.cases} | {f"over_{place}": count for place, count in enumerate(one.over)}
        for column, count in counts.items():
            shown = cells.at(names.in_costs(per, one.group, column), count)
            yield _cell(f"costs_{per}_{whole}", f"{subject}/{part or ANY}", column, count, shown, cells)


def indicators(figures: Sequence[IndicatorFigure], subject: str, cells: Cells) -> Iterator[Cell]:
    """Give the counts of indicators of a provider, joint by joint."""
    for joint in dict.fromkeys(one.joint for one in figures):
        rows = [one for one in figures if one.joint == joint]
        gone = indicators_table.untold(rows, cells)
        for one in rows:
            table, row = MAIN.get(one.indicator_id, one.indicator_id), f"{joint}/{subject}/{ANY}"
            yield _cell(table, row, "followed", one.n, indicators_table.shown_operations(one, cells), cells)
            if one.events is not None:
                shown = indicators_table.shown_events(one, gone, cells)
                yield _cell(table, row, "events", one.events, shown, cells)


def _mix(rows: Sequence[MixRow], subject: str, cells: Cells) -> Iterator[Cell]:
    if not rows:
        return
    shown = case_mix.protected(rows, cells)
    for row in rows:
        name = f"{row.variable}/{row.level or 'none'}"
        mine, everyone = (shown[row.variable, row.level, column] for column in ("mine", "all"))
        yield _cell("mix", f"{subject}/{name}", "operations", row.mine, mine, cells)
        yield _cell("mix", f"{ANY}/{name}", "operations", row.purchased, everyone, cells)


def _delivered(one: Delivered, subject: str, cells: Cells) -> Iterator[Cell]:
    for name, part in one.missing:
        shown = cells.at(names.missing(name), part.events)
        if cells.small(part.n - part.events):
            shown = cells.hidden_word
        yield _cell("missing", f"{subject}/{name}", "operations", part.events, shown, cells)


def _part(name: str) -> str:
    return name.replace("/", "_").replace(ANY, "_")


def _cell(table: str, row: str, column: str, count: int, shown: str, cells: Cells) -> Cell:
    """Return a cell; one that is rounded is not shown as it is, so it counts as hidden."""
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(shown))
