"""R11: time to the first revision or reoperation, by Kaplan–Meier and by Aalen–Johansen with death competing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import NO_DAY, day_number, day_numbers, numbered
from kvalitetsapp.analysis.proportions import Z_95
from kvalitetsapp.analysis.reoperations import NEVER, REOPERATION, REVISION, days_to_first

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.analysis.cohorts import Groups
    from kvalitetsapp.analysis.columns import Flags, Floats, Ints

Event = Literal["revision", "reoperation"]
CENSORED: Final = 0
EVENT: Final = 1
DEATH: Final = 2
_LEVELS: Final[dict[str, tuple[str, ...]]] = {"revision": REVISION, "reoperation": REOPERATION}


@dataclass(frozen=True, slots=True)
class _Steps:
    """One row per group and distinct time: who was at risk, what happened, and the curves after it.

    `time` is a place in `times`; `code` is group and place in one number that sorts the rows. `begins` has where each
    group's steps begin, and at last where they end; `sizes` the groups' sizes.
    """

    times: Floats | Ints
    code: Ints
    group: Ints
    time: Ints
    begins: Ints
    sizes: Ints
    at_risk: Ints
    events: Ints
    deaths: Ints
    survival: Floats
    greenwood: Floats
    incidence: Floats


def summary(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    persons: pd.DataFrame,
    *,
    by: Sequence[str],
    at: Sequence[int],
    as_of: date,
    event: Event = "revision",
) -> pd.DataFrame:
    """Return the curves of the operations up to `as_of` at the days `at`.

    Columns: keys · time_days · operations, at_risk (time ≥ time_days), events, deaths (up to and including it) counts
    · km (1 − S), km_low, km_high (log–log 95 %; NaN where km is 0 or 1), cif fractions.
    """
    groups, time, status = follow_up(index_operations, links, persons, by=by, as_of=as_of, event=event)
    after = int(max(at, default=0)) + 1  # what happens later is not asked for: one step has it all
    status = np.where(time < after, status, CENSORED)
    return _at(groups.keys, _steps(groups, *numbered(np.minimum(time, after)), status), at)


def curves(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    persons: pd.DataFrame,
    *,
    by: Sequence[str],
    as_of: date,
    event: Event = "revision",
) -> pd.DataFrame:
    """Return the same curves for drawing: keys · time_days · km, km_low, km_high, cif · at_risk.

    One row at day 0, at each day on which something happened and at the last follow-up; a value holds until the next.
    """
    groups, time, status = follow_up(index_operations, links, persons, by=by, as_of=as_of, event=event)
    return _drawn(groups.keys, _steps(groups, *numbered(time), status))


def of_table(group: Sequence[str], time: Sequence[float], status: Sequence[int], at: Sequence[float]) -> pd.DataFrame:
    """Return the curves of any table, status 0 censored, 1 event, 2 competing; columns as `summary`, key `group`."""
    groups = cohorts.group(pd.DataFrame({"group": np.array(list(group), dtype=object)}))
    times, place = np.unique(np.asarray(time, dtype=np.float64), return_inverse=True)
    return _at(groups.keys, _steps(groups, times, place, np.asarray(status, dtype=np.int64)), at)


def follow_up(
    index_operations: pd.DataFrame,
    links: pd.DataFrame,
    persons: pd.DataFrame,
    *,
    by: Sequence[str],
    as_of: date,
    event: Event,
) -> tuple[Groups, Ints, Ints]:
    """Return the groups of the operations up to `as_of`, their days of follow-up and their status at its end."""
    cut = day_number(as_of)
    cohort = _cohort(index_operations, by, cut)
    operated, person = day_numbers(cohort["operated_on"]), cohorts.row_of_person(cohort, persons)
    first = days_to_first(cohort, links, _LEVELS[event])
    death, moved = (_days_to(persons[name], person, operated) for name in ("death_date", "moved_out"))
    time = np.minimum(np.minimum(first, death), np.minimum(moved, cut - operated))
    status = np.where(first == time, EVENT, np.where(death == time, DEATH, CENSORED))
    return cohorts.group(cohorts.operation_keys(cohort, persons, by)), time, status


def _cohort(index_operations: pd.DataFrame, by: Sequence[str], cut: int) -> pd.DataFrame:
    """Return the operations up to `cut`; where that is not all, without the columns that nobody here asks for."""
    is_before = day_numbers(index_operations["operated_on"]) <= cut
    if is_before.all():
        return index_operations
    wanted = ("operation", "person", "operated_on", *(cohorts.KEYS[key] for key in by))
    return index_operations[[name for name in index_operations.columns if name in wanted]][is_before]


def _days_to(day: pd.Series[Any], person: Ints, operated: Ints) -> Ints:
    """Return the days from operation to the person's `day`; never where there is none or it lies before (R11)."""
    number = np.append(day_numbers(day), NO_DAY).take(person)  # the last for who is not known: −1
    return np.where(number < operated, NEVER, number - operated)


