"""What complications cost case by case (R14), against the cap and the amounts that have been claimed in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import known, nullable, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints

LINES: Final = (60_000_00, 200_000_00, 800_000_00)
_CASE: Final = ("operation", "index_ref", "provider_id", "agreement_id", "index_joint")


def case_totals(claims: pd.DataFrame) -> pd.DataFrame:
    """Return one row per case of `recovery.claims_basis` that has an event whose status counts, sorted by index_ref.

    Columns: operation · index_ref, provider_id, agreement_id, joint (the operation's) · events, missing_cost_events
    counts · total öre (what its events cost, covered or not; NA if no cost is known) · claimable, over_cap öre ·
    cap öre (NA without agreement). Where some cost is missing the total is the least it can have been.
    """
    rows = claims[claims["counts"].to_numpy(dtype=np.bool_)]
    cases = cohorts.group(rows[["index_ref"]])
    has_cost = known(rows["cost"])
    first = np.unique(cases.of_row, return_index=True)[1]
    case = rows[list(_CASE)].iloc[first].reset_index(drop=True).rename(columns={"index_joint": "joint"})
    return case.assign(
        events=cases.count(),
        missing_cost_events=cases.count(~has_cost),
        total=nullable(cases.total(whole(rows["cost"])), cases.count(has_cost) > 0),
        claimable=cases.total(rows["claimable"].to_numpy()),
        over_cap=cases.total(rows["over_cap"].to_numpy()),
        cap=rows["cap"].iloc[first].array,
    )


def summary(totals: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the distribution of `case_totals` over the cases whose total is known, by provider, joint or agreement.

    Columns: keys · cases, without_cost (left out) counts · mean (half an öre upwards), median, p90 (nearest rank),
    highest öre (NA of no cases) · share_over_cap (some covered cost was above it, of the cases with agreement),
    share_over_60000, share_over_200000, share_over_800000 (total above so many kronor) fractions (NaN of no cases).
    """
    has_total = known(totals["total"])
    keys = pd.DataFrame({cohorts.KEYS[key]: totals[cohorts.KEYS[key]] for key in by}, totals.index)
    groups = cohorts.group(keys)
    total, cases = whole(totals["total"]), groups.count(has_total)
    amounts = _amounts(groups.of_row[has_total], total[has_total], cases)
    with_cap = has_total & known(totals["cap"])
    shares = {"share_over_cap": _share(groups, with_cap & (totals["over_cap"].to_numpy() > 0), with_cap)}
    shares |= {f"share_over_{line // 100}": _share(groups, has_total & (total > line), has_total) for line in LINES}
    return groups.keys.assign(cases=cases, without_cost=groups.count(~has_total), **amounts, **shares)


def _amounts(group: Ints, total: Ints, cases: Ints) -> dict[str, pd.Series[int]]:
    """Return mean, median, p90 and highest of each group in whole öre."""
    ranked = np.append(total[np.lexsort((total, group))], 0)
    end = np.cumsum(cases)
    begin = end - cases
    last = len(ranked) - 1
    n = np.maximum(cases, 1)
    sums = np.append(0, np.cumsum(ranked[:-1]))

    def at(place: Ints) -> Ints:
        return np.asarray(ranked[np.minimum(begin + place, last)])

    middle = at((n - 1) // 2) + at(n // 2)
    columns = {
        "mean": (2 * (sums[end] - sums[begin]) + n) // (2 * n),
        "median": (middle + 1) // 2,
        "p90": at((9 * n + 9) // 10 - 1),
        "highest": at(n - 1),
    }
    return {name: nullable(values, cases > 0) for name, values in columns.items()}


def _share(groups: cohorts.Groups, part: Flags, whole_of: Flags) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    n = groups.count(whole_of)
    return np.where(n > 0, groups.count(part) / np.maximum(n, 1), np.nan)
