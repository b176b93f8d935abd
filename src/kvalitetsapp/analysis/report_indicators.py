"""What all indicators come to for one provider, joint by joint, and what each of the figures can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import detectable, funnel
from kvalitetsapp.domain.indicator import Counted, Direction, Measure
from kvalitetsapp.domain.indicator_nesting import inside
from kvalitetsapp.domain.report_chapters import IndicatorFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.analysis.report_background import ReportBackground
    from kvalitetsapp.domain.indicator import Indicator

_OF_ALL_JOINTS: Final = ""
Told = dict[str, Any]


def of_provider(background: ReportBackground, provider_id: str) -> tuple[IndicatorFigure, ...]:
    """Return the figures that there are data for, by joint and then in the order of the indicators.

    Where the nation's figure is not published a share is held against that of all operations here.
    """
    found = [one for each in _our_own(background) for one in _of_indicator(background, each, provider_id) if one.n]
    return tuple(sorted(found, key=lambda one: one.joint))


def without_data(background: ReportBackground, provider_id: str) -> tuple[str, ...]:
    """Return the names of the indicators that nothing is delivered for: missing, and not 0."""
    names = []
    for each in _our_own(background):
        n = [told["n"] or 0 for told in background.by_provider(each) if told["provider_id"] == provider_id]
        if n and not sum(n):
            names.append(each.name)
    return tuple(names)


def pooled(found: Sequence[Told], indicator: Indicator) -> dict[str, float]:
    """Return the share of all providers together by joint, of figures by provider."""
    if not indicator.is_share:
        return {}
    sums: dict[str, list[int]] = {}
    for told in found:
        both = sums.setdefault(told["joint"], [0, 0])
        both[0] += told["events"] or 0
        both[1] += told["n"] or 0
    return {joint: events / n for joint, (events, n) in sums.items() if n}


def _our_own(background: ReportBackground) -> list[Indicator]:
    """Return the indicators of operations of ours that can be read by provider."""
    return [
        each for each in background.indicators if "provider" in each.level and each.count.kind is not Counted.PUBLISHED
    ]


def _of_indicator(background: ReportBackground, indicator: Indicator, provider_id: str) -> Iterator[IndicatorFigure]:
    found = background.by_provider(indicator)
    everyone = pooled(found, indicator)
    parts = inside(indicator, background.indicators)
    for told in found:
        if told["provider_id"] == provider_id:
            yield _figure(indicator, told, everyone, parts)


def _figure(
    indicator: Indicator, told: Told, everyone: Mapping[str, float], parts: tuple[str, ...]
) -> IndicatorFigure:
    national = told["benchmark"]
    target = everyone.get(told["joint"]) if national is None else national
    only = indicator.cohort.joints[0] if len(indicator.cohort.joints) == 1 else _OF_ALL_JOINTS
    return IndicatorFigure(
        indicator.indicator_id,
        indicator.version,
        indicator.name,
        told["joint"] or only,
        indicator.is_share,
        indicator.decimals,
        indicator.follow_up_days,
        told["n"] or 0,
        told["events"],
        told["value"],
        told["ci_low"],
        told["ci_high"],
        told["reviewed"],
        target,
        national is not None,
        smallest(indicator, told["n"] or 0, target),
        tuple(told["flags"].split()),
        _limit(indicator, told, national),
        parts,
        tuple(str(kind) for kind in indicator.cohort.prostheses),
        indicator.measure is Measure.SHARE_WITHOUT,
    )


def smallest(indicator: Indicator, n: int, target: float | None) -> float | None:
    """Return the first true share, in the direction nobody wants, that n operations likely show; None if none does."""
    if not indicator.is_share or indicator.direction is Direction.NEITHER or target is None or not 0 < target < 1:
        return None
    high = indicator.direction is Direction.HIGH
    rate = float(detectable.smallest_rate(n, 1 - target if high else target))
    if np.isnan(rate):
        return None
    return 1 - rate if high else rate


def _limit(indicator: Indicator, told: Told, national: float | None) -> str:
    """Return where a share lies against the limits around the nation's (R10)."""
    if not indicator.is_share or national is None or not told["n"]:
        return ""
    return str(funnel.flags([told["events"]], [told["n"]], national)[0])
