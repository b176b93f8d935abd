"""What is published of units in Sweden: the best quarter of them, and what is printed of one of our providers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.target_status import Quartile, quartile_of
from kvalitetsapp.services import indicators
from kvalitetsapp.store import benchmarks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.indicator import Indicator
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


def own_figure(workspace: Workspace, indicator: Indicator, figure: FrozenFigure) -> FrozenFigure:
    """Return a figure as that of the provider it is about.

    A figure that somebody has printed is the nation's unless it is asked for by provider; of all purchased care nobody
    prints one.
    """
    if indicator.count.kind is not Counted.PUBLISHED:
        return figure
    nothing = replace(figure, value=None, n=None, events=None, ci_low=None, ci_high=None)
    scope = figure.scope
    if not scope["provider_id"]:
        return nothing
    keys = ("provider", "joint") if scope["joint"] else ("provider",)
    found = indicators.summary(workspace, indicator.indicator_id, by=keys, as_of=figure.as_of).records()
    for row in found:
        if row["provider_id"] == scope["provider_id"] and row.get("joint", "") == scope["joint"]:
            value, n = row["value"], row["n"]
            return replace(nothing, value=None if value is None else float(value), n=None if n is None else int(n))
    return nothing
