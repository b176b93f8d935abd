"""Frozen figures that are made up, so that every number in them is known."""

from __future__ import annotations

from datetime import date

from kvalitetsapp.domain.frozen_figure import FrozenFigure
from kvalitetsapp.domain.indicator import Measure


def share(
    events: int,
    n: int,
    *,
    indicator: str = "reoperation_2y",
    name: str = "Reoperation inom två år",
    joint: str = "hip",
    provider: str = "",
    half_width: float = 0.02,
    benchmark: float | None = 0.021,
    measure: Measure = Measure.SHARE,
) -> FrozenFigure:
    """Return a share with a plain interval; `provider` is its name and its id."""
    value = events / n if n else None
    low, high = (None, None) if value is None else (max(0.0, value - half_width), min(1.0, value + half_width))
    return FrozenFigure(
        indicator_id=indicator,
        version="1",
        name=name,
        measure=measure.value,
        scope={"joint": joint, "prosthesis": "", "provider_id": provider, "provider_name": provider},
        as_of=date(2026, 9, 30),
        n=n,
        events=events,
        value=value,
        ci_low=low,
        ci_high=high,
        benchmark=benchmark,
        flags="",
        fingerprint="abc",
        unit="%",
    )
