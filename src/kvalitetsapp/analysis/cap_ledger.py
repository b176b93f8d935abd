"""R15: what a case's covered events draw, after the deductible, on the cap. Integer öre throughout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.columns import begins

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints


@dataclass(frozen=True, slots=True)
class Draws:
    """What each event's cost became, in öre: cost = deductible + claimable + over_cap."""

    deductible: Ints
    claimable: Ints
    over_cap: Ints
    cap_left: Ints

    def back(self, rows: Ints) -> Draws:
        """Return what was drawn in the order of `rows` in the order that the rows stand in."""
        place = np.empty_like(rows)
        place[rows] = np.arange(len(rows))
        return Draws(self.deductible[place], self.claimable[place], self.over_cap[place], self.cap_left[place])


def draw(case: Ints, cost: Ints, deductible: Ints, cap: Ints, whole_cap_each: Flags) -> Draws:
    """Draw events in their order: first on the case's deductible, then on its cap, or each event on a whole cap.

    Rows are sorted by case and in each case by the order of drawing; `cost` is 0 for an event that takes nothing.
    `deductible`, `cap` and `whole_cap_each` are the terms of the row's case. `cap_left` is what is left after the row.
    """
    first = np.flatnonzero(begins(case))
    borne = np.minimum(_running(cost, first), deductible)
    taken = _steps(borne, first)
    rest = cost - taken
    drawn_so_far = np.minimum(_running(rest, first), cap)
    drawn = np.where(whole_cap_each, np.minimum(rest, cap), _steps(drawn_so_far, first))
    return Draws(taken, drawn, rest - drawn, cap - np.where(whole_cap_each, drawn, drawn_so_far))


def laid(group: Ints, amount: Ints, most: Ints) -> Ints:
    """Return what of each amount is taken when each group's, in their order, are taken until `most` is reached.

    Rows are sorted by group; `most` is that of the row's group.
    """
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
    return _steps(np.minimum(_running(amount, first), most), first)


def _running(amounts: Ints, first: Ints) -> Ints:
    """Return the sum of `amounts` up to each row, begun anew at each row of `first`."""
    total = np.cumsum(amounts)
    before = (total - amounts)[first]
    return total - np.repeat(before, np.diff(np.append(first, len(amounts))))


def _steps(running: Ints, first: Ints) -> Ints:
    """Return what each row adds to a running sum that begins anew at each row of `first`."""
    added = np.diff(running, prepend=0)
    added[first] = running[first]
    return added
