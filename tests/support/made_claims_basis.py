"""A claims basis of a few links to operations at one provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kvalitetsapp.analysis import recovery
from support import made_frames
from support.made_frames import agreement, operation, operations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agreement import Agreement


def claims(
    *events: dict[str, Any],
    terms: Sequence[Agreement] = (),
    made: pd.DataFrame | None = None,
    potential: bool = False,
) -> pd.DataFrame:
    """The claims basis of links to operations at P01, in the order in which the links were told."""
    made = operations(operation()) if made is None else made
    basis = recovery.claims_basis(
        made,
        made_frames.links(made, *events),
        made_frames.episodes(*events),
        made_frames.PROVIDERS,
        terms or [agreement()],
        potential=potential,
    )
    return basis.sort_values(["episode", "joint", "side"], ignore_index=True)


def kronor(column: pd.Series[Any]) -> list[float | None]:
    return [None if amount is pd.NA else amount / 100 for amount in column]
