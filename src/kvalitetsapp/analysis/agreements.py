"""R12: which agreement an index operation was done under."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import day_number, day_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.domain.agreement import Agreement

NONE = -1
_TERMS: Final = ("provider_id", "joint", "payer_route")
NEEDED: Final = (*_TERMS, "operated_on")
"""What the agreement of an operation needs of it."""


def agreement_of_operations(index_operations: pd.DataFrame, agreements: Sequence[Agreement]) -> pd.Series[Any]:
    """Return the id of each operation's agreement, "" where none matches, on the frame's index (R12)."""
    names = np.array([*(agreement.agreement_id for agreement in agreements), ""], dtype=object)
    return pd.Series(names[places(index_operations, agreements)], index_operations.index, name="agreement_id")


def places(index_operations: pd.DataFrame, agreements: Sequence[Agreement]) -> Ints:
    """Return each operation's agreement as a place in `agreements`, -1 where none matches.

    Agreements that overlap are refused before they come here; the first would win.
    """
    terms = cohorts.group(index_operations[list(_TERMS)])
    operated = day_numbers(index_operations["operated_on"])
    found = np.full(len(index_operations), NONE, dtype=np.int64)
    for place, agreement in reversed(list(enumerate(agreements))):
        mine = accepted(terms.keys, agreement)[terms.of_row] & (operated >= day_number(agreement.valid_from))
        if agreement.valid_to is not None:
            mine &= operated <= day_number(agreement.valid_to)
        found[mine] = place
    return found


def accepted(terms: pd.DataFrame, agreement: Agreement) -> Flags:
    """Tell which rows of provider_id, joint and payer_route an agreement takes, whenever operated."""
    taken = [
        provider in agreement.providers and joint in agreement.joints and route in agreement.payer_routes
        for provider, joint, route in zip(*(terms[name].tolist() for name in _TERMS), strict=True)
    ]
    return np.array(taken, dtype=np.bool_)
