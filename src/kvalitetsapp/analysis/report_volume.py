"""The volume, the flow, the review and the quality of the data of a report, ready to print."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import cohorts, frames
from kvalitetsapp.analysis.columns import among, known, whole
from kvalitetsapp.analysis.report_outcomes import share
from kvalitetsapp.domain.chart_data import Flow
from kvalitetsapp.domain.report_data import Review, Share, Volume
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, LinkStatus

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.report_data import Recovery

_DECIDED: Final = (LinkStatus.CONFIRMED, LinkStatus.REJECTED, LinkStatus.PROPOSED, LinkStatus.AMBIGUOUS)


def volume(source: ReportFrames) -> tuple[Volume, ...]:
    """Return operations and prices by year, joint and payer route."""
    operations = source.operations
    price = source.details.set_index("operation")["price"].reindex(operations["operation"])
    has_price, amount = known(price), whole(price)
    groups = cohorts.group(cohorts.operation_keys(operations, source.persons, ["year", "joint", "payer_route"]))
    if not len(operations):
        return ()
    found = []
    keys: list[tuple[Any, ...]] = frames.rows(groups.keys, ("year", "joint", "payer_route"))
    for place, key in enumerate(keys):
        mine = groups.of_row == place
        year, joint, route = key
        found.append(Volume(year, joint, route, int(mine.sum()), *_prices(amount[mine & has_price])))
    return tuple(found)


def flow(source: ReportFrames, recovery: Recovery) -> Flow:
    """Return the way from the operations of the scope to what can be claimed."""
    events = source.events
    claims = source.confirmed_claims
    reviewed = among(events["status"], LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value)
    return Flow(
        len(source.operations),
        int(source.followed(DAYS_TWO_YEARS).sum()),
        len(events),
        int(reviewed.sum()),
        int(among(events["status"], LinkStatus.CONFIRMED.value).sum()),
        int((claims["covered"].to_numpy() == 1).sum()),
        recovery.cost_total,
        recovery.covered_cost,
        recovery.claimable,
    )


def review(source: ReportFrames) -> tuple[Review, ...]:
    """Return how far events have been reviewed by the year of the event, and last in all (year 0)."""
    events = source.events
    year = cohorts.years(events["event_date"])
    marks = {status: among(events["status"], status.value) for status in _DECIDED}
    rows = [_review(int(one), year == one, marks) for one in np.unique(year)]
    return (*rows, _review(0, np.ones(len(events), dtype=np.bool_), marks))


def side_unknown(source: ReportFrames) -> Share:
    """Return how many operations have no known side."""
    return share(int(cohorts.side_missing(source.operations).sum()), len(source.operations))


def ambiguous(source: ReportFrames) -> Share:
    """Return how many of the linked events are ambiguous."""
    return share(int(among(source.events["status"], LinkStatus.AMBIGUOUS.value).sum()), len(source.events))


def missing_cost(source: ReportFrames) -> Share:
    """Return how many of the events that could count lack a cost."""
    claims = source.potential_claims
    counts = claims["counts"].to_numpy(dtype=np.bool_)
    return share(int((counts & ~known(claims["cost"])).sum()), int(counts.sum()))


def unlinked(links: pd.DataFrame) -> int:
    """Return how many events no operation was found for."""
    return int(among(links["status"], LinkStatus.UNLINKED.value).sum())


def last_whole_month(day: date) -> str:
    """Return the last calendar month that ended by `day`, as `YYYY-MM`."""
    end = day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)
    return end.isoformat()[:7]


def period(source: ReportFrames, until: str = "") -> tuple[str, str]:
    """Return the days of the first and last operation of the scope, by the day `until` if told; "" without any."""
    days = [str(row[0]) for row in frames.rows(source.operations, ("operated_on",))]
    days = [day for day in days if not until or day <= until]
    return (min(days), max(days)) if days else ("", "")


def _prices(prices: Ints) -> tuple[int, int | None, int | None, int | None]:
    if not len(prices):
        return 0, None, None, None
    return len(prices), round(float(np.median(prices))), int(prices.min()), int(prices.max())


def _review(year: int, mine: Flags, marks: dict[LinkStatus, Flags]) -> Review:
    return Review(year, int(mine.sum()), *(int((mine & marks[status]).sum()) for status in _DECIDED))
