"""The outcomes of a report: rates, units, funnels, curves and complication classes, ready to print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import (
    cohorts,
    detectable,
    frames,
    overdispersion,
    proportions,
    reoperations,
    survival,
)
from kvalitetsapp.analysis.charts.funnel import limits_around
from kvalitetsapp.analysis.columns import among, texts, whole
from kvalitetsapp.domain.chart_data import AtRisk, Curve, CurveStep, Funnel, FunnelPoint, Survival
from kvalitetsapp.domain.report_data import (
    ALL_UNITS,
    OTHER_UNITS,
    ClassCount,
    Outcome,
    ProviderRow,
    Recovery,
    Share,
    UnitColumn,
    UnitTable,
)
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, ComplicationClass, LinkStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Ints
    from kvalitetsapp.analysis.report_frames import ReportFrames

TIMES: Final = (DAYS_TWO_YEARS, 90, 30)
LEAST_AT_RISK: Final = 50
_SHORTEST_CURVE: Final = 182
_LONGEST_CURVE: Final = 3650
_DAYS_IN_YEAR: Final = 365
_MOST_UNITS: Final = 5
Told = dict[str, Any]


def share(events: int, n: int) -> Share:
    """Return a share with its Wilson 95 % interval."""
    if not n:
        return Share(events, 0, None, None, None)
    low, high = proportions.wilson([events], [n])
    return Share(events, n, events / n, float(low[0]), float(high[0]))


def outcomes(source: ReportFrames) -> tuple[Outcome, ...]:
    """Return, joint by joint, reoperations within 730, 90 and 30 days and revisions within 730 (R9, R10)."""
    by_time = {within: _of_scope(source, within) for within in TIMES}
    pooled = {within: _pooled(source, within) if source.provider_id else {} for within in TIMES}
    found = []
    for joint in sorted({told["joint"] for told in by_time[DAYS_TWO_YEARS]}):
        rows = {within: next(told for told in by_time[within] if told["joint"] == joint) for within in TIMES}
        found.append(_reoperated(rows[DAYS_TWO_YEARS], DAYS_TWO_YEARS, pooled[DAYS_TWO_YEARS]))
        found.append(_revised(rows[DAYS_TWO_YEARS]))
        found += [_reoperated(rows[within], within, pooled[within]) for within in TIMES[1:]]
    return tuple(found)


def overall(source: ReportFrames) -> tuple[Outcome, ...]:
    """Return the same over all joints together, compared with nothing."""
    found = []
    for within in TIMES:
        for told in _rates(source, [], within):
            plain = told | {"joint": "", "flag": "", "benchmark": None}
            found.append(_reoperated(plain, within, {}))
            if within == DAYS_TWO_YEARS:
                found.append(_revised(plain))
    return tuple(found)


def provider_rows(
    source: ReportFrames, recoveries: Mapping[str, Recovery], nothing: Recovery
) -> tuple[ProviderRow, ...]:
    """Return the providers of the scope by volume with their outcomes within two years and their recovery."""
    pooled = _pooled(source, DAYS_TWO_YEARS)
    told = _rates(source, ["provider", "joint"], DAYS_TWO_YEARS, everyone=True)
    rows = []
    for provider_id in sorted({one["provider_id"] for one in told} - source.own_providers):
        own = [one for one in told if one["provider_id"] == provider_id]
        rows.append(
            ProviderRow(
                source.names.get(provider_id, provider_id),
                sum(one["operations"] for one in own),
                tuple(_reoperated(one, DAYS_TWO_YEARS, pooled) for one in own),
                replace(recoveries.get(provider_id, nothing), key=source.names.get(provider_id, provider_id)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.operations, row.name)))


def funnels(source: ReportFrames, *, named: bool) -> tuple[Funnel, ...]:
    """Return a funnel over all providers for each joint with followed operations in the scope (R10).

    Of ten providers or more it tells how much more they differ than chance gives.
    """
    told = _rates(source, ["provider", "joint"], DAYS_TWO_YEARS, everyone=True)
    pooled = _pooled(source, DAYS_TWO_YEARS)
    followed = source.operations[source.followed(DAYS_TWO_YEARS)]
    found = []
    for joint in sorted(set(texts(followed["joint"]).tolist())):
        rows = [one for one in told if one["joint"] == joint and one["eligible"]]
        benchmark = rows[0]["benchmark"]
        target = pooled[joint] if benchmark is None else benchmark
        points = tuple(_point(one, source, named=named) for one in rows)
        limits = limits_around(target, points)
        events, n = ([one[name] for one in rows] for name in ("reoperated", "eligible"))
        more_than_chance = overdispersion.of_units(events, n, target, limits)
        found.append(Funnel(joint, target, benchmark is not None, points, limits, more_than_chance))
    return tuple(found)


def unit_tables(source: ReportFrames) -> tuple[UnitTable, ...]:
    """Return, joint by joint, the units of the scope and all of it, with reoperation within two years."""
    unit = source.details.set_index("operation")["unit"].reindex(source.operations["operation"]).to_numpy()
    operations = source.operations.assign(provider_id=_largest_units(unit))
    by = ["provider", "joint"]
    arguments = (operations, source.links, source.persons, source.benchmarks)
    units = _all_told(reoperations.summary(*arguments, by=by, as_of=source.as_of), by)
    years = _years(operations, source)
    tables = []
    for whole_joint in _of_scope(source, DAYS_TWO_YEARS):
        joint = whole_joint["joint"]
        parts = [one for one in units if one["joint"] == joint and one["provider_id"] and one["eligible"]]
        chosen = parts if len(parts) > 1 else []
        columns = [_unit(one, years.get((one["provider_id"], joint)), one["provider_id"]) for one in chosen]
        columns.append(_unit(whole_joint, years.get((ALL_UNITS, joint)), ALL_UNITS))
        tables.append(UnitTable(joint, tuple(columns), whole_joint["benchmark"]))
    return tuple(tables)


def curves(
    source: ReportFrames, least_at_risk: int = LEAST_AT_RISK, *, event: survival.Event = "revision"
) -> Survival:
    """Return 1 − KM of revision (or reoperation) by joint with the incidence beside it (R11).

    Each is cut where fewer than `least_at_risk` are at risk, or after ten years.
    """
    arguments = (source.operations, source.links, source.persons)
    groups, time, _status = survival.follow_up(*arguments, by=["joint"], as_of=source.as_of, event=event)
    drawn = survival.curves(*arguments, by=["joint"], as_of=source.as_of, event=event)
    steps = [_told(row, _CURVE) for row in _rows(drawn, _CURVE)]
    found, too_small = [], []
    for place, joint in enumerate(groups.keys["joint"].tolist() if len(groups.keys) else []):
        end = _last_day(time[groups.of_row == place], least_at_risk)
        if end < _SHORTEST_CURVE:
            too_small.append(joint)
            continue
        own = [one for one in steps if one["joint"] == joint and one["time_days"] <= end]
        found.append(
            Curve(joint, int((groups.of_row == place).sum()), _drawn(own, end), _risk(source, joint, end, event))
        )
    return Survival(event, least_at_risk, tuple(found), tuple(too_small))


def classes(source: ReportFrames) -> tuple[ClassCount, ...]:
    """Return the linked events (proposed and confirmed) of the scope by complication class, in the order of R7."""
    events = source.events[among(source.events["status"], *reoperations.COUNTED)]
    kind, days = texts(events["complication_class"]), whole(events["days"])
    confirmed = among(events["status"], LinkStatus.CONFIRMED.value)
    surgery = among(events["surgery_level"], *reoperations.REOPERATION)
    order = [*(one.value for one in ComplicationClass), ""]
    found = []
    for name in order:
        mine = kind == name
        if mine.any():
            counts = (mine, mine & confirmed, *(mine & (days <= limit) for limit in (30, 90, 730)), mine & surgery)
            found.append(ClassCount(name, *(int(marked.sum()) for marked in counts)))
    return tuple(found)


_VALUES: Final = ("operations", "eligible", "reoperated", "rate", "ci_low", "ci_high", "revised", "ambiguous")
_CURVE: Final = ("joint", "time_days", "km", "km_low", "km_high", "cif")


def _rows(found: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    return frames.rows(found, names)


def _told(row: tuple[Any, ...], names: Sequence[str]) -> Told:
    return dict(zip(names, row, strict=True))


def _rates(source: ReportFrames, by: Sequence[str], within: int, *, everyone: bool = False) -> list[Told]:
    return _all_told(source.rates(by, within, everyone=everyone), by)


def _all_told(found: pd.DataFrame, by: Sequence[str]) -> list[Told]:
    names = (*(cohorts.KEYS[key] for key in by), *_VALUES, "benchmark", "flag")
    return [_told(row, names) for row in _rows(found, names)]


def _of_scope(source: ReportFrames, within: int) -> list[Told]:
    if not source.provider_id:
        return _rates(source, ["joint"], within)
    told = _rates(source, ["provider", "joint"], within, everyone=True)
    return [one for one in told if one["provider_id"] == source.provider_id]


def _pooled(source: ReportFrames, within: int) -> dict[str, float]:
    told = _rates(source, ["joint"], within, everyone=True)
    return {one["joint"]: one["rate"] for one in told if one["rate"] is not None}


def _reoperated(told: Told, within: int, pooled: Mapping[str, float]) -> Outcome:
    """Return an outcome; without a national figure it is compared with the pooled rate, if there is one."""
    target = pooled.get(told["joint"]) if told["benchmark"] is None else told["benchmark"]
    return Outcome(
        told["joint"],
        "reoperation",
        within,
        told["operations"],
        Share(told["reoperated"], told["eligible"], told["rate"], told["ci_low"], told["ci_high"]),
        told["ambiguous"],
        told["benchmark"],
        told["flag"] or "" if target is not None else "",
        _smallest(told["eligible"], target),
        compared=target is not None or not told["eligible"],
    )


def _smallest(n: int, target: float | None) -> float | None:
    if not n or target is None:
        return None
    rate = float(detectable.smallest_rate(n, target))
    return None if np.isnan(rate) else rate


def _revised(told: Told) -> Outcome:
    counted = share(told["revised"], told["eligible"])
    return Outcome(
        told["joint"],
        "revision",
        DAYS_TWO_YEARS,
        told["operations"],
        counted,
        told["ambiguous"],
        None,
        "",
        None,
        compared=False,
    )


def _point(told: Told, source: ReportFrames, *, named: bool) -> FunnelPoint:
    highlighted = told["provider_id"] == source.provider_id
    name = str(source.names.get(told["provider_id"], told["provider_id"]))
    return FunnelPoint(
        name if named or highlighted else "",
        told["reoperated"],
        told["eligible"],
        told["rate"],
        told["flag"] or "",
        highlighted,
    )


def _largest_units(unit: Any) -> Any:  # noqa: ANN401 - an array of texts
    """Return the units with the smaller ones under one name, so that a table has room for them."""
    names, counts = np.unique(np.array([name or "" for name in unit], dtype=object).astype(str), return_counts=True)
    named = [(count, name) for name, count in zip(names.tolist(), counts.tolist(), strict=True) if name]
    kept = {name for _count, name in sorted(named, key=lambda one: (-one[0], one[1]))[:_MOST_UNITS]}
    other = OTHER_UNITS if len(named) > _MOST_UNITS else ""
    return np.array(
        [name if name in kept else (other if name else "") for name in (one or "" for one in unit)], dtype=object
    )


def _years(operations: pd.DataFrame, source: ReportFrames) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the first and last year of the followed operations of each unit ("" for all) and joint."""
    followed = source.followed(DAYS_TWO_YEARS)
    year = cohorts.years(operations["operated_on"])[followed]
    unit, joint = texts(operations["provider_id"])[followed], texts(operations["joint"])[followed]
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for name, where, when in zip(unit.tolist(), joint.tolist(), year.tolist(), strict=True):
        for key in {(name, where), (ALL_UNITS, where)}:
            first, last = found.get(key, (when, when))
            found[key] = (min(first, when), max(last, when))
    return found


