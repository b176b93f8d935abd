"""Which counts the report of waiting lists shows and hides, named so that the log of what has left knows them again.

Rows are `month/county/area/procedure`, `*` for the sum. The other tables of the report are by area and provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.reports.ledger import Ledger
from kvalitetsapp.reports.ledger_of_waiting import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.waiting_report import WaitingReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Name

_ALL: Final = "waiting"


def of_waiting(data: WaitingReport, cells: Cells) -> Iterator[Cell]:
    """Give every count of the report's ledger that is printed."""
    ledger = Ledger()
    report(ledger, data)
    day = data.day
    for (name, count), printed in ((one, one not in ledger.unseen) for one in ledger.counts):
        if printed:
            shown = cells.at(name, count)
            yield Cell(*_place(name, day), count, hidden=cells.strict or cells.is_hidden(shown))


def _place(name: Name, day: str) -> tuple[str, str, str]:
    """Return the table, row and column that a count is known by: what is of one day is told of that day."""
    kind, *parts = (_part(one) for one in name)
    if kind == "waits":
        column, month, *rest = parts
        return _ALL, "/".join((month, *rest)), column if column != _ALL else ANY
    if kind == "in_rate":
        return _ALL, "/".join(parts), kind
    return f"{_ALL}_{kind}", "/".join((day, *parts[1:])) or ANY, parts[0]


def _part(name: str) -> str:
    return name.replace("/", "_") or "-"
