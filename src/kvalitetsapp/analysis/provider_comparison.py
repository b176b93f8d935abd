"""The purchased providers of a joint beside each other, by volume: figure, certainty, cost, waiting, definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import (
    certainty,
    cohorts,
    compared_figures,
    detectable,
    expected,
    expected_costs,
    frames,
    operations_needed,
    overdispersion,
    waiting_times,
)
from kvalitetsapp.analysis.charts.funnel import limits_around
from kvalitetsapp.analysis.columns import among, day_number, day_numbers, known, places, texts, whole
from kvalitetsapp.analysis.indicators import figures, printed
from kvalitetsapp.analysis.indicators.members import members
from kvalitetsapp.domain.chart_data import Bar, Caterpillar, Funnel, FunnelPoint
from kvalitetsapp.domain.indicator import Direction, Measure
from kvalitetsapp.domain.indicator_tables import SMALL_N
from kvalitetsapp.domain.provider_comparison import (
    TIMES,
    USUAL_INDICATOR,
    ComparedProvider,
    Needed,
    Prices,
    ProviderComparison,
    WaitingSource,
    WaitingTime,
    is_too_thin,
)
from kvalitetsapp.domain.report_costs import ExpectedCost
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.case_mix import CaseMix, Standardised
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.typed_figures import CheckedFigure

YEAR: Final = 365
RECENT: Final = 3 * YEAR
_LEAST_EXPECTED: Final = 1.0
_MISSING: Final = WaitingTime(None, 0, WaitingSource.NONE)
_COSTS: Final = (
    *("eligible", "without_price", "with_events", "missing_cost_events", "price", "complication_cost"),
    *("expected_cost", "expected_low", "expected_high", "net_cost"),
)


@dataclass(frozen=True, slots=True)
class Material:
    """What providers are compared from: `frames` of all purchased care, `waiting` of `waiting_times.WAITING`."""

    frames: ReportFrames
    source: IndicatorSource
    waiting: pd.DataFrame
    published: Sequence[CheckedFigure]


def compare(material: Material, indicator: Indicator, joint: str) -> ProviderComparison:
    """Return the providers with purchased operations of the joint, by volume; without operations there are none.

    The figure is that of `indicators.figures`. It is held against Sweden's published figure, of shares else against
    that of all providers here (the region's own too) if they are several.
    """
    found = _of_joint(members(indicator, material.source), material.source, joint)
    rows = figures.of_members(indicator, material.source, found, by=("provider", "joint")).set_index("provider_id")
    target, is_national = _target(rows, indicator, material.source, joint)
    case_mix = _case_mix(found, indicator, material.source)
    providers = _providers(material, indicator, joint, rows, target, case_mix)
    label = _("Riket") if is_national else _("Alla vårdgivare här")
    title = _("{indicator}, {joint}").format(indicator=indicator.name, joint=word("joint", joint).lower())
    return ProviderComparison(
        indicator_id=indicator.indicator_id,
        version=indicator.version,
        indicator=indicator.name,
        joint=joint,
        as_of=material.frames.as_of.isoformat(),
        follow_up_days=indicator.follow_up_days,
        is_share=indicator.is_share,
        decimals=indicator.decimals,
        target=target,
        is_national=is_national,
        providers=providers,
        model=case_mix.models[0] if case_mix.models else None,
        caterpillar=_caterpillar(title, target, label, providers) if indicator.is_share else None,
        adjusted=_ratios(title, providers),
        funnel=_funnel(joint, target, providers, is_national=is_national) if _is_usual(indicator) else None,
    )


def _of_joint(found: pd.DataFrame, source: IndicatorSource, joint: str) -> pd.DataFrame:
    operations = source.index_operations
    mine = operations["operation"].to_numpy()[among(operations["joint"], joint)]
    return found[np.isin(found["operation"].to_numpy(), mine)]


def _target(
    rows: pd.DataFrame, indicator: Indicator, source: IndicatorSource, joint: str
) -> tuple[float | None, bool]:
    """Return what figures are held against, and whether it is the nation's."""
    alone = pd.DataFrame({"joint": [joint]})
    national = float(printed.benchmark(alone, indicator, source)[0])
    if not np.isnan(national):
        return national, True
    n = whole(rows["n"])
    if not indicator.is_share or (n > 0).sum() < 2:
        return None, False
    return float(whole(rows["events"]).sum() / n.sum()), False


def _case_mix(found: pd.DataFrame, indicator: Indicator, source: IndicatorSource) -> CaseMix:
    """Return the model of the joint and each provider's observed against expected, of shares of events only."""
    chosen = found if indicator.measure is Measure.SHARE else found.iloc[:0]
    return expected.standardise(expected.cases(chosen, source.index_operations, source.persons, source.episodes))


def _providers(
    material: Material,
    indicator: Indicator,
    joint: str,
    rows: pd.DataFrame,
    target: float | None,
    case_mix: CaseMix,
) -> tuple[ComparedProvider, ...]:
    source = material.frames
    mine = source.operations[among(source.operations["joint"], joint)]
    volume = _volumes(mine, source)
    ids = sorted(volume, key=lambda one: (-volume[one][0], source.names.get(one, one)))
    told = _figures(rows.reindex(ids), indicator, target)
    prices, costs = _prices(mine, source), _costs(mine, source)
    waiting, published = _waiting(material, joint), _published(material, indicator, joint)
    adjusted = _ratios_told(case_mix)
    needed = _needed(indicator, target)
    return tuple(
        ComparedProvider(
            provider_id=one,
            name=source.names.get(one, one),
            operations=volume[one][0],
            **told[one],
            adjusted=adjusted.get(one),
            prices=prices.get(one, Prices(0, None, None, None)),
            cost=costs.get(one),
            waiting=waiting.get(one, _MISSING),
            published=published.get(one, ()),
            needed=tuple(_with_years(each, volume[one][2]) for each in needed),
            recent=volume[one][1],
        )
        for one in ids
    )


def _volumes(mine: pd.DataFrame, source: ReportFrames) -> dict[str, tuple[int, int, float]]:
    """Return how many operations each provider has done, how many lately, and how many a year that is.

    Lately is the last three years, or since its first operation where that is less, though at least one year.
    """
    groups = cohorts.group(pd.DataFrame({"provider_id": texts(mine["provider_id"])}))
    day, today = day_numbers(mine["operated_on"]), day_number(source.as_of)
    first = np.full(len(groups.keys), today, dtype=np.int64)
    np.minimum.at(first, groups.of_row, day)
    recent = groups.count(day > today - RECENT)
    years = np.clip(today - first, YEAR, RECENT) / YEAR
    counts = zip(groups.count().tolist(), recent.tolist(), (recent / years).tolist(), strict=True)
    return dict(zip(groups.keys["provider_id"].tolist(), counts, strict=True))


def _figures(rows: pd.DataFrame, indicator: Indicator, target: float | None) -> dict[str, dict[str, Any]]:
    """Return each provider's figure with what can be said of it; nobody followed is none of none."""
    n = rows["n"].fillna(0).to_numpy(dtype=np.int64)
    events = rows["events"].fillna(0).to_numpy(dtype=np.int64)
    value, low, high = (rows[name].to_numpy(dtype=np.float64) for name in ("value", "ci_low", "ci_high"))
    high_is_good = indicator.direction is Direction.HIGH
    if indicator.is_share:
        sure, flags = certainty.of_shares(events, n, target, high_is_good=high_is_good)
    else:
        sure, flags = certainty.of_means(low, high, n, target, SMALL_N), np.full(len(n), "", dtype=object)
    reviewed = rows["reviewed"].astype("Int64")
    words = rows["flags"].fillna("")
    return {
        one: {
            "followed": int(n[place]),
            "events": int(events[place]) if indicator.is_share else None,
            "value": _number(value[place]),
            "low": _number(low[place]),
            "high": _number(high[place]),
            "flag": str(flags[place]),
            "certainty": sure[place],
            "detectable": _detectable(int(n[place]), indicator, target),
            "reviewed": None if pd.isna(reviewed.iloc[place]) else int(reviewed.iloc[place]),
            "flags": tuple(str(words.iloc[place]).split()),
        }
        for place, one in enumerate(rows.index.tolist())
    }


def _detectable(n: int, indicator: Indicator, target: float | None) -> float | None:
    """Return the figure at which a difference for the worse would probably show."""
    if not n or target is None or not indicator.is_share:
        return None
    high_is_good = indicator.direction is Direction.HIGH
    rate = float(detectable.smallest_rate(n, certainty.unwanted(target, high_is_good=high_is_good)))
    return None if np.isnan(rate) else certainty.unwanted(rate, high_is_good=high_is_good)


def _needed(indicator: Indicator, target: float | None) -> tuple[Needed, ...]:
    """Return how many operations each multiple of what is not wanted takes, the years untold."""
    if target is None or not indicator.is_share:
        return ()
    high_is_good = indicator.direction is Direction.HIGH
    around = certainty.unwanted(target, high_is_good=high_is_good)
    rates = [(factor, around * factor) for factor in TIMES if 0 < around * factor < 1]
    return tuple(
        Needed(
            factor,
            certainty.unwanted(rate, high_is_good=high_is_good),
            operations_needed.operations_needed(around, rate),
            None,
        )
        for factor, rate in rates
    )


def _with_years(one: Needed, yearly: float) -> Needed:
    years = one.operations / yearly if one.operations is not None and yearly else None
    return Needed(one.times, one.rate, one.operations, years)


def _ratios_told(case_mix: CaseMix) -> dict[str, Standardised]:
    """Return observed against expected by provider, where the model and what it expects are enough to divide by."""
    if not case_mix.models or is_too_thin(case_mix.models[0]):
        return {}
    return {
        one.provider_id: one
        for one in case_mix.providers
        if one.ratio is not None and (one.expected or 0.0) >= _LEAST_EXPECTED
    }


def _prices(mine: pd.DataFrame, source: ReportFrames) -> dict[str, Prices]:
    place = places(source.prices["operation"].to_numpy(), mine["operation"].to_numpy())
    price = source.prices["price"].array[place]
    has: Flags = known(pd.Series(price))
    amounts = pd.Series(np.asarray(price[has], dtype=np.int64)).groupby(texts(mine["provider_id"])[has], sort=True)
    found = amounts.agg(["count", "median", "min", "max"])
    return {
        str(one): Prices(int(count), round(float(median)), int(lowest), int(highest))
        for one, count, median, lowest, highest in found.itertuples(name=None)
    }


def _costs(mine: pd.DataFrame, source: ReportFrames) -> dict[str, ExpectedCost]:
    """Return what an operation followed for two years cost with its confirmed events."""
    arguments = (mine, source.confirmed_claims, source.prices, source.providers, source.persons)
    found = expected_costs.summary(*arguments, by=["provider"], as_of=source.as_of, within=DAYS_TWO_YEARS)
    rows: list[tuple[Any, ...]] = frames.rows(found, ("provider_id", *_COSTS))
    return {
        one: ExpectedCost(one, eligible - without_price, without_price, *rest)
        for one, eligible, without_price, *rest in rows
        if eligible > without_price
    }


def _waiting(material: Material, joint: str) -> dict[str, WaitingTime]:
    """Return the waiting times of the lists; where a provider is in none, the published one."""
    whose = printed.provider_names(material.source)
    roles, as_of = material.source.tables.procedure_roles, material.frames.as_of
    return compared_figures.waiting(material.published, joint, whose) | waiting_times.medians(
        material.waiting, roles, joint=joint, as_of=as_of
    )


def _published(material: Material, indicator: Indicator, joint: str) -> dict[str, Any]:
    whose = printed.owners(material.source) | printed.provider_names(material.source)
    return compared_figures.of_providers(material.published, indicator, joint, whose)


def _caterpillar(title: str, target: float | None, label: str, providers: Sequence[ComparedProvider]) -> Caterpillar:
    bars = tuple(
        Bar(one.provider_id, one.name, one.events or 0, one.followed, one.value, one.low, one.high, one.flag)
        for one in sorted(providers, key=lambda one: (-one.followed, one.name))
    )
    return Caterpillar(title, target, label, bars)


def _ratios(title: str, providers: Sequence[ComparedProvider]) -> Caterpillar | None:
    """Return observed against expected of those with any; None where no model tells."""
    told = [one.adjusted for one in providers if one.adjusted is not None]
    names = {one.provider_id: one.name for one in providers}
    bars = tuple(
        Bar(*(one.provider_id, names[one.provider_id], one.observed, one.operations), one.ratio, *_ends(one), "")
        for one in sorted(told, key=lambda one: (-one.operations, names[one.provider_id]))
    )
    return Caterpillar(title, 1.0, _("Som väntat"), bars, ratio=True) if bars else None


def _ends(one: Standardised) -> tuple[float | None, float | None]:
    return one.ratio_low, one.ratio_high


def _funnel(
    joint: str, target: float | None, providers: Sequence[ComparedProvider], *, is_national: bool
) -> Funnel | None:
    shown = [one for one in providers if one.value is not None]
    if not shown or not target:
        return None
    points = tuple(
        FunnelPoint(
            *(one.name, one.events or 0, one.followed, one.value or 0.0, one.flag),
            highlighted=False,
            key=one.provider_id,
            low=one.low,
            high=one.high,
        )
        for one in shown
    )
    limits = limits_around(target, points)
    counts = ([point.events for point in points], [point.n for point in points])
    return Funnel(joint, target, is_national, points, limits, overdispersion.of_units(*counts, target, limits))


def _is_usual(indicator: Indicator) -> bool:
    """Tell whether it is the indicator that the words of the funnel are about."""
    return indicator.indicator_id == USUAL_INDICATOR


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
