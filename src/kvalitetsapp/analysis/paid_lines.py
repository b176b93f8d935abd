"""Which lines of a document its payments pay. Integer öre throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis import cap_ledger

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Ints


def lay(basis: Ints, line: Ints, net: Ints, turn: Ints, paid: Ints) -> Ints:
    """Return what is paid of each line, in the order of the rows.

    `net` is what a line still claims, `paid` what is paid of its whole document (below zero: nothing). Lines with the
    lowest `turn` are paid first, of those the ones with the lowest number; what is left over pays none.
    """
    order = np.lexsort((line, turn, basis))
    laid = np.zeros(len(net), dtype=np.int64)
    laid[order] = cap_ledger.laid(basis[order], np.maximum(net[order], 0), np.maximum(paid[order], 0))
    return laid
