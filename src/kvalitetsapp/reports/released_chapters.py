"""The counts of persons in the chapters of a provider's report, named for the log of what has left.

Rows are `joint/provider/*` for indicators, `provider/variable/group` for case mix and for what is missing.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.reports.sections import case_mix, indicators_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvalitetsapp.domain.report_chapters import Delivered, IndicatorFigure, MixRow, ProviderChapters
    from kvalitetsapp.reports.cells import Cells


def of_provider(chapters: ProviderChapters, subject: str, cells: Cells, *, own: bool) -> Iterator[Cell]:
    """Return the cells of all chapters."""
    yield from _indicators(chapters.indicators, subject, cells)
    yield from _mix(chapters.mix, subject, cells, own=own)
    if chapters.delivered is not None:
        yield from _delivered(chapters.delivered, subject, cells)
    for one in chapters.adjusted:
        row = f"{one.joint}/{subject}/{ANY}"
        yield _cell("reoperation_730", row, "followed", one.operations, cells.count(one.operations), cells)
        yield _cell("reoperation_730", row, "events", one.observed, cells.count(one.observed), cells)


def _indicators(figures: Sequence[IndicatorFigure], subject: str, cells: Cells) -> Iterator[Cell]:
    for joint, of_joint in groupby(figures, key=lambda one: one.joint):
        rows = list(of_joint)
        gone = indicators_table.untold(rows, cells)
        for one in rows:
            table, row = indicators_table.MAIN.get(one.indicator_id, one.indicator_id), f"{joint}/{subject}/{ANY}"
            yield _cell(table, row, "followed", one.n, cells.count(one.n), cells)
            if one.events is not None:
                shown = indicators_table.shown_events(one, gone, cells)
                yield _cell(table, row, "events", one.events, shown, cells)


def _mix(rows: Sequence[MixRow], subject: str, cells: Cells, *, own: bool) -> Iterator[Cell]:
    if not rows:
        return
    shown = case_mix.protected(rows, cells, own=own)
    for row in rows:
        name = f"{row.variable}/{row.level or 'none'}"
        mine, everyone = (shown[row.variable, row.level, column] for column in ("mine", "all"))
        yield _cell("mix", f"{subject}/{name}", "operations", row.mine, mine, cells)
        yield _cell("mix", f"{ANY}/{name}", "operations", row.purchased, everyone, cells)


def _delivered(one: Delivered, subject: str, cells: Cells) -> Iterator[Cell]:
    for name, part in one.missing:
        shown = cells.hidden_word if cells.small(part.n - part.events) else cells.count(part.events)
        yield _cell("missing", f"{subject}/{name}", "operations", part.events, shown, cells)


def _cell(table: str, row: str, column: str, count: int, shown: str, cells: Cells) -> Cell:
    """Return a cell; one that is rounded is not shown as it is, so it counts as hidden."""
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(shown))
