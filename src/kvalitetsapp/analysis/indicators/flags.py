"""What a reader has to know before trusting a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.indicator_tables import (
    LEAST_COVERAGE,
    LEAST_REVIEWED,
    LONGEST_UNFOLLOWED_SHARE,
    SMALL_N,
    FigureFlag,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas.arrays import IntegerArray

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints, Texts

_WORDS: Final = tuple(FigureFlag)
_SENTENCES: Final = np.array(
    [" ".join(flag for place, flag in enumerate(_WORDS) if every >> place & 1) for every in range(2 ** len(_WORDS))],
    dtype=object,
)
"""Every choice of flags as a text, at the place that their bits make."""


def flags(rows: Mapping[str, IntegerArray], *, judged: Ints, pooled: Flags, kind: Counted) -> Texts:
    """Return the flags of figures, separated by spaces in the order of the vocabulary.

    Takes columns of rows, operations, eligible, n, events and reviewed, in how many of each row's operations there is
    something to review, and which rows are `pooled`.
    """
    operations, eligible, n = (rows[name].to_numpy(dtype=np.int64) for name in ("operations", "eligible", "n"))
    reviewed = rows["reviewed"].to_numpy(dtype=np.int64, na_value=0)
    told = {
        FigureFlag.NO_OPERATIONS: eligible == 0,
        FigureFlag.SMALL_N: (n > 0) & (n < SMALL_N),
        FigureFlag.SHORT_FOLLOW_UP: operations - eligible > LONGEST_UNFOLLOWED_SHARE * operations,
        FigureFlag.LOW_COVERAGE: (n > 0) & (_covered(rows, n, eligible, kind) < LEAST_COVERAGE),
        FigureFlag.UNREVIEWED: reviewed < LEAST_REVIEWED * judged,
        FigureFlag.NO_REPORTING: (eligible > 0) & (n == 0),
        FigureFlag.FAMILIES_POOLED: pooled,
    }
    return joined(told)


def joined(told: Mapping[FigureFlag, Flags]) -> Texts:
    """Return the words of the flags that hold, as one text per row."""
    size = len(next(iter(told.values())))
    bits = np.zeros(size, dtype=np.int64)
    for flag, holds in told.items():
        bits |= holds.astype(np.int64) << _WORDS.index(flag)
    return np.asarray(_SENTENCES[bits])


def _covered(rows: Mapping[str, IntegerArray], n: Ints, eligible: Ints, kind: Counted) -> Floats:
    """Return the share of those followed that have what is asked for: for coverage, those that are found."""
    has = rows["events"].to_numpy(dtype=np.int64, na_value=0) if kind is Counted.COVERAGE else n
    return np.asarray(has / np.maximum(n if kind is Counted.COVERAGE else eligible, 1), dtype=np.float64)
