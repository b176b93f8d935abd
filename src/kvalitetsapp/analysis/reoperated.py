"""R9 operation by operation: the rows behind a provider's rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.columns import among, day_number, day_numbers, whole
from kvalitetsapp.analysis.reoperations import COUNTED, REOPERATION

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

_EVENT: Final = ("event_date", "days", "surgery_level", "complication_class", "status", "event_ref")


def operations(
    index_operations: pd.DataFrame, links: pd.DataFrame, *, joint: str, provider_id: str, as_of: date, within: int
) -> pd.DataFrame:
    """Return the operations of a joint at a provider dated on or before `as_of`, in order of date and reference.

    Columns: operation · index_ref · side · operated_on · eligible, reoperated (0/1; summed they are the counts of
    `reoperations.summary`) · event_date, days, surgery_level, complication_class, status, event_ref of the first
    linked reoperation within `within` days of an eligible operation, nothing where there is none.
    """
    chosen = among(index_operations["joint"], joint) & among(index_operations["provider_id"], provider_id)
    operated = day_numbers(index_operations["operated_on"])
    cohort = index_operations[chosen & (operated <= day_number(as_of))].reset_index(drop=True)
    eligible = day_numbers(cohort["operated_on"]) <= day_number(as_of) - within
    first = _first_events(links, within)
    found = cohort[["operation", "index_ref", "side", "operated_on"]].assign(eligible=eligible.astype(np.int64))
    found = found.merge(first, on="operation", how="left")
    told = eligible & found["event_ref"].notna().to_numpy()
    found = found.assign(reoperated=told.astype(np.int64), **{name: found[name].where(told) for name in _EVENT})
    return found.sort_values(["operated_on", "index_ref"], ignore_index=True)


def _first_events(links: pd.DataFrame, within: int) -> pd.DataFrame:
    """Return each operation's first linked event of reoperation level from 0 to `within` days after it."""
    days = whole(links["days"], missing=-1)
    hit = among(links["status"], *COUNTED) & among(links["surgery_level"], *REOPERATION)
    hits = links[hit & (days >= 0) & (days <= within)]
    ordered = hits.assign(joint=hits["joint"].astype(str), side=hits["side"].astype(str))
    ordered = ordered.sort_values(["event_date", "event_ref", "joint", "side"])
    return ordered.drop_duplicates("operation")[["operation", *_EVENT]]
