"""The charts of waiting lists, made from the tables that stand beside them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.waiting import WaitingKey
from kvalitetsapp.domain.waiting_charts import DaysBar, DaysHistogram, MonthLine, MonthSeries, QueueBar, QueueBars
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.domain.waiting import WaitingDistribution, WaitingSeries, WaitingState

MOST_BARS: Final = 40
LEAST_CLASSES: Final = 7
"""Classes of days that are drawn also where nobody is in the last of them: up to where a wait is very long."""
_LINES: Final = (
    ("waiting", N_("Väntande"), False),
    ("waiting_without", N_("Utan MOV/PVV"), True),
    ("over_150", N_("Över 150 dagar"), False),
    ("over_150_without", N_("Över 150 utan MOV/PVV"), True),
)
_TITLES: Final = {
    WaitingKey.COUNTY: N_("Väntande per län"),
    WaitingKey.AREA: N_("Väntande per medicinskt område"),
    WaitingKey.CODE: N_("Väntande per åtgärdskod"),
    WaitingKey.PROVIDER: N_("Väntande per vårdgivare"),
    WaitingKey.DEVIATION: N_("Väntande per avvikelseorsak"),
    WaitingKey.PRIORITY: N_("Väntande per prioritet"),
    WaitingKey.MUNICIPALITY: N_("Väntande per kommun"),
    WaitingKey.SEX: N_("Väntande kvinnor och män"),
    WaitingKey.AGE_GROUP: N_("Väntande per åldersgrupp"),
}


def queues(state: WaitingState, names: Mapping[str, str] = MappingProxyType({})) -> QueueBars:
    """Return the groups of a state as bars, in their order; the smallest beyond the first forty stand in the table.

    `names` are what to call groups by their keys, where not by what the table calls them.
    """
    columns = state.groups.names()
    bars = [
        QueueBar(
            key,
            names.get(key, str(row[0])),
            *(_count(row[columns.index(name)]) for name in ("waiting", "waiting_without", "over_90", "over_150")),
        )
        for key, row in zip(state.keys[:MOST_BARS], state.groups.rows, strict=False)
    ]
    return QueueBars(_(_TITLES[state.by]), tuple(bars))


def months(series: WaitingSeries, title: str = "") -> MonthSeries:
    """Return a series as lines: all and those over 150 days, each with and without MOV and PVV."""
    rows = series.table.records()
    lines = tuple(
        MonthLine(name, _(heading), tuple(_count(row[name]) for row in rows), dashed)
        for name, heading, dashed in _LINES
    )
    return MonthSeries(title or _("Väntande vid månadsslut"), tuple(str(row["month"]) for row in rows), lines)


def days(distribution: WaitingDistribution) -> DaysHistogram:
    """Return how long those have waited who wait."""
    bars = tuple(
        DaysBar(
            _count(row["days_from"]) or 0,
            _count(row["days_to"]),
            _count(row["waiting"]),
            _count(row["waiting_without"]),
        )
        for row in distribution.table.records()
    )
    told = max((place for place, bar in enumerate(bars) if bar.waiting), default=-1) + 1
    return DaysHistogram(_("Väntetid i dagar"), bars[: max(told, LEAST_CLASSES)])


def _count(value: Value) -> int | None:
    return int(value) if isinstance(value, int | float) else None
