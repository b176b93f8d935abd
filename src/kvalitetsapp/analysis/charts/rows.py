"""The operations behind an indicator's charts: members of its figure, with what they are grouped and ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import known, texts
from kvalitetsapp.domain.indicator import Counted, Direction

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.domain.indicator import Indicator


def chart_rows(
    members: pd.DataFrame, index_operations: pd.DataFrame, persons: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Return the operations that make up the figure, in the order they were done.

    `members` has one row per operation of the cohort: operation int64 · eligible, counted bool · value float64 (of
    means and answers; NaN = none) · event_date date (NaT = none).
    Columns: operation int64 · provider_id, joint, sex, index_ref str · operated_on, event_date date · year int64 ·
    counted bool (in the numerator) · value float64.
    """
    chosen = members[_in_figure(members, indicator)]
    place = pd.Index(index_operations["operation"]).get_indexer(pd.Index(chosen["operation"]))
    chosen, mine = chosen[place >= 0], index_operations.iloc[place[place >= 0]]
    rows = pd.DataFrame(
        {
            "operation": mine["operation"].to_numpy(),
            "provider_id": texts(mine["provider_id"]),
            "joint": texts(mine["joint"]),
            "sex": cohorts.sex(mine, persons),
            "index_ref": texts(mine["index_ref"]),
            "operated_on": mine["operated_on"].to_numpy(),
            "event_date": chosen["event_date"].to_numpy().astype("datetime64[s]"),
            "year": cohorts.years(mine["operated_on"]),
            "counted": chosen["counted"].to_numpy(dtype=np.bool_),
            "value": chosen["value"].to_numpy(dtype=np.float64, na_value=np.nan),
        }
    )
    return rows.sort_values(["operated_on", "index_ref"], kind="stable", ignore_index=True)


def of_provider(rows: pd.DataFrame, provider_id: str) -> pd.DataFrame:
    """Return the rows of a provider, in their order."""
    return rows.loc[rows["provider_id"] == provider_id].reset_index(drop=True)


def unwanted(rows: pd.DataFrame, indicator: Indicator) -> Flags:
    """Tell which operations went as nobody wants: those counted, or the others where a high share is wanted."""
    counted = rows["counted"].to_numpy(dtype=np.bool_)
    return ~counted if indicator.direction is Direction.HIGH else counted


def unwanted_target(indicator: Indicator, target: float | None) -> float | None:
    """Return the target as a share of unwanted outcomes."""
    return 1 - target if target is not None and indicator.direction is Direction.HIGH else target


def _in_figure(members: pd.DataFrame, indicator: Indicator) -> Flags:
    """Tell which members are followed long enough and, where a value is asked for, have one."""
    eligible = members["eligible"].to_numpy(dtype=np.bool_)
    if indicator.is_share and indicator.count.kind is not Counted.ANSWER:
        return eligible
    return eligible & known(members["value"])
