"""What persons' care cost, and how much of it there was, in the days before and after an index date.

Days are counted from the index date: before are the days -N to -1, after the days 0 to N - 1, as many on each side. An
episode belongs whole to the day it began. Its cost is its own as R14 has it without an agreement, KPP or else what was
entered by hand, or what the region was charged where neither is known. DRG is a price of some agreements, no cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import event_costs
from kvalitetsapp.analysis.columns import NO_DAY, among, day_numbers, known, places, whole
from kvalitetsapp.analysis.mean_interval import mean_interval
from kvalitetsapp.domain.words import CareForm

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints

COHORT: Final = {"person": "int", "index_date": "date", "episode": "position"}
LEFT_OUT: Final = ("left_out_dead", "left_out_moved", "left_out_early", "left_out_late")
_MEASURES: Final = ("cost", "inpatient_days", "visits")


def compare(
    cohort: pd.DataFrame, episodes: pd.DataFrame, persons: pd.DataFrame, *, days: int, with_index: bool = True
) -> pd.DataFrame:
    """Return one row about the persons of a cohort (`COHORT`; of several dates of a person the first counts).

    `episodes` are all that is stored (EPISODES, and price Int64 öre). `with_index` counts the index episode itself,
    where the cohort names one.
    A person is left out, for the first reason that holds: dead, or moved out, before the last day after; the first
    day before is earlier than any stored episode; the last day after is later than the last.
    Columns: persons (compared), left_out_* counts · missing_cost (their episodes with neither cost nor charge) ·
    cost_before, cost_after öre, inpatient_days_before, …, visits_… sums · mean_before, mean_after, median_before,
    median_after, difference (mean after less mean before), difference_low, difference_high (95 % interval, paired)
    öre per person, NA of none.
    """
    first = cohort.sort_values(["person", "index_date"], kind="stable").drop_duplicates("person", ignore_index=True)
    reasons = _left_out(first, episodes, persons, days)
    out = np.logical_or.reduce(reasons)
    told = dict(zip(LEFT_OUT, (int(one.sum()) for one in reasons), strict=True))
    compared = first[~out].reset_index(drop=True)
    sums, missing = _windows(compared, episodes, days, with_index=with_index)
    totals = {f"{name}_{side}": int(values.sum()) for (name, side), values in sums.items()}
    figures = _per_person(sums["cost", "before"], sums["cost", "after"])
    row = {"persons": len(compared), **told, "missing_cost": missing, **totals}
    return pd.DataFrame([row]).assign(**{name: pd.array([value], dtype="Int64") for name, value in figures.items()})


def _left_out(cohort: pd.DataFrame, episodes: pd.DataFrame, persons: pd.DataFrame, days: int) -> list[Flags]:
    """Return who is left out for each reason of `LEFT_OUT`, each person for one at most."""
    index = day_numbers(cohort["index_date"])
    last = index + days - 1
    row = places(persons["person"].to_numpy(), cohort["person"].to_numpy())
    gone = [np.append(day_numbers(persons[name]), NO_DAY)[row] for name in ("death_date", "moved_out")]
    began, ended = day_numbers(episodes["admitted"]), day_numbers(episodes["discharged"])
    reasons = [(day != NO_DAY) & (day <= last) for day in gone]
    reasons.append(index - days < began.min(initial=np.iinfo(np.int64).max))
    reasons.append(last > ended.max(initial=NO_DAY))
    for place in range(1, len(reasons)):
        reasons[place] &= ~np.logical_or.reduce(reasons[:place])
    return reasons


def _windows(
    cohort: pd.DataFrame, episodes: pd.DataFrame, days: int, *, with_index: bool
) -> tuple[dict[tuple[str, str], Ints], int]:
    """Return each person's sums before and after, and how many of the episodes in them have no cost."""
    row = places(cohort["person"].to_numpy(), episodes["person"].to_numpy())
    began = day_numbers(episodes["admitted"])
    offset = began - np.append(day_numbers(cohort["index_date"]), 0)[row]
    inside = (row >= 0) & (offset >= -days) & (offset < days)
    if not with_index:
        inside &= episodes["episode"].to_numpy() != np.append(whole(cohort["episode"]), -1)[row]
    rows = episodes[inside]
    row, offset = row[inside], offset[inside]
    measures, is_known = _measures(rows)
    sums = {}
    for side, mine in (("before", offset < 0), ("after", offset >= 0)):
        for name in _MEASURES:
            sums[name, side] = np.zeros(len(cohort), dtype=np.int64)
            np.add.at(sums[name, side], row[mine], measures[name][mine])
    return sums, int((~is_known).sum())


def _measures(rows: pd.DataFrame) -> tuple[dict[str, Ints], Flags]:
    """Return what is summed of each episode, and whether anything is known of its cost."""
    own = event_costs.of_events(rows, np.full(len(rows), -1, dtype=np.int64), ())
    stayed = np.maximum(1, day_numbers(rows["discharged"]) - day_numbers(rows["admitted"]))
    measures = {
        "cost": np.where(own.is_known, own.amount, whole(rows["price"])),
        "inpatient_days": np.where(among(rows["care_form"], CareForm.INPATIENT.value), stayed, 0),
        "visits": among(rows["care_form"], CareForm.OUTPATIENT.value).astype(np.int64),
    }
    return measures, own.is_known | known(rows["price"])


def _per_person(before: Ints, after: Ints) -> dict[str, Any]:
    """Return means and medians in whole öre, half an öre upwards, and the interval of the mean difference."""
    n = len(before)
    if not n:
        names = ("mean_before", "mean_after", "median_before", "median_after")
        return dict.fromkeys((*names, "difference", "difference_low", "difference_high"))
    low, high = mean_interval(after - before) or (None, None)
    return {
        "mean_before": _mean(before),
        "mean_after": _mean(after),
        "median_before": int(np.floor(np.median(before) + 0.5)),
        "median_after": int(np.floor(np.median(after) + 0.5)),
        "difference": _mean(after - before),
        "difference_low": low,
        "difference_high": high,
    }


def _mean(amounts: Ints) -> int:
    n = len(amounts)
    return (2 * int(amounts.sum()) + n) // (2 * n)
