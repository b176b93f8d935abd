"""Who needs highly specialised care: by the entry's own mark, else by the table of areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.waiting import standing

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags
    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.analysis.waiting.state import Month


@dataclass(frozen=True, slots=True)
class Need:
    """Of a code: how many need highly specialised care, by what that is told, and how long they have waited."""

    area: str
    code: str
    waiting: int
    by_mark: int
    by_table: int
    over_90: int
    median: float | None


def needs(month: Month, those: Standing, of_code: Flags) -> tuple[Flags, Flags]:
    """Tell which entries need it by their own mark, and which by the table (`of_code`) as they have no mark."""
    words = month.lists.words["specialised"]
    mark = np.array([word == "yes" for word in words])[those.columns["specialised"]]
    unmarked = those.columns["specialised"] == 0
    return mark, unmarked & (of_code if len(of_code) else np.zeros(1, dtype=np.bool_))[those.columns["code"]]


def by_code(month: Month, of_code: Flags) -> list[Need]:
    """Return the need of the scope's entries by area and code, nothing where nobody needs it."""
    mark, table = needs(month, month.those, of_code)
    chosen = month.those.within(mark | table)
    marked = mark[mark | table]
    codes = month.lists.words["code"]
    figures = standing.waits(chosen, chosen.columns["code"], len(codes))
    counts = standing.counted(figures.counts)
    by_mark = np.bincount(chosen.columns["code"][marked], minlength=len(codes))
    median = figures.days["median"]
    return sorted(
        (
            Need(
                *(month.areas[at], codes[at], int(counts["waiting"][at]), int(by_mark[at])),
                *(int(counts["waiting"][at] - by_mark[at]), int(counts["over_90"][at])),
                None if np.isnan(median[at]) else float(median[at]),
            )
            for at in np.flatnonzero(counts["waiting"]).tolist()
        ),
        key=lambda need: (need.area == "", need.area, need.code),
    )
