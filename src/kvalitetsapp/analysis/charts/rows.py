"""The operations behind an indicator's charts: members of its figure, with what they are grouped and ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import texts
from kvalitetsapp.domain.indicator import Direction

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.domain.indicator import Indicator


def chart_rows(
    members: pd.DataFrame, index_operations: pd.DataFrame, persons: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Return the operations that make up the figure, in the order they were done.

    `members` are those of `indicators.members`: operation int64 · counted bool (in the denominator) · value float64
    (of shares 1 in the numerator and 0 outside it) · event_date date (NaT = none).
    Columns: operation int64 · provider_id, joint, sex, index_ref str · operated_on, event_date date · year int64 ·
    numerator bool (False in means) · value float64.
    """
    chosen = members[members["counted"].to_numpy(dtype=np.bool_)]
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
            "numerator": indicator.is_share & (chosen["value"].to_numpy(dtype=np.float64) > 0),
            "value": chosen["value"].to_numpy(dtype=np.float64),
        }
    )
    return rows.sort_values(["operated_on", "index_ref"], kind="stable", ignore_index=True)


def of_provider(rows: pd.DataFrame, provider_id: str) -> pd.DataFrame:
    """Return the rows of a provider, in their order."""
    return rows.loc[rows["provider_id"] == provider_id].reset_index(drop=True)


def unwanted(rows: pd.DataFrame, indicator: Indicator) -> Flags:
    """Tell which operations went as nobody wants: those in the numerator, or where high is wanted the others."""
    numerator = rows["numerator"].to_numpy(dtype=np.bool_)
    return ~numerator if indicator.direction is Direction.HIGH else numerator


def unwanted_target(indicator: Indicator, target: float | None) -> float | None:
    """Return the target as a share of unwanted outcomes."""
    return 1 - target if target is not None and indicator.direction is Direction.HIGH else target