def _unit(told: Told, years: tuple[int, int] | None, name: str) -> UnitColumn:
    first, last = years or (None, None)
    counted = Share(told["reoperated"], told["eligible"], told["rate"], told["ci_low"], told["ci_high"])
    return UnitColumn(name, first, last, counted)


def _last_day(time: Ints, least_at_risk: int) -> int:
    """Return the last day on which at least so many are followed, -1 where there never were."""
    least = max(least_at_risk, 1)
    return min(int(np.sort(time)[-least]), _LONGEST_CURVE) if len(time) >= least else -1


def _drawn(steps: Sequence[Told], end: int) -> tuple[CurveStep, ...]:
    drawn = [CurveStep(*(one[name] for name in _CURVE[1:])) for one in steps]
    last = drawn[-1]
    return (*drawn, replace(last, day=end)) if last.day < end else tuple(drawn)


def _risk(source: ReportFrames, joint: str, end: int, event: survival.Event) -> tuple[AtRisk, ...]:
    mine = source.operations[among(source.operations["joint"], joint)]
    days = list(range(0, end + 1, _DAYS_IN_YEAR))
    found = survival.summary(mine, source.links, source.persons, by=[], at=days, as_of=source.as_of, event=event)
    return tuple(AtRisk(*row) for row in _rows(found, ("time_days", "at_risk", "events", "deaths")))
