"""The links of a run as the store keeps them: operations by numbers that stand, and what is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_OPERATION: Final = ("index_ref", "index_provider_id", "index_side")


def as_stored(links: pd.DataFrame, stakes: pd.DataFrame, numbers: Sequence[int]) -> pd.DataFrame:
    """Return the links with the columns of `recovery.stakes`, nothing told of an operation where none is linked.

    `numbers` are the store's numbers of the run's operations, in their order; `operation` becomes Int64.
    """
    place = links["operation"].to_numpy()
    linked = place >= 0
    number = np.array([*numbers, 0], dtype=np.int64)[place]
    return links.assign(
        operation=pd.arrays.IntegerArray(number, ~linked),
        **{name: links[name].astype(object).where(linked) for name in _OF_OPERATION},
        at_stake=stakes["at_stake"],
        claim_by=stakes["claim_by"],
    )
