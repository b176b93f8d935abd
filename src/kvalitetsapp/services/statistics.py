"""Statistics of any table, without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import table as tables
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import statistic_tables
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kvalitetsapp.domain.table import Table


def funnel(path: Path, *, target: float | None = None) -> Table:
    """Return `statistics funnel`: every unit around `target` (a fraction), or around the pooled rate.

    Raises:
        InputError: the table cannot be read, or the target is no fraction.
    """
    if target is not None and not 0 <= target <= 1:
        raise InputError(_("Målet ska vara en andel mellan 0 och 1."))
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
