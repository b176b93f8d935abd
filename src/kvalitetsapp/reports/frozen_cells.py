"""How a frozen figure is shown: in full, or by what may be told of it outside the department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports import ledger_of_figures as names
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.reports.cells import Cells


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as it may be shown; `is_told` is False where neither it nor what follows from it may be."""

    value: str
    interval: str
    n: str
    count: str
    is_told: bool = True


def shown(one: FrozenFigure, cells: Cells) -> ShownFigure:
    """Return how a figure is shown; what gives a hidden count back goes with it."""
    n = cells.at(names.followed(one), one.n or 0)
    if not one.is_share:
        few = cells.is_hidden(n) or (cells.suppress and (one.n or 0) < LEAST_DENOMINATOR)
        if few:
            return ShownFigure(NOTHING, NOTHING, n, n, is_told=False)
        return ShownFigure(frozen_figure.value_text(one), frozen_figure.interval_text(one) or NOTHING, n, n)
    events = cells.at(names.happened(one), one.events or 0)
    count = _("{events} av {n}").format(events=events, n=n)
    share = Share(one.events or 0, one.n or 0, one.value, one.ci_low, one.ci_high)
    if not cells.tells(share) or cells.small(names.counted_in(one)) or _hidden(one, n, events, cells):
        return ShownFigure(NOTHING, NOTHING, n, count, is_told=False)
    return ShownFigure(cells.rate(share, one.decimals), cells.interval(share, one.decimals), n, count)


def _hidden(one: FrozenFigure, n: str, events: str, cells: Cells) -> bool:
    rest = (one.n or 0) - (one.events or 0)
    return cells.is_hidden(n) or cells.is_hidden(events) or cells.small(rest)