def _steps(groups: Groups, times: Floats | Ints, place: Ints, status: Ints) -> _Steps:
    """Return the steps of rows whose times stand at `place` in the sorted distinct `times`."""
    width = max(len(times), 1)
    code, row = numbered(groups.of_row * width + place)
    group = code // width
    sizes = groups.count()
    begins = np.searchsorted(group, np.arange(len(sizes) + 1))
    events, deaths = (np.bincount(row.compress(status == kind), minlength=len(code)) for kind in (EVENT, DEATH))
    all_rows = np.bincount(row, minlength=len(code))
    gone_before = np.cumsum(all_rows) - all_rows
    at_risk = (np.cumsum(sizes)[group] - gone_before).astype(np.int64)
    survival, greenwood, incidence = _estimates(begins, at_risk, events, deaths)
    return _Steps(
        times, code, group, code % width, begins, sizes, at_risk, events, deaths, survival, greenwood, incidence
    )


def _estimates(begins: Ints, at_risk: Ints, events: Ints, deaths: Ints) -> tuple[Floats, Floats, Floats]:
    """Return Kaplan–Meier S, Greenwood's sum and the Aalen–Johansen incidence, each group on its own.

    The order events, deaths, censorings on one day leaves those who die or are censored that day at risk of the event,
    and makes S without any event the product over events and deaths together.
    """
    remaining = at_risk - events
    terms = np.where(remaining > 0, events / (at_risk * np.maximum(remaining, 1)), 0.0)
    hazard, all_cause = events / at_risk, (events + deaths) / at_risk
    survival, greenwood, incidence = (np.empty(len(at_risk)) for _ in range(3))
    for begin, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        part = slice(begin, end)
        survival[part] = np.cumprod(1.0 - hazard[part])
        greenwood[part] = np.cumsum(terms[part])
        alive = np.cumprod(1.0 - all_cause[part])
        incidence[part] = np.cumsum(np.concatenate(([1.0], alive))[:-1] * hazard[part])
    return survival, greenwood, incidence


def _at(keys: pd.DataFrame, steps: _Steps, at: Sequence[float]) -> pd.DataFrame:
    moments = np.unique(np.asarray(at))
    group = np.repeat(np.arange(len(keys)), len(moments))
    width = max(len(steps.times), 1)
    passed = np.tile(np.searchsorted(steps.times, moments, side="right"), len(keys))
    reached = np.tile(np.searchsorted(steps.times, moments, side="left"), len(keys))
    last = np.searchsorted(steps.code, group * width + passed) - 1
    following = np.searchsorted(steps.code, group * width + reached)
    columns = {
        "time_days": np.tile(moments, len(keys)),
        "operations": steps.sizes[group],
        "at_risk": _at_risk(steps, group, following),
        **_happened(steps, group, last),
        **_curve(steps, group, last),
    }
    return keys.iloc[group].reset_index(drop=True).assign(**columns)


def _at_risk(steps: _Steps, group: Ints, following: Ints) -> Ints:
    """Return how many are left at the step `following`, 0 where the group has no further step."""
    inside = following < steps.begins[group + 1]
    return np.where(inside, np.append(steps.at_risk, 0)[following], 0)


def _happened(steps: _Steps, group: Ints, last: Ints) -> dict[str, Ints]:
    """Return the events and deaths of each group up to and including the step `last`."""
    totals = {"events": np.append(0, np.cumsum(steps.events)), "deaths": np.append(0, np.cumsum(steps.deaths))}
    return {name: total[last + 1] - total[steps.begins[group]] for name, total in totals.items()}


def _curve(steps: _Steps, group: Ints, last: Ints) -> dict[str, Floats]:
    """Return km, km_low, km_high and cif after the step `last`; before a group's first step nothing has happened."""
    started = last >= steps.begins[group]
    untouched = np.where(steps.sizes[group] > 0, 1.0, np.nan)
    survival = np.where(started, np.append(steps.survival, 1.0)[last], untouched)
    variance = np.where(started, np.append(steps.greenwood, 0.0)[last], 0.0)
    low, high = _log_log(survival, variance)
    incidence = np.where(started, np.append(steps.incidence, 0.0)[last], 1.0 - untouched)
    return {"km": 1.0 - survival, "km_low": low, "km_high": high, "cif": incidence}


def _log_log(survival: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return the log–log 95 % interval of 1 − S (Kalbfleisch & Prentice), NaN where S is 0 or 1."""
    inside = (survival > 0) & (survival < 1)
    log = np.log(np.where(inside, survival, 0.5))
    spread = np.exp(Z_95 * np.sqrt(variance) / np.abs(log))
    low, high = 1.0 - np.exp(log / spread), 1.0 - np.exp(log * spread)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _drawn(keys: pd.DataFrame, steps: _Steps) -> pd.DataFrame:
    groups = len(keys)
    is_last: Flags = np.append(steps.group[1:] != steps.group[:-1], np.ones(min(1, len(steps.group)), dtype=np.bool_))
    shown = np.flatnonzero((steps.events > 0) | (steps.deaths > 0) | is_last)
    start = np.full(groups, -1, dtype=np.int64)
    last, group = np.concatenate((start, shown)), np.concatenate((np.arange(groups), steps.group[shown]))
    days = np.concatenate((np.zeros(groups), steps.times[steps.time[shown]]))
    at_risk = np.concatenate((steps.sizes, steps.at_risk[shown]))
    columns = {"time_days": days.astype(np.int64), **_curve(steps, group, last), "at_risk": at_risk}
    order = np.lexsort((last, group))
    return keys.iloc[group].reset_index(drop=True).assign(**columns).iloc[order].reset_index(drop=True)
