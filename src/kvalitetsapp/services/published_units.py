"""What is published of units in Sweden: the best quarter of them, and what is printed of one of our providers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.target_status import Quartile, quartile_of
from kvalitetsapp.services import indicators
from kvalitetsapp.store import benchmarks

if TYPE_CHECKING:
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.services.workspace import Workspace

_COUNTRY: Final = "SE"
"""Definitions of other countries differ."""
_NAMES: Final = ("country", "level", "joint", "indicator", "unit", "value", "unit_of_value", "period", "source")


def quartile(workspace: Workspace, indicator: Indicator, joint: str) -> Quartile:
    """Return the value of the best quarter of the units that are published of an indicator and a joint.

    Of the latest period (the greatest as text, R9); where a unit stands twice in it, its last figure counts.
    """
    only = joint or (indicator.cohort.joints[0] if len(indicator.cohort.joints) == 1 else "")
    if not only:
        return Quartile(None, 0, needs_joint=True)
    name = indicator.count.published or indicator.benchmark
    columns = benchmarks.columns(workspace.store)
    rows = [row for row in zip(*(columns[each] for each in _NAMES), strict=True) if name and row[5] is not None]
    units = [row for row in rows if row[:4] == (_COUNTRY, "unit", only, name)]
    period = max((row[7] for row in units), default="")
    latest = {row[4]: row for row in units if row[7] == period}
    values = [row[5] / 100 if row[6] == "percent" else row[5] for row in latest.values()]
    limit, n = quartile_of(values, indicator.direction)
    source = ", ".join(dict.fromkeys(str(row[8]) for row in latest.values()))
    return Quartile(limit, n, period, source)


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
