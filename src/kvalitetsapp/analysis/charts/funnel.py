"""A share of providers within the limits that chance gives around a target (R10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis import frames, funnel, overdispersion
from kvalitetsapp.domain.chart_data import Funnel, FunnelLimit, FunnelPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import Bar, Caterpillar

_CURVE_POINTS: Final = 240
_ROOM: Final = 1.15  # the limits go on a little beyond the largest provider
_LEAST_N: Final = 10


def of_bars(chart: Caterpillar, *, joint: str, within: int, is_national: bool, measure: str = "") -> Funnel:
    """Return the same figures as a caterpillar as a funnel; without a target it holds nothing."""
    bars = [bar for bar in chart.bars if bar.value is not None]
    if chart.target is None or not bars:
        return Funnel(joint, 0.0, is_national, (), (), within=within, measure=measure)
    points = tuple(_point(bar) for bar in bars)
    limits = limits_around(chart.target, points)
    events, n = [bar.events for bar in bars], [bar.n for bar in bars]
    spread = overdispersion.of_units(events, n, chart.target, limits)
    return Funnel(joint, chart.target, is_national, points, limits, spread, within, measure)


def _point(bar: Bar) -> FunnelPoint:
    return FunnelPoint(
        bar.name,
        bar.events,
        bar.n,
        bar.value or 0.0,
        bar.flag,
        bar.highlighted,
        key=bar.key,
        low=bar.low,
        high=bar.high,
    )


def limits_around(target: float, points: Sequence[FunnelPoint]) -> tuple[FunnelLimit, ...]:
    """Return the limits from one operation to a little beyond the largest provider, close enough for a smooth line."""
    last = max(round(max(point.n for point in points) * _ROOM), _LEAST_N)
    values = sorted({*range(1, last, max(last // _CURVE_POINTS, 1)), last})
    found = funnel.limit_curve(target, values)
    rows = frames.rows(found, ("n", "pi95_low", "pi95_high", "pi998_low", "pi998_high"))
    return tuple(FunnelLimit(*row) for row in rows)  # type: ignore[arg-type]
