"""What a report says of the whole cost of operations, and of what became of claims. Integer öre."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.analysis import cost_distribution, expected_costs, frames, recovery
from kvalitetsapp.analysis.columns import among
from kvalitetsapp.domain.report_costs import ClaimsRow, ExpectedCost
from kvalitetsapp.domain.words import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kvalitetsapp.analysis.report_frames import ReportFrames

_EXPECTED: Final = (
    *("eligible", "without_price", "with_events", "missing_cost_events", "price", "complication_cost"),
    *("expected_cost", "expected_low", "expected_high", "net_cost"),
)
_ACCOUNT: Final = ("covered_cost", "claimed", "credited", "paid")


def expected(source: ReportFrames) -> tuple[ExpectedCost, ...]:
    """Return the cost of an operation with its complications within two years, by provider by volume, last in all.

    Confirmed events count.
    """
    *each, everyone = [*_expected(source, "provider"), *_expected(source)]
    ordered = sorted(each, key=lambda one: (-one.eligible, one.name))
    return (*(replace(one, name=source.names.get(one.name, one.name)) for one in ordered), everyone)


def claims_by_year(claims: pd.DataFrame, account: pd.DataFrame | None) -> tuple[ClaimsRow, ...]:
    """Return what became of covered events by the year of the event, last in all (key "").

    `account` is what was claimed, credited and paid of each event, also of those that are gone (`CLAIMS_ACCOUNT`).
    """
    year = claims["event_date"].dt.year
    by_year = recovery.summary(claims, by=["year"], account=account)
    rows: list[tuple[Any, ...]] = frames.rows(by_year, ("year", *_ACCOUNT))
    found = [_claims_row(str(one), claims[year == int(one)], amounts) for one, *amounts in rows]
    in_all = frames.rows(recovery.summary(claims, by=[], account=account), _ACCOUNT)[0]
    return (*(row for row in found if row.events or row.outside or row.claimed), _claims_row("", claims, in_all))


def _claims_row(key: str, claims: pd.DataFrame, amounts: Sequence[Any]) -> ClaimsRow:
    covered = int((claims["covered"] == 1).sum())
    at_cap = int(cost_distribution.case_totals(claims)["at_cap"].sum())
    late = among(claims["reason"], Reason.OUTSIDE_WINDOW.value, Reason.ONSET_OUTSIDE.value)
    covered_cost, claimed, credited, paid = _whole(tuple(amounts))
    return ClaimsRow(key, covered, covered_cost, at_cap, int(late.sum()), claimed, credited, paid)


def _expected(source: ReportFrames, *by: str) -> list[ExpectedCost]:
    found = expected_costs.summary(
        source.operations,
        source.confirmed_claims,
        source.prices,
        source.providers,
        source.persons,
        by=by,
        as_of=source.as_of,
    )
    names = ("provider_id",) if by else ()
    return [_row(row if by else ("", *row)) for row in frames.rows(found, (*names, *_EXPECTED))]


def _row(row: tuple[Any, ...]) -> ExpectedCost:
    name, eligible, without_price, *rest = row
    return ExpectedCost(name, eligible - without_price, without_price, *rest)


def _whole(values: tuple[Any, ...]) -> list[int]:
    return [int(value) for value in values]
