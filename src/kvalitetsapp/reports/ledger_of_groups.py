"""What a report on equal care counts of groups of people, and how it is shown so that no small number follows.

The groups of every key make up the same whole, which other reports tell too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.ledger_of_operations import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.equity import EquityGroup
    from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Ledger, Name

_FOLLOWED: Final = "followed"
_EVENTS: Final = "events"


def enter(ledger: Ledger, data: EquityReport) -> None:
    """Enter the groups of every key, and the whole that they make up."""
    whole_n = ledger.put(names.followed(data.follow_up_days, data.joint), data.whole.n)
    whole_events = None
    if data.whole.events is not None:
        whole_events = ledger.put(_happened(data), data.whole.events)
        ledger.inside(whole_events, whole_n)
    for split in data.splits:
        n = [ledger.put(of_group(data, split, one, _FOLLOWED), one.n) for one in split.groups]
        ledger.total(whole_n, n)
        if whole_events is None:
            continue
        events = [ledger.put(of_group(data, split, one, _EVENTS), one.events or 0) for one in split.groups]
        ledger.total(whole_events, events)
        for inner, outer in zip(events, n, strict=True):
            ledger.inside(inner, outer)


def of_group(data: EquityReport, split: EquitySplit, one: EquityGroup, column: str) -> Name:
    """Name the operations of a group that are followed, or those of them with what is counted."""
    return ("group", data.indicator_id, data.joint or ANY, split.key, column, *one.words)


def shown(data: EquityReport, split: EquitySplit, one: EquityGroup, cells: Cells) -> tuple[str, str]:
    """Return how the followed operations of a group and its events are shown, the latter "" where none are counted."""
    n = cells.at(of_group(data, split, one, _FOLLOWED), one.n)
    events = "" if one.events is None else cells.at(of_group(data, split, one, _EVENTS), one.events)
    return n, events


def tells(data: EquityReport, split: EquitySplit, one: EquityGroup, cells: Cells) -> bool:
    """Tell whether the figure of a group may stand beside its counts."""
    if not cells.suppress:
        return one.crude is not None
    if one.crude is None or any(cells.is_hidden(each) for each in shown(data, split, one, cells)):
        return False
    events = one.events or 0
    if data.is_share:
        return cells.tells(Share(events, one.n, None, None, None)) and not cells.small(one.n - events)
    return one.n >= LEAST_DENOMINATOR


def released(data: EquityReport, cells: Cells) -> Iterator[Cell]:
    """Give the counts of groups that the report shows and hides."""
    table = f"equity_{data.indicator_id}"
    for split in data.splits:
        for one in split.groups:
            row = f"{data.joint or ANY}/{split.key}/{(one.words[0] or 'none').replace('/', '_')}"
            n, events = shown(data, split, one, cells)
            yield _cell(table, row, _FOLLOWED, one.n, n, cells)
            if one.events is not None:
                yield _cell(table, row, _EVENTS, one.events, events, cells)


def _cell(table: str, row: str, column: str, count: int, told: str, cells: Cells) -> Cell:
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(told))


def _happened(data: EquityReport) -> Name:
    return names.happened(MAIN.get(data.indicator_id, data.indicator_id), data.joint)
