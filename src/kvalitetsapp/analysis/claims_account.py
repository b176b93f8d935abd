"""What became of each event that was claimed for, as `recovery.summary` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import later_sides
from kvalitetsapp.analysis.columns import texts

if TYPE_CHECKING:
    import pandas as pd

_AS_NOW = ("joint", "side")


def of_lines(lines: pd.DataFrame, links: pd.DataFrame, operations: pd.DataFrame) -> pd.DataFrame:
    """Return `lines` with the event and the operation as they are known now (`recovery.CLAIMS_ACCOUNT`).

    `operation` is -1 where there is no such operation any more; a side that was told later is that of the event now.
    """
    at = later_sides.places(lines, links)
    known = at >= 0
    told = {
        name: np.where(known, np.append(texts(links[name]), "")[at], texts(lines[name])).astype(object)
        for name in _AS_NOW
    }
    place = later_sides.operation_places(lines, links, operations, at)
    return lines.assign(**told, operation=later_sides.or_none(operations["operation"])[place])
