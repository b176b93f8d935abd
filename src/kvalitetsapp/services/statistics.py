"""Statistics of any table, without a store."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kvalitetsapp.domain import statistic_tables as columns
from kvalitetsapp.domain import table as tables
from kvalitetsapp.domain.table import Table
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import statistic_tables
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def funnel(path: Path, *, target: float | None = None) -> Table:
    """Return `statistics funnel`: every unit around `target` (a fraction), or around the pooled rate.

    Raises:
        InputError: the table cannot be read, or the target is no fraction.
    """
    if target is not None:
        _demand_share(target)
    counts = statistic_tables.read_unit_counts(path)
    from kvalitetsapp.analysis import funnel as analysis
    from kvalitetsapp.analysis import tables as table_maker

    return table_maker.table(analysis.of_table(counts.unit, counts.events, counts.n, target), tables.FUNNEL)


def survival(path: Path, *, at: Sequence[float]) -> Table:
    """Return `statistics survival`: every group at the days `at`.

    Raises:
        InputError: the table cannot be read.
    """
    follow_ups = statistic_tables.read_follow_ups(path)
    from kvalitetsapp.analysis import survival as analysis
    from kvalitetsapp.analysis import tables as table_maker

    found = analysis.of_table(follow_ups.group, follow_ups.time, follow_ups.status, at)
    return table_maker.table(found, [tables.GROUP, *tables.SURVIVAL_VALUES])


def interval(*, events: int, n: int) -> Table:
    """Return `statistics interval`: the 95 % interval of events among n by each method that the program uses.

    Raises:
        InputError: there can be no so many events among n.
    """
    if not 0 <= events <= n or n < 1:
        raise InputError(_("events ska vara ett heltal från 0 till n, och n minst 1."))
    from kvalitetsapp.analysis import proportions

    low, high = proportions.byar([events])
    limits = {
        "wilson": proportions.wilson([events], [n]),
        "clopper_pearson": proportions.clopper_pearson([events], [n]),
        "byar": (low / n, high / n),
    }
    rows = [(method, events, n, events / n, float(low[0]), float(high[0])) for method, (low, high) in limits.items()]
    return Table(columns.INTERVALS, [*rows])


def detectable(*, n: int, target: float) -> Table:
    """Return `statistics detectable`: what n operations can show against `target`, and how many it would take.

    Raises:
        InputError: the target is no fraction.
    """
    _demand_share(target)
    from kvalitetsapp.analysis import detectable as analysis
    from kvalitetsapp.analysis import operations_needed
    from kvalitetsapp.analysis.operations_needed import POWERS, TIMES

    found = float(analysis.smallest_rate(n, target))
    smallest = None if math.isnan(found) else found
    rates = [target * times for times in TIMES if 0 < target * times < 1]
    needed = [[operations_needed.operations_needed(target, rate, power) for power in POWERS] for rate in rates]
    power = [float(analysis.power(n, target, rate)) if n else None for rate in rates]
    rows = zip(rates, power, needed, strict=True)
    return Table(columns.DETECTABLE, [(n, target, smallest, rate, chance, *both) for rate, chance, both in rows])


def _demand_share(target: float) -> None:
    if not 0 <= target <= 1:
        raise InputError(_("Målet ska vara en andel mellan 0 och 1."))
