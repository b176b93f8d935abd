"""What is published of units in Sweden: the best quarter of them, and what is printed of one of our providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kvalitetsapp.domain.target_status import Quartile, quartile_of
from kvalitetsapp.services import indicators
from kvalitetsapp.store import benchmarks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_choice import OutcomeScope
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

_COUNTRY: Final = "SE"
"""Definitions of other countries differ."""


class _Printed(NamedTuple):
    """A figure that somebody has printed, by the columns that are read of it."""

    country: str
    level: str
    joint: str
    indicator: str
    unit: str
    value: float | None
    unit_of_value: str
    period: str
    source: str

    @property
    def share(self) -> float:
        """Return the value: of per cent as a fraction, everything else as printed."""
        return (self.value or 0.0) / (100 if self.unit_of_value == "percent" else 1)


_NAMES: Final = _Printed._fields


def quartile(workspace: Workspace, indicator: Indicator, joint: str) -> Quartile:
    """Return the value of the best quarter of the units that are published of an indicator and a joint."""
    return quartile_in(benchmarks.columns(workspace.store), indicator, joint)


def quartile_in(columns: Mapping[str, Sequence[Any]], indicator: Indicator, joint: str) -> Quartile:
    """Return the same of published figures as columns.

    Of the latest period (the greatest as text, R9); where a unit stands twice in it, its last figure counts.
    """
    only = joint or (indicator.cohort.joints[0] if len(indicator.cohort.joints) == 1 else "")
    if not only:
        return Quartile(None, 0, needs_joint=True)
    name = indicator.count.published or indicator.benchmark
    rows = [_Printed(*row) for row in zip(*(columns[each] for each in _NAMES), strict=True)]
    wanted = (_COUNTRY, "unit", only, name)
    units = [row for row in rows if name and row[: len(wanted)] == wanted and row.value is not None]
    period = max((row.period for row in units), default="")
    latest = {row.unit: row for row in units if row.period == period}
    limit, n = quartile_of([row.share for row in latest.values()], indicator.direction)
    return Quartile(limit, n, period, ", ".join(dict.fromkeys(row.source for row in latest.values())))


def printed_of(workspace: Workspace, indicator: Indicator, scope: OutcomeScope) -> Mapping[str, Value]:
    """Return the figure that is printed of the provider that a scope is about, empty where there is none.

    Of all purchased care nobody prints one: what is printed without a provider is the nation's.
    """
    if not scope.provider_id:
        return {}
    keys = ("provider", "joint") if scope.joint else ("provider",)
    found = indicators.summary(workspace, indicator.indicator_id, by=keys, as_of=scope.as_of).records()
    wanted = (scope.provider_id, scope.joint)
    return next((row for row in found if (row["provider_id"], row.get("joint", "")) == wanted), {})
